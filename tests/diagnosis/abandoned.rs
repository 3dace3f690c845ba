//! Futures that are left alone when their time has come, and that are dropped half-way.

use super::{check, healthy};
use expect_test::expect;
use futures::StreamExt;
use futures::stream::FuturesUnordered;
use pollscope::prelude::*;

#[test]
fn futurelock() {
    check(
        async {
            let m = Rc::new(Mutex::new(0));
            let (a, b) = (m.clone(), m.clone());
            drop(spawn(async move {
                let _g = a.lock().await;
                sleep(50).await;
            }));
            yield_now().await;
            let mut first = pin!(m.lock());
            select(first.as_mut(), sleep(5)).await;
            spawn(async move { *b.lock().await += 1 }).await; // never
        },
        &expect![[r#"
            futurelock task 1 Lock of mutex 1, last polled at 5 ms, before task 3 and 0 more
              at let mut first = pin!(m.lock());
              awaited spawn(async move { *b.lock().await += 1 }).await; // never
              5 task 1 > Lock
              5 task 3 > Lock
              50 task 1 woken by mutex 1
              50 task 1 Pending
        "#]],
    );
}

#[test]
fn first_in_line_that_is_overtaken_by_its_own_task_is_healthy() {
    healthy(async {
        let m = Rc::new(Mutex::new(0));
        let a = m.clone();
        drop(spawn(async move {
            let _g = a.lock().await;
            sleep(50).await;
        }));
        yield_now().await;
        let mut first = pin!(m.lock());
        select(first.as_mut(), sleep(5)).await;
        *m.lock().await += 1;
    });
}

#[test]
fn buffered_stream_with_a_long_body() {
    check(
        async {
            let child = |i: u32| async move {
                sleep(10 + 10 * i).await;
                sleep(5).await;
                i
            };
            let mut q: FuturesUnordered<_> = (0..3).map(child).collect();
            while let Some(i) = q.next().await {
                log!("{i} done");
                sleep(100).await; // the body
            }
        },
        &expect![[r#"
            unattended task 1 Sleep of the timer of 20 ms, 95 ms late
              at sleep(100).await; // the body
              awaited sleep(10 + 10 * i).await;
              0 task 1 > Sleep
              20 timer 2 fired
              115 task 1 > Sleep
            unattended task 1 Sleep of the timer of 30 ms, 85 ms late
              at sleep(100).await; // the body
              awaited sleep(10 + 10 * i).await;
              0 task 1 > Sleep
              30 timer 3 fired
              115 task 1 > Sleep
            unattended task 1 Sleep of the timer of 120 ms, 100 ms late
              at sleep(100).await; // the body
              awaited sleep(5).await;
              115 task 1 > Sleep
              120 timer 7 fired
              220 task 1 > Sleep
        "#]],
    );
}

#[test]
fn stream_whose_body_is_a_task_of_its_own_is_healthy() {
    healthy(async {
        let child = |i: u32| async move {
            sleep(10 + 10 * i).await;
            i
        };
        let mut q: FuturesUnordered<_> = (0..3).map(child).collect();
        while let Some(i) = q.next().await {
            drop(spawn(async move {
                sleep(100).await;
                log!("{i} done");
            }));
        }
    });
}

#[test]
fn stream_whose_body_is_done_before_the_next_child_is_healthy() {
    healthy(async {
        let mut q: FuturesUnordered<_> = (0..3).map(|i| sleep(10 + 10 * i)).collect();
        while q.next().await.is_some() {
            sleep(5).await;
        }
    });
}

#[test]
fn timer_that_is_polled_late() {
    check(
        async {
            let mut slow = pin!(sleep(20));
            race(slow.as_mut(), sleep(5)).await;
            sleep(30).await; // meanwhile
            slow.await;
        },
        &expect![[r#"
            unattended task 1 Sleep of the timer of 20 ms, 15 ms late
              at sleep(30).await; // meanwhile
              awaited race(slow.as_mut(), sleep(5)).await;
              5 task 1 > Sleep
              20 timer 1 fired
              35 task 1 > Sleep
        "#]],
    );
}

#[test]
fn deadline_that_is_not_needed_any_more_is_healthy() {
    healthy(async {
        let mut deadline = pin!(sleep(20));
        select(sleep(5), deadline.as_mut()).await;
        sleep(30).await;
        log!("in time");
    });
}

#[test]
fn ticker_that_is_polled_in_each_round_is_healthy() {
    healthy(async {
        let mut tick = pin!(sleep(20));
        for _ in 0..3 {
            select(sleep(20), tick.as_mut()).await;
        }
    });
}

/// Two values, one after the other.
async fn frame(receiver: &mut Receiver<u8>) -> (u8, u8) {
    let a = receiver.recv().await.unwrap_or_default(); // lost, if no other comes in time
    let b = receiver.recv().await.unwrap_or_default();
    (a, b)
}

fn every_5_ms(sender: Sender<u8>, values: u8) {
    drop(spawn(async move {
        for n in 1..=values {
            sleep(5).await;
            sender.send(n);
        }
    }));
}

#[test]
fn select_that_loses_data() {
    check(
        async {
            let (sender, mut receiver) = channel();
            every_5_ms(sender, 8);
            for _ in 0..8 {
                match select(frame(&mut receiver), sleep(7)).await {
                    Left(frame) => log!("{frame:?}"),
                    Right(()) => log!("tick"),
                }
            }
        },
        &expect![[r#"
            values_lost task 1: 1 of 2
              at let a = receiver.recv().await.unwrap_or_default(); // lost, if no other comes in time
              awaited match select(frame(&mut receiver), sleep(7)).await {
              5 task 1 < Recv Ready
              7 task 1 < Select Ready
              20 task 1 < Select Ready
        "#]],
    );
}

#[test]
fn frame_that_outlives_the_ticks_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every_5_ms(sender, 8);
        for _ in 0..4 {
            let mut one = pin!(frame(&mut receiver));
            while let Right(()) = select(one.as_mut(), sleep(7)).await {
                log!("tick");
            }
        }
    });
}

#[test]
fn frame_that_outlives_a_tick_after_whole_ones_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every_5_ms(sender, 8);
        let mut tick = pin!(sleep(27));
        for _ in 0..4 {
            let mut frame = pin!(frame(&mut receiver));
            let read = loop {
                match select(frame.as_mut(), tick.as_mut()).await {
                    Left(frame) => break frame,
                    Right(()) => tick.set(sleep(27)),
                }
            };
            log!("{read:?}");
        }
    });
}

#[test]
fn worker_that_is_stopped_between_two_values_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every_5_ms(sender, 8);
        let worker = async {
            while let Some(n) = receiver.recv().await {
                log!("{n}");
            }
        };
        select(worker, sleep(23)).await;
    });
}
