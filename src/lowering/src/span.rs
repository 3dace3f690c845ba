//! A range of the person's source, as an editor counts it.

use std::fmt;

/// From a line and column, to the line and column behind the last character. All count from 1; columns count characters.
///
/// What the prelude or a macro made has no place in the source: [`Span::NONE`], whose numbers are all 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first line.
    pub line: u32,
    /// The column of the first character.
    pub col: u32,
    /// The last line.
    pub end_line: u32,
    /// The column behind the last character.
    pub end_col: u32,
}

impl Span {
    /// Nowhere in the person's source.
    pub const NONE: Span = Span { line: 0, col: 0, end_line: 0, end_col: 0 };

    /// Whether it is a place in the person's source.
    pub fn is_some(self) -> bool {
        self.line != 0
    }

    /// From the start of this one to the end of the other.
    pub fn to(self, end: Span) -> Span {
        if !self.is_some() || !end.is_some() {
            return if self.is_some() { self } else { end };
        }
        Span { end_line: end.end_line, end_col: end.end_col, ..self }
    }

    /// Its last character.
    pub fn last(self) -> Span {
        Span { line: self.end_line, col: self.end_col.saturating_sub(1), ..self }
    }

    /// The empty range behind it.
    pub fn end(self) -> Span {
        Span { line: self.end_line, col: self.end_col, ..self }
    }
}

impl From<proc_macro2::Span> for Span {
    fn from(span: proc_macro2::Span) -> Span {
        let (start, end) = (span.start(), span.end());
        Span {
            line: start.line as u32,
            col: start.column as u32 + 1,
            end_line: end.line as u32,
            end_col: end.column as u32 + 1,
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Span { line, col, end_line, end_col } = self;
        write!(f, "{line}:{col}: {end_line}:{end_col}")
    }
}
