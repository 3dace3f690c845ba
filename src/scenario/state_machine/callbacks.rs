//! The same call with callbacks: each step is
//! handed what comes next. Nothing is polled.

use super::phone::{Clerk, Receipt};

pub fn caller(
    clerk: Clerk,
    done: impl FnOnce(Receipt) + 'static,
) {
    clerk.listen_then(|clerk, target| {
        clerk.dial_then(target, |line, target| {
            line.send_then(target, |target| {
                let number = target.number;
                done(Receipt { number });
            });
        });
    });
}
