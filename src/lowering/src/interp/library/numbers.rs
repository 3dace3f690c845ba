//! Methods of integers, and sums over any number.

use super::super::arith::{binary, bounds, cut, signed};
use super::super::engine::{Engine, Value};
use super::super::stop::{Run, Stop, unknown};
use super::Called;
use crate::mir::BinOp;
use crate::ty::{Builtin, IntTy, TyKind};

const MULTIPLY: &str = "attempt to multiply with overflow";
const NEGATE: &str = "attempt to negate with overflow";

/// The operator of a trait, and what a debug build says when it overflows.
fn operator(trait_: &str) -> Option<(BinOp, &'static str)> {
    Some(match trait_.strip_suffix("Assign").unwrap_or(trait_) {
        "Add" => (BinOp::Add, "attempt to add with overflow"),
        "Sub" => (BinOp::Sub, "attempt to subtract with overflow"),
        "Mul" => (BinOp::Mul, MULTIPLY),
        "Div" => (BinOp::Div, "attempt to divide with overflow"),
        "Rem" => (BinOp::Rem, "attempt to calculate the remainder with overflow"),
        "BitAnd" => (BinOp::BitAnd, ""),
        "BitOr" => (BinOp::BitOr, ""),
        "BitXor" => (BinOp::BitXor, ""),
        "Shl" => (BinOp::Shl, "attempt to shift left with overflow"),
        "Shr" => (BinOp::Shr, "attempt to shift right with overflow"),
        _ => return None,
    })
}

impl Engine {
    pub(super) fn number_intrinsic(&self, called: &Called<'_>) -> Run<bool> {
        match called.split() {
            ("int", method) => self.int_method(method, called),
            // Operators on references to numbers; on numbers they are no calls.
            (trait_, method) if operator(trait_).is_some() && method.chars().all(|c| c.is_lowercase() || c == '_') => {
                let Some((op, message)) = operator(trait_) else { return Ok(false) };
                let plain =
                    |value: Value| if self.pointee(value.ty).is_some() { self.behind(value) } else { Ok(value) };
                let (a, b) = (plain(called.arg(0)?)?, plain(called.arg(1)?)?);
                let (a_size, b_size) = (self.size(a.ty)?, self.size(b.ty)?);
                let (x, y) = (self.number(a.at, a_size)?, self.number(b.at, b_size)?);
                if y == 0 && matches!(op, BinOp::Div | BinOp::Rem) && !matches!(self.kind(a.ty), TyKind::Float(_)) {
                    let message = if op == BinOp::Div {
                        "attempt to divide by zero"
                    } else {
                        "attempt to calculate the remainder with a divisor of zero"
                    };
                    return Err(Stop::panic(message));
                }
                let (bits, overflowed) = binary(op, self.kind(a.ty), x, y)?;
                if overflowed {
                    return Err(Stop::panic(message));
                }
                let to = if trait_.ends_with("Assign") { a.at } else { called.to.at };
                self.set_number(to, a_size, bits)?;
                Ok(true)
            }
            ("num", "zero" | "one") => {
                let is_one = called.name == "num::one";
                let bits = match self.kind(called.to.ty) {
                    TyKind::Float(32) if is_one => 1.0_f32.to_bits().into(),
                    TyKind::Float(_) if is_one => 1.0_f64.to_bits().into(),
                    _ => u128::from(is_one),
                };
                self.set_number(called.to.at, self.size(called.to.ty)?, bits)?;
                Ok(true)
            }
            ("num", "add" | "mul") => {
                let (op, message) = match called.name {
                    "num::add" => (BinOp::Add, "attempt to add with overflow"),
                    _ => (BinOp::Mul, MULTIPLY),
                };
                let (a, b) = (called.arg(0)?, called.arg(1)?);
                let b = if self.pointee(b.ty).is_some() { self.behind(b)? } else { b };
                let size = self.size(a.ty)?;
                let (x, y) = (self.number(a.at, size)?, self.number(b.at, size)?);
                let (bits, overflowed) = binary(op, self.kind(a.ty), x, y)?;
                if overflowed {
                    return Err(Stop::panic(message));
                }
                self.set_number(called.to.at, size, bits)?;
                Ok(true)
            }
            ("Step", "forward" | "backward" | "between") => {
                let a = self.behind(called.arg(0)?)?;
                let size = self.size(a.ty)?;
                let x = self.number(a.at, size)?;
                let by = match called.name {
                    "Step::forward" => 1,
                    "Step::backward" => u128::MAX,
                    _ => {
                        let y = self.number(self.behind(called.arg(1)?)?.at, size)?;
                        self.set_number(called.to.at, 4, cut(y.wrapping_sub(x), size))?;
                        return Ok(true);
                    }
                };
                let mut next = cut(x.wrapping_add(by), size);
                if matches!(self.kind(a.ty), TyKind::Char) {
                    // Between them lie no chars.
                    next = match next {
                        0xd800 => 0xe000,
                        0xdfff => 0xd7ff,
                        _ => next,
                    };
                }
                self.set_number(called.to.at, size, next)?;
                Ok(true)
            }
            ("FromStr", "from_str") => self.parse(called),
            ("From" | "Into", "from" | "into") => {
                let from = called.arg(0)?;
                let (bits, size) = (self.number(from.at, self.size(from.ty)?)?, self.size(called.to.ty)?);
                let is_known =
                    |kind: &TyKind| matches!(kind, TyKind::Int(_) | TyKind::Bool | TyKind::Char | TyKind::Float(_));
                if !is_known(self.kind(from.ty)) || !is_known(self.kind(called.to.ty)) {
                    return Ok(false);
                }
                let value = super::super::arith::cast(bits, self.kind(from.ty), self.kind(called.to.ty))?;
                self.set_number(called.to.at, size, value)?;
                Ok(true)
            }
            ("TryFrom" | "TryInto", "try_from" | "try_into") => self.try_from(called),
            ("Default", "default") => self.default_value(called.to).map(|()| true),
            _ => Ok(false),
        }
    }

    /// What a derived `Default` gives.
    fn default_value(&self, to: Value) -> Run<()> {
        if let Some(body) = self.program.impl_of("Default::default", to.ty) {
            return self.deeper(|| self.call_body(body, &[], to.at, None));
        }
        match (self.kind(to.ty), self.builtin(to.ty)) {
            (_, Some(Builtin::Option)) => self.set_variant(to, 0),
            (_, Some(Builtin::Vec | Builtin::String)) => {
                let at = self.allocate(0)?;
                super::Seq { capacity: 0, at, len: 0 }.write(self, to.at)
            }
            (TyKind::Ref(..), _) => {
                let at = self.allocate(0)?;
                self.set_word(to.at, at)?;
                self.set_word(to.at.wrapping_add(4), 0)
            }
            (TyKind::Tuple(fields), _) => {
                (0..fields.len()).try_for_each(|i| self.deeper(|| self.default_value(self.part(to, 0, i)?)))
            }
            (TyKind::Adt(..), _) => {
                let count = self.program.types.variants(to.ty).first().map_or(0, |v| v.fields.len());
                (0..count).try_for_each(|i| self.deeper(|| self.default_value(self.part(to, 0, i)?)))
            }
            (TyKind::Array(item, len), _) => {
                let size = self.size(*item)?;
                (0..*len).try_for_each(|i| {
                    let value = Value { at: to.at.wrapping_add((i * size) as u32), ty: *item };
                    self.deeper(|| self.default_value(value))
                })
            }
            _ => self.set_number(to.at, self.size(to.ty)?, 0),
        }
    }

    fn try_from(&self, called: &Called<'_>) -> Run<bool> {
        let (from, part) = (called.arg(0)?, self.part(called.to, 0, 0)?);
        let (TyKind::Int(source), TyKind::Int(target)) = (self.kind(from.ty), self.kind(part.ty)) else {
            return Ok(false);
        };
        let bits = self.number(from.at, source.size().into())?;
        let fits = if source.is_signed() {
            let value = signed(bits, source.size().into());
            let (least, most) = bounds(*target);
            value >= least && (value < 0 || value as u128 <= most)
        } else {
            bits <= bounds(*target).1
        };
        if fits {
            let value = if source.is_signed() { signed(bits, source.size().into()) as u128 } else { bits };
            self.set_number(part.at, target.size().into(), cut(value, target.size().into()))?;
        }
        self.set_variant(called.to, usize::from(!fits))?;
        Ok(true)
    }

    fn parse(&self, called: &Called<'_>) -> Run<bool> {
        let text = self.text_of(called.arg(0)?)?;
        let part = self.part(called.to, 0, 0)?;
        let bits = match self.kind(part.ty) {
            TyKind::Int(int) => match parse_int(&text, *int) {
                Ok(bits) => bits,
                Err(kind) => {
                    self.set_number(self.part(called.to, 1, 0)?.at, 1, kind.into())?;
                    self.set_variant(called.to, 1)?;
                    return Ok(true);
                }
            },
            TyKind::Bool => match text.as_str() {
                "true" => 1,
                "false" => 0,
                _ => return self.set_variant(called.to, 1).map(|()| true),
            },
            TyKind::Float(bits) => {
                let parsed = match bits {
                    32 => text.parse::<f32>().map(|value| u128::from(value.to_bits())),
                    _ => text.parse::<f64>().map(|value| u128::from(value.to_bits())),
                };
                match parsed {
                    Ok(bits) => bits,
                    Err(_) => {
                        // Empty, or not a number.
                        self.set_number(self.part(called.to, 1, 0)?.at, 1, u128::from(!text.is_empty()))?;
                        return self.set_variant(called.to, 1).map(|()| true);
                    }
                }
            }
            TyKind::Char => match text.parse::<char>() {
                Ok(c) => u128::from(u32::from(c)),
                Err(_) => {
                    self.set_number(self.part(called.to, 1, 0)?.at, 1, u128::from(!text.is_empty()))?;
                    return self.set_variant(called.to, 1).map(|()| true);
                }
            },
            _ => return Ok(false),
        };
        self.set_number(part.at, self.size(part.ty)?, bits)?;
        self.set_variant(called.to, 0)?;
        Ok(true)
    }

    fn int_method(&self, method: &str, called: &Called<'_>) -> Run<bool> {
        let (own, to) = (called.arg(0)?, called.to);
        if let "from_le_bytes" | "from_be_bytes" = method {
            let size = self.size(to.ty)?;
            let mut bytes = self.bytes(own.at, size)?;
            if method == "from_be_bytes" {
                bytes.reverse();
            }
            self.set_bytes(to.at, &bytes)?;
            return Ok(true);
        }
        let TyKind::Int(int) = *self.kind(own.ty) else { return Ok(false) };
        let size = u64::from(int.size());
        let (is_signed, width) = (int.is_signed(), 8 * int.size());
        let a = self.number(own.at, size)?;
        let b = match called.args.get(1) {
            Some(arg) => self.number(arg.at, self.size(arg.ty)?)?,
            None => 0,
        };
        let (x, y) = (signed(a, size), signed(b, size));
        let kind = self.kind(own.ty);
        let done = |bits: u128| {
            let size = self.size(to.ty)?;
            self.set_number(to.at, size, cut(bits, size)).map(|()| true)
        };
        let either = |op| binary(op, kind, a, b);
        let option = |number: Option<u128>| self.set_option_number(to, number.map(|n| cut(n, size))).map(|()| true);
        let (least, most) = bounds(int);
        let magnitude = if is_signed { x.unsigned_abs() } else { a };
        let op = match method.rsplit('_').next() {
            Some("add") => BinOp::Add,
            Some("sub") => BinOp::Sub,
            _ => BinOp::Mul,
        };
        match method {
            "pow" | "checked_pow" | "wrapping_pow" => {
                let (mut result, mut overflowed) = (1, false);
                for _ in 0..b as u32 {
                    let (next, lost) = binary(BinOp::Mul, kind, result, a)?;
                    overflowed |= lost;
                    if next == result && !lost || overflowed && method != "wrapping_pow" {
                        break;
                    }
                    result = next;
                }
                match method {
                    "checked_pow" => option((!overflowed).then_some(result)),
                    "pow" if overflowed => Err(Stop::panic(MULTIPLY)),
                    _ => done(result),
                }
            }
            "abs" if is_signed && x == least => Err(Stop::panic(NEGATE)),
            "abs" | "unsigned_abs" => done(magnitude),
            "signum" => done(if is_signed { x.signum() as u128 } else { a.min(1) }),
            "abs_diff" => done(if is_signed { x.abs_diff(y) } else { a.abs_diff(b) }),
            "is_power_of_two" => done(a.is_power_of_two().into()),
            "next_power_of_two" => match a.max(1).checked_next_power_of_two().filter(|&n| n <= most) {
                Some(n) => done(n),
                None => Err(Stop::panic("attempt to add with overflow")),
            },
            "is_positive" => done((x > 0).into()),
            "is_negative" => done((x < 0).into()),
            "rem_euclid" | "div_euclid" | "div_ceil" | "checked_div" | "checked_rem" if b == 0 => match method {
                "checked_div" | "checked_rem" => option(None),
                "rem_euclid" => Err(Stop::panic("attempt to calculate the remainder with a divisor of zero")),
                _ => Err(Stop::panic("attempt to divide by zero")),
            },
            "rem_euclid" => done(if is_signed { x.wrapping_rem_euclid(y) as u128 } else { a % b }),
            "div_euclid" => done(if is_signed { x.wrapping_div_euclid(y) as u128 } else { a / b }),
            "div_ceil" => done(a.div_ceil(b)),
            "checked_div" | "checked_rem" if is_signed && x == least && y == -1 => option(None),
            "checked_div" => option(Some(if is_signed { (x / y) as u128 } else { a / b })),
            "checked_rem" => option(Some(if is_signed { (x % y) as u128 } else { a % b })),
            "is_multiple_of" => done(u128::from(if b == 0 { a == 0 } else { a % b == 0 })),
            "isqrt" => done(a.isqrt()),
            "wrapping_add" | "wrapping_sub" | "wrapping_mul" => done(either(op)?.0),
            "wrapping_neg" => done(a.wrapping_neg()),
            "wrapping_shl" => done(binary(BinOp::Shl, kind, a, b)?.0),
            "wrapping_shr" => done(binary(BinOp::Shr, kind, a, b)?.0),
            "saturating_add" | "saturating_sub" | "saturating_mul" => match either(op)? {
                (bits, false) => done(bits),
                (_, true) => {
                    let is_low = match op {
                        BinOp::Add => x < 0,
                        BinOp::Sub => x < 0 || !is_signed,
                        _ => (x < 0) != (y < 0),
                    };
                    done(if is_low && (is_signed || op == BinOp::Sub) { least as u128 } else { most })
                }
            },
            "checked_add" | "checked_sub" | "checked_mul" => {
                let (bits, overflowed) = either(op)?;
                option((!overflowed).then_some(bits))
            }
            "overflowing_add" | "overflowing_sub" | "overflowing_mul" => {
                let (bits, overflowed) = either(op)?;
                self.set_number(self.part(to, 0, 0)?.at, size, bits)?;
                self.set_number(self.part(to, 0, 1)?.at, 1, overflowed.into())?;
                Ok(true)
            }
            "count_ones" => done(a.count_ones().into()),
            "count_zeros" => done((width - a.count_ones()).into()),
            "leading_zeros" => done((a.leading_zeros() - (128 - width)).into()),
            "trailing_zeros" => done(a.trailing_zeros().min(width).into()),
            "rotate_left" | "rotate_right" => {
                let by = b as u32 % width;
                let by = if method == "rotate_left" { by } else { (width - by) % width };
                done(if by == 0 { a } else { a << by | a >> (width - by) })
            }
            "swap_bytes" => done(a.swap_bytes() >> (128 - width)),
            "ilog2" | "ilog10" if magnitude == 0 => Err(Stop::panic("argument of integer logarithm must be positive")),
            "ilog2" => done(a.ilog2().into()),
            "ilog10" => done(a.ilog10().into()),
            "to_le_bytes" | "to_be_bytes" => {
                let mut bytes = self.bytes(own.at, size)?;
                if method == "to_be_bytes" {
                    bytes.reverse();
                }
                self.set_bytes(to.at, &bytes)?;
                Ok(true)
            }
            _ => unknown(format!("`{}`", called.name)),
        }
    }
}

/// The bits of a number, or which kind of error it is: empty, a wrong digit, too large, too small.
fn parse_int(text: &str, int: IntTy) -> Result<u128, u8> {
    if text.is_empty() {
        return Err(0);
    }
    let (is_negative, digits) = match text.strip_prefix('-') {
        Some(digits) if int.is_signed() => (true, digits),
        _ => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return Err(1);
    }
    let (least, most) = bounds(int);
    let limit = if is_negative { least.unsigned_abs() } else { most };
    let mut value = 0u128;
    for digit in digits.bytes() {
        let next = value.checked_mul(10).and_then(|v| v.checked_add((digit - b'0').into()));
        value = next.filter(|&v| v <= limit).ok_or(if is_negative { 3 } else { 2 })?;
    }
    Ok(cut(if is_negative { value.wrapping_neg() } else { value }, int.size().into()))
}
