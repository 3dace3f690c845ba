//! What a trace says of itself: where it comes from, and the code that ran.

use crate::trace::{CodeFile, Head, Mode, Trace};
use serde::Serialize;

/// What a trace says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct About {
    /// The scenario's id; empty if it is of none.
    pub scenario: String,
    /// A title for people; empty if it has none.
    pub title: String,
    /// The build of the program that recorded it.
    pub build: String,
    /// The parameters that differ from the defaults, as pairs of a field and what was typed into it.
    pub params: Vec<(String, String)>,
    /// What a person changed in the run, as a link carries it; empty for nothing.
    pub changes: String,
    /// Whether it was recorded as it happened, and cannot be made again.
    pub is_live: bool,
    /// The code that ran: the files of which the trace names a line, or, where it names none, all that came with it.
    pub files: Vec<Source>,
}

/// A file of code.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Source {
    /// Its name, as places have it.
    pub name: String,
    /// Its text.
    pub source: String,
}

impl Source {
    fn of(file: &CodeFile) -> Source {
        Source { name: file.name.clone(), source: file.text.clone() }
    }
}

impl About {
    /// Of a trace whose head is known.
    pub fn of(trace: &Trace) -> About {
        let Head { scenario, title, build, params, changes, mode, files, .. } = &trace.head;
        let is_named = |file: &CodeFile| trace.sites.iter().any(|site| trace.name(site.file) == file.name);
        let is_any_named = files.iter().any(is_named);
        About {
            scenario: scenario.clone(),
            title: title.clone(),
            build: build.clone(),
            params: params.clone(),
            changes: changes.clone(),
            is_live: *mode == Mode::Live,
            files: files.iter().filter(|file| !is_any_named || is_named(file)).map(Source::of).collect(),
        }
    }
}
