//! What happens to a body between its building and the coroutine transform: blocks that only go on are merged, drops are elaborated, and
//! parameters become what they stand for.

mod elaborate_drops;
mod init;
mod move_paths;
mod moves;
mod open_drop;
mod simplify_cfg;
mod strip;

use crate::lower::Lowerer;
use crate::mir::Body;

pub(crate) fn run(low: &mut Lowerer, body: Body, is_user: bool) -> Body {
    let mut body = body;
    simplify_cfg::run(&mut body);
    if is_user {
        moves::run(low, &body);
    }
    elaborate_drops::run(low, &mut body);
    simplify_cfg::run(&mut body);
    strip::run(low, &mut body);
    body
}
