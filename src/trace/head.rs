//! What a trace says of itself: which run it is of, and the code that ran.

use super::codes::codes;

codes! {
    /// Whether a run can be made again.
    #[derive(Default)]
    pub enum Mode {
        /// It is a function of scenario, parameters, order and changes.
        #[default]
        Deterministic = 0,
        /// It was recorded from outside: a browser's event loop, another application.
        Live = 1,
    }
}

codes! {
    /// What memory is used for.
    #[derive(serde::Serialize)]
    #[cfg_attr(feature = "types", derive(tsify::Tsify))]
    #[serde(rename_all = "snake_case")]
    pub enum Area {
        /// Variables of the functions that run.
        Stack = 0,
        /// What the program itself brings: texts, constants.
        Static = 1,
        /// What was allocated.
        Heap = 2,
    }
}

/// A region of the program's memory. It ends where the next one begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// What it is used for.
    pub area: Area,
    /// Its first byte.
    pub from: u32,
}

/// What a trace says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The build of the program that recorded it.
    pub build: String,
    /// The scenario's id; empty if it is of none.
    pub scenario: String,
    /// A title for people.
    pub title: String,
    /// The parameters that differ from the defaults, as pairs of a field and what was typed into it.
    pub params: Vec<(String, String)>,
    /// In which order tasks were polled, as a link carries it; empty for the scenario's own.
    pub order: String,
    /// What a person changed in the run, as a link carries it; empty for nothing.
    pub changes: String,
    /// What chance was seeded with.
    pub seed: u64,
    /// Deterministic or live.
    pub mode: Mode,
    /// The code that ran.
    pub files: Vec<CodeFile>,
    /// What its story needs to know, and no rule can.
    pub telling: Telling,
    /// How the memory of the program that ran is divided, by address; empty where nobody knows.
    pub regions: Vec<Region>,
}

impl Head {
    /// A file of the code that ran, by its name.
    pub fn file(&self, name: &str) -> Option<&CodeFile> {
        self.files.iter().find(|file| file.name == name)
    }

    /// Whether it is a recording of another application: its polls may overlap, and what its futures wait for is not known.
    pub fn is_of_another(&self) -> bool {
        self.mode == Mode::Live && self.scenario.is_empty()
    }

    /// What the memory at an address is used for, where that is known.
    pub fn area(&self, address: u32) -> Option<Area> {
        let after = self.regions.partition_point(|region| region.from <= address);
        Some(self.regions[after.checked_sub(1)?].area)
    }
}

/// What no rule can know of a run's story: the author of the program declares it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Telling {
    /// Whom the story is about: the role of a task. Empty for all.
    pub subject: String,
    /// What decides: the code of a kind of events, as moments have it, and after a space the beginning of its text, or of
    /// the name of the place that a value is put into, or of the callback that is queued.
    /// `"last "` before it: the last of such events; `" of 1"` behind the code: only those of task 1. Several codes
    /// have `|` between them. Empty for none.
    pub decides: String,
}

/// A file of code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CodeFile {
    /// Its name, as sites have it.
    pub name: String,
    /// Its text.
    pub text: String,
}
