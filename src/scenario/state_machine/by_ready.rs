//! The same two waits, with a poll each: it is
//! `Pending`, and so is all that waits for it.

use super::phone::{Clerk, Receipt, Target};
use super::phone::{Ring, Send};
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};
use Waits::*;

pub fn caller(
    clerk: Clerk,
    target: Target,
) -> Waits {
    Start { clerk, target }
}

#[repr(u8)] // the first byte numbers the state
pub enum Waits {
    Start { clerk: Clerk, target: Target },
    Calling { target: Target, ringing: Ring },
    Sending { target: Target, sending: Send },
    Done,
}

impl Future for Waits {
    type Output = Receipt;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Receipt> {
        if let Start { clerk, target } =
            &*self
        {
            let target = *target;
            let ringing = clerk.dial(&target);
            *self = Calling { target, ringing };
        }
        if let Calling { target, ringing } =
            &mut *self
        {
            let rang = Pin::new(ringing);
            // What `ready!` writes for you:
            let line = match rang.poll(cx) {
                Poll::Ready(line) => line,
                Poll::Pending => {
                    return Poll::Pending;
                }
            };
            let sending = line.send(target);
            let target = *target;
            *self = Sending { target, sending };
        }
        let Sending { target, sending } =
            &mut *self
        else {
            panic!("polled after Ready")
        };
        ready!(Pin::new(sending).poll(cx));
        let number = target.number;
        *self = Done;
        Poll::Ready(Receipt { number })
    }
}
