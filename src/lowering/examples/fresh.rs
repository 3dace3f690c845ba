//! Fresh programs, held against rustc: the sizes and offsets of their coroutines, what they print, and in which order tasks are polled.
//!
//! `cargo run --release -p pollscope-lowering --example fresh -- [COUNT [SEED]]`, or `-- FILE ..` for programs of one's own. What differs is said, with its
//! program's file. It asks the `rustc` that is on the path, and computes by the rules of that release, or of the newest one that is
//! known: `./build.sh drift` asks other compilers by it.

#[path = "../tests/fresh/mod.rs"]
mod fresh;
#[path = "../tests/rustc/mod.rs"]
mod rustc;
#[path = "../tests/sizes/mod.rs"]
mod sizes;

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::{Release, lower, verify};
use std::rc::Rc;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let number = |nth: usize, default: u64| args.get(nth).and_then(|n| n.parse().ok()).unwrap_or(default);
    let is_files = args.first().is_some_and(|first| first.parse::<u64>().is_err());
    let seeds = if is_files { 0..args.len() as u64 } else { number(1, 1)..number(1, 1) + number(0, 100) };
    let rustc = rustc::Rustc::new().expect("rustc with wasm32-unknown-unknown");
    let release = Release::of_version(&rustc::version()).unwrap_or_default();
    let dir = std::env::temp_dir().join("pollscope-fresh");
    std::fs::create_dir_all(&dir).expect("a folder");
    std::panic::set_hook(Box::new(|_| {}));
    let [mut programs, mut refused, mut coroutines, mut sizes, mut exact, mut traces, mut proven] = [0_u64; 7];
    for seed in seeds {
        let (source, path) = if is_files {
            let path = std::path::PathBuf::from(&args[seed as usize]);
            (std::fs::read_to_string(&path).expect("a program"), path)
        } else {
            let (source, path) = (fresh::program(seed), dir.join(format!("f{seed}.rs")));
            std::fs::write(&path, &source).expect("a program");
            (source, path)
        };
        let Ok((_, printed)) = rustc.dumps(&path) else {
            refused += 1;
            println!("{}: rustc refuses it", path.display());
            continue;
        };
        let Ok(expected) = rustc.transcript(&path, true) else { continue };
        programs += 1;
        let theirs = sizes::of_rustc(&printed);
        coroutines += theirs.len() as u64;
        let program = lower(&source, release);
        let mut wrong = Vec::new();
        if let Some(diagnostic) = program.diagnostics.first() {
            wrong.push(format!("it is refused: {diagnostic}"));
        }
        let ours = sizes::of_ours(&program);
        let mut left = ours.clone();
        for of in &theirs {
            let by_size = left.iter().filter(|o| (o.0, o.1) == (of.0, of.1)).count();
            sizes += u64::from(by_size > 0);
            match left.iter().position(|o| o == of) {
                Some(at) => {
                    left.remove(at);
                    exact += 1;
                }
                None => wrong.push(format!("rustc has {of:?}")),
            }
        }
        wrong.extend(left.iter().map(|of| format!("  ours is {of:?}")));
        let (_, faults) = verify::program(&program, &Layouts::new(&program));
        proven += u64::from(faults.is_empty());
        wrong.extend(faults.iter().map(|(body, fault)| format!("{}: {fault}", program.body(*body).name)));
        let found = match run(Rc::new(program), Bounds::default()) {
            Ok(ran) => ran.transcript(true),
            Err(why) => why.to_string(),
        };
        if found == expected {
            traces += 1;
        } else {
            let differ = found.lines().zip(expected.lines()).find(|(a, b)| a != b);
            wrong.push(format!("its trace differs: {differ:?}"));
        }
        if wrong.is_empty() && !is_files {
            std::fs::remove_file(&path).ok();
        } else if !wrong.is_empty() {
            println!("{}:\n  {}", path.display(), wrong.join("\n  "));
        }
    }
    println!("rustc {}, by the rules of {release}", rustc::version());
    println!("{programs} programs ({refused} more refused by rustc): traces {traces}, proven {proven}");
    println!("{coroutines} coroutines: sizes {sizes}, exact {exact}");
}
