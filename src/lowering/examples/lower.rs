//! Lowers a program and shows what comes out: `cargo run --example lower -- [OPTION ..] FILE.rs`.
//!
//! | option | shows |
//! |--------|-------|
//! | none | the machines as JSON, in the shape of rustc's answers |
//! | `--mir` | the mini MIR |
//! | `--desugar` | each machine as an enum and its `poll` |
//! | `--run`, `--trace` | the transcript of running it, or that with what happens to its tasks |
//! | `--release 1.95` | follows another release |

use pollscope_lowering::interp::{Bounds, run};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, desugar, json};
use pollscope_lowering::{Release, lower};
use std::process::ExitCode;
use std::rc::Rc;

fn main() -> ExitCode {
    let (mut release, mut shows, mut file) = (Release::default(), String::new(), None);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--release" => match args.next().as_deref().and_then(Release::of_version) {
                Some(known) => release = known,
                None => return fail("a release from 1.95 to 1.101 must follow --release"),
            },
            "--mir" | "--desugar" | "--run" | "--trace" => shows = arg,
            _ => file = Some(arg),
        }
    }
    let Some(file) = file else { return fail("a file must be named") };
    let source = match std::fs::read_to_string(&file) {
        Ok(source) => source,
        Err(why) => return fail(&format!("{file} cannot be read: {why}")),
    };
    let program = lower(&source, release);
    for diagnostic in &program.diagnostics {
        eprintln!("{file}:{diagnostic}");
    }
    let is_sound = program.diagnostics.is_empty();
    let machines = machine::all(&program, &Layouts::new(&program));
    match shows.as_str() {
        "--mir" => program.bodies.iter().for_each(|body| println!("{}", program.print(body))),
        "--desugar" => machines.iter().for_each(|machine| println!("{}", desugar::of(&program, machine))),
        "--run" | "--trace" if is_sound => {
            std::panic::set_hook(Box::new(|_| {}));
            match run(Rc::new(program), Bounds::default()) {
                Ok(ran) => print!("{}", ran.transcript(shows == "--trace")),
                Err(why) => return fail(&why.to_string()),
            }
        }
        "--run" | "--trace" => return ExitCode::FAILURE,
        _ => {
            let name =
                std::path::Path::new(&file).file_name().map_or(file.clone(), |n| n.to_string_lossy().into_owned());
            print!("{}", json::program(&program, &name, &machines));
        }
    }
    if is_sound { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn fail(why: &str) -> ExitCode {
    eprintln!("{why}");
    ExitCode::FAILURE
}
