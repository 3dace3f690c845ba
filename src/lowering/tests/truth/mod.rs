//! rustc's answers, as the corpus has them, and how ours are held against them.

use pollscope_lowering::analysis::Saved;
use pollscope_lowering::bits::BitSet;
use pollscope_lowering::layout::coroutine::{Plan, layout};
use pollscope_lowering::layout::niche::Niche;
use pollscope_lowering::layout::univariant::Field;
use pollscope_lowering::mir::Body;
use serde_json::Value;

/// What agrees.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Agreement {
    pub(crate) saved: bool,
    pub(crate) conflicts: bool,
    pub(crate) size: bool,
    pub(crate) offsets: bool,
}

fn number(value: &Value) -> u64 {
    value.as_u64().expect("a number")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

/// The path of a coroutine as MIR has it: `main::{closure#0}` for `main::{async_fn_env#0}`.
pub(crate) fn path(name: &str) -> String {
    let mut out = String::new();
    let mut depth = 0;
    for c in name.chars() {
        match c {
            '<' => depth += 1,
            '>' => depth -= 1,
            _ if depth == 0 => out.push(c),
            _ => {}
        }
    }
    for kind in ["async_fn_env", "async_block_env", "async_fn", "async_block"] {
        out = out.replace(&format!("{{{kind}#"), "{closure#");
    }
    out
}

/// The largest niche of a capture, by the name of its type.
fn niche(ty: &str) -> Option<Niche> {
    let pointers = ["&", "Rc<", "Box<", "Pin<", "JoinHandle", "Sender<", "Receiver<", "Recv<", "Lock<", "MutexGuard<"];
    match ty {
        "bool" | "YieldNow" => Niche::of_scalar(1, 0, 1),
        "char" => Niche::of_scalar(4, 0, 0x10_ffff),
        _ if pointers.iter().any(|p| ty.starts_with(p)) => Niche::of_scalar(4, 1, u32::MAX.into()),
        _ if ty == "String" || ty.starts_with("Vec<") => Niche::of_scalar(4, 0, i32::MAX as u128),
        _ => None,
    }
}

/// Holds the analyses and the layout of a body against rustc's answer; sizes of slots are taken from there.
pub(crate) fn compare(truth: &Value, body: &Body) -> Agreement {
    let saved = Saved::of(body);
    let points: Vec<Vec<usize>> = saved.points.iter().map(|point| point.saved.clone()).collect();
    let said = list(&truth["suspend_points"]);
    let slots_of =
        |point: &Value| list(&point["saved"]).iter().map(|s| number(&s["slot"]) as usize).collect::<Vec<_>>();
    let mut agreement =
        Agreement { saved: points == said.iter().map(slots_of).collect::<Vec<_>>(), ..Agreement::default() };
    if !agreement.saved {
        return agreement;
    }
    let mut pairs = Vec::new();
    for (a, row) in saved.conflicts.iter().enumerate() {
        pairs.extend(row.iter().filter(|&b| a != b).map(|b| (a.min(b) as u64, a.max(b) as u64)));
    }
    pairs.sort_unstable();
    pairs.dedup();
    let said_pairs: Vec<(u64, u64)> = truth["storage_conflicts"]
        .as_array()
        .map(|pairs| pairs.iter().map(|p| (number(&p[0]), number(&p[1]))).collect())
        .unwrap_or_default();
    agreement.conflicts = pairs == said_pairs;

    let mut slots = vec![(0, 1); saved.slots.len()];
    let mut offsets = vec![0; saved.slots.len()];
    for slot in said.iter().flat_map(|point| list(&point["saved"])) {
        let at = number(&slot["slot"]) as usize;
        slots[at] = (number(&slot["size"]), number(&slot["align"]));
        offsets[at] = number(&slot["offset"]);
    }
    let captures: Vec<Field> = list(&truth["upvars"])
        .iter()
        .map(|u| Field {
            size: number(&u["size"]),
            align: number(&u["align"]),
            niche: niche(u["type"].as_str().unwrap_or_default()),
        })
        .collect();
    let conflicts: Vec<BitSet> = saved.conflicts.clone();
    let found = layout(&Plan { captures, slots, saved: points, conflicts });
    agreement.size = (found.size, found.align) == (number(&truth["size"]), number(&truth["align"]));
    let captures: Vec<u64> = list(&truth["upvars"]).iter().map(|u| number(&u["offset"])).collect();
    agreement.offsets = agreement.size
        && found.slots == offsets
        && found.captures == captures
        && found.tag == number(&truth["discriminant_offset"]);
    agreement
}
