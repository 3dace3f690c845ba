//! An async block that borrows across an await:
//! the compiler makes the same self-reference.

use crate::prelude::yield_now;

pub fn block(
    value: u16,
) -> impl Future<Output = u16> {
    async move {
        let local_var = value;
        let local_ref = &local_var;
        yield_now().await;
        *local_ref
    }
}
