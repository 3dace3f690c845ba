//! Timeouts that each turn of a loop makes anew, so that they never fire; and those that are meant to begin again.

use super::{check, healthy};
use expect_test::expect;
use pollscope::prelude::*;

fn every(ms: u32, sender: Sender<u8>, values: u8) {
    drop(spawn(async move {
        for n in 1..=values {
            sleep(ms).await;
            sender.send(n);
        }
        sleep(ms).await;
    }));
}

#[test]
fn timeout_that_each_tick_begins_anew() {
    check(
        async {
            let (sender, mut receiver) = channel();
            every(100, sender, 1);
            let mut answer = pin!(receiver.recv());
            loop {
                let tick = sleep(10);
                let timeout = sleep(50); // anew
                match select(select(answer.as_mut(), tick), timeout).await {
                    Left(Left(_)) => break log!("answer"),
                    Left(Right(())) => log!("still waiting"),
                    Right(()) => break log!("timeout"),
                }
            }
        },
        &expect![[r#"
            timeout_restarts task 1: 10 times 50 ms in 100 ms
              at let timeout = sleep(50); // anew
              awaited match select(select(answer.as_mut(), tick), timeout).await {
              0 timer 2 set for task 1 in 50
              50 timer 11 cancelled
              100 timer 21 cancelled
              100 task 1 dropped: Completed
        "#]],
    );
}

#[test]
fn idle_timeout_that_a_ticker_begins_anew_while_no_value_comes() {
    check(
        async {
            let (sender, mut receiver) = channel();
            every(5, sender.clone(), 3);
            let mut tick = pin!(sleep(20));
            let mut ticks = 0;
            loop {
                let next = select(receiver.recv(), sleep(50)); // anew
                match select(next, tick.as_mut()).await {
                    Left(Left(n)) => log!("{n:?}"),
                    Left(Right(())) => break,
                    Right(()) if ticks == 9 => break,
                    Right(()) => {
                        ticks += 1;
                        tick.set(sleep(20));
                    }
                }
            }
            drop(sender);
        },
        &expect![[r#"
            timeout_restarts task 1: 13 times 50 ms in 200 ms
              at let next = select(receiver.recv(), sleep(50)); // anew
              awaited match select(next, tick.as_mut()).await {
              0 timer 1 set for task 1 in 50
              15 timer 9 set for task 1 in 50
              80 timer 14 cancelled
              200 timer 26 cancelled
              200 task 1 dropped: Completed
        "#]],
    );
}

#[test]
fn timeout_that_a_heartbeat_begins_anew_until_the_run_is_cut_off() {
    check(
        async {
            let mut never = pin!(pending::<()>());
            loop {
                let beat = select(sleep(30), never.as_mut());
                match select(sleep(100), beat).await {
                    Left(()) => break,
                    Right(_) => continue,
                }
            }
        },
        &expect![[r#"
            timeout_restarts task 1: 9999 times 100 ms in 299970 ms
              at match select(sleep(100), beat).await {
              0 timer 1 set for task 1 in 100
              120 timer 7 cancelled
              299970 timer 19997 cancelled
              300000 end: Polls(10000)
        "#]],
    );
}

#[test]
fn timeout_that_each_value_begins_anew_with_nothing_done_about_it() {
    check(
        async {
            let (sender, mut receiver) = channel();
            every(25, sender, 8);
            loop {
                match select(receiver.recv(), sleep(100)).await {
                    Left(Some(_)) => {}
                    Left(None) => break log!("no more"),
                    Right(()) => break log!("timeout"),
                }
            }
        },
        &expect![[r#"
            timeout_of_each_turn task 1: 9 times 100 ms in 225 ms
              at match select(receiver.recv(), sleep(100)).await {
              0 timer 1 set for task 1 in 100
              100 timer 8 cancelled
              225 timer 18 cancelled
              225 task 1 dropped: Completed
        "#]],
    );
}

#[test]
fn the_same_in_a_run_that_is_cut_off() {
    check(
        async {
            let (sender, mut receiver) = channel();
            drop(spawn(async move {
                loop {
                    sleep(25).await;
                    sender.send(());
                }
            }));
            loop {
                match select(receiver.recv(), sleep(100)).await {
                    Left(Some(())) => continue,
                    _ => break,
                }
            }
        },
        &expect![[r#"
            timeout_of_each_turn task 1: 4999 times 100 ms in 124975 ms
              at match select(receiver.recv(), sleep(100)).await {
              0 timer 1 set for task 1 in 100
              100 timer 8 cancelled
              124975 timer 9998 cancelled
              125000 end: Polls(10000)
        "#]],
    );
}

#[test]
fn timeout_of_each_value_that_is_used_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 40);
        while let Left(Some(n)) = select(receiver.recv(), sleep(100)).await {
            log!("{n}");
        }
    });
}

#[test]
fn timeout_of_each_value_that_is_handed_on_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        let (to, mut from) = channel();
        every(5, sender, 40);
        drop(spawn(async move { while from.recv().await.is_some() {} }));
        while let Left(Some(n)) = select(receiver.recv(), sleep(100)).await {
            to.send(n);
        }
    });
}

#[test]
fn timeout_of_each_value_with_more_to_wait_for_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 40);
        while let Left(Some(_)) = select(receiver.recv(), sleep(100)).await {
            sleep(1).await;
        }
    });
}

#[test]
fn timeout_of_all_values_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 40);
        let mut timeout = pin!(sleep(100));
        while let Left(Some(_)) = select(receiver.recv(), timeout.as_mut()).await {}
    });
}

#[test]
fn what_is_left_until_a_deadline_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 19);
        let deadline = 100;
        while let Left(Some(_)) = select(receiver.recv(), sleep(deadline - now() as u32)).await {}
    });
}

#[test]
fn timeout_that_is_set_anew_by_hand_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 40);
        let mut quiet = pin!(sleep(100));
        while let Left(Some(_)) = select(receiver.recv(), quiet.as_mut()).await {
            quiet.set(sleep(100));
        }
    });
}

#[test]
fn timeout_that_fires_at_the_end_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender.clone(), 40);
        while let Left(Some(_)) = select(receiver.recv(), sleep(100)).await {}
        drop(sender);
    });
}

#[test]
fn timeout_that_is_over_before_its_time_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 10);
        while let Left(Some(_)) = select(receiver.recv(), sleep(100)).await {}
    });
}

#[test]
fn idle_timeout_beside_a_future_that_stays_is_healthy() {
    healthy(async {
        let (_stop, mut stopped) = channel::<()>();
        let (sender, mut receiver) = channel();
        every(5, sender, 40);
        let mut stopped = pin!(stopped.recv());
        loop {
            let next = select(receiver.recv(), sleep(100));
            match select(next, stopped.as_mut()).await {
                Left(Left(Some(n))) => log!("{n}"),
                _ => break,
            }
        }
    });
}

#[test]
fn interval_beside_a_future_that_stays_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(500, sender, 1);
        let mut answer = pin!(receiver.recv());
        while let Right(()) = select(answer.as_mut(), sleep(10)).await {
            log!("still waiting");
        }
    });
}

#[test]
fn two_intervals_are_healthy() {
    healthy(async {
        let (mut short, mut long) = (pin!(sleep(10)), pin!(sleep(45)));
        let mut ticks = 0;
        loop {
            match select(short.as_mut(), long.as_mut()).await {
                Left(()) if ticks == 30 => break,
                Left(()) => {
                    ticks += 1;
                    short.set(sleep(10));
                }
                Right(()) => long.set(sleep(45)),
            }
        }
    });
}

/// It fails after 5 ms.
async fn attempt() -> Option<u8> {
    sleep(5).await;
    None
}

#[test]
fn attempts_with_a_time_for_each_are_healthy() {
    healthy(async {
        for _ in 0..40 {
            if let Left(Some(n)) = select(attempt(), sleep(100)).await {
                log!("{n}");
                break;
            }
        }
    });
}

#[test]
fn attempts_with_a_time_for_each_and_a_way_to_stop_them_are_healthy() {
    healthy(async {
        let mut stop = pin!(sleep(1000));
        for _ in 0..40 {
            let one = select(attempt(), sleep(100));
            match select(one, stop.as_mut()).await {
                Left(Left(Some(_))) | Right(()) => break,
                Left(_) => {}
            }
        }
    });
}

#[test]
fn attempts_with_a_longer_wait_after_each_are_healthy() {
    healthy(async {
        for n in 0..6 {
            if let Left(Some(n)) = select(attempt(), sleep(20)).await {
                log!("{n}");
                break;
            }
            sleep(10 << n).await;
        }
    });
}

#[test]
fn timeout_of_one_wait_is_healthy() {
    healthy(async {
        let (sender, mut receiver) = channel();
        every(5, sender, 1);
        select(receiver.recv(), sleep(4)).await;
        select(receiver.recv(), sleep(100)).await;
    });
}

#[test]
fn two_ways_of_which_one_is_slower_each_time_are_healthy() {
    healthy(async {
        for _ in 0..10 {
            race(sleep(10), sleep(30)).await;
        }
    });
}
