//! The boundary of the workbench: the source of a program in, its state machines and its runs out.
//!
//! A run sends the chunks of its trace as a runner's does, and as there, a panic of the program sends the last one and then
//! traps: the instance must not be called again. It knows no view, and no scenario.
//!
//! Allocations are not counted here: they are the interpreter's, and not the program's.

#![cfg(target_arch = "wasm32")]

mod limits;

pub use limits::Limits;

use js_sys::Function;
use pollscope::executor::{Order, Plan};
use pollscope::interop::{outlet, send_in_panics, send_to};
use pollscope::scenario::Setup;
use pollscope::trace::{CodeFile, Head};
use pollscope_lowering::interp::{Begun, FILE};
use pollscope_lowering::layout::Layouts;
use pollscope_lowering::machine::{self, json};
use pollscope_lowering::{Program, Release, forget_sources, lower};
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Lowering asks for many small pieces of memory, and this one is faster than the standard library's, and smaller.
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// So many bytes of sources are kept before they are given back: some hundred keystrokes, of which one reads the prelude again.
const KEPT: usize = 1 << 20;

thread_local! {
    /// How many bytes of sources were read since they were given back.
    static READ: Cell<usize> = const { Cell::new(0) };
}

/// Called by the loader.
#[wasm_bindgen(start)]
pub fn start() {
    send_in_panics();
}

/// A program, lowered by the rules of a release of rustc.
#[wasm_bindgen]
pub struct Workbench {
    source: String,
    program: Rc<Program>,
}

#[wasm_bindgen]
impl Workbench {
    /// Lowers a program; what is wrong with it is in the [answer](Self::answer). `release` is a version of rustc, `1.99.1`, or
    /// empty for the newest one that is known.
    ///
    /// Throws a sentence if that release's rules are not known.
    #[wasm_bindgen(constructor)]
    pub fn new(source: String, release: &str) -> Result<Workbench, String> {
        let known = if release.is_empty() { Some(Release::default()) } else { Release::of_version(release) };
        let release = known.ok_or_else(|| format!("the rules of rustc {release} are not known"))?;
        let read = READ.get() + source.len();
        let is_much = read > KEPT;
        READ.set(if is_much { source.len() } else { read });
        if is_much {
            forget_sources();
        }
        let program = Rc::new(lower(&source, release));
        Ok(Workbench { source, program })
    }

    /// What came of it, as JSON: `diagnostics`, each with its span; `entries`, the functions that a run may begin with; and
    /// `machines`, in the shape in which rustc's own answers are kept, without those of functions that could not be lowered.
    pub fn answer(&self) -> String {
        let machines = machine::all(&self.program, &Layouts::new(&self.program));
        json::answer(&self.program, FILE, &machines)
    }

    /// Runs the program, and calls `to` with each chunk of the trace, which has that title. `entry` is one of its entries. `order` is
    /// that of polls, as a link carries it: empty, `lifo` or `random`, by that seed. `changes` are what is changed in the run.
    ///
    /// Throws a sentence if the program has errors, or cannot begin, or `order` or `changes` cannot be read; no chunk was sent
    /// then. Traps where the program panics or meets a limit of its steps, its depth or its memory, after the last chunk was sent.
    #[allow(clippy::too_many_arguments, reason = "JavaScript has no structs; each of these is a parameter of the run")]
    pub fn run(
        &self,
        entry: &str,
        title: &str,
        order: &str,
        seed: u32,
        changes: &str,
        limits: &Limits,
        to: Function,
    ) -> Result<(), String> {
        if let Some(diagnostic) = self.program.diagnostics.first() {
            return Err(diagnostic.to_string());
        }
        let (bounds, budget) = limits.split();
        let read = match order {
            "" => Order::Fifo,
            "lifo" => Order::Lifo,
            "random" => Order::Random(seed),
            _ => return Err(format!("there is no order {order:?}")),
        };
        let changes = Plan::read_changes(changes).map_err(|why| why.to_string())?;
        let head = Head {
            build: env!("CARGO_PKG_VERSION").to_owned(),
            title: title.to_owned(),
            order: order.to_owned(),
            changes: Plan::changes_text(&changes),
            seed: seed.into(),
            files: vec![CodeFile { name: FILE.to_owned(), text: self.source.clone() }],
            ..Head::default()
        };
        let setup = Setup {
            budget,
            plan: Plan { order: read, changes },
            head,
            outlet: Some(Rc::new(outlet)),
            ..Setup::default()
        };
        send_to(to);
        let begun = Begun::new(self.program.clone(), entry, bounds, &setup).map_err(|why| why.to_string())?;
        begun.run();
        Ok(())
    }
}
