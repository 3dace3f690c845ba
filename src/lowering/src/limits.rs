//! What is refused before it is parsed, since parsing it, or dropping what was parsed, would need more stack than there is.

use crate::diagnostic::{Diagnostic, Severity};
use crate::span::Span;

/// Brackets within brackets.
const MAX_NESTING: u32 = 60;
/// Characters of one statement.
const MAX_STATEMENT: u32 = 8_000;
/// Operators before an operand, or `else if` after `else if`.
const MAX_RUN: u32 = 60;
/// Bytes of a program.
const MAX_SOURCE: usize = 400_000;

/// The first thing that is too large, if any.
pub(crate) fn check(source: &str) -> Option<Diagnostic> {
    let too_large = |line: u32, col: u32, message: &str| {
        let span = Span { line, col, end_line: line, end_col: col + 1 };
        Some(Diagnostic { severity: Severity::Unsupported, message: message.to_owned(), help: None, span })
    };
    if source.len() > MAX_SOURCE {
        return too_large(1, 1, "programs of more than 400,000 bytes are not supported");
    }
    let (mut depth, mut statement, mut run, mut elses) = (0u32, 0u32, 0u32, 0u32);
    let (mut line, mut col) = (1, 0);
    let mut word = String::new();
    for c in source.chars() {
        col += 1;
        if c == '\n' {
            line += 1;
            col = 0;
        }
        match c {
            '(' | '[' | '{' | '<' | '|' => depth += u32::from(c != '<' && c != '|'),
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        statement = if matches!(c, ';' | '{' | '}') { 0 } else { statement + 1 };
        run = match c {
            '!' | '-' | '*' | '&' | '<' | '|' | '?' | ':' => run + 1,
            c if c.is_whitespace() => run,
            _ => 0,
        };
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
        } else {
            match &*word {
                "else" => elses += 1,
                "fn" | "let" | "return" => elses = 0,
                _ => {}
            }
            word.clear();
        }
        if depth > MAX_NESTING {
            return too_large(line, col, "brackets that are nested this deep are not supported");
        }
        if statement > MAX_STATEMENT {
            return too_large(line, col, "statements of more than 8,000 characters are not supported");
        }
        if run > MAX_RUN || elses > MAX_RUN {
            return too_large(line, col, "this many operators in a row are not supported");
        }
    }
    None
}
