//! Links: read, written, and opened in a run. The page holds a link as a value and knows none of its grammar.

use crate::run::Run;
use pollscope::interop::to_js;
use pollscope::trace::link::{Link, Unread};
use pollscope::trace::moment::{Found, moment_of};
use pollscope::trace::plan::Plan;
use pollscope::view::Changes;
use serde::Serialize;
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

/// A link as it was read.
#[derive(Serialize, Tsify)]
pub struct ReadLink {
    /// What it says.
    pub link: Link,
    /// What could not be read of it, and was left out.
    pub unread: Vec<Unread>,
}

#[wasm_bindgen]
extern "C" {
    /// A [`Link`] as the page gives it, with names and values one after the other. It is read by hand: to derive that takes a
    /// third of the module.
    #[wasm_bindgen(
        typescript_type = "Omit<Link, 'params' | 'vs' | 'unknown'> & Record<'params' | 'vs' | 'unknown', string[]>"
    )]
    pub type FlatLink;
    #[wasm_bindgen(method, getter)]
    fn version(this: &FlatLink) -> u32;
    #[wasm_bindgen(method, getter)]
    fn scenario(this: &FlatLink) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn params(this: &FlatLink) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    fn changes(this: &FlatLink) -> String;
    #[wasm_bindgen(method, getter)]
    fn vs(this: &FlatLink) -> Vec<String>;
    #[wasm_bindgen(method, getter)]
    fn at(this: &FlatLink) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn show(this: &FlatLink) -> Option<String>;
    #[wasm_bindgen(method, getter)]
    fn unknown(this: &FlatLink) -> Vec<String>;
}

fn pairs(flat: Vec<String>) -> Vec<(String, String)> {
    flat.as_chunks::<2>().0.iter().map(|[name, value]| (name.clone(), value.clone())).collect()
}

/// Of what the page made itself, and never does wrong: more words would be a twentieth of the module.
fn not_a_link<E>(_: E) -> JsError {
    JsError::new("this is no link")
}

impl FlatLink {
    fn read(&self) -> Result<Link, JsError> {
        Ok(Link {
            version: self.version(),
            scenario: self.scenario(),
            params: pairs(self.params()),
            changes: Plan::read_changes(&self.changes()).map_err(not_a_link)?,
            vs: pairs(self.vs()),
            at: self.at().map(|at| at.parse().map_err(not_a_link)).transpose()?,
            show: self.show(),
            unknown: pairs(self.unknown()),
        })
    }
}

/// Reads the query of an address, as much of it as can be read.
#[wasm_bindgen(js_name = readLink)]
pub fn read_link(query: &str) -> Ts<ReadLink> {
    let (link, unread) = Link::read(query);
    to_js(&ReadLink { link, unread })
}

/// The query of the address that says this, with its question mark.
#[wasm_bindgen(js_name = writeLink)]
pub fn write_link(link: &FlatLink) -> Result<String, JsError> {
    Ok(link.read()?.write())
}

/// The link without a parameter that its scenario refuses. One that the scenario does not know is kept, to be copied on.
#[wasm_bindgen(js_name = leaveOut)]
pub fn leave_out(link: &FlatLink, field: &str, is_known: bool) -> Result<Ts<Link>, JsError> {
    let mut link = link.read()?;
    link.leave_out(field, is_known);
    Ok(to_js(&link))
}

/// The changes of a run and one more, as a link carries them.
#[wasm_bindgen(js_name = addChange)]
pub fn add_change(changes: &str, change: &str) -> Result<String, JsError> {
    let read = |text| Plan::read_changes(text).map_err(not_a_link);
    Ok(Plan::changes_text(&[read(changes)?, read(change)?].concat()))
}

#[wasm_bindgen]
impl Run {
    /// The name of the moment at a cursor; none at the start.
    pub fn moment(&self, cursor: u32) -> Option<String> {
        moment_of(self.viewer.trace(), cursor as usize).map(|moment| moment.to_string())
    }

    /// Where a link points to in this run, which it opened; where it points to nothing here, the nearest cursor before.
    #[wasm_bindgen(js_name = cursorOf)]
    pub fn cursor_of(&self, link: &FlatLink) -> Result<Ts<Found>, JsError> {
        Ok(to_js(&link.read()?.cursor_of(self.viewer.trace())))
    }

    /// The link that opened this run, in the last version.
    pub fn upgrade(&self, link: &FlatLink) -> Result<Ts<Link>, JsError> {
        let mut link = link.read()?;
        link.upgrade(self.viewer.trace());
        Ok(to_js(&link))
    }

    /// What was changed in this run, which was asked for with `changes` as a link carries them.
    pub fn changes(&self, changes: &str) -> Ts<Changes> {
        to_js(&self.viewer.changes(changes))
    }
}
