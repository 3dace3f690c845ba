//! The figures of exploring, for every scenario in its default form and for the wrong programs of `orders`: how many orders
//! there are, how many runs stand for all of them, and how long that takes on one thread. `explored [BUDGET [SCENARIO]]`.

use pollscope::runner::{Explore, Explored, Part, Search};
use pollscope::scenario::{Kind, Setup, scenarios};
use std::time::Instant;

fn main() {
    let mut args = std::env::args().skip(1);
    let budget = args.next().map_or(200_000, |text| text.parse().expect("a budget is a number"));
    let only = args.next();
    println!("{:<28}{:>10}{:>22}{:>10}{:>10}{:>12}", "", "runs", "orders", "classes", "outcomes", "runs/s");
    let defaults = scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic).map(|s| (s.id, None));
    let wrong = ["sum_kept", "locks", "locks_kept"].map(|shares| ("orders", Some(shares)));
    for (id, shares) in defaults.chain(wrong).filter(|(id, _)| only.as_deref().is_none_or(|only| only == *id)) {
        let given: Vec<(&str, &str)> = shares.iter().map(|&shares| ("shares", shares)).collect();
        let search = Search { budget, part: Part::WHOLE, lines_in_order: false };
        let mut explore = Explore::new(id, &given, Setup::default(), search).expect("the default form is right");
        let begun = Instant::now();
        while !explore.advance(100).expect("it is deterministic").ended {}
        let took = begun.elapsed().as_secs_f64();
        let Explored { schedules, every, reduced, classes, orders, outcomes, others, .. } = explore.explored();
        let orders = if *every { format!("{orders}") } else { format!("about {orders:.1e}") };
        let classes = if *reduced {
            classes.to_string()
        } else if *every {
            "-".into()
        } else {
            "not all".into()
        };
        let more = if *others > 0 { "+" } else { "" };
        let speed = format!("{:.0}", f64::from(*schedules) / took);
        let name = shares.map_or(id.to_owned(), |shares| format!("{id}, {shares}"));
        println!(
            "{name:<28}{schedules:>10}{orders:>22}{classes:>10}{:>10}{speed:>12}",
            format!("{}{more}", outcomes.len())
        );
    }
}
