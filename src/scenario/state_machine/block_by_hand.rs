//! The block as an enum: what it captures, and
//! then each wait with what is needed later.

use super::phone::{Clerk, Listen, Receipt};
use super::phone::{Ring, Send, Target};
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};
use Block::*;

pub fn caller(clerk: Clerk) -> Block {
    Start { clerk }
}

#[repr(u8)] // the first byte numbers the state
pub enum Block {
    Start { clerk: Clerk },
    Listening { clerk: Clerk, wait: Listen },
    Calling { target: Target, wait: Ring },
    Sending { target: Target, wait: Send },
    Done,
}

impl Future for Block {
    type Output = Receipt;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Receipt> {
        loop {
            *self = match &mut *self {
                Start { clerk } => {
                    let clerk = clerk.clone();
                    let wait = clerk.listen();
                    Listening { clerk, wait }
                }
                Listening { clerk, wait } => {
                    let wait = Pin::new(wait);
                    let target =
                        ready!(wait.poll(cx));
                    let wait =
                        clerk.dial(&target);
                    Calling { target, wait }
                }
                Calling { target, wait } => {
                    let wait = Pin::new(wait);
                    let line =
                        ready!(wait.poll(cx));
                    let wait =
                        line.send(target);
                    let target = *target;
                    Sending { target, wait }
                }
                Sending { target, wait } => {
                    let wait = Pin::new(wait);
                    ready!(wait.poll(cx));
                    let number = target.number;
                    *self = Done;
                    let it = Receipt { number };
                    return Poll::Ready(it);
                }
                Done => {
                    panic!("polled after Ready")
                }
            };
        }
    }
}
