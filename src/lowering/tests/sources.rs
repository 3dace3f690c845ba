//! Sources that were given back: what was lowered before stays, and what comes after has its own lines.

use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine;
use pollscope_lowering::{Program, Release, forget_sources, lower};

/// What is wrong with a program, and where.
fn said(program: &Program) -> Vec<String> {
    program.diagnostics.iter().map(|diagnostic| format!("{}: {}", diagnostic.span, diagnostic.message)).collect()
}

#[test]
fn programs_lowered_before_and_after_are_as_if_nothing_had_been_given_back() {
    let good =
        "async fn main() {\n    let text = String::from(\"kept\");\n    sleep(1).await;\n    log!(\"{text}\");\n}\n";
    // Longer than the prelude's lines go, and with what is wrong at its end.
    let wrong = format!("{}async fn main() {{\n    let n: u32 = \"no number\";\n}}\n", "// a line;\n".repeat(3000));
    let of = |source: &str| lower(source, Release::default());
    let machines = |program: &Program| machine::all(program, &Layouts::new(program));

    let (before, wrong_before) = (of(good), said(&of(&wrong)));
    let machines_before = machines(&before);
    assert_eq!(machines_before.len(), 1);
    assert_eq!(machines_before[0].states.len(), 1);
    assert!(wrong_before[0].starts_with("3002:"), "{wrong_before:?}");

    for _ in 0..3 {
        forget_sources();
        assert_eq!(machines(&before), machines_before, "a program that was lowered before");
        assert_eq!(said(&of(&wrong)), wrong_before);
        let after = of(good);
        assert_eq!(said(&after), said(&before));
        assert_eq!(machines(&after), machines_before);
    }
}
