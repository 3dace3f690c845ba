//! What the parts of an exploration have found, put together: each was made by a worker of its own.

use pollscope::interop::to_js;
use pollscope::runner::{Explored, Outcome, Verdict};
use pollscope::view::Ending;
use tsify::Ts;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// An [`Explored`] as a part has sent it. It is read by hand, as links are: to derive that takes more of the module.
    #[wasm_bindgen(typescript_type = "Explored")]
    pub type FoundByPart;
    #[wasm_bindgen(method, getter)]
    fn schedules(this: &FoundByPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn budget(this: &FoundByPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn ended(this: &FoundByPart) -> bool;
    #[wasm_bindgen(method, getter)]
    fn near(this: &FoundByPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn every(this: &FoundByPart) -> bool;
    #[wasm_bindgen(method, getter)]
    fn reduced(this: &FoundByPart) -> bool;
    #[wasm_bindgen(method, getter)]
    fn classes(this: &FoundByPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn orders(this: &FoundByPart) -> f64;
    #[wasm_bindgen(method, getter)]
    fn deviations(this: &FoundByPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn left(this: &FoundByPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn outcomes(this: &FoundByPart) -> Vec<OutcomeOfPart>;
    #[wasm_bindgen(method, getter)]
    fn others(this: &FoundByPart) -> u32;

    /// An [`Outcome`] of it.
    pub type OutcomeOfPart;
    #[wasm_bindgen(method, getter)]
    fn ending(this: &OutcomeOfPart) -> EndingOfPart;
    #[wasm_bindgen(method, getter)]
    fn lines(this: &OutcomeOfPart) -> Vec<String>;
    #[wasm_bindgen(method, getter, js_name = schedules)]
    fn runs(this: &OutcomeOfPart) -> u32;
    #[wasm_bindgen(method, getter, js_name = orders)]
    fn near_orders(this: &OutcomeOfPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn changes(this: &OutcomeOfPart) -> String;
    #[wasm_bindgen(method, getter, js_name = deviations)]
    fn out_of_turn(this: &OutcomeOfPart) -> u32;
    #[wasm_bindgen(method, getter)]
    fn polls(this: &OutcomeOfPart) -> u32;

    /// An [`Ending`] of one.
    pub type EndingOfPart;
    #[wasm_bindgen(method, getter)]
    fn why(this: &EndingOfPart) -> String;
    #[wasm_bindgen(method, getter)]
    fn tasks(this: &EndingOfPart) -> Option<u32>;
    #[wasm_bindgen(method, getter, js_name = budget)]
    fn spent(this: &EndingOfPart) -> Option<u32>;
}

impl OutcomeOfPart {
    fn read(&self) -> Outcome {
        let ending = self.ending();
        let n = ending.tasks().or(ending.spent()).unwrap_or_default();
        Outcome {
            ending: Ending::named(&ending.why(), n).unwrap_or(Ending::Stopped),
            lines: self.lines(),
            schedules: self.runs(),
            orders: self.near_orders(),
            changes: self.changes(),
            deviations: self.out_of_turn(),
            polls: self.polls(),
            is_shortest: false,
        }
    }
}

impl FoundByPart {
    fn read(&self) -> Explored {
        Explored {
            schedules: self.schedules(),
            budget: self.budget(),
            ended: self.ended(),
            near: self.near(),
            every: self.every(),
            reduced: self.reduced(),
            classes: self.classes(),
            orders: self.orders(),
            deviations: self.deviations(),
            left: self.left(),
            outcomes: self.outcomes().iter().map(OutcomeOfPart::read).collect(),
            // Of several parts none has all.
            tree: Vec::new(),
            others: self.others(),
            verdict: Verdict::Same,
        }
    }
}

/// What parts have found together, the first part first; nothing of none.
#[wasm_bindgen(js_name = mergeExplored)]
pub fn merge_explored(parts: Vec<FoundByPart>) -> Option<Ts<Explored>> {
    let merged = parts.iter().map(FoundByPart::read).reduce(|mut merged, part| {
        merged.merge(part);
        merged
    });
    merged.map(|merged| to_js(&merged))
}
