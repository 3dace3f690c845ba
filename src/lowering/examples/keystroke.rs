//! How long a keystroke takes, natively (`./build.sh bench --page` measures it in a browser): from the source of a program of 10, 100 and 1,000 lines to its machines.
//!
//! `cargo run --release -p pollscope-lowering --example keystroke [FUNCTIONS..]`, of ten lines each.

use pollscope_lowering::layout::Layouts;
use pollscope_lowering::{Release, lower, machine};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Ten lines; the benchmark of the page has the same.
const STEP: &str = include_str!("../../../benches/page/step.rs");

/// So many functions, and a `main` that awaits them.
fn program(functions: usize) -> String {
    let mut source = String::new();
    for i in 0..functions {
        source.push_str(&STEP.replace("NUMBER", &i.to_string()));
    }
    source.push_str("async fn main() {\n");
    for i in 0..functions {
        let _ = writeln!(source, "    let _ = step{i}({i}, String::from(\"s{i}\")).await;");
    }
    source.push_str("}\n");
    source
}

fn main() {
    let asked: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    for &functions in if asked.is_empty() { &[1, 10, 100] } else { &asked[..] } {
        let source = program(functions);
        let (mut best, mut front) = (Duration::MAX, Duration::MAX);
        let mut coroutines = 0;
        for _ in 0..15 {
            let start = Instant::now();
            let lowered = lower(&source, Release::default());
            front = front.min(start.elapsed());
            let machines = machine::all(&lowered, &Layouts::new(&lowered));
            best = best.min(start.elapsed());
            coroutines = machines.len();
            assert!(lowered.diagnostics.is_empty(), "{}", lowered.diagnostics[0]);
        }
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!(
            "{:>5} lines, {coroutines:>3} coroutines: {:>8.3} ms to the MIR, {:>8.3} ms to the machines",
            source.lines().count(),
            ms(front),
            ms(best)
        );
    }
}
