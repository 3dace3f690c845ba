//! What stands in a placeholder behind its colon.

use crate::mir::FormatSpec;

/// A spec, the trait that it names, and the names of arguments that hold its width and precision.
type Spec = (FormatSpec, &'static str, Option<String>, Option<String>);

pub(super) fn parse_spec(text: &str) -> Option<Spec> {
    let mut spec = FormatSpec::default();
    let chars = text.chars().collect::<Vec<_>>();
    let mut at = 0;
    let is_align = |c: Option<&char>| matches!(c, Some('<' | '^' | '>'));
    if is_align(chars.get(1)) {
        spec.fill = Some(chars[0]);
        spec.align = Some(chars[1]);
        at = 2;
    } else if is_align(chars.first()) {
        spec.align = Some(chars[0]);
        at = 1;
    }
    if chars.get(at) == Some(&'+') {
        spec.plus = true;
        at += 1;
    }
    if chars.get(at) == Some(&'#') {
        spec.alternate = true;
        at += 1;
    }
    if chars.get(at) == Some(&'0') && chars.get(at + 1) != Some(&'$') {
        spec.zero = true;
        at += 1;
    }
    let count = |at: &mut usize| -> (Option<u32>, Option<String>) {
        let start = *at;
        let mut end = start;
        while chars.get(end).is_some_and(|c| c.is_alphanumeric() || *c == '_') {
            end += 1;
        }
        let word = chars[start..end].iter().collect::<String>();
        if chars.get(end) == Some(&'$') && !word.is_empty() {
            *at = end + 1;
            return (None, Some(word));
        }
        let digits = chars[start..].iter().take_while(|c| c.is_ascii_digit()).collect::<String>();
        *at = start + digits.len();
        (digits.parse().ok(), None)
    };
    let (width, width_arg) = count(&mut at);
    spec.width = width;
    let mut precision_arg = None;
    if chars.get(at) == Some(&'.') {
        at += 1;
        if chars.get(at) == Some(&'*') {
            at += 1;
            precision_arg = Some("*".to_owned());
        } else {
            let (precision, name) = count(&mut at);
            spec.precision = precision;
            precision_arg = name;
        }
    }
    let kind = chars.get(at..)?.iter().collect::<String>();
    let trait_ = match &*kind {
        "" => "Display",
        "?" => "Debug",
        "#?" => {
            spec.alternate = true;
            "Debug"
        }
        "x" => "LowerHex",
        "X" => "UpperHex",
        "b" => "Binary",
        "o" => "Octal",
        "e" => "LowerExp",
        "p" => "Pointer",
        _ => return None,
    };
    Some((spec, trait_, width_arg, precision_arg))
}
