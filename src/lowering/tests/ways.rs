//! The ways of a machine's source: from each await to the next one that is met.

use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, Machine, Way};
use pollscope_lowering::{Release, lower};
use std::path::Path;

fn machines(source: &str) -> Vec<Machine> {
    let program = lower(source, Release::default());
    assert!(program.diagnostics.is_empty(), "{}\n{source}", program.diagnostics[0]);
    machine::all(&program, &Layouts::new(&program))
}

/// The ways of the one machine of a program: `>` is before the first poll, `.` the end.
fn check(body: &str, expected: &str) {
    let machines = machines(&format!("async fn main() {{\n{body}\n}}\n"));
    let name = |at: Option<usize>, none: &str| at.map_or_else(|| none.to_owned(), |at| at.to_string());
    let ways = machines[0].ways.iter().map(|&(from, to)| name(from, ">") + &name(to, "."));
    assert_eq!(ways.collect::<Vec<_>>().join(" "), expected, "{body}");
}

#[test]
fn ways_lead_to_the_next_await_and_past_none() {
    check("", ">.");
    check("sleep(1).await; sleep(2).await;", ">0 01 1.");
    check("let n = 1u32; if n > 0 { sleep(1).await; } else { yield_now().await; } sleep(2).await;", ">0 >1 02 12 2.");
    check("for i in 0..3u32 { sleep(i).await; }", ">. >0 0. 00");
    check("loop { sleep(1).await; yield_now().await; }", ">0 01 10");
    check(
        "let mut n = 0u32; loop { sleep(1).await; n += 1; if n > 2 { return; } if n > 1 { break; } } sleep(2).await;",
        ">0 0. 00 01 1.",
    );
}

#[test]
fn ways_are_known_of_every_machine_and_are_edges_too() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let mut many = 0;
    for entry in std::fs::read_dir(folder).expect("the corpus") {
        let path = entry.expect("a program").path();
        if path.extension().is_none_or(|e| e != "rs") {
            continue;
        }
        for machine in machines(&std::fs::read_to_string(&path).expect("a program")) {
            assert!(!machine.ways.is_empty(), "{}: {}", path.display(), machine.name);
            for &(from, to) in &machine.ways {
                let is_edge = machine.edges.iter().any(|e| (e.from, e.to, e.way) == (from, to, Way::Poll));
                assert!(is_edge, "{}: {}: {from:?} to {to:?}", path.display(), machine.name);
            }
            many += 1;
        }
    }
    assert!(many > 100, "{many} machines");
}
