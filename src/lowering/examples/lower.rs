//! What rustc makes of an async program, computed: `cargo run --release --example lower -- FILE.rs`.
//!
//! Prints JSON in the shape in which rustc's answers are kept. `--mir` prints the mini MIR instead, `--desugar` each coroutine as an enum
//! with its `poll`; `--run` prints what it prints when it is interpreted, `--trace` also what happens to its tasks meanwhile;
//! `--release 1.95.0` asks for another release than the newest.

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::{Release, lower, machine};
use std::process::exit;
use std::rc::Rc;

fn main() {
    let mut args = std::env::args().skip(1);
    let (mut file, mut release, mut shown) = (None, Release::default(), String::new());
    while let Some(arg) = args.next() {
        match &*arg {
            "--release" => {
                let version = args.next().unwrap_or_default();
                release =
                    Release::of_version(&version).unwrap_or_else(|| fail(&format!("release {version:?} is not known")));
            }
            "--mir" | "--desugar" | "--run" | "--trace" => shown = arg,
            _ if arg.starts_with("--") => fail(&format!("unknown option {arg}")),
            _ => file = Some(arg),
        }
    }
    let Some(file) = file else {
        fail("usage: lower [--mir | --desugar | --run | --trace] [--release VERSION] FILE.rs")
    };
    let source = std::fs::read_to_string(&file).unwrap_or_else(|error| fail(&format!("{file}: {error}")));
    let program = lower(&source, release);
    for diagnostic in &program.diagnostics {
        eprintln!("{file}:{diagnostic}");
    }
    if shown == "--mir" {
        for body in program.bodies.iter().filter(|body| !body.blocks.is_empty()) {
            println!("{}", program.print(body));
        }
    } else if shown == "--run" || shown == "--trace" {
        if !program.diagnostics.is_empty() {
            exit(1);
        }
        // A panic of the program is a line of its transcript.
        std::panic::set_hook(Box::new(|_| {}));
        let ran = run(Rc::new(program), Bounds::default()).unwrap_or_else(|why| fail(&why.to_string()));
        print!("{}", ran.transcript(shown == "--trace"));
        return;
    } else {
        let layouts = Layouts::new(&program);
        let machines = machine::all(&program, &layouts);
        match &*shown {
            "--desugar" => machines.iter().for_each(|machine| println!("{}", machine::desugar::of(&program, machine))),
            _ => {
                let name = std::path::Path::new(&file)
                    .file_name()
                    .map_or_else(String::new, |name| name.to_string_lossy().into());
                print!("{}", machine::json::program(&program, &name, &machines));
            }
        }
    }
    if !program.diagnostics.is_empty() {
        exit(1);
    }
}

fn fail(message: &str) -> ! {
    eprintln!("lower: {message}");
    exit(2);
}
