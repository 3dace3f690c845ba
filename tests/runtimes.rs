//! What the scenario `runtimes` says, of the real runtimes: a timer and a socket of tokio's and of smol's under an executor that is
//! neither's, in a driver that somebody turns, or nobody; the layer that is made for it; and what each lets be spawned.
#![cfg(not(any(target_arch = "wasm32", loom, miri)))]

use async_compat::Compat;
use futures::executor::block_on;
use std::future::Future;
use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::time::{Duration, Instant};

const DUE: Duration = Duration::from_millis(20);

/// Counts how often it is woken.
#[derive(Default)]
struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// The program of the scenario, by whose timer or socket it is.
async fn guest(waits: impl Future) -> &'static str {
    waits.await;
    "awake"
}

/// Two ends of a connection, as the system has them.
fn connected() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = listener.local_addr().expect("it listens");
    let near = TcpStream::connect(address).expect("somebody listens");
    let (far, _) = listener.accept().expect("somebody connects");
    near.set_nonblocking(true).expect("the system can");
    (near, far)
}

const REACTOR: &str = "there is no reactor running, must be called from the context of a Tokio 1.x runtime";

/// What a panic says.
fn panic_of(run: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it panics");
    let said = panic.downcast_ref::<&str>().map(ToString::to_string);
    said.or_else(|| panic.downcast_ref::<String>().cloned()).expect("a text")
}

#[test]
fn tokio_s_sleep_outside_of_tokio_panics() {
    let guest = || {
        block_on(async { guest(tokio::time::sleep(DUE)).await });
    };
    assert_eq!(panic_of(guest), REACTOR);
}

#[test]
fn tokio_s_socket_outside_of_tokio_panics() {
    let (near, _far) = connected();
    assert_eq!(panic_of(|| drop(tokio::net::TcpStream::from_std(near))), REACTOR);
}

/// A runtime of one thread is turned by `block_on` alone. Its timer is the scenario's: due, with the right waker, and rung by nobody
/// until its loop is turned by hand.
#[test]
fn tokio_s_timer_rings_when_its_loop_is_turned() {
    let theirs = tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(woken.clone());
    let mut context = Context::from_waker(&waker);
    let _entered = theirs.enter();
    let mut sleep = pin!(guest(tokio::time::sleep(DUE)));
    assert_eq!(sleep.as_mut().poll(&mut context), Poll::Pending);

    std::thread::sleep(5 * DUE);
    assert_eq!(woken.0.load(Ordering::SeqCst), 0, "it is long due, and nobody turns the loop");
    assert_eq!(sleep.as_mut().poll(&mut context), Poll::Pending, "a poll does not turn it, either");

    theirs.block_on(tokio::time::sleep(Duration::from_millis(1)));
    assert_eq!(woken.0.load(Ordering::SeqCst), 1, "one turn rings it");
    assert_eq!(sleep.as_mut().poll(&mut context), Poll::Ready("awake"));
}

/// The same of its socket: the system has the data, and nobody asks the system.
#[test]
fn tokio_s_socket_is_ready_when_its_loop_is_turned() {
    let theirs = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let woken = Arc::new(Woken::default());
    let waker = Waker::from(woken.clone());
    let mut context = Context::from_waker(&waker);
    let _entered = theirs.enter();
    let (near, mut far) = connected();
    let socket = tokio::net::TcpStream::from_std(near).expect("its loop is there");
    let mut reads = pin!(guest(socket.readable()));
    assert_eq!(reads.as_mut().poll(&mut context), Poll::Pending);

    far.write_all(b"hello").expect("it is connected");
    std::thread::sleep(5 * DUE);
    assert_eq!(woken.0.load(Ordering::SeqCst), 0, "the data is long there, and nobody turns the loop");
    assert_eq!(reads.as_mut().poll(&mut context), Poll::Pending, "a poll does not ask the system, either");

    theirs.block_on(tokio::time::sleep(Duration::from_millis(1)));
    assert_eq!(woken.0.load(Ordering::SeqCst), 1, "one turn tells it");
    assert_eq!(reads.as_mut().poll(&mut context), Poll::Ready("awake"));
    let mut data = [0; 8];
    assert_eq!(socket.try_read(&mut data).expect("it has data"), 5);
}

/// The layer: a runtime whose own threads turn its loop, entered where its futures are polled.
#[test]
fn tokio_s_sleep_rings_where_a_runtime_with_threads_is_entered() {
    let theirs =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_time().build().expect("a runtime");
    let _entered = theirs.enter();
    let begun = Instant::now();
    assert_eq!(block_on(async { guest(tokio::time::sleep(DUE)).await }), "awake");
    assert!(begun.elapsed() >= DUE);
}

#[test]
fn tokio_s_socket_is_ready_where_a_runtime_with_threads_is_entered() {
    let theirs = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_io().build().expect("a runtime");
    let _entered = theirs.enter();
    let (near, mut far) = connected();
    let socket = tokio::net::TcpStream::from_std(near).expect("its loop is there");
    let sends = std::thread::spawn(move || {
        std::thread::sleep(DUE);
        far.write_all(b"hello").map(|()| far)
    });
    assert_eq!(block_on(guest(socket.readable())), "awake");
    sends.join().expect("no panic").expect("it is connected");
}

/// The layer that is made for it does the same: around a future, it enters a runtime that it begins itself, with a thread that turns
/// its loop. So the one program goes under an executor of neither's, and under smol's.
#[test]
fn future_in_a_layer_has_tokio_s_timers_and_sockets_under_any_executor() {
    async fn reads() -> usize {
        guest(tokio::time::sleep(DUE)).await;
        let (near, mut far) = connected();
        let socket = tokio::net::TcpStream::from_std(near).expect("its loop is there");
        far.write_all(b"hello").expect("it is connected");
        guest(socket.readable()).await;
        socket.try_read(&mut [0; 8]).expect("it has data")
    }
    assert_eq!(block_on(Compat::new(reads())), 5);
    assert_eq!(smol::block_on(Compat::new(reads())), 5);
}

/// smol's timers are turned by a thread of their own: any executor will do.
#[test]
fn smol_s_timer_rings_under_any_executor() {
    let begun = Instant::now();
    assert_eq!(block_on(guest(smol::Timer::after(DUE))), "awake");
    assert!(begun.elapsed() >= DUE);
    let tokio = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    assert_eq!(tokio.block_on(guest(smol::Timer::after(DUE))), "awake");
}

/// And so are its sockets.
#[test]
fn smol_s_socket_is_ready_under_any_executor() {
    let reads = || async {
        let (near, mut far) = connected();
        let socket = smol::Async::new(near).expect("the system can");
        let sends = std::thread::spawn(move || {
            std::thread::sleep(DUE);
            far.write_all(b"hello").map(|()| far)
        });
        assert_eq!(guest(socket.readable()).await, "awake");
        sends.join().expect("no panic").expect("it is connected");
    };
    block_on(reads());
    tokio::runtime::Builder::new_current_thread().build().expect("a runtime").block_on(reads());
}

/// What is spawned on one thread may hold an `Rc` over an await, by either runtime.
#[test]
fn what_stays_on_its_thread_need_not_be_send() {
    async fn holds() -> u32 {
        let held = Rc::new(3);
        smol::future::yield_now().await;
        *held
    }
    let tokio = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let local = tokio::task::LocalSet::new();
    assert_eq!(local.block_on(&tokio, async { tokio::task::spawn_local(holds()).await.expect("no panic") }), 3);
    let local = smol::LocalExecutor::new();
    assert_eq!(smol::block_on(local.run(local.spawn(holds()))), 3);
}

/// What may change threads must be `Send`, as `tokio::spawn` and `smol::spawn` have it.
#[test]
fn what_may_change_threads_is_send() {
    async fn drops() -> u32 {
        let value = {
            let held = Rc::new(3);
            *held
        };
        smol::future::yield_now().await;
        value
    }
    let tokio = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().expect("a runtime");
    assert_eq!(tokio.block_on(tokio.spawn(drops())).expect("no panic"), 3);
    assert_eq!(smol::block_on(smol::spawn(drops())), 3);
}

/// What the page says of a crate, it says of the version that these tests run with.
#[test]
fn crates_are_of_the_versions_that_are_tested() {
    let lock = include_str!("../Cargo.lock");
    let locked = |name: &str| {
        let entry = format!("name = \"{name}\"\nversion = \"");
        lock.split_once(&entry).and_then(|(_, rest)| rest.split_once('"')).map(|(version, _)| version)
    };
    let mut known = 0;
    for info in pollscope::scenario::manifest().scenarios {
        for one in info.crates.rows {
            assert_eq!(one.sources.len(), info.crates.columns.len(), "{}", one.name);
            assert!(one.sources.iter().all(|source| source.starts_with("https://")), "{}", one.name);
            if let Some(version) = locked(one.name) {
                assert_eq!(one.version, version, "{}", one.name);
                known += 1;
            }
        }
    }
    assert!(known >= 3, "tokio, smol and wasm-bindgen-futures are locked");
}
