//! What is combined: a call that takes `ms`. It
//! says when it is dropped before its end.

use super::Ends;
use crate::prelude::{log, pending, sleep};

type Answer = Result<&'static str, String>;

struct Open(&'static str);

impl Drop for Open {
    fn drop(&mut self) {
        log!("{}: dropped", self.0);
    }
}

pub async fn call(
    name: &'static str,
    ms: u32,
    ends: Ends,
) -> Answer {
    let open = Open(name);
    if let Ends::Never = ends {
        pending::<()>().await;
    }
    sleep(ms).await;
    // It has come to its end.
    std::mem::forget(open);
    match ends {
        Ends::Reject => {
            Err(format!("{name} failed"))
        }
        _ => Ok(name),
    }
}
