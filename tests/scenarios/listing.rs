//! What the list of scenarios says of them: their code, their lines in the README, the path, the moments that decide.

use super::run;
use pollscope::scenario::{Kind, Scenario, find, scenarios};
use pollscope::trace::moment::moment_of;

#[test]
fn manifest_names_each_scenario_once_and_shows_the_code_that_is_compiled() {
    let mut ids: Vec<_> = scenarios().iter().map(|s| s.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), scenarios().len());
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let modules = std::fs::read_dir(root.join("wasm")).expect("the modules of the page");
    let lib = |module: std::io::Result<std::fs::DirEntry>| module.expect("one").path().join("src/lib.rs");
    let apart: String = modules.map(|module| std::fs::read_to_string(lib(module)).expect("its library")).collect();
    for scenario in scenarios() {
        let info = scenario.info();
        let room = if info.kind == Kind::Live { "interop" } else { "scenario" };
        let folder = root.join(room).join(info.id.replace('-', "_"));
        for file in info.files {
            let on_disk = std::fs::read_to_string(folder.join(file.name)).expect("a file of the scenario's folder");
            assert_eq!(file.source, on_disk, "{}/{}", info.id, file.name);
        }
        let is_refused = |name: &&str| {
            let said = info.files.iter().find(|f| f.name.strip_suffix(".stderr") == Some(name));
            said.is_some_and(|f| f.source.starts_with("error"))
        };
        for name in info.files.iter().filter_map(|f| f.name.strip_suffix(".rs")).filter(|n| !is_refused(n)) {
            let plumbing = std::fs::read_to_string(folder.join("mod.rs")).expect("the plumbing");
            let is_module = [format!("mod {name};"), format!("#[path = \"{name}.rs\"]")];
            let is_apart = format!("{room}/{}/{name}.rs\"]", info.id.replace('-', "_"));
            let is_compiled = is_module.iter().any(|module| plumbing.contains(module)) || apart.contains(&is_apart);
            assert!(is_compiled, "{}: {name}.rs is compiled", info.id);
        }
    }
}

/// So many columns has a phone. What the compiler says is as wide as it says it, and scrolls.
#[test]
fn code_that_is_read_is_no_wider_than_a_phone() {
    const COLUMNS: usize = 48;
    let files =
        scenarios().iter().flat_map(|scenario| scenario.info().files.iter().map(move |file| (scenario.id, file)));
    let lines =
        files.filter(|(_, file)| [".rs", ".js"].iter().any(|end| file.name.ends_with(end))).flat_map(|(id, file)| {
            let lines = file.source.lines().zip(1..).filter(|(line, _)| line.chars().count() > COLUMNS);
            lines.map(move |(line, n)| format!("{id}/{}:{n}: {line}", file.name))
        });
    assert_eq!(lines.collect::<Vec<_>>(), Vec::<String>::new());
}

#[test]
fn readme_lists_the_scenarios() {
    let readme = std::fs::read_to_string("README.md").expect("it is there");
    let table = readme.split_once("| scenario | what it shows |").expect("it has a table").1;
    let rows = table.lines().skip(2).map_while(|line| line.strip_prefix("| `")?.split_once('`')).map(|(id, _)| id);
    assert_eq!(rows.collect::<Vec<_>>(), scenarios().iter().map(|s| s.id).collect::<Vec<_>>());
}

#[test]
fn path_leads_through_scenarios_in_steps_of_minutes() {
    let manifest = pollscope::scenario::manifest();
    for (nth, id) in manifest.path.iter().enumerate() {
        find(id).expect("it is there");
        assert!(!manifest.path[..nth].contains(id), "{id} stands on it once");
    }
    assert!(manifest.scenarios.iter().all(|info| (1..=10).contains(&info.minutes)));
}

/// A small picture of the run ends there until it was seen, and goes on afterwards.
#[test]
fn deciding_moments_lie_within_the_default_run() {
    for info in scenarios().iter().map(Scenario::info) {
        let Some(decides) = info.pictured_to else { continue };
        let trace = run(find(info.id).expect("it is there"), &[]);
        let moment = decides.parse().expect("a moment");
        let cursor = (1..trace.len()).find(|&cursor| moment_of(&trace, cursor) == Some(moment));
        assert!(cursor.is_some(), "{}: {decides} is inside of its run", info.id);
    }
}
