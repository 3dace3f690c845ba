//! The programs of `projection` that break a promise by hand, as Miri runs them: the files that the page shows, with a
//! future that uses the address it has kept. `suite.sh` compares what Miri says with what is kept beside each.

#[path = "../../src/scenario/projection/drop_moves.rs"]
mod drop_moves;
#[path = "../../src/scenario/projection/moved_out.rs"]
mod moved_out;
#[path = "../../src/scenario/projection/not_dropped.rs"]
mod not_dropped;
#[path = "../../src/scenario/projection/relies.rs"]
mod relies;
mod seen;
#[path = "../../src/scenario/projection/unpin.rs"]
mod unpin;

fn main() {
    match std::env::args().nth(1).as_deref() {
        Some("unpin") => unpin::run::<relies::Relies>(),
        Some("drop_moves") => drop_moves::run::<relies::Relies>(),
        Some("moved_out") => moved_out::run::<relies::Relies>(),
        Some("not_dropped") => not_dropped::run::<relies::Relies>(),
        other => panic!("no such program: {other:?}"),
    }
}
