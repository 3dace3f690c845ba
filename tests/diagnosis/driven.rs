//! Sockets of other runtimes, in drivers that somebody turns, or nobody.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;
use std::cell::{Cell, RefCell};

/// A socket of another runtime: a turn of its driver says what has come since the last one.
struct Row {
    socket: Socket,
    bytes: Cell<usize>,
    is_news: Cell<bool>,
    is_ready: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

#[derive(Clone, Default)]
struct Theirs(Rc<(Driver, RefCell<Vec<Rc<Row>>>)>);

impl Theirs {
    fn open(&self) -> Pipe {
        let row = Rc::new(Row {
            socket: Socket::new("reads"),
            bytes: Cell::default(),
            is_news: Cell::default(),
            is_ready: Cell::default(),
            waker: RefCell::default(),
        });
        self.0.1.borrow_mut().push(row.clone());
        Pipe { theirs: self.clone(), row }
    }

    fn turn(&self) {
        let (driver, rows) = &*self.0;
        let told: Vec<_> = rows.borrow().iter().filter(|row| row.is_news.take()).cloned().collect();
        driver.is_turned(told.len());
        for row in told {
            row.is_ready.set(true);
            row.socket.is_reported();
            if let Some(waker) = row.waker.take() {
                driver.wakes(waker);
            }
        }
    }
}

#[derive(Clone)]
struct Pipe {
    theirs: Theirs,
    row: Rc<Row>,
}

impl Pipe {
    /// Bytes come: the system has them.
    fn receive(&self, bytes: usize) {
        self.row.bytes.update(|all| all + bytes);
        self.row.is_news.set(true);
        self.row.socket.has_more(bytes);
    }

    fn take(&self, most: usize) -> usize {
        let bytes = self.row.bytes.get().min(most);
        self.row.bytes.update(|all| all - bytes);
        self.row.socket.gives(bytes);
        bytes
    }

    /// Up to so many bytes, once a turn has told of some.
    fn read(&self, most: usize) -> Watched<Read> {
        watched("Read", Read { pipe: self.clone(), most })
    }
}

struct Read {
    pipe: Pipe,
    most: usize,
}

impl Future for Read {
    type Output = usize;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<usize> {
        let Pipe { theirs, row } = &self.pipe;
        if row.is_ready.take() {
            return Poll::Ready(self.pipe.take(self.most));
        }
        row.socket.is_found_empty();
        theirs.0.0.keeps(cx.waker());
        row.waker.replace(Some(cx.waker().clone()));
        Poll::Pending
    }
}

impl Drop for Read {
    fn drop(&mut self) {
        if self.pipe.row.waker.take().is_some() {
            self.pipe.theirs.0.0.lets_go();
        }
    }
}

/// A runtime with one socket: for who sends, and for who reads.
fn opened() -> (Theirs, Pipe, Pipe) {
    let theirs = Theirs::default();
    let pipe = theirs.open();
    (theirs, pipe.clone(), pipe)
}

#[test]
fn bytes_in_a_driver_that_nobody_turns() {
    check(
        async {
            let (_, pipe, other) = opened();
            drop(spawn(async move { other.read(100).await }));
            sleep(20).await;
            pipe.receive(100);
            sleep(50).await;
        },
        &expect![[r#"
            undriven_socket task 2 Read of socket 1 in foreign driver 1, 100 bytes since 20 ms
              at drop(spawn(async move { other.read(100).await }));
              0 task 2 waker held by foreign driver 1
              20 socket 1 got 100
              70 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn bytes_that_came_before_anybody_waited_in_a_driver_that_nobody_turns() {
    check(
        async {
            let pipe = Theirs::default().open();
            pipe.receive(100);
            sleep(20).await;
            pipe.read(100).await;
        },
        &expect![[r#"
            undriven_socket task 1 Read of socket 1 in foreign driver 1, 100 bytes since 0 ms
              at pipe.read(100).await;
              0 socket 1 got 100
              20 task 1 waker held by foreign driver 1
              20 end: Deadlock(1)
        "#]],
    );
}

/// Nothing lies there: who is to send it is gone, and a turn would find nothing.
#[test]
fn no_bytes_in_a_driver_that_nobody_turns() {
    check(
        async {
            let pipe = Theirs::default().open();
            pipe.read(100).await;
        },
        &expect![[r#"
            nobody_comes task 1 for socket 1
              at Poll::Pending
              awaited pipe.read(100).await;
              0 task 1 waker held by foreign driver 1
              0 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn driver_that_is_turned_before_its_bytes_come() {
    check(
        async {
            let (theirs, pipe, other) = opened();
            drop(spawn(async move { other.read(100).await }));
            sleep(10).await;
            theirs.turn();
            sleep(10).await;
            pipe.receive(100);
        },
        &expect![[r#"
            undriven_socket task 2 Read of socket 1 in foreign driver 1, 100 bytes since 20 ms, turned last at 10 ms
              at drop(spawn(async move { other.read(100).await }));
              0 task 2 waker held by foreign driver 1
              20 socket 1 got 100
              20 end: Deadlock(1)
        "#]],
    );
}

/// The first bytes were told in time, and read.
#[test]
fn driver_that_is_turned_no_more_when_more_bytes_come() {
    check(
        async {
            let (theirs, pipe, other) = opened();
            drop(spawn(async move {
                other.read(100).await;
                other.read(100).await;
            }));
            sleep(10).await;
            pipe.receive(60);
            theirs.turn();
            sleep(10).await;
            pipe.receive(40);
        },
        &expect![[r#"
            undriven_socket task 2 Read of socket 1 in foreign driver 1, 40 bytes since 20 ms, turned last at 10 ms
              at other.read(100).await;
              10 task 2 waker held by foreign driver 1
              20 socket 1 got 40
              20 end: Deadlock(1)
        "#]],
    );
}

/// Somebody else has read them: a turn would find nothing.
#[test]
fn bytes_that_are_gone_are_nobody_s_to_tell() {
    check(
        async {
            let (_, pipe, other) = opened();
            drop(spawn(async move { other.read(100).await }));
            sleep(10).await;
            pipe.receive(100);
            pipe.take(100);
        },
        &expect![[r#"
            nobody_comes task 2 for socket 1
              at Poll::Pending
              awaited drop(spawn(async move { other.read(100).await }));
              0 task 2 waker held by foreign driver 1
              10 end: Deadlock(1)
        "#]],
    );
}

/// Of the driver's two sockets, one has something.
#[test]
fn bytes_of_another_socket_are_not_what_is_waited_for() {
    check(
        async {
            let theirs = Theirs::default();
            let (pipe, other) = (theirs.open(), theirs.open());
            drop(spawn(async move { pipe.read(100).await }));
            sleep(10).await;
            other.receive(100);
        },
        &expect![[r#"
            nobody_comes task 2 for socket 1
              at Poll::Pending
              awaited drop(spawn(async move { pipe.read(100).await }));
              0 task 2 waker held by foreign driver 1
              10 end: Deadlock(1)
        "#]],
    );
}

/// It was turned for them: what is left is left by the read.
#[test]
fn driver_that_is_turned_for_bytes_that_are_read_in_part() {
    check(
        async {
            let (theirs, pipe, other) = opened();
            drop(spawn(async move {
                other.read(60).await;
                other.read(60).await;
            }));
            sleep(10).await;
            pipe.receive(100);
            theirs.turn();
            sleep(10).await;
            theirs.turn();
        },
        &expect![[r#"
            read_too_little task 2 Read of socket 1, ready since 10 ms, 40 bytes left
              at self.row.socket.gives(bytes);
              awaited other.read(60).await;
              10 socket 1 is ready
              10 task 2 read 60 from socket 1
              10 task 2 waker held by foreign driver 1
              20 end: Deadlock(1)
        "#]],
    );
}

#[test]
fn driver_that_is_turned_when_its_bytes_have_come_is_healthy() {
    healthy(async {
        let (theirs, pipe, other) = opened();
        drop(spawn(async move { other.read(100).await }));
        sleep(10).await;
        theirs.turn();
        pipe.receive(100);
        sleep(90).await;
        theirs.turn();
    });
}

#[test]
fn read_that_is_dropped_before_anybody_turns_is_healthy() {
    healthy(async {
        let pipe = Theirs::default().open();
        select(pipe.read(100), sleep(10)).await;
        pipe.receive(100);
        select(pipe.read(100), sleep(10)).await;
    });
}

/// As of a timer that nobody awaits: the task goes on without it.
#[test]
fn read_that_nobody_awaits_is_healthy() {
    healthy(async {
        let pipe = Theirs::default().open();
        {
            let mut read = pin!(pipe.read(100));
            select(read.as_mut(), sleep(5)).await;
        }
        pipe.receive(100);
        sleep(50).await;
    });
}
