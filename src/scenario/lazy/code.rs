//! An async fn is called. The form says what
//! then becomes of the future that it returns.

use super::{Then, hello::hello};
use crate::prelude::{log, race, ready};
use crate::prelude::{sleep, spawn};

pub async fn main(
    then: Then,
    held: u32,
    takes: u32,
) {
    log!("main: I call hello");
    let future = hello(takes);
    log!("main: I hold a future");

    sleep(held).await;

    log!("main: {then:?}");
    match then {
        Then::Await => future.await,
        Then::Spawn => drop(spawn(future)),
        Then::PollOnce => {
            // Polled first, and dropped: it has
            // lost.
            race(future, ready(())).await;
        }
        Then::Drop => drop(future),
    }
    log!("main: my last line");
}
