//! The same call by hand: a state for each wait, with only what that wait still needs.

use super::phone::{Clerk, Listen, Receipt, Ring, Send, Target};
use CallerState::*;
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};

#[repr(u8)] // so that the first byte is the number of the state
pub enum CallerState {
    ListeningForTarget { clerk: Clerk, asking: Listen },
    CallingTarget { target: Target, ringing: Ring },
    SendingMessageToTarget { target: Target, sending: Send },
    Done,
}

pub fn caller(clerk: Clerk) -> CallerState {
    let asking = clerk.listen();
    ListeningForTarget { clerk, asking }
}

impl Future for CallerState {
    type Output = Receipt;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Receipt> {
        loop {
            *self = match &mut *self {
                ListeningForTarget { clerk, asking } => {
                    let target = ready!(Pin::new(asking).poll(cx));
                    let ringing = clerk.dial(&target);
                    CallingTarget { target, ringing }
                }
                CallingTarget { target, ringing } => {
                    let line = ready!(Pin::new(ringing).poll(cx));
                    let sending = line.send(target);
                    SendingMessageToTarget { target: *target, sending }
                }
                SendingMessageToTarget { target, sending } => {
                    ready!(Pin::new(sending).poll(cx));
                    let receipt = Receipt { number: target.number };
                    *self = Done;
                    return Poll::Ready(receipt);
                }
                Done => panic!("polled after Ready"),
            }
        }
    }
}
