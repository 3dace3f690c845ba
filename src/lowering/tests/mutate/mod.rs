//! Programs that are broken by chance: tokens and lines of the corpus, left out, doubled, swapped, replaced.

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::{Release, lower, machine, verify};
use std::path::Path;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};

/// xorshift64*
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n.max(1)
    }
}

/// The programs that are broken.
pub(crate) fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus");
    let files = std::fs::read_dir(folder).expect("the corpus").map(|entry| entry.expect("a file").path());
    let mut paths: Vec<_> = files.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect();
    paths.sort();
    paths.iter().map(|path| std::fs::read_to_string(path).expect("a program")).collect()
}

/// Words, numbers and signs, with the blanks behind them.
fn tokens(source: &str) -> Vec<&str> {
    let (mut all, mut start) = (Vec::new(), 0);
    let class = |c: char| {
        if c.is_alphanumeric() || c == '_' {
            0
        } else if c.is_whitespace() {
            1
        } else {
            2
        }
    };
    let mut last = None;
    for (at, c) in source.char_indices() {
        let now = class(c);
        if last.is_some_and(|last| last != now || now == 2) && !(now == 1 && last != Some(1)) {
            all.push(&source[start..at]);
            start = at;
        }
        last = Some(now);
    }
    all.push(&source[start..]);
    all
}

const WORDS: &[&str] = &[
    "await",
    "async ",
    "move ",
    "&",
    "&mut ",
    "*",
    "?",
    "{",
    "}",
    "(",
    ")",
    "0",
    "1u8",
    "255u8",
    "usize",
    "u64",
    "String",
    "Vec",
    "None",
    "Some",
    "match ",
    "if ",
    "else ",
    "loop ",
    "break ",
    "return ",
    "self",
    "x",
    ".await",
    "..",
    "..=",
    "=>",
    "_",
    "drop",
    "-",
    "!",
    "\"\"",
    "1_000_000_000",
    "spawn",
    "join!",
    "'a",
    "::<",
    ">",
    "<",
    "let ",
    "mut ",
    "[",
    "]",
    ";",
    ",",
    "i32::MAX",
    "as u8",
    "é",
    "\u{0}",
];

/// A program with some tokens changed; some of them are another program's.
pub(crate) fn mutated(corpus: &[String], seed: u64) -> String {
    let mut random = Random::new(seed);
    let source = &corpus[random.below(corpus.len())];
    let other = &corpus[random.below(corpus.len())];
    let mut all: Vec<&str> = tokens(source);
    let others = tokens(other);
    // Most have one change alone, so that some are still programs.
    for _ in 0..1 + random.below(5).saturating_sub(2) {
        let at = random.below(all.len());
        match random.below(7) {
            0 => drop(all.remove(at)),
            1 => all.insert(at, all[at]),
            2 => {
                let with = random.below(all.len());
                all.swap(at, with);
            }
            3 => all[at] = WORDS[random.below(WORDS.len())],
            4 => all.insert(at, WORDS[random.below(WORDS.len())]),
            5 => all[at] = others[random.below(others.len())],
            _ => {
                let from = random.below(others.len());
                let to = (from + 1 + random.below(12)).min(others.len());
                all.splice(at..at, others[from..to].iter().copied());
            }
        }
        if all.is_empty() {
            break;
        }
    }
    all.concat()
}

/// How many panics there were that were not the program's own.
pub(crate) static PANICS: AtomicU64 = AtomicU64::new(0);

/// What a program came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) is_accepted: bool,
    pub(crate) panicked: bool,
    pub(crate) ms: u128,
}

/// Counts panics; a panic of an interpreted program is none.
pub(crate) fn watch_panics() {
    std::panic::set_hook(Box::new(|info| {
        PANICS.fetch_add(1, Ordering::Relaxed);
        eprintln!("{info}");
    }));
}

/// Takes a program the whole way.
pub(crate) fn take(source: &str) -> Outcome {
    let start = std::time::Instant::now();
    let before = PANICS.load(Ordering::Relaxed);
    let all = || {
        let program = lower(source, Release::default());
        let layouts = Layouts::new(&program);
        let machines = machine::all(&program, &layouts);
        let _ = machine::json::program(&program, "fuzz.rs", &machines);
        let is_accepted = program.diagnostics.is_empty();
        let _ = verify::program(&program, &layouts);
        let bounds = Bounds { steps: 100_000, memory: 4 << 20, ..Bounds::default() };
        let _ = run(Rc::new(program), bounds).map(|ran| ran.transcript(true));
        is_accepted
    };
    let is_accepted = std::panic::catch_unwind(all).unwrap_or_default();
    let panicked = PANICS.load(Ordering::Relaxed) > before;
    Outcome { is_accepted, panicked, ms: start.elapsed().as_millis() }
}
