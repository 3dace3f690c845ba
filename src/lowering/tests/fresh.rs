//! Fresh programs, held against rustc where there is one with the target wasm32-unknown-unknown; without it, against the checker.
//! `cargo run --release -p pollscope-lowering --example fresh` compares many more.

#[path = "fresh/mod.rs"]
mod generator;
mod rustc;
mod sizes;

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::{Release, lower, verify};
use std::rc::Rc;

#[test]
fn fresh_programs_are_accepted_proven_and_end() {
    for seed in 1000..1300 {
        let source = generator::program(seed);
        let program = lower(&source, Release::default());
        assert!(program.diagnostics.is_empty(), "seed {seed}: {}\n{source}", program.diagnostics[0]);
        let (_, faults) = verify::program(&program, &Layouts::new(&program));
        assert!(faults.is_empty(), "seed {seed}: {}\n{source}", faults[0].1);
        let ran = run(Rc::new(program), Bounds::default()).expect("it begins");
        assert_eq!(ran.stopped, None, "seed {seed}:\n{source}");
    }
}

#[test]
fn fresh_programs_have_rustc_s_layouts_and_traces() {
    let Some(rustc) = rustc::Rustc::new() else {
        println!("skipped: there is no rustc with wasm32-unknown-unknown");
        return;
    };
    let path = std::env::temp_dir().join(format!("pollscope-fresh-{}.rs", std::process::id()));
    for seed in 2000..2025 {
        let source = generator::program(seed);
        std::fs::write(&path, &source).expect("a program");
        let (_, printed) = rustc.dumps(&path).expect("rustc compiles it");
        let expected = rustc.transcript(&path, true).expect("it runs");
        let program = lower(&source, Release::default());
        assert_eq!(sizes::of_ours(&program), sizes::of_rustc(&printed), "seed {seed}:\n{source}");
        let ran = run(Rc::new(program), Bounds::default()).expect("it begins");
        assert_eq!(ran.transcript(true), expected, "seed {seed}:\n{source}");
    }
    std::fs::remove_file(&path).ok();
}
