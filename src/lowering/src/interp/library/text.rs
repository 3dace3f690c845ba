//! `str`, `String` and `char`.

use super::super::engine::{Engine, Pointer, Value};
use super::super::stop::{Run, Stop, unknown};
use super::{Called, Seq};
use crate::ty::{Builtin, Ty, TyKind};

/// What is looked for in a text.
enum Pattern {
    Char(char),
    Text(String),
}

impl Pattern {
    fn find(&self, text: &str) -> Option<(usize, usize)> {
        match self {
            Pattern::Char(c) => text.find(*c).map(|at| (at, c.len_utf8())),
            Pattern::Text(pattern) => text.find(pattern).map(|at| (at, pattern.len())),
        }
    }

    fn text(&self) -> String {
        match self {
            Pattern::Char(c) => c.to_string(),
            Pattern::Text(text) => text.clone(),
        }
    }
}

impl Engine {
    /// Makes a `String`.
    pub(in super::super) fn set_string(&self, to: u32, text: &str) -> Run<()> {
        let at = self.allocate(text.len() as u64)?;
        self.set_bytes(at, text.as_bytes())?;
        Seq { capacity: text.len() as u32, at, len: text.len() as u32 }.write(self, to)
    }

    /// The text of a `String`, a `&str`, or a reference to such.
    pub(super) fn text_of(&self, value: Value) -> Run<String> {
        match (self.kind(value.ty), self.builtin(value.ty)) {
            (TyKind::Ref(_, to), _) => {
                let Pointer { at, meta } = self.pointer(value.at, *to)?;
                match self.kind(*to) {
                    TyKind::Str => self.str(Pointer { at, meta }),
                    _ => self.text_of(Value { at, ty: *to }),
                }
            }
            (_, Some(Builtin::String)) => {
                let seq = Seq::read(self, value.at)?;
                self.str(Pointer { at: seq.at, meta: seq.len })
            }
            _ => unknown("a text"),
        }
    }

    /// Whether texts may be cut at these places.
    pub(super) fn check_boundary(&self, ty: Ty, at: u32, places: &[u32], len: u32) -> Run<()> {
        if !matches!(self.kind(ty), TyKind::Str) && self.builtin(ty) != Some(Builtin::String) {
            return Ok(());
        }
        let text = self.str(Pointer { at, meta: len })?;
        match places.iter().find(|&&place| !text.is_char_boundary(place as usize)) {
            Some(place) => Err(Box::new(Stop::Panic(format!("byte index {place} is not a char boundary")))),
            None => Ok(()),
        }
    }

    fn pattern(&self, value: Value) -> Run<Pattern> {
        match self.kind(value.ty) {
            TyKind::Char => Ok(Pattern::Char(self.char_at(value.at)?)),
            _ => self.text_of(value).map(Pattern::Text),
        }
    }

    fn char_at(&self, at: u32) -> Run<char> {
        char::from_u32(self.word(at)?).map_or_else(|| unknown("a char"), Ok)
    }

    fn set_part(&self, to: u32, whole: Pointer, start: usize, end: usize) -> Run<()> {
        self.set_word(to, whole.at.wrapping_add(start as u32))?;
        self.set_word(to.wrapping_add(4), (end - start) as u32)
    }

    pub(super) fn text_intrinsic(&self, called: &Called<'_>) -> Run<bool> {
        match called.split() {
            ("str", method) => self.str_method(method, called),
            ("String", method) => self.string_method(method, called),
            ("char", method) => self.char_method(method, called),
            ("From" | "Into", "from" | "into") => self.text_from(called),
            ("ToOwned", "to_owned") | ("AsRef", "as_ref") => {
                let own = called.arg(0)?;
                if called.name == "ToOwned::to_owned" {
                    self.set_string(called.to.at, &self.text_of(own)?)?;
                } else {
                    let (own, meta) = self.target(own)?;
                    let Some((at, _, len)) = self.sequence(own, meta)? else { return Ok(false) };
                    self.set_part(called.to.at, Pointer { at, meta: 0 }, 0, len as usize)?;
                }
                Ok(true)
            }
            ("Add", "add") if self.builtin(called.to.ty) == Some(Builtin::String) => {
                let seq = Seq::read(self, called.arg(0)?.at)?;
                self.push_text(seq, &self.text_of(called.arg(1)?)?, called.to.at)?;
                Ok(true)
            }
            _ => Ok(false),
        }
    }

    /// Writes a `String` of the same buffer with more text.
    pub(in super::super) fn push_text(&self, seq: Seq, more: &str, to: u32) -> Run<()> {
        let seq = self.reserve(seq, more.len() as u32, crate::ty::Types::U8)?;
        self.set_bytes(seq.at.wrapping_add(seq.len), more.as_bytes())?;
        Seq { len: seq.len + more.len() as u32, ..seq }.write(self, to)
    }

    fn text_from(&self, called: &Called<'_>) -> Run<bool> {
        let (value, to) = (called.arg(0)?, called.to);
        match (self.builtin(to.ty), self.kind(value.ty)) {
            (Some(Builtin::String), TyKind::Char) => self.set_string(to.at, &self.char_at(value.at)?.to_string())?,
            (Some(Builtin::String), _) => self.set_string(to.at, &self.text_of(value)?)?,
            (Some(Builtin::Rc), _) => {
                let (text, meta) = self.target(value)?;
                let rc = self.new_rc(text.ty, text.at, meta.into(), meta)?;
                self.set_word(to.at, rc)?;
                self.set_word(to.at.wrapping_add(4), meta)?;
            }
            (Some(Builtin::Box), _) => {
                let (text, meta) = self.target(value)?;
                let at = self.allocate(meta.into())?;
                self.copy(text.at, at, meta.into())?;
                self.set_word(to.at, at)?;
                self.set_word(to.at.wrapping_add(4), meta)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn str_method(&self, method: &str, called: &Called<'_>) -> Run<bool> {
        let to = called.to;
        let (own, meta) = self.target(called.arg(0)?)?;
        let Some((at, _, len)) = self.sequence(own, meta)? else { return unknown("a text") };
        let whole = Pointer { at, meta: len as u32 };
        let text = self.str(whole)?;
        let set_bool = |is: bool| self.set_number(to.at, 1, is.into());
        let place = |part: &str| {
            (part.as_ptr().addr() - text.as_ptr().addr(), part.as_ptr().addr() - text.as_ptr().addr() + part.len())
        };
        let set_str = |to: u32, part: &str| self.set_part(to, whole, place(part).0, place(part).1);
        let pattern = || self.pattern(called.arg(1)?);
        match method {
            "len" => self.set_word(to.at, whole.meta)?,
            "chars" | "split_whitespace" | "lines" => {
                self.set_word(to.at, at)?;
                self.set_word(to.at.wrapping_add(4), at.wrapping_add(whole.meta))?;
            }
            "as_bytes" | "as_str" => self.set_part(to.at, whole, 0, text.len())?,
            "to_uppercase" => self.set_string(to.at, &text.to_uppercase())?,
            "to_lowercase" => self.set_string(to.at, &text.to_lowercase())?,
            "to_ascii_uppercase" => self.set_string(to.at, &text.to_ascii_uppercase())?,
            "to_ascii_lowercase" => self.set_string(to.at, &text.to_ascii_lowercase())?,
            "eq_ignore_ascii_case" => set_bool(text.eq_ignore_ascii_case(&self.text_of(called.arg(1)?)?))?,
            "trim" => set_str(to.at, text.trim())?,
            "trim_start" => set_str(to.at, text.trim_start())?,
            "trim_end" => set_str(to.at, text.trim_end())?,
            "repeat" => {
                let n = self.index(called, 1)?;
                if u64::from(n) * text.len() as u64 > u64::from(self.bounds.memory) {
                    return Err(Box::new(Stop::Limit(super::super::stop::Limit::Memory(self.bounds.memory))));
                }
                self.set_string(to.at, &text.repeat(n as usize))?;
            }
            "contains" => set_bool(pattern()?.find(&text).is_some())?,
            "starts_with" => set_bool(text.starts_with(&pattern()?.text()))?,
            "ends_with" => set_bool(text.ends_with(&pattern()?.text()))?,
            "find" => self.set_option_number(to, pattern()?.find(&text).map(|(at, _)| at as u128))?,
            "replace" => {
                let (from, into) = (pattern()?.text(), self.text_of(called.arg(2)?)?);
                self.set_string(to.at, &text.replace(&from, &into))?;
            }
            "strip_prefix" | "strip_suffix" => {
                let part = pattern()?.text();
                let rest = if method == "strip_prefix" { text.strip_prefix(&part) } else { text.strip_suffix(&part) };
                self.set_option(to, rest.map(|rest| move |part: Value| set_str(part.at, rest)))?;
            }
            "split_once" => {
                let found = pattern()?.find(&text);
                let write = found.map(|(start, len)| {
                    let text = &text;
                    move |part: Value| {
                        self.set_part(self.part(part, 0, 0)?.at, whole, 0, start)?;
                        self.set_part(self.part(part, 0, 1)?.at, whole, start + len, text.len())
                    }
                });
                self.set_option(to, write)?;
            }
            "split" => {
                let pattern = called.arg(1)?;
                self.set_word(to.at, at)?;
                self.set_word(to.at.wrapping_add(4), at.wrapping_add(whole.meta))?;
                self.set_word(to.at.wrapping_add(8), 0)?;
                self.copy(pattern.at, to.at.wrapping_add(12), self.size(pattern.ty)?)?;
            }
            "get" => {
                let range = self.range(called.arg(1)?, whole.meta).ok();
                let part = range.and_then(|(start, end)| text.get(start as usize..end as usize));
                self.set_option(to, part.map(|part| move |out: Value| set_str(out.at, part)))?;
            }
            "is_char_boundary" => set_bool(text.is_char_boundary(self.index(called, 1)? as usize))?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn string_method(&self, method: &str, called: &Called<'_>) -> Run<bool> {
        let to = called.to;
        match method {
            "new" | "with_capacity" => {
                let capacity = if method == "new" { 0 } else { self.index(called, 0)? };
                let at = self.allocate(capacity.into())?;
                Seq { capacity, at, len: 0 }.write(self, to.at)?;
                return Ok(true);
            }
            "into_bytes" => {
                self.copy(called.arg(0)?.at, to.at, 12)?;
                return Ok(true);
            }
            "from_utf8" => {
                let bytes = called.arg(0)?;
                let seq = Seq::read(self, bytes.at)?;
                let is_text = std::str::from_utf8(&self.bytes(seq.at, seq.len.into())?).is_ok();
                let variant = usize::from(!is_text);
                let part = self.part(to, variant, 0)?;
                // The error keeps the bytes behind its own two words.
                self.copy(bytes.at, part.at.wrapping_add(if is_text { 0 } else { 8 }), 12)?;
                self.set_variant(to, variant)?;
                return Ok(true);
            }
            _ => {}
        }
        let own = self.behind(called.arg(0)?)?;
        let seq = Seq::read(self, own.at)?;
        let text = || self.str(Pointer { at: seq.at, meta: seq.len });
        let replace = |new: &str| self.push_text(Seq { len: 0, ..seq }, new, own.at);
        match method {
            "len" => self.set_word(to.at, seq.len)?,
            "capacity" => self.set_word(to.at, seq.capacity)?,
            "as_str" => self.set_part(to.at, Pointer { at: seq.at, meta: 0 }, 0, seq.len as usize)?,
            "push" => {
                let c = self.char_at(called.arg(1)?.at)?;
                self.push_text(seq, c.encode_utf8(&mut [0; 4]), own.at)?;
            }
            "push_str" => self.push_text(seq, &self.text_of(called.arg(1)?)?, own.at)?,
            "pop" => {
                let last = text()?.chars().next_back();
                let len = seq.len - last.map_or(0, |c| c.len_utf8() as u32);
                Seq { len, ..seq }.write(self, own.at)?;
                self.set_option_number(to, last.map(|c| u32::from(c).into()))?;
            }
            "clear" => Seq { len: 0, ..seq }.write(self, own.at)?,
            "truncate" => {
                let len = self.index(called, 1)?;
                if len < seq.len {
                    self.check_boundary(own.ty, seq.at, &[len], seq.len)?;
                    Seq { len, ..seq }.write(self, own.at)?;
                }
            }
            "insert" | "insert_str" => {
                let (mut whole, index) = (text()?, self.index(called, 1)? as usize);
                let what = called.arg(2)?;
                let more = if method == "insert" { self.char_at(what.at)?.to_string() } else { self.text_of(what)? };
                if !whole.is_char_boundary(index) {
                    return Err(Stop::panic("assertion failed: self.is_char_boundary(idx)"));
                }
                whole.insert_str(index, &more);
                replace(&whole)?;
            }
            "remove" => {
                let (mut whole, index) = (text()?, self.index(called, 1)? as usize);
                if whole.get(index..).is_none_or(str::is_empty) {
                    return Err(Stop::panic("cannot remove a char from the end of a string"));
                }
                let c = whole.remove(index);
                replace(&whole)?;
                self.set_word(to.at, c.into())?;
            }
            _ => return self.str_method(method, called),
        }
        Ok(true)
    }

    fn char_method(&self, method: &str, called: &Called<'_>) -> Run<bool> {
        let to = called.to;
        let own = called.arg(0)?;
        let set_option_char = |c: Option<char>| self.set_option_number(to, c.map(|c| u32::from(c).into()));
        match method {
            "from_u32" => return set_option_char(char::from_u32(self.word(own.at)?)).map(|()| true),
            "from_digit" => {
                let (digit, radix) = (self.word(own.at)?, self.index(called, 1)?);
                return set_option_char((radix <= 36).then(|| char::from_digit(digit, radix)).flatten()).map(|()| true);
            }
            _ => {}
        }
        let at = if matches!(self.kind(own.ty), TyKind::Ref(..)) { self.word(own.at)? } else { own.at };
        let c = self.char_at(at)?;
        let radix = || Ok::<_, Box<Stop>>(self.index(called, 1)?.clamp(2, 36));
        let is = match method {
            "is_alphabetic" => c.is_alphabetic(),
            "is_numeric" => c.is_numeric(),
            "is_alphanumeric" => c.is_alphanumeric(),
            "is_whitespace" => c.is_whitespace(),
            "is_uppercase" => c.is_uppercase(),
            "is_lowercase" => c.is_lowercase(),
            "is_ascii" => c.is_ascii(),
            "is_ascii_digit" => c.is_ascii_digit(),
            "is_ascii_alphabetic" => c.is_ascii_alphabetic(),
            "is_ascii_uppercase" => c.is_ascii_uppercase(),
            "is_ascii_lowercase" => c.is_ascii_lowercase(),
            "is_ascii_punctuation" => c.is_ascii_punctuation(),
            "is_digit" => c.is_digit(radix()?),
            "to_digit" => return self.set_option_number(to, c.to_digit(radix()?).map(Into::into)).map(|()| true),
            "to_ascii_uppercase" => return self.set_word(to.at, c.to_ascii_uppercase().into()).map(|()| true),
            "to_ascii_lowercase" => return self.set_word(to.at, c.to_ascii_lowercase().into()).map(|()| true),
            "len_utf8" => return self.set_word(to.at, c.len_utf8() as u32).map(|()| true),
            _ => return Ok(false),
        };
        self.set_number(to.at, 1, is.into())?;
        Ok(true)
    }

    /// The next part of a text, for iterators: from where to where in what is left, and where the rest begins. None at the end.
    pub(super) fn next_text(&self, name: &str, iterator: Value) -> Run<Option<(u32, u32)>> {
        let (at, end) = (self.word(iterator.at)?, self.word(iterator.at.wrapping_add(4))?);
        let text = self.str(Pointer { at, meta: end.wrapping_sub(at) })?;
        let go_on = |from: usize| self.set_word(iterator.at, at.wrapping_add(from as u32));
        Ok(match name {
            "Split" => {
                if self.word(iterator.at.wrapping_add(8))? != 0 {
                    return Ok(None);
                }
                let pattern =
                    self.pattern(Value { at: iterator.at.wrapping_add(12), ty: self.argument(iterator.ty)? })?;
                match pattern.find(&text) {
                    Some((start, len)) => {
                        go_on(start + len)?;
                        Some((at, start as u32))
                    }
                    None => {
                        self.set_word(iterator.at.wrapping_add(8), 1)?;
                        Some((at, text.len() as u32))
                    }
                }
            }
            "SplitWhitespace" => {
                let rest = text.trim_start();
                let skipped = text.len() - rest.len();
                let len = rest.find(char::is_whitespace).unwrap_or(rest.len());
                go_on(skipped + len)?;
                (len > 0).then_some((at.wrapping_add(skipped as u32), len as u32))
            }
            _ => {
                if text.is_empty() {
                    return Ok(None);
                }
                let (line, next) = match text.find('\n') {
                    Some(i) => (&text[..i], i + 1),
                    None => (&text[..], text.len()),
                };
                go_on(next)?;
                Some((at, line.strip_suffix('\r').unwrap_or(line).len() as u32))
            }
        })
    }

    /// The next char from the front or the back.
    pub(super) fn next_char(&self, chars: Value, from_back: bool) -> Run<Option<char>> {
        let (at, end) = (self.word(chars.at)?, self.word(chars.at.wrapping_add(4))?);
        let text = self.str(Pointer { at, meta: end.wrapping_sub(at) })?;
        let next = if from_back { text.chars().next_back() } else { text.chars().next() };
        if let Some(c) = next {
            let len = c.len_utf8() as u32;
            if from_back {
                self.set_word(chars.at.wrapping_add(4), end.wrapping_sub(len))?
            } else {
                self.set_word(chars.at, at.wrapping_add(len))?
            }
        }
        Ok(next)
    }
}
