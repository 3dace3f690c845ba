//! `join!`: several futures in one task, at the same time.
//!
//! Every poll polls each child that is not done, from left to right, with the task's own waker: a wake means only that something
//! is worth polling, not what. A child that is done is dropped at once; its value is kept.

use crate::executor::{Declared, created_unmarked, enter};
use crate::trace::FutureRole;
use pin_project_lite::pin_project;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

pin_project! {
    #[project = MaybeDoneProjection]
    #[project_replace = MaybeDoneOwned]
    enum MaybeDone<F: Future> {
        Future { #[pin] future: F },
        Done { value: F::Output },
        Gone,
    }
}

impl<F: Future> MaybeDone<F> {
    /// Polls the future, if it is not done; says whether it is.
    #[track_caller]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> bool {
        if let MaybeDoneProjection::Future { future } = self.as_mut().project() {
            match future.poll(cx) {
                Poll::Ready(value) => self.set(MaybeDone::Done { value }),
                Poll::Pending => return false,
            }
        }
        true
    }

    fn take(self: Pin<&mut Self>) -> F::Output {
        match self.project_replace(MaybeDone::Gone) {
            MaybeDoneOwned::Done { value } => value,
            MaybeDoneOwned::Future { .. } | MaybeDoneOwned::Gone => panic!("polled after ready"),
        }
    }
}

pub(super) const JOIN: Declared = Declared::new("Join", FutureRole::Join);
pub(super) const JOIN3: Declared = Declared::new("Join3", FutureRole::Join);

macro_rules! join_of {
    ($(#[$doc:meta])* $join:ident, $make:ident, $declared:ident, $($child:ident: $F:ident),*) => {
        pin_project! {
            $(#[$doc])*
            #[must_use = "futures do nothing unless awaited"]
            pub struct $join<$($F: Future),*> { $(#[pin] $child: MaybeDone<$F>),* }
        }

        $(#[$doc])*
        #[track_caller]
        pub fn $make<$($F: Future),*>($($child: $F),*) -> $join<$($F),*> {
            created_unmarked($declared);
            $join { $($child: MaybeDone::Future { future: $child }),* }
        }

        impl<$($F: Future),*> Future for $join<$($F),*> {
            type Output = ($($F::Output),*);

            #[track_caller]
            fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
                let entered = enter($declared, &*self);
                let mut this = self.project();
                let mut all = true;
                $(all &= this.$child.as_mut().poll(cx);)*
                if !all {
                    return Poll::Pending;
                }
                entered.ready();
                Poll::Ready(($(this.$child.take()),*))
            }
        }
    };
}

join_of! {
    /// Both of two futures. Ready when both are.
    Join, join, JOIN, a: A, b: B
}

join_of! {
    /// All of three futures. Ready when all are.
    Join3, join3, JOIN3, a: A, b: B, c: C
}

/// `join!(a, b).await` and `join!(a, b, c).await`: all of them, at the same time, in this task.
#[macro_export]
macro_rules! join {
    ($a:expr, $b:expr $(,)?) => {
        $crate::prelude::join($a, $b)
    };
    ($a:expr, $b:expr, $c:expr $(,)?) => {
        $crate::prelude::join3($a, $b, $c)
    };
}
