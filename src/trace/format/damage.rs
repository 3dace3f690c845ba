//! What is wrong with bytes that are not a trace.

use serde::Serialize;
use std::fmt;

/// Why bytes are not a whole trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Damage {
    /// They do not begin as a trace does.
    NotATrace,
    /// They end before the trace does. What came until then is good.
    Truncated,
    /// They were written by a later program.
    Newer {
        /// The version of their format.
        version: u32,
    },
    /// Something in them cannot be. What came before is good.
    Damaged {
        /// The byte that was read last, from 0: of the whole trace.
        byte: u32,
        /// What.
        what: &'static str,
    },
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Damage::NotATrace => write!(f, "these bytes are not a trace"),
            Damage::Truncated => write!(f, "the trace is cut off: its end is missing"),
            Damage::Newer { version } => write!(
                f,
                "the trace is of version {version} of the format, and this program reads none later than {}",
                super::VERSION
            ),
            Damage::Damaged { byte, what } => write!(f, "the trace is damaged at byte {byte}: {what}"),
        }
    }
}

impl std::error::Error for Damage {}
