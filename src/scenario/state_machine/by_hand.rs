//! The same call by hand: a state for each
//! wait, with only what that wait still needs.

use super::phone::{Clerk, Listen, Receipt};
use super::phone::{Ring, Send, Target};
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};
use CallerState::*;

#[repr(u8)] // the first byte numbers the state
pub enum CallerState {
    ListeningForTarget {
        clerk: Clerk,
        asking: Listen,
    },
    CallingTarget {
        target: Target,
        ringing: Ring,
    },
    SendingMessageToTarget {
        target: Target,
        sending: Send,
    },
    Done { number: u32 },
}

pub fn caller(clerk: Clerk) -> CallerState {
    let asking = clerk.listen();
    ListeningForTarget { clerk, asking }
}

/// From the wait that ended to the next one.
fn step(
    state: &mut CallerState,
    cx: &mut Context<'_>,
) -> Poll<CallerState> {
    Poll::Ready(match state {
        ListeningForTarget {
            clerk,
            asking,
        } => {
            let asking = Pin::new(asking);
            let target =
                ready!(asking.poll(cx));
            let ringing = clerk.dial(&target);
            CallingTarget { target, ringing }
        }
        CallingTarget { target, ringing } => {
            let ringing = Pin::new(ringing);
            let line = ready!(ringing.poll(cx));
            let sending = line.send(target);
            let target = *target;
            SendingMessageToTarget {
                target,
                sending,
            }
        }
        SendingMessageToTarget {
            target,
            sending,
        } => {
            ready!(Pin::new(sending).poll(cx));
            Done { number: target.number }
        }
        Done { .. } => {
            panic!("polled after Ready")
        }
    })
}

impl Future for CallerState {
    type Output = Receipt;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Receipt> {
        loop {
            *self = ready!(step(&mut self, cx));
            if let Done { number } = *self {
                let it = Receipt { number };
                return Poll::Ready(it);
            }
        }
    }
}
