//! Formatting: `{}`, `{:?}` and their like, by the shapes of types; what `log!`, `format!` and `panic!` are made of.
//!
//! `Arguments` are two words: the format string and its arguments, or a text and its length with a bit. An `Argument` is the address
//! of a value, and which of the shown types and traits it is.

use super::engine::{Engine, Pointer, Value, Wakes};
use super::library::{Called, Seq};
use super::stop::{Run, Stop, unknown};
use crate::mir::{BodyId, FormatPiece, FormatSpec, Local};
use crate::ty::{Builtin, Ty, TyKind};
use pollscope::prelude;
use std::fmt::{self, Write};

/// A value that is shown by the standard library's own helpers, so that `{:#?}` is exactly theirs.
struct Shown<'a> {
    engine: &'a Engine,
    value: Value,
    meta: u32,
    wakes: Wakes<'a>,
}

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let result = self.engine.deeper(|| self.engine.debug(self.value, self.meta, f, self.wakes));
        result.map_err(|why| {
            self.engine.stop(why);
            fmt::Error
        })
    }
}

/// What a formatter of the standard library says: nothing ever fails but the interpreter.
fn ok(result: fmt::Result) -> Run<()> {
    result.map_err(|_| Stop::Unknown("how to show a value".into()))
}

impl Engine {
    fn shown<'a>(&'a self, value: Value, meta: u32, wakes: Wakes<'a>) -> Shown<'a> {
        Shown { engine: self, value, meta, wakes }
    }

    fn debug<'a>(&'a self, value: Value, meta: u32, f: &mut fmt::Formatter<'_>, wakes: Wakes<'a>) -> Run<()> {
        if let Some(&body) = self.program.impls.get(&("Debug::fmt".to_owned(), value.ty)) {
            return ok(f.write_str(&self.show_by(body, value, wakes)?));
        }
        let types = &self.program.types;
        match self.kind(value.ty) {
            TyKind::Ref(_, to) => {
                let Pointer { at, meta } = self.pointer(value.at, *to)?;
                ok(fmt::Debug::fmt(&self.shown(Value { at, ty: *to }, meta, wakes), f))
            }
            TyKind::Str => ok(fmt::Debug::fmt(&self.str(Pointer { at: value.at, meta })?, f)),
            TyKind::Char => ok(fmt::Debug::fmt(&char::from_u32(self.word(value.at)?).unwrap_or_default(), f)),
            TyKind::Tuple(fields) if fields.is_empty() => ok(f.write_str("()")),
            TyKind::Tuple(fields) => {
                let mut tuple = f.debug_tuple("");
                for i in 0..fields.len() {
                    tuple.field(&self.shown(self.part(value, 0, i)?, 0, wakes));
                }
                ok(tuple.finish())
            }
            TyKind::Array(..) | TyKind::Slice(_) => self.debug_items(value, meta, f, wakes),
            TyKind::Adt(_, args) => match (self.builtin(value.ty), &args[..]) {
                (Some(Builtin::String), _) => {
                    let seq = Seq::read(self, value.at)?;
                    ok(fmt::Debug::fmt(&self.str(Pointer { at: seq.at, meta: seq.len })?, f))
                }
                (Some(Builtin::Vec), _) => self.debug_items(value, meta, f, wakes),
                (Some(Builtin::VecDeque), &[item]) => {
                    let mut list = f.debug_list();
                    let size = self.size(item)?;
                    let ring = super::library::ring(self, value.at)?;
                    for i in 0..ring.len {
                        list.entry(&self.shown(Value { at: ring.item(i, size), ty: item }, 0, wakes));
                    }
                    ok(list.finish())
                }
                (Some(Builtin::BTreeMap | Builtin::HashMap), _) => {
                    let mut map = f.debug_map();
                    for (key, value) in self.map_entries(value)? {
                        map.entry(&self.shown(key, 0, wakes), &self.shown(value, 0, wakes));
                    }
                    ok(map.finish())
                }
                (Some(Builtin::Box | Builtin::Rc), &[to, ..]) => {
                    let Pointer { at, meta } = self.inside(value, to)?;
                    ok(fmt::Debug::fmt(&self.shown(Value { at, ty: to }, meta, wakes), f))
                }
                (Some(Builtin::MutexGuard | Builtin::CellRef | Builtin::CellRefMut), &[to, ..]) => {
                    let at = match self.builtin(value.ty) {
                        Some(Builtin::MutexGuard) => self.part(self.behind(self.part(value, 0, 0)?)?, 0, 1)?.at,
                        _ => self.word(value.at)?,
                    };
                    ok(fmt::Debug::fmt(&self.shown(Value { at, ty: to }, 0, wakes), f))
                }
                (Some(Builtin::Arguments), _) => ok(f.write_str(&self.arguments_text(value, wakes)?)),
                _ => self.debug_fields(value, f, wakes),
            },
            TyKind::Bool | TyKind::Int(_) | TyKind::Float(_) => self.debug_number(value, f),
            _ => unknown(format!("how to show `{}`", types.name(value.ty))),
        }
    }

    fn debug_number(&self, value: Value, f: &mut fmt::Formatter<'_>) -> Run<()> {
        let size = self.size(value.ty)?;
        let bits = self.number(value.at, size)?;
        ok(match self.kind(value.ty) {
            TyKind::Bool => fmt::Debug::fmt(&(bits != 0), f),
            TyKind::Float(32) => fmt::Debug::fmt(&f32::from_bits(bits as u32), f),
            TyKind::Float(_) => fmt::Debug::fmt(&f64::from_bits(bits as u64), f),
            TyKind::Int(int) if int.is_signed() => fmt::Debug::fmt(&super::arith::signed(bits, size), f),
            _ => fmt::Debug::fmt(&bits, f),
        })
    }

    fn debug_items<'a>(&'a self, value: Value, meta: u32, f: &mut fmt::Formatter<'_>, wakes: Wakes<'a>) -> Run<()> {
        let Some((at, item, len)) = self.sequence(value, meta)? else { return unknown("a slice") };
        let size = self.size(item)?;
        let mut list = f.debug_list();
        for i in 0..len {
            list.entry(&self.shown(Value { at: at.wrapping_add((i * size) as u32), ty: item }, 0, wakes));
        }
        ok(list.finish())
    }

    fn debug_fields<'a>(&'a self, value: Value, f: &mut fmt::Formatter<'_>, wakes: Wakes<'a>) -> Run<()> {
        let types = &self.program.types;
        let Some(def) = types.adt(value.ty) else { return unknown("how to show a type") };
        match def.name.as_str() {
            "core::num::error::ParseIntError" => {
                let kinds = ["Empty", "InvalidDigit", "PosOverflow", "NegOverflow", "Zero"];
                let kind = kinds.get(self.number(value.at, 1)? as usize).unwrap_or(&"Empty");
                return ok(f.debug_struct("ParseIntError").field("kind", &format_args!("{kind}")).finish());
            }
            "core::num::error::TryFromIntError" => return ok(f.debug_tuple("TryFromIntError").field(&()).finish()),
            "Range" | "RangeInclusive" => {
                let (start, end) = (self.part(value, 0, 0)?, self.part(value, 0, 1)?);
                let dots = if def.name == "Range" { ".." } else { "..=" };
                ok(fmt::Debug::fmt(&self.shown(start, 0, wakes), f))?;
                ok(f.write_str(dots))?;
                return ok(fmt::Debug::fmt(&self.shown(end, 0, wakes), f));
            }
            _ => {}
        }
        let index = if def.is_enum { self.variant(value)? } else { 0 };
        let (Some(variant), Some(shape)) = (types.variants(value.ty).get(index), def.variants.get(index)) else {
            return unknown(format!("how to show `{}`", types.name(value.ty)));
        };
        let name = variant.name.rsplit("::").next().unwrap_or_default();
        if variant.fields.is_empty() {
            return ok(f.write_str(name));
        }
        if shape.is_tuple {
            let mut tuple = f.debug_tuple(name);
            for i in 0..variant.fields.len() {
                tuple.field(&self.shown(self.part(value, index, i)?, 0, wakes));
            }
            return ok(tuple.finish());
        }
        let mut fields = f.debug_struct(name);
        for (i, field) in variant.fields.iter().enumerate() {
            fields.field(&field.name, &self.shown(self.part(value, index, i)?, 0, wakes));
        }
        ok(fields.finish())
    }

    /// What a `fmt` of the person's own writes.
    fn show_by(&self, body: BodyId, value: Value, wakes: Wakes<'_>) -> Run<String> {
        let Some(formatter) = self.program.body(body).locals.get(2).and_then(|decl| self.pointee(decl.ty)) else {
            return unknown("a formatter");
        };
        let number = {
            let mut buffers = self.buffers.borrow_mut();
            buffers.push(String::new());
            buffers.len() as u32 - 1
        };
        let result = self.program.body(body).local(Local::RETURN).ty;
        let called = self.with_room(formatter, |own| {
            self.set_word(own.at, number)?;
            self.with_room(result, |room| {
                self.with_reference(body, 1, value, |value| {
                    self.with_reference(body, 2, own, |own| {
                        self.deeper(|| self.call_body(body, &[value, own], room.at, wakes))
                    })
                })
            })
        });
        let text = self.buffers.borrow_mut().pop().unwrap_or_default();
        called.map(|()| text)
    }

    /// The text of a value as a trait of formatting shows it, without width; and how it is padded.
    fn show(&self, how: &str, value: Value, meta: u32, spec: &FormatSpec, wakes: Wakes<'_>) -> Run<String> {
        let alternate = spec.alternate;
        if how == "debug" {
            let shown = self.shown(value, meta, wakes);
            let mut out = String::new();
            let written = if alternate { write!(out, "{shown:#?}") } else { write!(out, "{shown:?}") };
            self.check()?;
            ok(written)?;
            return self.finish_number(value.ty, out, spec);
        }
        let trait_name = match how {
            "display" => "Display::fmt",
            "lower_hex" => "LowerHex::fmt",
            "upper_hex" => "UpperHex::fmt",
            "binary" => "Binary::fmt",
            "octal" => "Octal::fmt",
            "lower_exp" => "LowerExp::fmt",
            _ => return unknown(format!("`{how}` of formatting")),
        };
        if let Some(&body) = self.program.impls.get(&(trait_name.to_owned(), value.ty)) {
            return self.show_by(body, value, wakes);
        }
        let kind = self.kind(value.ty);
        match kind {
            TyKind::Ref(_, to) => {
                let Pointer { at, meta } = self.pointer(value.at, *to)?;
                return self.deeper(|| self.show(how, Value { at, ty: *to }, meta, spec, wakes));
            }
            TyKind::Str => return Ok(pad(&cut_text(&self.str(Pointer { at: value.at, meta })?, spec), spec, '<')),
            TyKind::Char => {
                return Ok(pad(&char::from_u32(self.word(value.at)?).unwrap_or_default().to_string(), spec, '<'));
            }
            TyKind::Bool => return Ok(pad(if self.number(value.at, 1)? != 0 { "true" } else { "false" }, spec, '<')),
            TyKind::Float(bits) => {
                let number = self.number(value.at, u64::from(*bits / 8))?;
                let (wide, narrow) = (f64::from_bits(number as u64), f32::from_bits(number as u32));
                let text = match (spec.precision, how, bits) {
                    (_, "lower_exp", 32) => format!("{narrow:e}"),
                    (_, "lower_exp", _) => format!("{wide:e}"),
                    (Some(p), _, 32) => format!("{narrow:.*}", p as usize),
                    (Some(p), ..) => format!("{wide:.*}", p as usize),
                    (None, _, 32) => narrow.to_string(),
                    _ => wide.to_string(),
                };
                return self.finish_number(value.ty, text, spec);
            }
            TyKind::Int(int) => {
                let size = self.size(value.ty)?;
                let bits = self.number(value.at, size)?;
                let text = match how {
                    "lower_hex" => format!("{bits:x}"),
                    "upper_hex" => format!("{bits:X}"),
                    "binary" => format!("{bits:b}"),
                    "octal" => format!("{bits:o}"),
                    "lower_exp" => return unknown("`{:e}` of an integer"),
                    _ if int.is_signed() => super::arith::signed(bits, size).to_string(),
                    _ => bits.to_string(),
                };
                let prefix = match how {
                    "lower_hex" | "upper_hex" => "0x",
                    "binary" => "0b",
                    "octal" => "0o",
                    _ => "",
                };
                return Ok(pad_number(&text, if alternate { prefix } else { "" }, spec));
            }
            _ => {}
        }
        match (self.builtin(value.ty), self.arguments(value.ty)) {
            (Some(Builtin::String), _) => {
                let seq = Seq::read(self, value.at)?;
                Ok(pad(&cut_text(&self.str(Pointer { at: seq.at, meta: seq.len })?, spec), spec, '<'))
            }
            (Some(Builtin::Box | Builtin::Rc), &[to, ..]) => {
                let Pointer { at, meta } = self.inside(value, to)?;
                self.deeper(|| self.show(how, Value { at, ty: to }, meta, spec, wakes))
            }
            (Some(Builtin::MutexGuard), &[to]) => {
                let at = self.part(self.behind(self.part(value, 0, 0)?)?, 0, 1)?.at;
                self.deeper(|| self.show(how, Value { at, ty: to }, 0, spec, wakes))
            }
            (Some(Builtin::CellRef | Builtin::CellRefMut), &[to]) => {
                let at = self.word(value.at)?;
                self.deeper(|| self.show(how, Value { at, ty: to }, 0, spec, wakes))
            }
            (Some(Builtin::Arguments), _) => self.arguments_text(value, wakes),
            _ => self.show_error(value),
        }
    }

    /// The errors of std that are shown.
    fn show_error(&self, value: Value) -> Run<String> {
        let name = self.program.types.adt(value.ty).map_or("", |def| def.name.as_str());
        Ok(match name {
            "core::num::error::TryFromIntError" => "out of range integral type conversion attempted".into(),
            "core::num::error::ParseIntError" => {
                let texts = [
                    "cannot parse integer from empty string",
                    "invalid digit found in string",
                    "number too large to fit in target type",
                    "number too small to fit in target type",
                    "number would be zero for non-zero type",
                ];
                texts.get(self.number(value.at, 1)? as usize).copied().unwrap_or_default().into()
            }
            "core::fmt::Error" => "an error occurred when formatting an argument".into(),
            _ => return unknown(format!("how to show `{}`", self.program.types.name(value.ty))),
        })
    }

    fn finish_number(&self, ty: Ty, text: String, spec: &FormatSpec) -> Run<String> {
        Ok(match self.kind(ty) {
            TyKind::Int(_) | TyKind::Float(_) => pad_number(&text, "", spec),
            TyKind::Ref(_, to) => return self.finish_number(*to, text, spec),
            TyKind::Bool | TyKind::Char | TyKind::Str => pad(&text, spec, '<'),
            TyKind::Adt(..) if self.builtin(ty) == Some(Builtin::String) => pad(&text, spec, '<'),
            TyKind::Adt(..)
                if spec.width.is_some() && self.program.types.variants(ty).iter().all(|v| v.fields.is_empty()) =>
            {
                pad(&text, spec, '<')
            }
            _ => text,
        })
    }

    /// The text of `Arguments`.
    pub(super) fn arguments_text(&self, arguments: Value, wakes: Wakes<'_>) -> Run<String> {
        let (template, args) = (self.word(arguments.at)?, self.word(arguments.at.wrapping_add(4))?);
        if args & 1 == 1 {
            return self.str(Pointer { at: template, meta: args >> 1 });
        }
        let Some(pieces) = self.templates.borrow().get(&template).cloned() else { return unknown("a format string") };
        let mut out = String::new();
        for piece in pieces.iter() {
            match piece {
                FormatPiece::Text(text) => out.push_str(text),
                FormatPiece::Argument(index, spec) => {
                    let from_arg = |arg: Option<u32>| match arg {
                        Some(i) => self.word(self.word(args.wrapping_add(i.wrapping_mul(8)))?).map(Some),
                        None => Ok(None),
                    };
                    let spec = FormatSpec {
                        width: spec.width.or(from_arg(spec.width_arg)?),
                        precision: spec.precision.or(from_arg(spec.precision_arg)?),
                        ..spec.clone()
                    };
                    out.push_str(&self.argument_text(args.wrapping_add(index.wrapping_mul(8)), &spec, wakes)?);
                }
            }
        }
        Ok(out)
    }

    fn argument_text(&self, argument: u32, spec: &FormatSpec, wakes: Wakes<'_>) -> Run<String> {
        let (at, what) = (self.word(argument)?, self.word(argument.wrapping_add(4))?);
        let known = self.shown.borrow().get((what as usize).wrapping_sub(1)).cloned();
        let Some((ty, how)) = known else { return unknown("an argument of formatting") };
        // One that is unsized was stored as a reference.
        self.deeper(|| self.show(&how, Value { at, ty }, 0, spec, wakes))
    }

    pub(super) fn format_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let to = called.to;
        if let Some(how) = called.name.strip_prefix("Argument::new_").or_else(|| called.name.strip_prefix("Argument::"))
        {
            let reference = called.arg(0)?;
            let Some(ty) = self.pointee(reference.ty) else { return unknown("an argument of formatting") };
            let how = how.strip_suffix("::new").unwrap_or(how).to_owned();
            let (at, ty) = if self.is_unsized(ty) {
                let at = self.allocate(8)?;
                self.copy(reference.at, at, 8)?;
                (at, reference.ty)
            } else {
                (self.word(reference.at)?, ty)
            };
            let mut shown = self.shown.borrow_mut();
            let known = shown.iter().position(|known| known.0 == ty && known.1 == how);
            let what = known.unwrap_or_else(|| {
                shown.push((ty, how));
                shown.len() - 1
            });
            drop(shown);
            self.set_word(to.at, at)?;
            self.set_word(to.at.wrapping_add(4), what as u32 + 1)?;
            return Ok(true);
        }
        match called.name {
            "Arguments::new" => {
                self.set_word(to.at, self.word(called.arg(0)?.at)?)?;
                self.set_word(to.at.wrapping_add(4), self.word(called.arg(1)?.at)?)?;
            }
            "Arguments::from_str" => {
                let text = called.arg(0)?;
                self.set_word(to.at, self.word(text.at)?)?;
                self.set_word(to.at.wrapping_add(4), self.word(text.at.wrapping_add(4))? << 1 | 1)?;
            }
            "log" => prelude::log_line(format_args!("{}", self.arguments_text(called.arg(0)?, wakes)?)),
            "println" => {
                let text = self.arguments_text(called.arg(0)?, wakes)?;
                prelude::log_line(format_args!("{}", text.strip_suffix('\n').unwrap_or(&text)));
            }
            "format" => self.set_string(to.at, &self.arguments_text(called.arg(0)?, wakes)?)?,
            "ToString::to_string" => {
                let (value, meta) = self.target(called.arg(0)?)?;
                self.set_string(to.at, &self.show("display", value, meta, &FormatSpec::default(), wakes)?)?;
            }
            "panic_fmt" => return Err(Stop::Panic(self.arguments_text(called.arg(0)?, wakes)?)),
            "panic" => {
                let text = self.pointer(called.arg(0)?.at, crate::ty::Types::STR)?;
                return Err(Stop::Panic(self.str(text)?));
            }
            "unreachable_display" => {
                let (value, meta) = self.target(called.arg(0)?)?;
                let text = self.show("display", value, meta, &FormatSpec::default(), wakes)?;
                return Err(Stop::Panic(format!("internal error: entered unreachable code: {text}")));
            }
            "assert_failed" => {
                let op = ["==", "!=", "matches"].get(self.variant(called.arg(0)?)?).copied().unwrap_or("==");
                let mut sides = Vec::new();
                for i in 1..3 {
                    let (value, meta) = self.target(called.arg(i)?)?;
                    sides.push(self.show("debug", value, meta, &FormatSpec::default(), wakes)?);
                }
                let args = called.arg(3)?;
                let message = match self.variant(args)? {
                    1 => format!(": {}", self.arguments_text(self.part(args, 1, 0)?, wakes)?),
                    _ => String::new(),
                };
                let text =
                    format!("assertion `left {op} right` failed{message}\n  left: {}\n right: {}", sides[0], sides[1]);
                return Err(Stop::Panic(text));
            }
            "Formatter::write_str" | "Formatter::pad" | "Formatter::write_fmt" => {
                let own = self.behind(called.arg(0)?)?;
                let what = called.arg(1)?;
                let text = match called.name {
                    "Formatter::write_fmt" => self.arguments_text(what, wakes)?,
                    _ => self.str(self.pointer(what.at, crate::ty::Types::STR)?)?,
                };
                let number = self.word(own.at)? as usize;
                if let Some(buffer) = self.buffers.borrow_mut().get_mut(number) {
                    buffer.push_str(&text);
                }
                self.set_variant(to, 0)?;
            }
            "String::write_fmt" => {
                let own = self.behind(called.arg(0)?)?;
                let text = self.arguments_text(called.arg(1)?, wakes)?;
                self.push_text(Seq::read(self, own.at)?, &text, own.at)?;
                self.set_variant(to, 0)?;
            }
            "Debug::fmt" | "Display::fmt" => {
                let (value, meta) = self.target(called.arg(0)?)?;
                let how = if called.name == "Debug::fmt" { "debug" } else { "display" };
                let text = self.show(how, value, meta, &FormatSpec::default(), wakes)?;
                let number = self.word(self.behind(called.arg(1)?)?.at)? as usize;
                if let Some(buffer) = self.buffers.borrow_mut().get_mut(number) {
                    buffer.push_str(&text);
                }
                self.set_variant(to, 0)?;
            }
            _ => return Ok(false),
        }
        Ok(true)
    }
}

/// Cut to the precision.
fn cut_text(text: &str, spec: &FormatSpec) -> String {
    match spec.precision {
        Some(most) => text.chars().take(most as usize).collect(),
        None => text.to_owned(),
    }
}

/// The most that a width asks for: nobody reads further.
const WIDEST: usize = 10_000;

/// Padded to the width.
fn pad(text: &str, spec: &FormatSpec, align: char) -> String {
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
fn pad_number(text: &str, prefix: &str, spec: &FormatSpec) -> String {
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
