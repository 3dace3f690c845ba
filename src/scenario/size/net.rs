//! What all of them call: a buffer is filled
//! and added up, and a call awaits its answer.

use crate::prelude::{Sleep, sleep};
use std::pin::Pin;
use std::task::{Context, Poll};

/// What every byte of a buffer is.
pub const FILLED: u8 = 7;

pub type Bytes = [u8; 1024];

pub fn fill(buf: &mut Bytes) {
    buf.fill(FILLED);
}

pub fn add_up(buf: &Bytes) -> u32 {
    buf.iter().map(|&b| u32::from(b)).sum()
}

/// Not `Copy`: it has one owner.
pub struct Owned(Bytes);

impl Owned {
    pub fn filled() -> Owned {
        Owned([FILLED; 1024])
    }

    pub fn add_up(&self) -> u32 {
        add_up(&self.0)
    }

    /// The same, and takes it.
    pub fn into_sum(self) -> u32 {
        add_up(&self.0)
    }
}

#[track_caller]
pub fn connect(wait: u32) -> Sleep {
    sleep(wait)
}

#[track_caller]
pub fn send(_sum: u32, wait: u32) -> Sleep {
    sleep(wait)
}

#[track_caller]
pub fn reply(wait: u32) -> Sleep {
    sleep(wait)
}

/// A call that holds a buffer while it waits.
pub struct Upload {
    answer: Sleep,
    buf: Bytes,
}

#[track_caller]
pub fn upload(wait: u32) -> Upload {
    let answer = sleep(wait);
    Upload { answer, buf: [FILLED; 1024] }
}

impl Future for Upload {
    type Output = u32;

    #[track_caller]
    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<u32> {
        let it = Pin::new(&mut self.answer);
        it.poll(cx).map(|()| add_up(&self.buf))
    }
}
