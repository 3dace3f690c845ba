//! The programs of the corpus, against rustc's answers and what they print: the whole way, from source to transcript.

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, json};
use pollscope_lowering::{Program, Release, lower, verify};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/corpus")
}

fn programs() -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = std::fs::read_dir(corpus())
        .expect("the corpus")
        .map(|entry| entry.expect("a program").path())
        .filter(|path| path.extension().is_some_and(|e| e == "rs"))
        .map(|path| {
            let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&path).expect("a program"))
        })
        .collect();
    all.sort();
    all
}

/// How many coroutines agree: all there are, their saved sets, sizes, offsets and self-references.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Count {
    all: u32,
    saved: u32,
    conflicts: u32,
    size: u32,
    offsets: u32,
    borrows: u32,
}

fn hold_against(answers: &str, program: &Program, name: &str, count: &mut Count, wrong: &mut Vec<String>) {
    let answers: Value = serde_json::from_str(answers).expect("JSON");
    let machines = machine::all(program, &Layouts::new(program));
    let ours: Value = serde_json::from_str(&json::program(program, name, &machines)).expect("our own JSON");
    for answer in answers["coroutines"].as_array().expect("coroutines") {
        count.all += 1;
        let found = ours["coroutines"].as_array().expect("coroutines").iter().find(|c| c["name"] == answer["name"]);
        let Some(found) = found else {
            wrong.push(format!("{name}: {} is missing", answer["name"]));
            continue;
        };
        let points = |of: &Value, keys: &[&str]| -> Vec<Value> {
            let list = of["suspend_points"].as_array().expect("suspend points");
            let slots = |p: &Value| {
                let saved = p["saved"].as_array().expect("slots");
                saved.iter().map(|s| keys.iter().map(|key| s[*key].clone()).collect()).collect::<Vec<Value>>()
            };
            list.iter().map(|p| Value::Array(vec![p["line"].clone(), p["col"].clone(), slots(p).into()])).collect()
        };
        let saved = ["slot", "name", "size", "kind"];
        let saved = points(answer, &saved) == points(found, &saved);
        let conflicts = answer["storage_conflicts"] == found["storage_conflicts"];
        let size = answer["size"] == found["size"] && answer["align"] == found["align"];
        let all = ["slot", "offset"];
        let captures = |of: &Value| {
            let upvars = of["upvars"].as_array().expect("captures");
            upvars.iter().map(|u| (u["name"].clone(), u["offset"].clone())).collect::<Vec<_>>()
        };
        let offsets = size
            && answer["discriminant_offset"] == found["discriminant_offset"]
            && captures(answer) == captures(found)
            && points(answer, &all) == points(found, &all);
        let borrows = |of: &Value| {
            let list = of["suspend_points"].as_array().expect("suspend points");
            let keys = ["slot", "mutable", "held_by"];
            let all = |p: &Value| {
                let of = p["borrows"].as_array().expect("borrows").iter();
                of.map(|b| keys.iter().map(|key| b[*key].clone()).collect()).collect::<Vec<Value>>()
            };
            list.iter().map(all).collect::<Vec<_>>()
        };
        let borrows = borrows(answer) == borrows(found);
        let agrees = [saved, conflicts, size, offsets, borrows];
        let counts = [&mut count.saved, &mut count.conflicts, &mut count.size, &mut count.offsets, &mut count.borrows];
        counts.into_iter().zip(agrees).for_each(|(count, agrees)| *count += u32::from(agrees));
        if agrees.contains(&false) {
            let what = ["saved", "conflicts", "size", "offsets", "borrows"];
            let what: Vec<&str> = what.into_iter().zip(agrees).filter(|(_, agrees)| !agrees).map(|(w, _)| w).collect();
            wrong.push(format!("{name}: {}: {} differ", answer["name"], what.join(", ")));
        }
    }
}

#[test]
fn layouts_of_the_corpus_are_those_of_rustc() {
    for (release, folder) in [(Release::R1_99, ""), (Release::R1_95, "1.95")] {
        let (mut count, mut wrong) = (Count::default(), Vec::new());
        for (name, source) in programs() {
            let program = lower(&source, release);
            assert!(program.diagnostics.is_empty(), "{name}: {}", program.diagnostics[0]);
            let path = corpus().join(folder).join(format!("{name}.truth.json"));
            hold_against(
                &std::fs::read_to_string(path).expect("rustc's answer"),
                &program,
                &name,
                &mut count,
                &mut wrong,
            );
        }
        println!("{release}: {count:?}\n{}", wrong.join("\n"));
        let Count { all, saved, conflicts, size, offsets, borrows } = count;
        assert!(
            [saved, conflicts, size, offsets].into_iter().all(|n| n == all),
            "{release}: {count:?}\n{}",
            wrong.join("\n")
        );
        assert!(borrows * 100 >= all * 98, "{release}: {count:?}\n{}", wrong.join("\n"));
    }
}

#[test]
fn transcripts_and_traces_of_the_corpus_are_those_of_rustc() {
    std::panic::set_hook(Box::new(|_| {}));
    let mut wrong = Vec::new();
    let mut all = 0;
    for (name, source) in programs() {
        let program = lower(&source, Release::default());
        let ran = run(Rc::new(program), Bounds::default());
        for (ending, tasks) in [("stdout", false), ("trace", true)] {
            all += 1;
            let expected =
                std::fs::read_to_string(corpus().join(format!("{name}.{ending}"))).expect("it stands beside it");
            let found = match &ran {
                Ok(ran) => ran.transcript(tasks),
                Err(why) => format!("{why}\n"),
            };
            if found != expected {
                wrong.push(format!("{name}.{ending}:\n{found}--- but it must be:\n{expected}"));
            }
        }
    }
    let _ = std::panic::take_hook();
    assert!(wrong.is_empty(), "{} of {all} differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn machines_of_the_corpus_are_proven() {
    let mut wrong = Vec::new();
    for (name, source) in programs() {
        let program = lower(&source, Release::default());
        let (proof, faults) = verify::program(&program, &Layouts::new(&program));
        for (body, fault) in faults {
            wrong.push(format!("{name}: {}: {fault}", program.body(body).name));
        }
        if !proof.complete {
            wrong.push(format!("{name}: too many states"));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
