//! How long a keystroke takes: from the source of a program of 10, 100 and 1,000 lines to its machines.
//!
//! `cargo run --release -p pollscope-lowering --example keystroke`

use pollscope_lowering::layout::Layouts;
use pollscope_lowering::{Release, lower, machine};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Ten lines for each function, and a `main` that awaits them.
fn program(lines: usize) -> String {
    let mut source = String::new();
    let count = lines.div_ceil(10);
    for i in 0..count {
        let _ = writeln!(
            source,
            "async fn step{i}(n: u32, name: String) -> Option<u32> {{\n    let total = n + {i};\n    log!(\"{{name}} {{total}}\");\n    \
             for k in 0..3u32 {{\n        sleep(k + total).await;\n    }}\n    let Some(x) = Some(total).filter(|t| *t > 1) else {{ return None }};\n    \
             yield_now().await;\n    Some(x)\n}}"
        );
    }
    source.push_str("async fn main() {\n");
    for i in 0..count {
        let _ = writeln!(source, "    let _ = step{i}({i}, String::from(\"s{i}\")).await;");
    }
    source.push_str("}\n");
    source
}

fn main() {
    for lines in [10, 100, 1000] {
        let source = program(lines);
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
