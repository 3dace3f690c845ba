//! What the futures of `size` and of `moving` hold in each state, as the compiler lays them out.

#![cfg(not(target_arch = "wasm32"))]

mod compiler;

use compiler::{beside_the_library, rustc};
use expect_test::expect_file;
use pollscope::scenario::{Setup, find};
use pollscope::trace::Role;
use pollscope::view::Viewer;
use pollscope::view::picture::{Layout, Layouts};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};

/// The ways, and what the compiler calls the future of each.
const WAYS: [(&str, &str); 13] = [
    ("kept", "{async fn body of kept::report()}"),
    ("block", "{async fn body of block::report()}"),
    ("late_block", "{async fn body of late_block::report()}"),
    ("dropped", "{async fn body of dropped::report()}"),
    ("dropped_owned", "{async fn body of dropped_owned::report()}"),
    ("given", "{async fn body of given::report()}"),
    ("unborrowed", "{async fn body of unborrowed::report()}"),
    ("argument", "{async fn body of argument::report()}"),
    ("async_move", "{async block@"),
    ("direct", "{async fn body of direct::report()}"),
    ("logged", "{async fn body of logged::logged<{async fn body of logged::logged<net::Upload>()}>()}"),
    ("row", "{async fn body of row::report()}"),
    ("joined", "{async fn body of joined::report()}"),
];

/// What a future holds in a state: name, offset, size. The future that is awaited has no name.
type Fields = Vec<(String, u32, u32)>;

/// A future: its size, and what it holds before the first poll, at each wait, and when it has returned.
type Coroutine = (u32, Vec<Fields>);

/// `UPDATE_EXPECT=1 cargo test --test layouts` captures them anew.
#[test]
fn layouts_are_the_compiler_s_own() {
    let said = type_sizes();
    let mut text = String::from(
        "//! What the machines hold in each state, before the first poll, at each wait, and after the last one: captured from\n\
         //! rustc's `-Zprint-type-sizes` by `tests/layouts.rs`. The future that is awaited has no name.\n\n\
         use crate::record::Held;\n\n\
         const fn held(name: &'static str, offset: u32, size: u32) -> Held {\n    Held { name, offset, size }\n}\n",
    );
    for (way, name) in WAYS {
        let (size, states) = coroutine(&said, name);
        write!(text, "\n/// {size} bytes.\npub(super) const {}: &[&[Held]] = &[\n", way.to_uppercase()).expect("text");
        for fields in states {
            let fields: Vec<_> =
                fields.iter().map(|(name, at, size)| format!("held({name:?}, {at}, {size})")).collect();
            writeln!(text, "    &[{}],", fields.join(", ")).expect("text");
        }
        text += "];\n";
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/size/layouts.rs");
    expect_file![file].assert_eq(&text);
}

/// How the async block of `moving` is laid out, on targets with addresses of 32 and of 64 bits.
#[test]
fn async_block_is_laid_out_as_its_scenario_says() {
    let mut text = String::from(
        "//! How the async block is laid out, before its first poll, at its wait, and when it has returned: captured from rustc's\n\
         //! `-Zprint-type-sizes` by `tests/layouts.rs`. The future that is awaited has no name.\n\n\
         use crate::pinning::Layout;\nuse crate::record::Held;\n\n\
         const fn held(name: &'static str, offset: u32, size: u32) -> Held {\n    Held { name, offset, size }\n}\n",
    );
    let root = "pub mod prelude {\n    pub struct YieldNow { yielded: bool }\n    pub fn yield_now() -> YieldNow { YieldNow { yielded: false } }\n\
        impl Future for YieldNow {\n        type Output = ();\n        fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>)\n\
        -> std::task::Poll<()> { if self.yielded { std::task::Poll::Ready(()) } else { std::task::Poll::Pending } }\n    }\n}\n\
        pub mod async_block;\npub fn used() -> usize { std::mem::size_of_val(&async_block::block(0)) }\n";
    for (bits, target) in [("32", "wasm32-unknown-unknown"), ("64", "x86_64-unknown-linux-gnu")] {
        let mut rustc = rustc();
        rustc.args(["--target", target]);
        let said = sizes_said(rustc, "src/scenario/moving", root);
        let (size, states) = coroutine(&said, "{async block@");
        let tag = tag(&said, "{async block@", &states);
        write!(text, "\n#[cfg(target_pointer_width = \"{bits}\")]\npub(super) const BLOCK: Layout = Layout {{ size: {size}, tag: {tag}, states: &[\n").expect("text");
        for fields in states {
            let fields: Vec<_> =
                fields.iter().map(|(name, at, size)| format!("held({name:?}, {at}, {size})")).collect();
            writeln!(text, "    &[{}],", fields.join(", ")).expect("text");
        }
        text += "] };\n";
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario/moving/layouts.rs");
    expect_file![file].assert_eq(&text);
    assert_eq!(size_of::<pollscope::prelude::YieldNow>(), 1, "the future that is awaited is as large as the one above");
}

/// Where the number of the state is: the table says how large it is and what is behind it, and all fields lie before it.
fn tag(said: &str, name: &str, states: &[Fields]) -> u32 {
    let lines = said.lines().map(|line| line.trim_start_matches("print-type-size").trim());
    let mut own = lines.skip_while(|line| !line.starts_with(&format!("type: `{name}")));
    let head = own.next().expect("it is there");
    let number = |text: &str| -> u32 { text.trim().split(' ').next().and_then(|n| n.parse().ok()).expect("a number") };
    let size = number(head.rsplit_once("`: ").expect("a size").1);
    let own: Vec<_> = own.take_while(|line| !line.starts_with("type: ")).collect();
    let after = |what: &str| own.iter().find_map(|line| line.strip_prefix(what)).map_or(0, number);
    let tag = size - after("end padding: ") - after("discriminant: ");
    assert_eq!(after("discriminant: "), 1);
    assert!(states.iter().flatten().all(|(_, at, size)| at + size <= tag), "all fields lie before it");
    tag
}

/// What the compiler says of the sizes of all types, of a crate that is the scenario's files.
fn type_sizes() -> String {
    let mods: String = WAYS.iter().map(|(way, _)| format!("pub mod {way};\n")).collect();
    sizes_said(beside_the_library(), "src/scenario/size", &format!("pub use pollscope::*;\npub mod net;\n{mods}"))
}

/// The same, of a crate with this root in a folder.
fn sizes_said(mut rustc: Command, folder: &str, root: &str) -> String {
    static CRATES: AtomicU32 = AtomicU32::new(0);
    let nth = CRATES.fetch_add(1, Ordering::Relaxed);
    let mut rustc = rustc
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--crate-name",
            "scenario",
            "--emit",
            "obj",
            "-Zprint-type-sizes",
        ])
        .arg("-o")
        .arg(std::env::temp_dir().join(format!("layouts-{}-{nth}.o", std::process::id())))
        .arg("-")
        // The table is a nightly's option, the sizes are the release's own.
        .env("RUSTC_BOOTSTRAP", "1")
        .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustc is what compiled this test");
    rustc.stdin.take().expect("it is piped").write_all(root.as_bytes()).expect("rustc reads it");
    let out = rustc.wait_with_output().expect("rustc comes to its end");
    assert!(out.status.success());
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
            if layout.name == "boxed" {
                // One of its fields is a pointer: they are not told apart.
                assert!(layout.states.iter().all(|state| state.fields.is_empty()), "{layout:?}");
                continue;
            }
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
