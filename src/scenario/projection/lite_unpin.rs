//! The macro has said when it is `Unpin`.

use pin_project_lite::pin_project;

pin_project! {
    pub struct Holder<F> {
        #[pin]
        pub fut: F,
    }
}

impl<F> Unpin for Holder<F> {}
