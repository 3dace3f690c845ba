//! What is wrong with parameters, in a form that a page can make sentences of.

use crate::executor::{MOST_CHANGES, NotAPlan};
use std::fmt;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldError {
    /// It is a whole number outside of its range.
    OutOfRange {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// The least it may be.
        min: u32,
        /// The most it may be.
        max: u32,
    },
    /// It is no whole number.
    NotANumber {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// The least it may be.
        min: u32,
        /// The most it may be.
        max: u32,
    },
    /// It is none of its choices.
    NotAChoice {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// What it may be.
        choices: Vec<String>,
    },
    /// It is no list of its choices.
    NotAList {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// What may be in it, each at most once.
        choices: Vec<String>,
    },
    /// There is no such field.
    Unknown {
        /// The field.
        field: String,
    },
    /// A part of a list of changes is none.
    NotAChange {
        /// What was given.
        value: String,
    },
    /// The changes are more than a run takes.
    TooManyChanges {
        /// The most.
        max: u32,
    },
}

impl From<NotAPlan> for Problem {
    fn from(not: NotAPlan) -> Self {
        let error = match not {
            NotAPlan::Change(value) => FieldError::NotAChange { value },
            NotAPlan::TooMany => FieldError::TooManyChanges { max: MOST_CHANGES as u32 },
        };
        Problem::Fields { errors: vec![error] }
    }
}

impl FieldError {
    /// The field that is wrong.
    pub fn field(&self) -> &str {
        match self {
            FieldError::OutOfRange { field, .. }
            | FieldError::NotANumber { field, .. }
            | FieldError::NotAChoice { field, .. }
            | FieldError::NotAList { field, .. }
            | FieldError::Unknown { field } => field,
            FieldError::NotAChange { .. } | FieldError::TooManyChanges { .. } => "do",
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldError::OutOfRange { field, value, min, max } => write!(f, "{field} is {min} to {max}, not {value}"),
            FieldError::NotANumber { field, value, min, max } => {
                write!(f, "{field} is a whole number from {min} to {max}, not {value:?}")
            }
            FieldError::NotAChoice { field, value, choices } => {
                write!(f, "{field} is one of {}, not {value:?}", choices.join(", "))
            }
            FieldError::NotAList { field, value, choices } => {
                write!(
                    f,
                    "{field} is none or some of {}, each once, with full stops between, not {value:?}",
                    choices.join(", ")
                )
            }
            FieldError::Unknown { field } => write!(f, "there is no parameter {field:?}"),
            FieldError::NotAChange { value } => NotAPlan::Change(value.clone()).fmt(f),
            FieldError::TooManyChanges { .. } => NotAPlan::TooMany.fmt(f),
        }
    }
}

/// Why a run cannot begin.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// No scenario has this name.
    UnknownScenario {
        /// The name.
        id: String,
    },
    /// These fields are wrong.
    Fields {
        /// Each of them, in the order given.
        errors: Vec<FieldError>,
    },
    /// The scenario is begun in another way: a live one is recorded, an untraced one runs in the fast module, and one
    /// of the other page module in that one.
    WrongKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::UnknownScenario { id } => write!(f, "there is no scenario {id:?}"),
            Problem::Fields { errors } => {
                write!(f, "{}", errors.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; "))
            }
            Problem::WrongKind => write!(f, "the scenario is not begun in this way"),
        }
    }
}

impl std::error::Error for Problem {}
