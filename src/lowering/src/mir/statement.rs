//! Statements: what cannot branch.

use super::{Local, Place, Rvalue};
use crate::span::Span;

/// A statement and where it comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it does.
    pub kind: StatementKind,
    /// Where it comes from.
    pub span: Span,
}

/// What a statement does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StatementKind {
    /// `place = rvalue`
    Assign(Place, Rvalue),
    /// The local has storage from here.
    StorageLive(Local),
    /// The local has no storage from here.
    StorageDead(Local),
    /// A `match` or `let _ =` names the place without reading it. It is a use of its local.
    PlaceMention(Place),
    /// Nothing.
    Nop,
}
