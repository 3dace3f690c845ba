//! Sources of data whose readiness is told once: to somebody, or to nobody; and reads that leave something there.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::{Cell, RefCell};

/// A source: what lies there, whether it was told ready, and whom to wake for it.
#[derive(Clone)]
struct Pipe(Rc<Inner>);

struct Inner {
    socket: Socket,
    bytes: Cell<usize>,
    is_ready: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Pipe {
    fn new() -> Self {
        let socket = Socket::new("reads, edge");
        Pipe(Rc::new(Inner { socket, bytes: Cell::default(), is_ready: Cell::default(), waker: RefCell::default() }))
    }

    /// Bytes come, and that is told.
    fn receive(&self, bytes: usize) {
        self.0.bytes.update(|all| all + bytes);
        self.0.socket.has_more(bytes);
        self.tell();
    }

    fn tell(&self) {
        self.0.is_ready.set(true);
        self.0.socket.is_reported();
        if let Some(waker) = self.0.waker.take() {
            self.0.socket.wakes(waker);
        }
    }

    #[track_caller]
    fn is_ready(&self) -> bool {
        if !self.0.is_ready.get() {
            self.0.socket.is_found_empty();
        }
        self.0.is_ready.get()
    }

    #[track_caller]
    fn read(&self, most: usize) -> usize {
        let bytes = self.0.bytes.get().min(most);
        self.0.bytes.update(|all| all - bytes);
        self.0.socket.gives(bytes);
        self.0.is_ready.set(false);
        bytes
    }

    #[track_caller]
    fn told(&self) -> Watched<Told> {
        watched("Told", Told { pipe: self.clone(), has_left: false })
    }
}

struct Told {
    pipe: Pipe,
    has_left: bool,
}

impl Future for Told {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.has_left && self.pipe.0.waker.borrow().is_none() {
            return Poll::Ready(());
        }
        self.has_left = true;
        self.pipe.0.waker.replace(Some(cx.waker().clone()));
        self.pipe.0.socket.keeps(cx.waker());
        Poll::Pending
    }
}

/// Reads a hundred bytes, sixty at most each time that it is told.
async fn reads_by_sixty(other: Pipe) {
    let mut all = 0;
    while all < 100 {
        other.told().await;
        all += other.read(60);
    }
}

#[test]
fn look_before_the_waker_is_left() {
    check(
        async {
            let pipe = Pipe::new();
            let other = pipe.clone();
            drop(spawn(async move {
                while !other.is_ready() {
                    sleep(20).await;
                    other.told().await;
                }
                other.read(100);
            }));
            sleep(10).await;
            pipe.receive(100);
        },
        &expect![[r#"
            readiness_missed task 2 Told of socket 1, ready since 10 ms, 100 bytes
              at other.told().await;
              0 task 2 found socket 1 empty
              10 socket 1 is ready
              20 task 2 waker held by socket 1
              20 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn read_that_leaves_something() {
    check(
        async {
            let pipe = Pipe::new();
            drop(spawn(reads_by_sixty(pipe.clone())));
            sleep(10).await;
            pipe.receive(100);
        },
        &expect![[r#"
            read_too_little task 2 Told of socket 1, ready since 10 ms, 40 bytes left
              at all += other.read(60);
              awaited other.told().await;
              10 socket 1 is ready
              10 task 2 read 60 from socket 1
              10 task 2 waker held by socket 1
              10 end: Deadlock(1)
        "#]],
    );
}

/// Nothing lies there: who is to send it is gone.
#[test]
fn source_to_which_nothing_comes() {
    check(
        async {
            let pipe = Pipe::new();
            drop(spawn(async move { pipe.told().await }));
            sleep(10).await;
        },
        &expect![[r#"
            nobody_comes task 2 for socket 1
              at Poll::Pending
              awaited drop(spawn(async move { pipe.told().await }));
              0 task 2 waker held by socket 1
              10 end: Deadlock(1)
        "#]],
    );
}

/// All was read: no readiness was lost, more was wanted than came.
#[test]
fn source_to_which_too_little_comes() {
    check(
        async {
            let pipe = Pipe::new();
            drop(spawn(reads_by_sixty(pipe.clone())));
            sleep(10).await;
            pipe.receive(60);
        },
        &expect![[r#"
            nobody_comes task 2 for socket 1
              at Poll::Pending
              awaited other.told().await;
              10 task 2 waker held by socket 1
              10 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn waker_that_is_left_before_the_look_is_healthy() {
    healthy(async {
        let pipe = Pipe::new();
        let other = pipe.clone();
        drop(spawn(async move {
            while !other.is_ready() {
                other.told().await;
            }
            other.read(100);
        }));
        sleep(10).await;
        pipe.receive(100);
    });
}

/// By level it is told as long as something lies there.
#[test]
fn source_that_is_told_again_is_healthy() {
    healthy(async {
        let pipe = Pipe::new();
        let other = pipe.clone();
        drop(spawn(async move {
            let mut all = 0;
            while all < 100 {
                sleep(20).await;
                other.told().await;
                all += other.read(60);
            }
        }));
        sleep(10).await;
        pipe.receive(100);
        for _ in 0..10 {
            sleep(5).await;
            if pipe.0.bytes.get() > 0 {
                pipe.tell();
            }
        }
    });
}

/// What was left is read when more comes.
#[test]
fn rest_that_is_read_with_the_next_is_healthy() {
    healthy(async {
        let pipe = Pipe::new();
        let other = pipe.clone();
        drop(spawn(async move {
            for most in [60, 100] {
                other.told().await;
                other.read(most);
            }
        }));
        sleep(10).await;
        pipe.receive(100);
        sleep(10).await;
        pipe.receive(20);
    });
}

/// What lies there is not what the task waits for.
#[test]
fn task_that_is_stuck_elsewhere_is_not_the_source_s() {
    check(
        async {
            let pipe = Pipe::new();
            let lock = Rc::new(Mutex::new(()));
            let (other, own) = (pipe.clone(), lock.clone());
            drop(spawn(async move {
                let _guard = own.lock().await;
                other.told().await;
                other.read(60);
                let _again = own.lock().await;
            }));
            sleep(10).await;
            pipe.receive(100);
            drop(lock);
        },
        &expect![[r#"
            deadlock task 2 waits for mutex 1 of task 2
              at let _guard = own.lock().await;
              awaited let _again = own.lock().await;
              waits let _again = own.lock().await;
              taken let _guard = own.lock().await;
              0 task 2 locked mutex 1
              10 task 2 > Lock
              10 end: Deadlock(1)
        "#]],
    );
}
