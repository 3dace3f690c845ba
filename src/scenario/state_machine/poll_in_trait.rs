//! A trait with a poll, a second one that makes
//! a future of it, and the future, with a name.

use super::phone::{Clerk, Line, Ring};
use super::phone::{Receipt, Target};
use futures::ready;
use std::pin::Pin;
use std::task::{Context, Poll};

pub trait Dial {
    fn poll_reach(
        self: Pin<&mut Self>,
        t: &Target,
        cx: &mut Context<'_>,
    ) -> Poll<Line>;
}

pub trait DialExt: Dial + Unpin {
    fn reach<'a>(
        &'a mut self,
        t: &'a Target,
    ) -> Reach<'a, Self> {
        Reach { by: self, t }
    }
}

impl<T: Dial + Unpin + ?Sized> DialExt for T {}

pub struct Reach<'a, T: ?Sized> {
    by: &'a mut T,
    t: &'a Target,
}

impl<T> Future for Reach<'_, T>
where
    T: Dial + Unpin + ?Sized,
{
    type Output = Line;

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Line> {
        let Reach { by, t } = &mut *self;
        Pin::new(&mut **by).poll_reach(t, cx)
    }
}

/// Between two polls, the wait is kept here.
pub struct Phone {
    clerk: Clerk,
    wait: Option<Ring>,
}

impl Dial for Phone {
    fn poll_reach(
        mut self: Pin<&mut Self>,
        t: &Target,
        cx: &mut Context<'_>,
    ) -> Poll<Line> {
        let Phone { clerk, wait } = &mut *self;
        let ring = wait.get_or_insert_with(|| {
            clerk.dial(t)
        });
        let ring = Pin::new(ring);
        let line = ready!(ring.poll(cx));
        *wait = None;
        Poll::Ready(line)
    }
}

pub async fn caller(
    clerk: Clerk,
    target: Target,
) -> Receipt {
    let mut phone = Phone { clerk, wait: None };
    let line = phone.reach(&target).await;
    line.send(&target).await;
    Receipt { number: target.number }
}
