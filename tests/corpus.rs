//! Programs written for the prelude, and what they must print and in which order their tasks must be polled.
//!
//! Each program of `tests/corpus` is compiled as it stands against the prelude and run on the executor. Beside it
//! stand its transcript (`.stdout`: its log lines, a deadlock or a panic as the last one) and its trace (`.trace`: the
//! transcript with what happened to its tasks between the lines).

#![cfg(not(target_arch = "wasm32"))]

use pollscope::executor::{Executor, report_panic};
use pollscope::record::{Budget, TraceRecorder};
use pollscope::trace::event::Event;
use pollscope::trace::ids::FutureKindId;
use pollscope::trace::{TimeUnit, Trace};
use pollscope_lowering::Release;
use pollscope_lowering::interp::{self, Bounds, transcript};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::rc::Rc;

macro_rules! corpus {
    ($($name:ident),* $(,)?) => {
        /// The programs, a module each, compiled as they stand.
        #[allow(unused, warnings, clippy::all, missing_docs, reason = "they are data, and stay as they are")]
        mod programs {
            $(pub(crate) mod $name {
                use pollscope::prelude::*;
                include!(concat!("corpus/", stringify!($name), ".rs"));

                pub(crate) fn start() -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
                    Box::pin(async { main().await })
                }
            })*
        }

        const PROGRAMS: &[(&str, fn() -> std::pin::Pin<Box<dyn Future<Output = ()>>>)] =
            &[$((stringify!($name), programs::$name::start)),*];
    };
}

corpus! {
    c001_empty,
    c003_three_sleeps,
    c005_param_not_used_after,
    c007_local_dead,
    c009_two_locals_one_live,
    c011_ready_value,
    c013_shadowing_dead,
    c015_inner_scope_borrowed,
    c017_big_array_live,
    c019_big_array_by_ref,
    c021_two_big_arrays_sequential,
    c023_string_local,
    c025_string_drop_before,
    c027_drop_copy_does_nothing,
    c029_borrow_across,
    c031_borrow_ended,
    c033_borrow_field,
    c035_borrow_param,
    c037_if_else_both,
    c039_if_condition_awaits,
    c041_loop_break,
    c043_loop_forever,
    c045_for_range_inclusive,
    c047_for_vec_ref,
    c049_for_strings_continue,
    c051_nested_calls,
    c053_future_held_unpolled,
    c055_async_block,
    c057_async_block_captures_part,
    c059_join_two,
    c061_race_timeout,
    c063_spawn_and_wait,
    c065_spawn_moves_vec,
    c067_early_return_with_string,
    c069_question_mark_option,
    c071_match_result_string,
    c073_mutex_guard_across,
    c075_mutex_guard_scoped,
    c077_mutex_shared_rc,
    c079_match_scrutinee_fixed,
    c081_if_let_scrutinee_2024,
    c083_operand_order,
    c085_struct_literal_await,
    c087_enum_payload,
    c089_channel_while_let,
    c091_drop_order,
    c093_moved_in_loop,
    c095_recursion_box_pin,
    c097_generic_async_fn,
    c099_u64_alignment,
    c101_retry_loop,
    c103_call_centre_straight,
    c105_buffered_reader,
    c107_state_in_struct_borrowed,
    c109_short_circuit,
    c111_spawn_order,
    c113_compute_delays_timers,
    c115_yield_fairness,
    c117_race_loser_dropped,
    c119_early_return_nested_loops,
    c121_select_loop_heartbeat,
    c123_mutex_waiter_gives_up,
    c125_panic_in_task,
    c127_nested_blocks_move,
    c129_worker_pool,
}

/// The programs stop after this many polls.
const POLLS: u32 = 100_000;

fn run(main: fn() -> std::pin::Pin<Box<dyn Future<Output = ()>>>) -> Trace {
    let executor = Executor::new(TraceRecorder::new(TimeUnit::VirtualMs, Budget::default(), None));
    executor.limit(POLLS, u64::MAX);
    // A panic ends the run: its trace is in the recorder, and nothing is dropped after it.
    let _ = catch_unwind(AssertUnwindSafe(|| executor.block_on(main())));
    executor.recorder().finish()
}

#[test]
fn every_program_prints_what_it_must_and_polls_its_tasks_in_order() {
    let default = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        let payload = info.payload();
        let message = payload.downcast_ref::<&str>().map(|s| (*s).to_owned());
        let message = message.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_default();
        if !report_panic(&message) {
            default(info);
        }
    }));
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let mut wrong = Vec::new();
    for (name, main) in PROGRAMS {
        let trace = run(*main);
        for (ending, tasks) in [("stdout", false), ("trace", true)] {
            let expected =
                std::fs::read_to_string(folder.join(format!("{name}.{ending}"))).expect("it stands beside it");
            let actual = transcript(&trace, tasks);
            if actual != expected {
                wrong.push(format!("{name}.{ending}:\n{actual}--- but it must be:\n{expected}"));
            }
        }
    }
    let _ = std::panic::take_hook();
    assert!(wrong.is_empty(), "{} of {} differ:\n{}", wrong.len(), 2 * PROGRAMS.len(), wrong.join("\n"));
}

/// Which futures were polled by whom, when, and what came of it.
fn polls(trace: &Trace) -> Vec<String> {
    let polls = (0..trace.len()).filter_map(|i| match trace.event(i) {
        Event::Entered { task, future, .. } => {
            Some(format!("{} {task:?} enters {}", trace.time(i), kind(trace, future)))
        }
        Event::Exited { task, future, outcome } => {
            Some(format!("{} {task:?} leaves {}: {outcome:?}", trace.time(i), kind(trace, future)))
        }
        _ => None,
    });
    polls.collect()
}

fn kind(trace: &Trace, future: FutureKindId) -> String {
    trace.future_kind(future).map_or_else(String::new, |kind| trace.name(kind.name).to_owned())
}

#[test]
fn interpreted_futures_are_polled_as_compiled_ones_are() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let (mut wrong, mut all) = (Vec::new(), 0);
    for (name, main) in PROGRAMS {
        let compiled = polls(&run(*main));
        let source = std::fs::read_to_string(folder.join(format!("{name}.rs"))).expect("it is there");
        let program = Rc::new(pollscope_lowering::lower(&source, Release::default()));
        let interpreted = polls(&interp::run(program, Bounds::default()).expect("it begins").trace);
        all += compiled.len();
        if compiled != interpreted {
            let first = compiled
                .iter()
                .zip(&interpreted)
                .position(|(a, b)| a != b)
                .unwrap_or(compiled.len().min(interpreted.len()));
            wrong.push(format!(
                "{name}, at {first}: {:?}, interpreted {:?}",
                compiled.get(first),
                interpreted.get(first)
            ));
        }
    }
    assert!(wrong.is_empty(), "{} differ:\n{}", wrong.len(), wrong.join("\n"));
    assert!(all > 1000, "{all} polls in all");
}

#[test]
fn every_program_of_the_corpus_is_run() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let files = std::fs::read_dir(folder).expect("it is there").filter_map(|f| f.ok()?.file_name().into_string().ok());
    let mut names: Vec<String> = files.filter_map(|f| f.strip_suffix(".rs").map(str::to_owned)).collect();
    names.sort();
    assert_eq!(names, PROGRAMS.iter().map(|(name, _)| (*name).to_owned()).collect::<Vec<_>>());
}
