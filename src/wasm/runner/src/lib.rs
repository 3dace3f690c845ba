//! A runner's boundary: a run is asked for, and the chunks of its trace are sent.
//!
//! A runner is disposable. A panic sends the last chunk from its hook, and then traps: the instance must not be called
//! again, and its loader ends it. The programs in `src/bin` are runners of some scenarios each; what they share is
//! here, and knows none of them.

#![cfg(target_arch = "wasm32")]

pub mod run;

use pollscope::alloc::Counting;
use pollscope::interop::{outlet, peek, send_in_panics};
use pollscope::runner::Runner;
use pollscope::scenario::Scenario;
use pollscope::trace::{Area, Region};
use std::cell::Cell;
use std::rc::Rc;

/// The counters of a trace come from here.
#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static SCENARIOS: Cell<&'static [Scenario]> = const { Cell::new(&[]) };
}

/// Called by a program when it starts, once for each instance: these scenarios can be run, and a panic sends what was
/// recorded.
pub fn serve(scenarios: &'static [Scenario]) {
    SCENARIOS.set(scenarios);
    send_in_panics();
}

/// What makes the runs: with this program's scenarios, its memory, and the page as where chunks go.
pub fn runner() -> Runner {
    Runner { scenarios: SCENARIOS.get(), peek: Some(peek), regions: regions(), outlet: Rc::new(outlet) }
}

unsafe extern "C" {
    /// Where the linker put what is static, and where the allocator's memory begins. They have addresses and no values.
    static __global_base: u8;
    static __heap_base: u8;
}

/// How this module's memory is divided. The stack lies before what is static, from where it would run out into nothing;
/// where a linker has it otherwise, nothing is said.
fn regions() -> Vec<Region> {
    let local = 0_u8;
    let (stack, fixed) = ((&raw const local).addr() as u32, (&raw const __global_base).addr() as u32);
    let heap = (&raw const __heap_base).addr() as u32;
    if stack >= fixed || fixed > heap {
        return Vec::new();
    }
    [(Area::Stack, 0), (Area::Static, fixed), (Area::Heap, heap)].map(|(area, from)| Region { area, from }).into()
}
