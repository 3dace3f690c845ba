//! What is wrong with a program, or not supported in it, and where.

use crate::span::Span;
use std::fmt;

/// Whose fault it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// rustc refuses it, too.
    Error,
    /// rustc may accept it; this engine does not know it.
    Unsupported,
}

/// A message at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whose fault it is.
    pub severity: Severity,
    /// A sentence without its final stop, in rustc's words where rustc has some.
    pub message: String,
    /// How to write it instead, if there is a way.
    pub help: Option<String>,
    /// Where.
    pub span: Span,
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match self.severity {
            Severity::Error => "error",
            Severity::Unsupported => "not supported",
        };
        write!(f, "{}:{}: {kind}: {}", self.span.line, self.span.col, self.message)?;
        match &self.help {
            Some(help) => write!(f, "\n  help: {help}"),
            None => Ok(()),
        }
    }
}
