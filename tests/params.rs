//! Parameters: each bound, each wrong type, and the schema against a validator that is not ours.

#![cfg(not(target_arch = "wasm32"))]

use pollscope::scenario::{FieldError, Problem, Scenario, scenarios};
use proptest::prelude::*;
use serde_json::{Value, json};

fn schema(scenario: &Scenario) -> Value {
    serde_json::to_value(scenario.info().schema).expect("a schema is plain data")
}

/// Each field of each scenario, with its property in the schema.
fn fields() -> Vec<(&'static Scenario, String, Value)> {
    let of = |s: &'static Scenario| {
        let schema = schema(s);
        let properties = schema["properties"].as_object().expect("a schema has properties").clone();
        properties.into_iter().map(move |(name, property)| (s, name, property))
    };
    scenarios().iter().flat_map(of).collect()
}

fn errors(scenario: &Scenario, field: &str, text: &str) -> Vec<FieldError> {
    match scenario.check(&[(field, text)]) {
        Ok(()) => Vec::new(),
        Err(Problem::Fields { errors }) => errors,
        Err(other) => panic!("{field}={text}: {other}"),
    }
}

#[test]
fn numbers_are_taken_at_their_bounds_and_refused_beyond() {
    for (scenario, field, property) in fields().iter().filter(|(_, _, p)| p["type"] == "integer") {
        let (min, max) = (property["minimum"].as_u64().unwrap(), property["maximum"].as_u64().unwrap());
        let out = |value: String| {
            let error = FieldError::OutOfRange { field: field.clone(), value, min: min as u32, max: max as u32 };
            vec![error]
        };
        for good in [min, max, property["default"].as_u64().unwrap()] {
            assert_eq!(errors(scenario, field, &good.to_string()), [], "{field} = {good}");
        }
        let below = if min == 0 { "-1".to_owned() } else { (min - 1).to_string() };
        for bad in [below, (max + 1).to_string(), "-99999999999999999999".to_owned(), "99999999999999999999".to_owned()]
        {
            assert_eq!(errors(scenario, field, &bad), out(bad.clone()), "{field} = {bad}");
        }
    }
}

#[test]
fn what_is_no_whole_number_is_refused_as_such() {
    for (scenario, field, property) in fields().iter().filter(|(_, _, p)| p["type"] == "integer") {
        let (min, max) = (property["minimum"].as_u64().unwrap() as u32, property["maximum"].as_u64().unwrap() as u32);
        for bad in ["", "three", "1.5", "1e3", "0x10", "1 2", "−1", "１", "NaN", "true", "--1", "null"] {
            let expected = FieldError::NotANumber { field: field.clone(), value: bad.to_owned(), min, max };
            assert_eq!(errors(scenario, field, bad), [expected], "{field} = {bad:?}");
        }
    }
}

#[test]
fn choices_are_taken_by_name_and_nothing_else() {
    for (scenario, field, property) in fields().iter().filter(|(_, _, p)| p["enum"].is_array()) {
        let names = property["enum"].as_array().expect("a choice has names");
        let choices: Vec<String> = names.iter().map(|c| c.as_str().unwrap().to_owned()).collect();
        for good in &choices {
            assert_eq!(errors(scenario, field, good), [], "{field} = {good}");
        }
        for bad in ["", "0", "ALL", "<script>"] {
            let (field, value) = (field.clone(), bad.to_owned());
            let expected = FieldError::NotAChoice { field: field.clone(), value, choices: choices.clone() };
            assert_eq!(errors(scenario, &field, bad), [expected], "{field} = {bad:?}");
        }
    }
}

#[test]
fn lists_hold_each_choice_once_in_any_order_and_nothing_else() {
    for (scenario, field, property) in fields().iter().filter(|(_, _, p)| p["x-list"].is_array()) {
        let names = property["x-list"].as_array().expect("a list has names");
        let choices: Vec<String> = names.iter().map(|c| c.as_str().unwrap().to_owned()).collect();
        let validator = jsonschema::validator_for(&schema(scenario)).expect("it is a schema");
        let allows = |text: &str| validator.is_valid(&json!({ field: text }));
        let reversed: Vec<String> = choices.iter().rev().cloned().collect();
        for good in ["none", &choices.join("."), &reversed.join("."), &*choices[1]] {
            assert_eq!(errors(scenario, field, good), [], "{field} = {good}");
            assert!(allows(good), "{field} = {good}");
        }
        let twice = format!("{0}.{1}.{0}", choices[0], choices[1]);
        let empty = format!("{}.", choices[0]);
        for bad in ["", ".", "none.none", "LOG", "0", &*twice, &*empty, &*choices.join(","), &*choices.join("..")] {
            let (field, value) = (field.clone(), bad.to_owned());
            let expected = FieldError::NotAList { field: field.clone(), value, choices: choices.clone() };
            assert_eq!(errors(scenario, &field, bad), [expected], "{field} = {bad:?}");
            assert!(!allows(bad), "{field} = {bad:?}");
        }
    }
}

#[test]
fn every_wrong_field_is_reported_at_once_and_says_what_it_may_be() {
    let scenario = pollscope::scenario::find("call-centre").expect("it is there");
    let problem = scenario.check(&[("chairs", "0"), ("gap", "2"), ("compare", "none"), ("ring", "long"), ("cat", "1")]);
    let message = problem.expect_err("four of five are wrong").to_string();
    let expected = "chairs is 1 to 64, not 0; compare is one of all, one, pool, threads, async, not \"none\"; \
                    ring is a whole number from 0 to 10000, not \"long\"; there is no parameter \"cat\"";
    assert_eq!(message, expected);
}

#[test]
fn spaces_around_a_value_do_not_matter() {
    let scenario = pollscope::scenario::find("call-centre").expect("it is there");
    assert_eq!(scenario.check(&[("chairs", " 8 ")]), Ok(()));
}

#[test]
fn defaults_are_good() {
    for (scenario, field, property) in fields() {
        let text = property["default"].as_str().map_or_else(|| property["default"].to_string(), str::to_owned);
        assert_eq!(errors(scenario, &field, &text), [], "{field}");
    }
}

#[test]
fn unknown_scenario_is_named() {
    let problem = pollscope::scenario::find("no-such").err().expect("there is none");
    assert_eq!(problem.to_string(), "there is no scenario \"no-such\"");
}

proptest! {
    /// What the schema allows, the reader takes, and the other way round.
    #[test]
    fn schema_and_reader_agree(which in 0usize..1000, number in -5i64..70_000, word in "[a-z_]{0,9}|(none|log|retry|timeout|load_shed)([.](log|retry|none|rate_limit|timeout)){0,4}", as_word: bool) {
        let fields = fields();
        let (scenario, field, _) = &fields[which % fields.len()];
        let schema = schema(scenario);
        let (value, text) = if as_word { (json!(word), word.clone()) } else { (json!(number), number.to_string()) };
        let allowed = jsonschema::validator_for(&schema).expect("it is a schema").is_valid(&json!({ field: value }));
        prop_assert_eq!(allowed, errors(scenario, field, &text).is_empty(), "{} = {}", field, text);
    }
}
