//! Formatting: `{}`, `{:?}` and their like, by the shapes of types; what `log!`, `format!` and `panic!` are made of.
//!
//! `Arguments` are two words: the format string and its arguments, or a text and its length with a bit. An `Argument` is the address
//! of a value, and which of the shown types and traits it is.

mod debug;
mod pad;

use super::engine::{Engine, Pointer, Value, Wakes};
use super::library::{Called, Seq};
use super::stop::{Run, Stop, unknown};
use crate::mir::{BodyId, FormatPiece, FormatSpec, Local};
use crate::ty::{Builtin, Ty, TyKind};
use pad::{cut_text, pad, pad_number};
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
            self.engine.stop(*why);
            fmt::Error
        })
    }
}

/// What a formatter of the standard library says: nothing ever fails but the interpreter.
fn ok(result: fmt::Result) -> Run<()> {
    result.map_err(|_| Box::new(Stop::Unknown("how to show a value".into())))
}

impl Engine {
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
        if let Some(body) = self.program.impl_of(trait_name, value.ty) {
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
            "panic_fmt" => return Err(Box::new(Stop::Panic(self.arguments_text(called.arg(0)?, wakes)?))),
            "panic" => {
                let text = self.pointer(called.arg(0)?.at, crate::ty::Types::STR)?;
                return Err(Box::new(Stop::Panic(self.str(text)?)));
            }
            "unreachable_display" => {
                let (value, meta) = self.target(called.arg(0)?)?;
                let text = self.show("display", value, meta, &FormatSpec::default(), wakes)?;
                return Err(Box::new(Stop::Panic(format!("internal error: entered unreachable code: {text}"))));
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
                return Err(Box::new(Stop::Panic(text)));
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
