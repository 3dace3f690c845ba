//! What all the small programs have: a note to
//! be saved, and somebody else on the same
//! thread.

use crate::prelude::{compute, log, now, sleep};

/// Saves a note, and gives its length.
pub async fn save(note: &str) -> usize {
    sleep(20).await;
    log!("saved: {note}");
    note.len()
}

/// The same, but it blocks (a model: in the
/// middle of the poll the virtual clock goes on
/// by 20 ms).
pub fn save_blocking(note: &str) -> usize {
    compute(20);
    log!("saved: {note}");
    note.len()
}

/// Somebody else, who wants to be woken every 5
/// ms.
pub async fn other() {
    for due in [5, 10, 15_u64] {
        let ms = due.saturating_sub(now());
        sleep(ms as u32).await;
        let late = now() - due;
        log!("due at {due}, {late} ms late");
    }
}
