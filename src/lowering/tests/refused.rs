//! Programs that rustc refuses: what we say of them is what it says, at the same places.

use pollscope_lowering::{Release, lower};
use serde_json::Value;
use std::path::Path;

mod rustc;

#[test]
fn errors_are_those_of_rustc() {
    let rustc = rustc::Rustc::new().expect("rustc with wasm32-unknown-unknown");
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lowering/refused");
    let (mut wrong, mut all) = (Vec::new(), 0);
    for entry in std::fs::read_dir(folder).expect("the programs") {
        let path = entry.expect("a program").path();
        let source = std::fs::read_to_string(&path).expect("a program");
        let ours = lower(&source, Release::default()).diagnostics;
        let ours = ours.iter().map(|d| {
            let s = d.span;
            format!("{}:{}-{}:{}: {}", s.line, s.col, s.end_line, s.end_col, d.message)
        });
        let mut ours = ours.collect::<Vec<_>>();
        let mut theirs = rustc.errors(&path).iter().filter_map(shown).collect::<Vec<_>>();
        ours.sort();
        theirs.sort();
        all += theirs.len();
        if ours != theirs {
            let only = |of: &[String], other: &[String], mark: &str| {
                let only = of.iter().filter(|line| !other.contains(line)).map(|line| format!("{mark} {line}\n"));
                only.collect::<String>()
            };
            wrong.push(format!(
                "{}\n{}{}",
                path.display(),
                only(&theirs, &ours, "rustc:"),
                only(&ours, &theirs, "ours: ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(all > 20, "{all} errors");
}

/// An error with its place, as ours are shown.
fn shown(message: &Value) -> Option<String> {
    let span = message["spans"].as_array()?.iter().find(|span| span["is_primary"] == true)?;
    let [line, col, end_line, end_col] = ["line_start", "column_start", "line_end", "column_end"].map(|key| &span[key]);
    Some(format!("{line}:{col}-{end_line}:{end_col}: {}", message["message"].as_str()?))
}

#[test]
fn trait_objects_that_cannot_run_are_refused_where_they_are_named() {
    let source = "use std::fmt::Display;\nfn show(x: &dyn Display) -> u32 {\n    1\n}\nasync fn main() {\n    \
                  let all: Vec<Box<dyn Iterator<Item = u32>>> = Vec::new();\n    let f: Box<dyn Fn(u32) -> u32> = Box::new(|n| n);\n    \
                  let g: std::pin::Pin<Box<dyn Future<Output = u32>>> = Box::pin(async { 1 });\n    log!(\"{} {}\", f(1), g.await);\n}\n";
    let found = lower(source, Release::default()).diagnostics;
    let found = found.iter().map(|d| (d.span.line, d.span.col, &*d.message)).collect::<Vec<_>>();
    let expected = [
        (2, 17, "trait objects of `Display` are not supported"),
        (6, 26, "trait objects of `Iterator` are not supported"),
    ];
    assert_eq!(found, expected);
}
