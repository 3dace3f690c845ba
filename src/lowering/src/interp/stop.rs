//! Why a program stops before its end.

use std::fmt;

/// Why it stops.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It panics with this message, as rustc words it.
    Panic(String),
    /// It used up what it may.
    Limit(Limit),
    /// It uses something that the interpreter does not know.
    Unknown(String),
    /// It looked where it has no memory: the program breaks a rule that its borrow checker would have held.
    Memory(u32),
}

/// What a program may use up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Statements within one poll.
    Steps(u64),
    /// Functions that call each other.
    Depth(usize),
    /// Polls and drops within each other.
    Nested,
    /// Bytes.
    Memory(u32),
}

/// What the interpreter's own functions return. The reason is in a box, so that what is returned is small.
pub(super) type Run<T> = Result<T, Box<Stop>>;

impl Stop {
    /// A panic with a message that needs nothing put into it.
    #[cold]
    #[inline(never)]
    pub(super) fn panic(message: &str) -> Box<Stop> {
        Box::new(Stop::Panic(message.to_owned()))
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stop::Panic(message) => f.write_str(message),
            Stop::Limit(Limit::Steps(most)) => write!(f, "one poll took more than {most} steps"),
            Stop::Limit(Limit::Depth(most)) => write!(f, "functions called each other more than {most} deep"),
            Stop::Limit(Limit::Nested) => {
                f.write_str("futures are polled, or values dropped, within each other too deep")
            }
            Stop::Limit(Limit::Memory(most)) => write!(f, "the program used more than {} KiB of memory", most >> 10),
            Stop::Unknown(what) => write!(f, "the interpreter does not know {what}"),
            Stop::Memory(address) => write!(f, "the program looked at address {address}, where it has no memory"),
        }
    }
}

/// A stop because something is not known.
pub(super) fn unknown<T>(what: impl Into<String>) -> Run<T> {
    Err(Box::new(Stop::Unknown(what.into())))
}
