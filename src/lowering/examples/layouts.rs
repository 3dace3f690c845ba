//! Writes `tests/layouts.txt`: what rustc says of the layout of types on wasm32, those given in the table and fresh ones.
//!
//! `cargo run -p pollscope-lowering --example layouts -- [COUNT [SEED]]`; the compiler is that of the environment. It needs the target
//! wasm32-unknown-unknown.

#[expect(dead_code, reason = "laying types out is for the test")]
#[path = "../tests/shapes/mod.rs"]
mod shapes;

use shapes::{SCALARS, Shape};
use std::fmt::Write;
use std::process::Command;

fn main() {
    let mut args = std::env::args().skip(1);
    let count: usize = args.next().map_or(1000, |n| n.parse().expect("a count"));
    let mut random = Random(args.next().map_or(1, |n| n.parse().expect("a seed")));
    let types: Vec<String> = FIRST.iter().map(|t| t.to_string()).chain((0..count).map(|_| random.shape(3))).collect();
    let answers = ask(&types);
    let version = Command::new("rustc").arg("--version").output().expect("rustc");
    let mut table = format!("# {}# wasm32-unknown-unknown: size / align: offsets\n", text(&version.stdout));
    for (ty, numbers) in types.iter().zip(answers) {
        let offsets: Vec<String> = numbers[2..].iter().map(|n| format!(" {n}")).collect();
        writeln!(table, "{ty} = {} / {}:{}", numbers[0], numbers[1], offsets.concat()).expect("text");
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/layouts.txt");
    std::fs::write(path, table).expect("the table");
}

/// What must not be missing.
const FIRST: &[&str] = &[
    "(u8, u32)",
    "(u32, u8)",
    "(u8, u32, u8)",
    "(u8, u16, u32)",
    "(bool, u64, &)",
    "S{u8, u32, u8}",
    "S{[u8; 4], bool, u32}",
    "E{; u32}",
    "E{; bool}",
    "E{; &}",
    "E{u32; &}",
    "E{S{&, u32}; u32}",
    "E{S{&, u32, u32}; S{&, u32, u32}}",
    "E{; E{; E{; bool}}}",
    "E{!; u32}",
    "E{u32; !}",
    "E{; char; bool}",
    "E{u64; u8}",
    "E{S{u32, bool}; u16; u8}",
    "E{; ; }",
];

fn ask(types: &[String]) -> Vec<Vec<u64>> {
    let mut items = Vec::new();
    let mut statics = String::new();
    for (i, ty) in types.iter().enumerate() {
        let shape = Shape::read(ty);
        let name = shape.source(&mut items);
        let mut numbers = vec![format!("size_of::<{name}>()"), format!("align_of::<{name}>()")];
        match &shape {
            Shape::Tuple(fields) | Shape::Struct(fields) => {
                numbers.extend((0..fields.len()).map(|f| format!("offset_of!({name}, {f})")));
            }
            Shape::Enum(variants) => {
                for (v, fields) in variants.iter().enumerate() {
                    numbers.extend((0..fields.len()).map(|f| format!("offset_of!({name}, V{v}.{f})")));
                }
            }
            Shape::Scalar(_) | Shape::Array(..) => {}
        }
        let (count, list) = (numbers.len(), numbers.join(" as u32, "));
        writeln!(statics, "#[unsafe(no_mangle)] pub static LAYOUT_{i}: [u32; {count}] = [{list} as u32];")
            .expect("text");
    }
    let source = format!(
        "#![feature(offset_of_enum)]\n#![allow(dead_code)]\nuse std::mem::{{align_of, offset_of, size_of}};\n{}\n{statics}",
        items.join("\n")
    );
    let dir = std::env::temp_dir().join(format!("pollscope-layouts-{}", std::process::id()));
    std::fs::create_dir_all(&dir).expect("a folder for the source");
    let (input, output) = (dir.join("layouts.rs"), dir.join("layouts.ll"));
    std::fs::write(&input, source).expect("the source");
    let run = Command::new("rustc")
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["--edition=2024", "--crate-type=lib", "--target=wasm32-unknown-unknown", "-Copt-level=0"])
        .arg(format!("--emit=llvm-ir={}", output.display()))
        .arg(&input)
        .output()
        .expect("rustc");
    assert!(run.status.success(), "{}", text(&run.stderr));
    let code = std::fs::read_to_string(&output).expect("what rustc made");
    std::fs::remove_dir_all(&dir).expect("the folder goes");
    (0..types.len()).map(|i| numbers(&code, i)).collect()
}

/// The numbers of a static, from `@LAYOUT_0 = .. c"\08\00\00\00..", align 4`.
fn numbers(code: &str, nth: usize) -> Vec<u64> {
    let start = code.find(&format!("@LAYOUT_{nth} = ")).expect("a static");
    let line = code[start..].lines().next().expect("a line");
    let Some((_, escaped)) = line.split_once("c\"") else {
        let count = line.split_once("[").and_then(|(_, n)| n.split_once(" x")).expect("a length").0;
        return vec![0; count.parse::<usize>().expect("a length") / 4];
    };
    let escaped = escaped.rsplit_once('"').expect("its end").0.as_bytes();
    let (mut bytes, mut i) = (Vec::new(), 0);
    while i < escaped.len() {
        if escaped[i..].starts_with(b"\\\\") {
            bytes.push(b'\\');
            i += 2;
        } else if escaped[i] == b'\\' {
            bytes.push(u8::from_str_radix(text(&escaped[i + 1..i + 3]), 16).expect("hexadecimal"));
            i += 3;
        } else {
            bytes.push(escaped[i]);
            i += 1;
        }
    }
    bytes.chunks(4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]).into()).collect()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).expect("text")
}

/// xorshift64*: the same types for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % n
    }

    fn shape(&mut self, depth: usize) -> String {
        let kind = if depth == 0 { 9 } else { self.below(12) };
        match kind {
            0 | 1 => format!("({})", self.list(depth, 1, 4)),
            2..=4 => format!("S{{{}}}", self.list(depth, 1, 5)),
            5..=7 => {
                let variants: Vec<String> = (0..2 + self.below(3)).map(|_| self.list(depth, 0, 3)).collect();
                format!("E{{{}}}", variants.join("; "))
            }
            8 => format!("[{}; {}]", self.shape(depth - 1), 1 + self.below(4)),
            // The last is the type without values: rare.
            _ => SCALARS[self.below(SCALARS.len() * 8 - 7).min(SCALARS.len() * 8 - 8) / 8].0.to_owned(),
        }
    }

    fn list(&mut self, depth: usize, least: usize, most: usize) -> String {
        let count = least + self.below(most - least + 1);
        (0..count).map(|_| self.shape(depth - 1)).collect::<Vec<_>>().join(", ")
    }
}
