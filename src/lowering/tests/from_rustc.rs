//! The analyses and the layout alone, on rustc's own MIR: what differs here is the fault of none before them.
//!
//! The fixtures are what rustc dumps of some programs of the corpus; `cargo run -p pollscope-lowering --example from_rustc` makes them for all, and compares.

mod dump;
mod truth;

use std::path::Path;

#[test]
fn coroutines_of_rustc_s_mir_have_rustc_s_layout() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/lowering");
    let mut compared = 0;
    for entry in std::fs::read_dir(root.join("mir")).expect("fixtures") {
        let path = entry.expect("a fixture").path();
        let stem = path.file_stem().expect("a name").to_string_lossy().into_owned();
        let answers =
            std::fs::read_to_string(root.join(format!("../corpus/{stem}.truth.json"))).expect("rustc's answer");
        let answers: serde_json::Value = serde_json::from_str(&answers).expect("JSON");
        let dumps = std::fs::read_to_string(&path).expect("a fixture");
        for text in dumps.split_inclusive("// MIR for `").skip(1) {
            let (name, body) = dump::read(&format!("// MIR for `{text}"));
            let name = name.strip_prefix("prog::").unwrap_or(&name);
            let answer = answers["coroutines"].as_array().expect("coroutines").iter();
            let mut answers = answer.filter(|c| truth::path(c["name"].as_str().unwrap_or_default()) == name);
            let answer = answers.next().unwrap_or_else(|| panic!("{stem}: {name}"));
            let agreement = truth::compare(answer, &body);
            let all = truth::Agreement { saved: true, conflicts: true, size: true, offsets: true };
            assert_eq!(agreement, all, "{stem}: {name}");
            compared += 1;
        }
    }
    assert!(compared > 8, "{compared}");
}
