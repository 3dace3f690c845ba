//! Layouts of types, held against a table of rustc's answers. `cargo run -p pollscope-lowering --example layouts` makes the table.

#[expect(dead_code, reason = "sources are for the example")]
mod shapes;

use shapes::Shape;

#[test]
fn layouts_are_those_of_rustc() {
    let mut wrong = Vec::new();
    let table = include_str!("layouts.txt");
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let (text, expected) = line.split_once(" = ").expect("a type and its layout");
        let laid = Shape::read(text).layout();
        let offsets: Vec<String> = laid.offsets.iter().flatten().map(|offset| format!(" {offset}")).collect();
        let found = format!("{} / {}:{}", laid.part.field.size, laid.part.field.align, offsets.concat());
        if found != expected {
            wrong.push(format!("{text}: {found}, rustc: {expected}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {}\n{}", wrong.len(), table.lines().count(), wrong.join("\n"));
}
