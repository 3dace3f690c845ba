//! What the futures hold whose bytes scenarios show, in each state, as the compiler lays them out on each target.

#![cfg(not(target_arch = "wasm32"))]

use expect_test::expect_file;
use pollscope::scenario::{Setup, find};
use pollscope::trace::Role;
use pollscope::view::Viewer;
use pollscope::view::picture::{Layout, Layouts};
use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

/// A future that the compiler makes, and whose bytes a scenario shows.
struct Made {
    /// What its layout is called.
    name: &'static str,
    /// How the compiler's name of it begins, from the scenario's module or folder on.
    future: &'static str,
    /// Those of its fields that are addresses.
    pointers: &'static [&'static str],
    /// The type that it awaits in a state, from the scenario's module on, and the name of its value: its fields are told apart.
    inside: Option<(usize, &'static str, &'static str)>,
}

const fn made(name: &'static str, future: &'static str) -> Made {
    Made { name, future, pointers: &[], inside: None }
}

const fn pointing(name: &'static str, future: &'static str, pointers: &'static [&'static str]) -> Made {
    Made { name, future, pointers, inside: None }
}

/// All of them, by the folder of their scenario. One with a `/` in its name is an async block of that file, another one the
/// body of an async fn.
const MADE: [(&str, &[Made]); 4] = [
    ("first_poll", &[made("BLOCK", "/code.rs")]),
    (
        "state_machine",
        &[
            pointing("ASYNC_FN", "async_fn::caller()", &["clerk", "line"]),
            pointing("FN_AND_BLOCK", "/fn_and_block.rs", &["clerk", "line"]),
            pointing("DOT_AWAIT", "dot_await::caller()", &["clerk", "line"]),
            pointing("ASYNC_IN_TRAIT", "async_in_trait::caller()", &["clerk", "line"]),
            Made {
                inside: Some((1, "poll_in_trait::Reach<", "reach")),
                ..pointing("POLL_IN_TRAIT", "poll_in_trait::caller()", &["clerk", "line", "reach.by", "reach.t"])
            },
        ],
    ),
    ("moving", &[pointing("BLOCK", "/async_block.rs", &["local_ref"])]),
    (
        "size",
        &[
            made("KEPT", "kept::report()"),
            made("BLOCK", "block::report()"),
            made("LATE_BLOCK", "late_block::report()"),
            made("DROPPED", "dropped::report()"),
            made("DROPPED_OWNED", "dropped_owned::report()"),
            made("GIVEN", "given::report()"),
            made("UNBORROWED", "unborrowed::report()"),
            made("ARGUMENT", "argument::report()"),
            made("ASYNC_MOVE", "/async_move.rs"),
            made("DIRECT", "direct::report()"),
            made("LOGGED", "logged::logged<{async fn body of scenario::size::logged::logged<"),
            made("ROW", "row::report()"),
            made("JOINED", "joined::report()"),
            made("BOXED", "boxed::report()"),
        ],
    ),
];

/// By the bits of an address.
const TARGETS: [(&str, &str); 2] = [("32", "wasm32-unknown-unknown"), ("64", HOST)];

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
const HOST: &str = "x86_64-unknown-linux-gnu";
#[cfg(all(target_arch = "aarch64", target_os = "linux"))]
const HOST: &str = "aarch64-unknown-linux-gnu";
#[cfg(all(target_arch = "x86_64", target_os = "macos"))]
const HOST: &str = "x86_64-apple-darwin";
#[cfg(all(target_arch = "aarch64", target_os = "macos"))]
const HOST: &str = "aarch64-apple-darwin";

/// What a future holds in a state: name, offset, size. The future that is awaited has no name.
type Fields = Vec<(String, u32, u32)>;

/// A future: its size, and what it holds before the first poll, at each wait, and when it has returned.
type Coroutine = (u32, Vec<Fields>);

/// `UPDATE_EXPECT=1 cargo test --test layouts` captures them anew.
#[test]
fn layouts_are_the_compiler_s_own() {
    let said = TARGETS.map(|(bits, target)| (bits, sizes_said(target)));
    for (scenario, all) in MADE {
        let mut text = String::from(
            "//! What the futures hold in each state, before the first poll, at each wait, and after the last one: captured from rustc's\n\
             //! `-Zprint-type-sizes` by `tests/layouts.rs`.\n\n\
             use crate::record::{Held, Layout};\n",
        );
        for Made { name, future, pointers, inside } in all {
            let future = match future.strip_prefix('/') {
                Some(file) => format!("{{async block@src/scenario/{scenario}/{file}:"),
                None => format!("{{async fn body of scenario::{scenario}::{future}"),
            };
            let layouts = said.each_ref().map(|(bits, said)| {
                let (size, mut states) = coroutine(said, &future);
                if let Some((state, of, value)) = inside {
                    tell_apart(&mut states[*state], said, &format!("scenario::{scenario}::{of}"), value);
                }
                (bits, written(&(size, states), pointers))
            });
            let [(_, one), (_, other)] = &layouts;
            if one == other {
                write!(text, "\npub(super) const {name}: Layout = {one};\n").expect("text");
            } else {
                for (bits, layout) in &layouts {
                    write!(
                        text,
                        "\n#[cfg(target_pointer_width = \"{bits}\")]\npub(super) const {name}: Layout = {layout};\n"
                    )
                    .expect("text");
                }
            }
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario").join(scenario).join("layouts.rs");
        expect_file![file].assert_eq(&text);
    }
}

/// A layout as the crate has it.
fn written((size, states): &Coroutine, pointers: &[&str]) -> String {
    let mut text = format!("Layout {{ size: {size}, tag: {}, states: &[\n", tag(*size, states));
    for fields in states {
        let field = |(name, at, size): &(String, u32, u32)| match name.as_str() {
            "" => format!("Held::awaited({at}, {size})"),
            name if pointers.contains(&name) => format!("Held::pointer({name:?}, {at}, {size})"),
            name => format!("Held::value({name:?}, {at}, {size})"),
        };
        writeln!(text, "    &[{}],", fields.iter().map(field).collect::<Vec<_>>().join(", ")).expect("text");
    }
    text + "] }"
}

/// Puts the fields of the future that is awaited in its place. `value` is what it is called.
fn tell_apart(held: &mut Fields, said: &str, of: &str, value: &str) {
    let number = |text: &str| -> u32 { text.trim().split(' ').next().and_then(|n| n.parse().ok()).expect("a number") };
    let (_, start, _) = held.pop_if(|(name, ..)| name.is_empty()).expect("it awaits, and that lies last");
    let lines = said.lines().map(|line| line.trim_start_matches("print-type-size").trim());
    let own = lines.skip_while(|line| !line.starts_with(&format!("type: `{of}"))).skip(1);
    let mut at = start;
    for line in own.take_while(|line| !line.starts_with("type: ")) {
        if let Some((_, field)) = line.split_once("field `.") {
            let (field, size) = field.split_once("`: ").expect("a size");
            held.push((format!("{value}.{field}"), at, number(size)));
            at += number(size);
        } else if let Some(bytes) = line.strip_prefix("padding: ") {
            at += number(bytes);
        }
    }
    assert!(at > start, "no {of}");
}

/// Where the number of the state is. What several states hold lies before it without a gap, largest alignment first, so that
/// it is the first byte that no state has for anything else. The bytes of the runs in the page say the same.
fn tag(size: u32, states: &[Fields]) -> u32 {
    let is_free = |byte: &u32| states.iter().flatten().all(|(_, at, size)| *byte < *at || at + size <= *byte);
    (0..size).find(is_free).expect("it has a number of its state")
}

/// What the compiler says of the sizes of all types of the library, when it compiles it for a target.
fn sizes_said(target: &str) -> String {
    let out = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["rustc", "--quiet", "--lib", "--target", target, "--target-dir", "target/layouts", "--"])
        // It says nothing where it has nothing to do: each process has something new to compile.
        .args(["-Zprint-type-sizes", "-Cdebuginfo=0", &format!("-Cmetadata=layouts-{}", std::process::id())])
        // The table is a nightly's option, the sizes are the release's own.
        .env("RUSTC_BOOTSTRAP", "pollscope")
        .env("CARGO_INCREMENTAL", "0")
        .env_remove("RUSTFLAGS")
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo is what runs this test");
    assert!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).expect("rustc writes UTF-8")
}

/// One future of that table.
fn coroutine(said: &str, name: &str) -> Coroutine {
    let number = |text: &str| -> u32 { text.trim().split(' ').next().and_then(|n| n.parse().ok()).expect("a number") };
    let mut lines = said.lines().map(|line| line.trim_start_matches("print-type-size").trim());
    let head = lines.find_map(|line| line.strip_prefix("type: `").filter(|line| line.starts_with(name)));
    let (_, size) = head.unwrap_or_else(|| panic!("no {name}")).rsplit_once("`: ").expect("a size");
    let mut states: Vec<(String, Fields)> = Vec::new();
    let (mut at, mut discriminant) = (0, 0);
    for line in lines.take_while(|line| !line.starts_with("type: ")) {
        if let Some(bytes) = line.strip_prefix("discriminant: ") {
            discriminant = number(bytes);
        } else if let Some(variant) = line.strip_prefix("variant `") {
            states.push((variant.split('`').next().unwrap_or_default().to_owned(), Vec::new()));
            // The table counts padding from behind the number of the state, wherever that is.
            at = discriminant;
        } else if let Some(bytes) = line.strip_prefix("padding: ") {
            at += number(bytes);
        } else if let Some((_, rest)) = line.split_once(" `.") {
            let (field, rest) = rest.split_once("`: ").expect("a size");
            at = rest.split_once("offset: ").map_or(at, |(_, offset)| number(offset));
            let field = if field == "__awaitee" { "" } else { field };
            states.last_mut().expect("a variant").1.push((field.to_owned(), at, number(rest)));
            at += number(rest);
        }
    }
    // The order of the code: not started, the waits, returned. Nobody looks at one that panicked.
    let nth = |name: &str| match name {
        "Unresumed" => 0,
        "Returned" => usize::MAX,
        _ => name.trim_start_matches("Suspend").parse::<usize>().expect("a number") + 1,
    };
    states.retain(|(name, _)| name != "Panicked");
    states.sort_by_key(|(name, _)| nth(name));
    // What has returned holds nothing: the table goes on to list the places of its arguments.
    states.last_mut().expect("it has variants").1.clear();
    (number(size), states.into_iter().map(|(_, fields)| fields).collect())
}

/// What the machines of a run hold.
fn layouts(way: &str) -> Layouts {
    let run =
        find("size").expect("it is there").start(&[("second_way", way)], Setup::default()).expect("it is a way").run();
    Viewer::of(run).layouts()
}

/// Where the last field of a state ends.
fn extent(layout: &Layout, state: usize) -> u32 {
    layout.states[state].fields.iter().map(|field| field.offset + field.size).max().unwrap_or_default()
}

const CHOICES: [&str; 10] =
    ["block", "late_block", "dropped", "dropped_owned", "given", "unborrowed", "argument", "logged", "joined", "boxed"];

/// What the scenario says of each way: bytes as `size_of_val` measured them in the run.
#[test]
fn ways_differ_by_a_buffer_by_nothing_or_by_more() {
    let sizes = CHOICES.map(|way| {
        let Layouts { tasks } = layouts(way);
        (way, tasks[0].size, tasks[1].size)
    });
    let word = size_of::<usize>() as u32;
    assert_eq!(
        sizes,
        [
            ("block", 1048, 24),
            ("late_block", 1048, 1048),
            ("dropped", 1048, 1048),
            ("dropped_owned", 1048, 1048),
            ("given", 1048, 24),
            ("unborrowed", 1048, 24),
            ("argument", 2072, 1044),
            ("logged", 1040, 4140),
            ("joined", 1048, 2080),
            // An argument, the box, and the number of the state.
            ("boxed", 1048, word + 8),
        ]
    );
}

#[test]
fn future_is_as_large_as_its_largest_state() {
    for way in CHOICES {
        for layout in &layouts(way).tasks {
            // The run came to all of its states.
            assert!(layout.states.iter().all(|state| state.at > 0), "{way}, {}: {layout:?}", layout.name);
            let largest = (0..layout.states.len()).map(|state| extent(layout, state)).max().expect("it has states");
            assert!(largest <= layout.size && layout.size - largest <= 4, "{way}, {}: {largest}", layout.name);
        }
    }
}

/// The bytes of the buffers that a way's second future holds at its waits.
fn buffers(way: &str) -> Vec<u32> {
    let Layouts { tasks } = layouts(way);
    let waits = tasks[1].states.iter().filter(|state| !state.name.is_empty());
    waits.map(|state| state.fields.iter().filter(|field| field.name == "buf").map(|field| field.size).sum()).collect()
}

#[test]
fn buffer_is_held_to_the_end_of_its_scope_if_it_was_borrowed() {
    assert_eq!(buffers("block"), [0, 0, 0]);
    assert_eq!(buffers("late_block"), [1024, 0, 0]);
    assert_eq!(buffers("dropped"), [1024, 1024, 1024]);
    assert_eq!(buffers("dropped_owned"), [1024, 1024, 1024]);
    assert_eq!(buffers("given"), [0, 0, 0]);
    assert_eq!(buffers("unborrowed"), [0, 0, 0]);
    let Layouts { tasks } = layouts("argument");
    let in_async_fn = tasks[0].states[1].fields.iter().filter(|field| field.name == "buf" && field.size == 1024);
    assert_eq!(in_async_fn.count(), 2, "an async fn has its arguments twice");
    assert_eq!(buffers("argument"), [1024, 1024], "a block has what it takes once");
}

#[test]
fn awaited_future_lies_in_the_one_that_awaits_it() {
    let awaited = |way, task: usize, state: usize| {
        let Layouts { tasks } = layouts(way);
        let field = tasks[task].states[state].fields.iter().find(|field| field.role == Role::Awaited).cloned();
        field.map(|field| (field.name, field.size))
    };
    assert_eq!(awaited("logged", 0, 1), Some(("upload(wait)".into(), 1032)));
    // Each function around it doubles it, and adds a number of the state.
    assert_eq!(awaited("logged", 1, 1), Some(("call".into(), 2 * 1032 + 4)));
    assert_eq!(layouts("logged").tasks[1].size, 2 * (2 * 1032 + 4) + 4);
    // In a row the second takes the first one's place; joined, each has its own.
    assert_eq!([awaited("joined", 0, 1), awaited("joined", 0, 2)], [1, 2].map(|_| Some(("upload(wait)".into(), 1032))));
    assert_eq!(awaited("joined", 1, 1), Some(("both".into(), 2 * 1032 + 8)));
}

#[test]
fn layout_of_another_size_is_told() {
    let said = "print-type-size type: `{async fn body of kept::report()}`: 9 bytes, alignment: 1 bytes\n\
                print-type-size     discriminant: 1 bytes\n\
                print-type-size     variant `Unresumed`: 0 bytes\n\
                print-type-size     variant `Suspend0`: 8 bytes\n\
                print-type-size         local `.buf`: 8 bytes, offset: 0 bytes, alignment: 1 bytes\n\
                print-type-size     variant `Returned`: 0 bytes\n\
                print-type-size     variant `Panicked`: 0 bytes\n";
    let (size, states) = coroutine(said, "{async fn body of kept::report()}");
    assert_eq!((size, states), (9, vec![vec![], vec![("buf".to_owned(), 0, 8)], vec![]]));
}
