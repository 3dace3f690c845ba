//! Links: the address that opens a run at a moment, read and written.
//!
//! | part | says |
//! |------|------|
//! | `s=lazy` | the scenario |
//! | `v=2` | the version of links; without it, 1 |
//! | `callers=3` | a parameter, one part each |
//! | `do=t3.w4-lose_m5.set-fire.4` | what is changed in the run ([`plan`](super::plan)) |
//! | `vs=order.lifo` | a parameter of the run that it is compared with, one part each |
//! | `at=t3.p2` | the moment that is shown ([`moment`](super::moment)); without it, the start |
//! | `show=sweep` | what is shown besides the run |
//!
//! Reading never fails: what cannot be read is said and left out, the rest is kept. A part that nobody here knows (a tracker's,
//! or a later version's) is kept when the link is copied on. What a chat leaves behind a link, a bracket or a full stop, is no
//! part of it. What is written has letters, digits and `-._=&%+` only, and ends with the version.
//!
//! This room knows no scenario: which parameters there are, and what they may be, says the runner
//! ([`Link::leave_out`]).
//!
//! # Versions
//!
//! A link says what it said, for ever. A new version adds an upgrade from the one before it (`version.rs`), or the crate does
//! not compile.
//!
//! 1. Points of the run are numbers of events (`at=12`, `do=12.lose_40.wake.3`).
//! 2. They have names.

mod read;
mod version;
mod write;

pub use read::Unread;
pub use version::VERSION;

use super::moment::At;
use super::plan::{Intervention, Plan};
use serde::{Serialize, Serializer};

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Link {
    /// The version that it is of.
    pub version: u32,
    /// The scenario's name; none where it names none.
    pub scenario: Option<String>,
    /// The parameters and their values, in order.
    pub params: Vec<(String, String)>,
    /// What is changed in the run. It crosses to the page as its text.
    #[serde(serialize_with = "changes_text")]
    #[cfg_attr(feature = "types", tsify(type = "string"))]
    pub changes: Vec<Intervention>,
    /// The parameters in which the run differs that this one is compared with.
    pub vs: Vec<(String, String)>,
    /// The point that is shown; none for the start.
    #[cfg_attr(feature = "types", tsify(type = "string | undefined"))]
    pub at: Option<At>,
    /// What is shown besides the run.
    pub show: Option<String>,
    /// Parts that nobody here knows.
    pub unknown: Vec<(String, String)>,
}

fn changes_text<S: Serializer>(changes: &[Intervention], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&Plan::changes_text(changes))
}

impl Default for Link {
    /// A link of this version that says nothing.
    fn default() -> Self {
        Link {
            version: VERSION,
            scenario: None,
            params: Vec::new(),
            changes: Vec::new(),
            vs: Vec::new(),
            at: None,
            show: None,
            unknown: Vec::new(),
        }
    }
}

impl Link {
    /// Leaves out a parameter that the scenario refuses. One that it does not know is kept, to be copied on.
    pub fn leave_out(&mut self, field: &str, is_known: bool) {
        let refused = self.params.extract_if(.., |(name, _)| name == field);
        let kept: Vec<_> = refused.filter(|_| !is_known).collect();
        self.unknown.extend(kept);
        self.vs.retain(|(name, _)| name != field);
    }
}
