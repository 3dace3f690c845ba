//! The call centre's clerk who never waits, by hand:
//! the machine of call-centre's `call`.

use crate::prelude::{Sleep, compute, sleep};
use crate::scenario::call_centre::code::Call;
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};
use Clerk::*;

pub enum Clerk {
    Start(Call),
    Ringing { ring: Sleep, talk: u32 },
    Done,
}

pub fn call(call: Call) -> Clerk {
    Start(call)
}

impl Future for Clerk {
    type Output = ();

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        loop {
            match &mut *self {
                Start(Call { dial, ring, talk }) => {
                    // Takes the number and dials.
                    compute(*dial);
                    // It rings.
                    let (ring, talk) = (sleep(*ring), *talk);
                    *self = Ringing { ring, talk };
                }
                Ringing { ring, talk } => {
                    ready!(Pin::new(ring).poll(cx));
                    let talk = *talk;
                    *self = Done;
                    // Delivers the message.
                    compute(talk);
                    return Poll::Ready(());
                }
                Done => panic!("polled after Ready"),
            }
        }
    }
}
