//! What people read: the compiler's own messages, and the catalogues.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect_file;
use pollscope::scenario::scenarios;
use serde_json::Value;
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// `UPDATE_EXPECT=1 cargo test --test messages` captures them anew.
#[test]
fn refused_code_is_refused_in_the_compiler_s_own_words() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/moving");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let out = Command::new(rustc)
        .args(["--edition", "2024", "--crate-type", "lib", "--emit", "metadata", "--out-dir"])
        .arg(std::env::temp_dir())
        .arg("refused.rs")
        .current_dir(&folder)
        .output()
        .expect("rustc is what compiled this test");
    assert!(!out.status.success(), "it is refused");
    expect_file![folder.join("refused.stderr")].assert_eq(&String::from_utf8_lossy(&out.stderr));
}

fn catalogue(language: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("www/messages/{language}.json"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

/// Every key, with its dots.
fn keys(value: &Value, prefix: &str, into: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            let dot = if prefix.is_empty() { "" } else { "." };
            map.iter().for_each(|(k, v)| keys(v, &format!("{prefix}{dot}{k}"), into));
        }
        _ => {
            into.insert(prefix.to_owned());
        }
    }
}

fn all_keys(language: &str) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    keys(&catalogue(language), "", &mut all);
    all
}

#[test]
fn catalogues_have_the_same_keys() {
    let (en, ko) = (all_keys("en"), all_keys("ko"));
    assert_eq!(en.difference(&ko).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in Korean");
    assert_eq!(ko.difference(&en).collect::<Vec<_>>(), Vec::<&String>::new(), "missing in English");
}

#[test]
fn every_scenario_and_field_has_its_words() {
    let en = all_keys("en");
    let has = |key: String| assert!(en.contains(&key) || en.iter().any(|k| k.starts_with(&format!("{key}."))), "{key}");
    for scenario in scenarios() {
        let info = scenario.info();
        for part in ["title", "idea", "question"] {
            has(format!("scenario.{}.{part}", info.id));
        }
        for option in info.question.options {
            has(format!("scenario.{}.option.{option}", info.id));
        }
        has(format!("part.{}", info.part));
        let schema = serde_json::to_value(&info.schema).expect("plain data");
        for (name, property) in schema["properties"].as_object().expect("it has properties") {
            has(format!("field.{name}"));
            for choice in property["enum"].as_array().into_iter().flatten() {
                has(format!("choice.{name}.{}", choice.as_str().expect("choices are names")));
            }
        }
    }
}
