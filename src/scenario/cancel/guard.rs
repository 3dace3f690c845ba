//! Money on its way. If it is dropped before it
//! is given, it asks for a refund.

use super::{Book, Refund, refund::refund};
use crate::prelude::*;

pub struct Taken {
    book: Rc<Book>,
    sum: i32,
}

impl Taken {
    pub fn of(
        book: &Rc<Book>,
        sum: i32,
    ) -> Taken {
        book.first.set(book.first.get() - sum);
        Taken { book: book.clone(), sum }
    }

    pub fn give(&mut self) {
        let sum = std::mem::take(&mut self.sum);
        let second = &self.book.second;
        second.set(second.get() + sum);
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        if self.sum == 0 {
            return;
        }
        log!("taken: dropped");
        let book = self.book.clone();
        // A drop cannot await: it is not async.
        let refund = refund(book, self.sum);
        match self.book.refund {
            Refund::Called => drop(refund),
            Refund::Spawned => {
                drop(spawn(refund));
            }
        }
    }
}
