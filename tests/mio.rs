//! What the scenario `reactor` says, of the real mio and the real polling: an edge is told once, also where something was left to read; a level as
//! long as something is there; and what was told before a waker was left, or nobody heard, is not told again.
#![cfg(not(any(target_arch = "wasm32", loom, miri)))]
#![cfg(unix)]

use mio::net::UnixStream;
use mio::{Events, Interest, Poll, Token};
use polling::{Event, PollMode, Poller};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::net::UnixStream as Blocking;
use std::time::Duration;

/// Long enough for what has been sent to be there: both ends are this process's.
const WHILE: Duration = Duration::from_millis(50);
const SOCKET: Token = Token(3);

/// A socket that is registered with mio, and its other end.
fn registered() -> (Poll, UnixStream, UnixStream) {
    let poll = Poll::new().expect("the system has one");
    let (mut ours, theirs) = UnixStream::pair().expect("a pair of sockets");
    poll.registry().register(&mut ours, SOCKET, Interest::READABLE).expect("it can be registered");
    (poll, ours, theirs)
}

/// How often the socket is told ready, in a time in which nothing comes.
fn told(poll: &mut Poll) -> usize {
    let mut events = Events::with_capacity(8);
    poll.poll(&mut events, Some(WHILE)).expect("it can be asked");
    events.iter().filter(|event| event.token() == SOCKET && event.is_readable()).count()
}

#[test]
fn mio_tells_once_what_is_read_once() {
    let (mut poll, mut ours, mut theirs) = registered();
    theirs.write_all(&[7; 1024]).expect("there is room");
    assert_eq!(told(&mut poll), 1);
    let mut buffer = [0; 512];
    assert_eq!(ours.read(&mut buffer).expect("it is ready"), 512);
    assert_eq!(told(&mut poll), 0, "512 bytes lie there, and are not told again");
    assert_eq!(ours.read(&mut buffer).expect("they are there"), 512);
    let empty = ours.read(&mut buffer).expect_err("nothing is left");
    assert_eq!(empty.kind(), ErrorKind::WouldBlock);
}

#[test]
fn mio_tells_anew_what_comes_after_would_block() {
    let (mut poll, mut ours, mut theirs) = registered();
    let mut buffer = [0; 512];
    for _ in 0..3 {
        theirs.write_all(&[7; 1024]).expect("there is room");
        assert_eq!(told(&mut poll), 1);
        let mut all = 0;
        while let Ok(bytes) = ours.read(&mut buffer) {
            all += bytes;
        }
        assert_eq!(all, 1024);
        assert_eq!(told(&mut poll), 0);
    }
}

/// The reactor took the event while nobody had left a waker: there is no other one for who leaves it later.
#[test]
fn mio_does_not_tell_again_what_nobody_heard() {
    let (mut poll, mut ours, mut theirs) = registered();
    let mut buffer = [0; 512];
    let look = ours.read(&mut buffer).expect_err("nothing is there yet");
    assert_eq!(look.kind(), ErrorKind::WouldBlock);
    theirs.write_all(&[7; 1024]).expect("there is room");
    assert_eq!(told(&mut poll), 1, "to nobody");
    assert_eq!(told(&mut poll), 0, "who leaves a waker now is not told");
    assert_eq!(ours.read(&mut buffer).expect("who looks finds it"), 512);
}

/// Of a source that is ready when it is registered, the system tells: it is the waker in a table that can be late.
#[test]
fn mio_tells_what_was_there_before_it_was_registered() {
    let mut poll = Poll::new().expect("the system has one");
    let (mut ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
    theirs.write_all(&[7; 1024]).expect("there is room");
    poll.registry().register(&mut ours, SOCKET, Interest::READABLE).expect("it can be registered");
    assert_eq!(told(&mut poll), 1);
    assert_eq!(told(&mut poll), 0);
}

/// How often a socket is told ready that has 1,024 bytes, of which 512 are read after each time; at most four times.
fn told_by(mode: PollMode) -> usize {
    let poller = Poller::new().expect("the system has one");
    let (mut ours, mut theirs) = Blocking::pair().expect("a pair of sockets");
    ours.set_nonblocking(true).expect("it can");
    // SAFETY: the socket outlives its place in the poller: it is taken out below, before it is dropped.
    unsafe { poller.add_with_mode(&ours, Event::readable(3), mode) }.expect("it can be registered");
    theirs.write_all(&[7; 1024]).expect("there is room");
    let mut times = 0;
    while times < 4 {
        let mut events = polling::Events::new();
        if poller.wait(&mut events, Some(WHILE)).expect("it can be asked") == 0 {
            break;
        }
        times += 1;
        let _ = ours.read(&mut [0; 512]);
    }
    poller.delete(&ours).expect("it is there");
    times
}

#[test]
fn level_is_told_until_all_is_read() {
    let poller = Poller::new().expect("the system has one");
    if poller.supports_level() {
        assert_eq!(told_by(PollMode::Level), 2);
    }
    if poller.supports_edge() {
        assert_eq!(told_by(PollMode::Edge), 1);
    }
    assert_eq!(told_by(PollMode::Oneshot), 1, "interest is lost with the first");
}
