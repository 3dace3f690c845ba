//! Programs beyond the corpus, each about one part of the language, against rustc's answers: names, suspend points, saved slots, sizes,
//! offsets, conflicts and types; and what they print.

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, json};
use pollscope_lowering::{Release, lower};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::rc::Rc;

fn sources() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lowering/programs");
    let all = std::fs::read_dir(folder).expect("the programs").map(|entry| entry.expect("a program").path());
    let mut all = all.filter(|path| path.extension().is_some_and(|e| e == "rs")).collect::<Vec<_>>();
    all.sort();
    all
}

fn beside(path: &Path, ending: &str) -> String {
    std::fs::read_to_string(path.with_extension(ending)).expect("it stands beside the program")
}

/// What must agree of a coroutine.
fn summary(of: &Value) -> Value {
    let points = of["suspend_points"].as_array().expect("suspend points").iter().map(|point| {
        let slots = point["saved"].as_array().expect("slots").iter();
        let slots = slots.map(|slot| ["slot", "name", "kind", "size", "align", "offset"].map(|key| slot[key].clone()));
        let slots = slots.map(|slot| Value::from(slot.to_vec())).collect::<Vec<_>>();
        Value::from(vec![point["line"].clone(), point["col"].clone(), point["end_col"].clone(), slots.into()])
    });
    let upvars = of["upvars"].as_array().expect("captures").iter();
    let upvars = upvars.map(|upvar| Value::from(vec![upvar["name"].clone(), upvar["offset"].clone()]));
    let (points, upvars) = (points.collect::<Vec<_>>(), upvars.collect::<Vec<_>>());
    let rest = ["kind", "size", "align", "discriminant_offset", "storage_conflicts"].map(|key| of[key].clone());
    Value::Array(vec![Value::Array(points), Value::Array(upvars), Value::Array(rest.to_vec())])
}

#[test]
fn layouts_are_those_of_rustc() {
    let (mut count, mut wrong) = (0, Vec::new());
    for path in sources() {
        let name = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let program = lower(&beside(&path, "rs"), Release::default());
        assert!(program.diagnostics.is_empty(), "{name}: {}", program.diagnostics[0]);
        let machines = machine::all(&program, &Layouts::new(&program));
        let ours: Value = serde_json::from_str(&json::program(&program, &name, &machines)).expect("our own JSON");
        let answers: Value = serde_json::from_str(&beside(&path, "truth.json")).expect("rustc's JSON");
        for answer in answers["coroutines"].as_array().expect("coroutines") {
            count += 1;
            let found = ours["coroutines"].as_array().expect("coroutines").iter().find(|c| c["name"] == answer["name"]);
            match found {
                Some(found) if summary(found) == summary(answer) => {}
                Some(found) => {
                    wrong.push(format!("{name}: {}:\n{}\n{}", answer["name"], summary(answer), summary(found)))
                }
                None => wrong.push(format!("{name}: {} is missing", answer["name"])),
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {count} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(count > 200, "{count}");
}

#[test]
fn transcripts_and_traces_are_those_of_rustc() {
    let mut wrong = Vec::new();
    for path in sources() {
        let program = Rc::new(lower(&beside(&path, "rs"), Release::default()));
        let ran = run(program, Bounds::default()).unwrap_or_else(|why| panic!("{}: {why}", path.display()));
        for (ending, tasks) in [("stdout", false), ("trace", true)] {
            if ran.transcript(tasks) != beside(&path, ending) {
                wrong.push(format!("{} {ending}: {:?}\n{}", path.display(), ran.stopped, ran.transcript(false)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
