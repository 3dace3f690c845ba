//! What people read: the compiler's own messages, and the catalogues.

#![cfg(not(target_arch = "wasm32"))]

mod compiler;

use compiler::with_crates;
use expect_test::expect_file;
use pollscope::scenario::{Kind, Scenario, Setup, Stage, find, scenarios};
use pollscope::view::Viewer;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// `UPDATE_EXPECT=1 cargo test --test messages` captures them anew; a new program needs an empty `.stderr` beside it.
#[test]
fn programs_are_shown_with_the_compiler_s_own_words() {
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario");
    let folders = scenarios.read_dir().expect("it has folders").map(|f| f.expect("it can be listed").path());
    let files = folders.filter(|f| f.is_dir()).flat_map(|f| f.read_dir().expect("a folder"));
    let said =
        files.map(|f| f.expect("it can be listed").path()).filter(|f| f.extension().is_some_and(|e| e == "stderr"));
    let mut said: Vec<PathBuf> = said.collect();
    said.sort();
    assert!(said.len() > 4, "{said:?}");
    for said in said {
        expect_file![said.clone()].assert_eq(&compile(&said.with_extension("rs")));
    }
}

/// What a macro makes of a struct, as the compiler expands it. Attributes for lints and the paths into the macro's own
/// crate are left out, and it is set for the width of the page's pane.
#[test]
fn macros_are_shown_with_the_code_that_they_make() {
    for (name, import) in
        [("lite", "use pin_project_lite::pin_project;"), ("attribute", "use pin_project::pin_project;")]
    {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/projection");
        let file = std::fs::read_to_string(folder.join(format!("{name}.rs"))).expect("the program is there");
        let begin = file.find("\n#[pin_project]").or(file.find("\npin_project!")).expect("it uses the macro");
        let end = file.find("\nimpl").expect("the struct is followed by code");
        let mut rustc = with_crates();
        rustc.env("RUSTC_BOOTSTRAP", "1").args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "-Zunpretty=expanded",
            "-",
        ]);
        let expanded = piped(&mut rustc, &format!("{import}\n{}", &file[begin..end]));
        let at = expanded.find("pub struct Race").expect("the struct itself stays");
        let mut text = expanded[at..].to_owned();
        for attribute in ["#[allow(", "#[forbid(", "#[doc(hidden)", "#[inline", "#[pin"] {
            while let Some(from) = text.find(attribute) {
                let to = from + text[from..].find(']').expect("an attribute has its end");
                text.replace_range(from..=to, "");
            }
        }
        for own in ["pin_project::__private::", "pin_project_lite::__private::"] {
            for path in [format!("::{own}"), format!("_{own}"), own.to_owned()] {
                text = text.replace(&path, "");
            }
        }
        let rustfmt = ["--edition", "2024", "--config", "max_width=48,use_small_heuristics=Max"];
        let set = piped(std::process::Command::new("rustfmt").args(rustfmt), &text);
        expect_file![folder.join(format!("{name}.expanded"))].assert_eq(&set);
    }
}

/// What a program writes that reads `text`, and has nothing against it.
fn piped(program: &mut std::process::Command, text: &str) -> String {
    let mut running = program.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it comes with the compiler");
    running.stdin.take().expect("it is piped").write_all(text.as_bytes()).expect("it reads");
    let out = running.wait_with_output().expect("it comes to its end");
    assert!(out.status.success(), "{:?}", out.status);
    String::from_utf8(out.stdout).expect("it writes UTF-8")
}

/// The compiler's words hold for one version: the pinned one, which is named where they are shown.
#[test]
fn captured_messages_are_shown_with_the_version_that_said_them() {
    let pinned = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rust-toolchain.toml"))
        .expect("the toolchain is pinned");
    let version =
        pinned.lines().find_map(|line| line.strip_prefix("channel = ")).expect("it has a channel").trim_matches('"');
    let build = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("build.sh")).expect("it is there");
    let nightly = build.lines().find_map(|line| line.strip_prefix("readonly nightly=")).expect("a nightly is pinned");
    let from_a_compiler = |key: &str| [".stderr", ".expanded", ".miri"].iter().any(|end| key.ends_with(end));
    for language in ["en", "ko"] {
        let texts = texts(language);
        let shown: Vec<_> = texts.iter().filter(|(key, _)| key.starts_with("file.") && from_a_compiler(key)).collect();
        assert!(shown.len() > 4, "{shown:?}");
        for (key, (_, text)) in shown {
            let said_by = if key.ends_with(".miri") { format!("Miri, {nightly}") } else { format!("rustc {version}") };
            assert!(text.contains(&said_by), "{language}: {key}: {text}");
        }
    }
}

/// What the compiler says to a file of a scenario, where it stands: in a crate that has all that this one has, beside
/// the files of its folder that it uses, and those that they use.
fn compile(file: &Path) -> String {
    let name = |path: &Path| path.file_stem().expect("a file has a name").to_string_lossy().into_owned();
    let folder = file.parent().expect("a file has a folder");
    let source = std::fs::read_to_string(file).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
    let mut root = "pub use pollscope::*;\n".to_owned();
    let (mut used, mut texts) = (BTreeSet::new(), vec![source]);
    while let Some(text) = texts.pop() {
        for path in folder.read_dir().expect("a folder").map(|f| f.expect("it can be listed").path()) {
            let sibling = name(&path);
            if text.contains(&format!("super::{sibling}::")) && used.insert(sibling.clone()) {
                root += &format!("pub mod {sibling};\n");
                let module = if path.is_dir() { path.join("mod.rs") } else { path.with_extension("rs") };
                texts.push(std::fs::read_to_string(module).expect("a file of the scenario"));
            }
        }
    }
    root += &format!("pub mod {};\n", name(file));
    let mut rustc = with_crates()
        .args(["--edition", "2024", "--crate-type", "lib", "--crate-name", "shown", "--emit", "metadata", "--out-dir"])
        .arg(std::env::temp_dir())
        .arg("-")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("rustc is what compiled this test");
    rustc.stdin.take().expect("it is piped").write_all(root.as_bytes()).expect("rustc reads it");
    let out = rustc.wait_with_output().expect("rustc comes to its end");
    let said = String::from_utf8(out.stderr).expect("rustc writes UTF-8");
    let said = without_library(&said);
    // Behind a warning stands an empty line, which would be shown as one.
    let said = said.trim_end().lines().map(|line| format!("{line}\n")).collect::<String>();
    assert_eq!(out.status.success(), !said.starts_with("error"), "{}: {said}", file.display());
    said
}

/// What is said of a place in the standard library has its source below it where that is installed, and where it lies above it.
fn without_library(said: &str) -> String {
    let mut is_library = false;
    let mut kept = String::new();
    for line in said.lines() {
        is_library &= !line.is_empty();
        if is_library {
            continue;
        }
        match line.split_once("--> ").zip(line.rfind("/library/")) {
            Some(((before, _), at)) => {
                is_library = true;
                kept += &format!("{before}--> {}\n", &line[at + 1..]);
            }
            None => kept += &format!("{line}\n"),
        }
    }
    kept
}

/// A language's catalogue: its keys, and the part that each stands in, which is its file's name.
fn catalogue(language: &str) -> BTreeMap<String, String> {
    texts(language).into_iter().map(|(key, (part, _))| (key, part)).collect()
}

/// The same with each text beside its part.
fn texts(language: &str) -> BTreeMap<String, (String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("www/messages").join(language);
    let mut all = BTreeMap::new();
    for entry in folder.read_dir().expect("the language has a folder") {
        let path = entry.expect("it can be listed").path();
        let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        let part = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let texts: BTreeMap<String, String> =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        for (key, text) in texts {
            assert_eq!(all.insert(key.clone(), (part.clone(), text)), None, "{key} stands in {part}, too");
        }
    }
    all
}

#[test]
fn catalogues_have_the_same_keys_in_the_same_parts() {
    let keys = |language| -> BTreeSet<_> { catalogue(language).into_iter().collect() };
    let (en, ko) = (keys("en"), keys("ko"));
    assert_eq!(en.difference(&ko).collect::<Vec<_>>(), Vec::<&_>::new(), "missing in Korean");
    assert_eq!(ko.difference(&en).collect::<Vec<_>>(), Vec::<&_>::new(), "missing in English");
}

/// The part that scenarios of one stage share has its name.
fn stage(info: &pollscope::scenario::Info) -> String {
    serde_json::to_value(info.stage).expect("plain data").as_str().expect("a name").to_owned()
}

/// What a scenario's own part holds is not there while another one is shown.
#[test]
fn every_scenario_and_field_has_its_words() {
    let en = catalogue("en");
    for scenario in scenarios() {
        let info = scenario.info();
        let parts = ["page".to_owned(), "site".to_owned(), info.id.to_owned(), stage(&info)];
        let has = |key: String| {
            let below = format!("{key}.");
            let found = en.iter().find(|(k, part)| (**k == key || k.starts_with(&below)) && parts.contains(part));
            assert!(found.is_some(), "{}: {key}", info.id);
        };
        assert_eq!(en[&format!("scenario.{}.title", info.id)], "site", "both pages name every scenario");
        has(format!("scenario.{}.idea", info.id));
        if !info.question.options.is_empty() {
            has(format!("scenario.{}.question", info.id));
        }
        for option in info.question.options {
            has(format!("scenario.{}.option.{option}", info.id));
        }
        has(format!("part.{}", info.part));
        let schema = serde_json::to_value(&info.schema).expect("plain data");
        for (name, property) in schema["properties"].as_object().expect("it has properties") {
            has(format!("field.{name}"));
            for choice in ["enum", "x-list"].iter().filter_map(|key| property[key].as_array()).flatten() {
                has(format!("choice.{name}.{}", choice.as_str().expect("choices are names")));
            }
        }
    }
}

#[test]
fn every_event_of_a_run_has_its_sentence_in_the_words_that_come_with_its_scenario() {
    let en = catalogue("en");
    for scenario in scenarios().iter().filter(|s| s.info().kind == Kind::Deterministic) {
        let job = scenario.start(&[], Setup::default()).expect("the defaults are good");
        let mut viewer = Viewer::of(job.run());
        for cursor in 0..=viewer.trace().len() {
            let event = serde_json::to_value(viewer.describe(cursor)).expect("plain data");
            let key = format!("event.{}", event["kind"].as_str().expect("it is of a kind"));
            let below = format!("{key}.");
            let parts: BTreeSet<&str> =
                en.iter().filter(|(k, _)| **k == key || k.starts_with(&below)).map(|(_, part)| part.as_str()).collect();
            let own = ["page", scenario.id, &*stage(&scenario.info())];
            let comes = |part: &&str| own.contains(part) || (*part == INSPECTOR && comes_with(scenario));
            assert!(parts.iter().any(comes), "{}: {key}", scenario.id);
        }
    }
}

/// The part that speaks of changes, findings and what scenarios about tasks wait for.
const INSPECTOR: &str = "inspector";

/// Whether that part is fetched with a scenario; with one that compares staffings it comes when there is a change, a
/// finding, or a panel that speaks of them.
fn comes_with(scenario: &Scenario) -> bool {
    scenario.info().stage != Stage::Staffings
}

#[test]
fn every_change_and_finding_has_its_words_in_the_part_that_comes_with_them() {
    let en = catalogue("en");
    let has = |key: String| assert_eq!(en.get(&key).map(String::as_str), Some(INSPECTOR), "{key}");
    let scenario = find("state-machine").expect("it is there");
    let mut viewer = Viewer::of(scenario.start(&[], Setup::default()).expect("the defaults are good").run());
    let cursors = 0..=viewer.trace().len();
    let offered: BTreeSet<&str> = cursors.flat_map(|at| viewer.what_ifs(at).all).map(|what_if| what_if.kind).collect();
    assert_eq!(Vec::from_iter(&offered), [&"drop", &"fire", &"lose", &"next", &"panic", &"wake"], "all are offered");
    for kind in offered {
        has(format!("what_if.{kind}"));
        has(format!("what_if.{kind}.do"));
        has(format!("change.{kind}"));
    }
    assert!(en.iter().any(|(key, part)| key.starts_with("finding.") && part == INSPECTOR));
}
