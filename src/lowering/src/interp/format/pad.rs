//! Widths, precisions and signs.

use crate::mir::FormatSpec;

/// Cut to the precision.
pub(super) fn cut_text(text: &str, spec: &FormatSpec) -> String {
    match spec.precision {
        Some(most) => text.chars().take(most as usize).collect(),
        None => text.to_owned(),
    }
}

/// The most that a width asks for: nobody reads further.
const WIDEST: usize = 10_000;

/// Padded to the width.
pub(super) fn pad(text: &str, spec: &FormatSpec, align: char) -> String {
    let missing = (spec.width.unwrap_or(0) as usize).min(WIDEST).saturating_sub(text.chars().count());
    let (left, right) = match spec.align.unwrap_or(align) {
        '<' => (0, missing),
        '^' => (missing / 2, missing - missing / 2),
        _ => (missing, 0),
    };
    let fill = |n: usize| spec.fill.unwrap_or(' ').to_string().repeat(n);
    format!("{}{text}{}", fill(left), fill(right))
}

/// A number with its sign, its prefix, and zeros between them and the digits.
pub(super) fn pad_number(text: &str, prefix: &str, spec: &FormatSpec) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None if spec.plus => ("+", text),
        None => ("", text),
    };
    if !spec.zero {
        return pad(&format!("{sign}{prefix}{digits}"), spec, '>');
    }
    let taken = sign.len() + prefix.len() + digits.len();
    let zeros = "0".repeat((spec.width.unwrap_or(0) as usize).min(WIDEST).saturating_sub(taken));
    format!("{sign}{prefix}{zeros}{digits}")
}
