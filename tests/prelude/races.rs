//! Races, biased and fair: who passes, and what becomes of the other one.

use super::check;
use pollscope::prelude::*;
use std::cell::RefCell;

#[test]
fn race_drops_its_loser_where_it_is() {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            log!("dropped");
        }
    }
    check(
        async {
            let slow = async {
                let _guard = Guard;
                sleep(50).await;
                "slow"
            };
            let fast = async {
                sleep(5).await;
                "fast"
            };
            log!("{}", race(slow, fast).await);
        },
        &["5 dropped", "5 fast"],
    );
}

/// Which of two that are ready at once pass, in a row.
fn passed(seed: u32) -> Vec<bool> {
    let passed = Rc::new(RefCell::new(Vec::new()));
    let told = passed.clone();
    check(
        async move {
            let coin = Coin::new(seed);
            for _ in 0..1000 {
                let one = coin.select(ready(()), ready(())).await;
                told.borrow_mut().push(matches!(one, Left(())));
            }
        },
        &[],
    );
    passed.take()
}

#[test]
fn coin_is_a_function_of_its_seed_and_fair() {
    let of = [passed(0), passed(1)];
    assert_eq!(of[0], passed(0));
    assert_ne!(of[0], of[1]);
    for passed in of {
        let upper = passed.iter().filter(|&&is_upper| is_upper).count();
        assert!((450..=550).contains(&upper), "{upper} of 1,000");
        // Nobody waits for long, and nobody has a turn that is sure.
        let longest = passed.chunk_by(|a, b| a == b).map(<[bool]>::len).max();
        assert!(matches!(longest, Some(5..=20)), "{longest:?} in a row");
    }
}

#[test]
fn fair_race_drops_its_loser_and_passes_what_is_ready() {
    struct Guard;
    impl Drop for Guard {
        fn drop(&mut self) {
            log!("dropped");
        }
    }
    check(
        async {
            let coin = Coin::new(7);
            for _ in 0..2 {
                let slow = async {
                    let _guard = Guard;
                    sleep(50).await;
                    "slow"
                };
                let fast = async {
                    sleep(5).await;
                    "fast"
                };
                log!("{}", coin.race(slow, fast).await);
            }
        },
        &["5 dropped", "5 fast", "10 dropped", "10 fast"],
    );
}
