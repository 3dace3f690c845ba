//! Runs the analyses and the layout on the MIR of rustc itself, for every program of the corpus, and compares with its answers.
//!
//! `cargo run -p pollscope-lowering --example from_rustc -- [--save NAME ..]`; with `--save`, the dumps of these programs become fixtures.

#[path = "../tests/dump/mod.rs"]
mod dump;
#[path = "../tests/rustc/mod.rs"]
mod rustc;
#[path = "../tests/truth/mod.rs"]
mod truth;

use std::path::Path;

fn main() {
    let saved: Vec<String> = std::env::args().skip(2).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lowering");
    let rustc = rustc::Rustc::new().expect("rustc with wasm32-unknown-unknown");
    let mut programs: Vec<_> = std::fs::read_dir(root.join("../corpus"))
        .expect("the corpus")
        .map(|entry| entry.expect("a program").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .collect();
    programs.sort();
    let mut counts = [0; 5];
    for program in programs {
        let stem = program.file_stem().expect("a name").to_string_lossy().into_owned();
        let (dumps, _) = rustc.dumps(&program).unwrap_or_else(|error| panic!("{stem}: {error}"));
        let answers = std::fs::read_to_string(program.with_extension("truth.json")).expect("rustc's answer");
        let answers: serde_json::Value = serde_json::from_str(&answers).expect("JSON");
        let bodies: Vec<_> = dumps.iter().map(|dump| dump::read(dump)).collect();
        for answer in answers["coroutines"].as_array().expect("coroutines") {
            let name = truth::path(answer["name"].as_str().unwrap_or_default());
            let is_it = |path: &str| {
                let (path, name) = (path.strip_prefix("prog::").unwrap_or(path), name.as_str());
                // A method's impl is named by its place in MIR.
                let tail = |path: &str| path.split_once(">::").map(|(_, tail)| tail.to_owned());
                path == name
                    || name.split_once("}::").map(|(_, tail)| tail.to_owned()) == tail(path) && tail(path).is_some()
            };
            let (_, body) = bodies.iter().find(|(path, _)| is_it(path)).unwrap_or_else(|| panic!("{stem}: {name}"));
            let found = truth::compare(answer, body);
            let all = [true, found.saved, found.conflicts, found.size, found.offsets];
            counts.iter_mut().zip(all).for_each(|(count, agrees)| *count += u32::from(agrees));
            if all.contains(&false) {
                println!("{stem}: {name}: {found:?}");
            }
        }
        if saved.contains(&stem) {
            let short: String = dumps.iter().map(|dump| dump::shorten(dump)).collect();
            std::fs::create_dir_all(root.join("mir")).expect("a folder");
            std::fs::write(root.join(format!("mir/{stem}.mir")), short).expect("a fixture");
        }
    }
    let [all, saved, conflicts, size, offsets] = counts;
    println!("{all} coroutines: saved {saved}, conflicts {conflicts}, size {size}, offsets {offsets}");
}
