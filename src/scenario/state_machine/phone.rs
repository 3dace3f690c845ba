//! The telephones: what the three ways of writing a call have in common.
//!
//! Every wait is one timer. What a call borrows or awaits is shown to the recorder at its real address.

use crate::executor::{Declared, observe, running};
use crate::prelude::Sleep;
use crate::trace::FutureRole;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

/// What is known of one call before it is made.
#[derive(Debug)]
pub struct Desk {
    pub number: u32,
    pub message: &'static str,
    /// In ms.
    pub listen: u32,
    /// In ms.
    pub ring: u32,
    /// In ms.
    pub talk: u32,
    /// Whether the line is cut while the message is sent.
    pub cut: bool,
}

/// Takes calls.
#[derive(Clone)]
pub struct Clerk(pub Rc<Desk>);

/// Whom to call, and what to say.
#[derive(Clone, Copy)]
pub struct Target {
    pub number: u32,
    #[allow(dead_code, reason = "it is there to be seen in the bytes; no telephone here speaks")]
    pub message: &'static str,
}

/// A line to a target who has answered.
pub struct Line(Rc<Desk>);

/// That the message was delivered.
pub struct Receipt {
    #[allow(dead_code, reason = "nobody files receipts here")]
    pub number: u32,
}

macro_rules! wait {
    ($(#[$doc:meta])* $name:ident -> $out:ty, $ready:expr) => {
        $(#[$doc])*
        #[must_use = "futures do nothing unless awaited"]
        pub struct $name {
            timer: Sleep,
            desk: Rc<Desk>,
        }

        impl $name {
            const DECLARED: Declared = Declared::new(stringify!($name), FutureRole::Timer);

            #[track_caller]
            fn after(ms: u32, desk: &Rc<Desk>) -> Self {
                $name { timer: Sleep::within(Self::DECLARED, ms), desk: desk.clone() }
            }
        }

        impl Future for $name {
            type Output = $out;

            #[track_caller]
            fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<$out> {
                let entered = self.timer.enter(Self::DECLARED, &*self);
                if self.timer.poll_timer(cx).is_pending() {
                    return Poll::Pending;
                }
                entered.ready();
                let ready: fn(&Rc<Desk>) -> $out = $ready;
                Poll::Ready(ready(&self.desk))
            }
        }
    };
}

wait! {
    /// The caller gives the number and the message.
    Listen -> Target, |desk| target(desk)
}

wait! {
    /// It rings until the target answers.
    Ring -> Line, |desk| Line(desk.clone())
}

wait! {
    /// The message is read out.
    Send -> (), |desk| delivered(desk)
}

fn target(desk: &Rc<Desk>) -> Target {
    Target { number: desk.number, message: desk.message }
}

fn delivered(desk: &Rc<Desk>) {
    assert!(!desk.cut, "the line to {} was cut", desk.number);
}

impl Clerk {
    #[track_caller]
    pub fn listen(&self) -> Listen {
        observe("clerk", self);
        Listen::after(self.0.listen, &self.0)
    }

    #[track_caller]
    pub fn dial(&self, target: &Target) -> Ring {
        observe("clerk", self);
        observe("target", target);
        Ring::after(self.0.ring, &self.0)
    }

    #[track_caller]
    pub fn listen_then(self, next: impl FnOnce(Clerk, Target) + 'static) {
        running::call_after(self.0.listen, move || {
            let target = target(&self.0);
            next(self, target);
        });
    }

    #[track_caller]
    pub fn dial_then(self, target: Target, next: impl FnOnce(Line, Target) + 'static) {
        running::call_after(self.0.ring, move || next(Line(self.0), target));
    }
}

impl Line {
    #[track_caller]
    pub fn send(&self, target: &Target) -> Send {
        observe("line", self);
        observe("target", target);
        Send::after(self.0.talk, &self.0)
    }

    #[track_caller]
    pub fn send_then(self, target: Target, next: impl FnOnce(Target) + 'static) {
        running::call_after(self.0.talk, move || {
            delivered(&self.0);
            next(target);
        });
    }
}
