//! Two requests, and four ways to await both.

use super::sent::Sent;
use crate::prelude::*;
use futures::future::try_join;

pub async fn request(
    name: &'static str,
    takes: u32,
) -> &'static str {
    let mut sent = Sent::new(name);
    sleep(takes).await;
    sent.answered();
    name
}

/// The first answer ends it.
pub async fn raced(fast: u32, slow: u32) {
    let first = race(
        request("fast", fast),
        request("slow", slow),
    );
    log!("race: {}", first.await);
}

/// It ends with the last answer.
pub async fn joined(fast: u32, slow: u32) {
    let (a, b) = join!(
        request("fast", fast),
        request("slow", slow),
    )
    .await;
    log!("join!: {a} and {b}");
}

/// The first answer ends it, and says which it
/// is. Of two at once, the upper one.
pub async fn selected(fast: u32, slow: u32) {
    let first = select(
        request("slow", slow),
        request("fast", fast),
    );
    match first.await {
        Either::Left(a) => log!("select: {a}"),
        Either::Right(b) => log!("select: {b}"),
    }
}

async fn checked(
    name: &'static str,
    takes: u32,
    fails: bool,
) -> Result<&'static str, &'static str> {
    let answer = request(name, takes).await;
    if fails { Err(answer) } else { Ok(answer) }
}

/// It ends with the last answer, or the first
/// error.
pub async fn tried(
    fast: u32,
    slow: u32,
    fails: bool,
) {
    let both = try_join(
        checked("fast", fast, fails),
        checked("slow", slow, false),
    );
    match both.await {
        Ok((a, b)) => {
            log!("try_join: {a} and {b}");
        }
        Err(a) => log!("try_join: {a} failed"),
    }
}
