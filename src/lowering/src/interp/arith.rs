//! Numbers: what operators and casts do, as in debug builds. (What must not overflow, the MIR asserts.)

use super::stop::{Run, unknown};
use crate::mir::BinOp;
use crate::ty::{IntTy, TyKind};

/// A number of `size` bytes with its sign spread.
pub(super) fn signed(bits: u128, size: u64) -> i128 {
    let shift = 128 - 8 * size.clamp(1, 16) as u32;
    ((bits << shift) as i128) >> shift
}

/// The lowest `size` bytes.
pub(super) fn cut(bits: u128, size: u64) -> u128 {
    if size == 0 { 0 } else { bits & (u128::MAX >> (128 - 8 * size.min(16) as u32)) }
}

/// The integer type of a number, a `bool`, a `char` or a pointer: its size and whether it has a sign.
pub(super) fn int_of(kind: &TyKind) -> Option<(u64, bool)> {
    Some(match kind {
        TyKind::Int(int) => (int.size().into(), int.is_signed()),
        TyKind::Bool => (1, false),
        TyKind::Char | TyKind::Ref(..) | TyKind::RawPtr(..) | TyKind::FnPtr(..) => (4, false),
        _ => return None,
    })
}

/// What an operator gives, and whether it overflowed.
pub(super) fn binary(op: BinOp, kind: &TyKind, a: u128, b: u128) -> Run<(u128, bool)> {
    if let TyKind::Float(bits) = kind {
        return Ok((float(op, *bits, a, b)?, false));
    }
    let Some((size, is_signed)) = int_of(kind) else { return unknown("an operator on that type") };
    let plain = |bits: u128| Ok((cut(bits, size), false));
    let compare = |is: bool| Ok((u128::from(is), false));
    let (x, y) = (signed(a, size), signed(b, size));
    let order = if is_signed { x.cmp(&y) } else { a.cmp(&b) };
    match op {
        BinOp::Eq => compare(order.is_eq()),
        BinOp::Ne => compare(order.is_ne()),
        BinOp::Lt => compare(order.is_lt()),
        BinOp::Le => compare(order.is_le()),
        BinOp::Gt => compare(order.is_gt()),
        BinOp::Ge => compare(order.is_ge()),
        BinOp::BitXor => plain(a ^ b),
        BinOp::BitAnd => plain(a & b),
        BinOp::BitOr => plain(a | b),
        BinOp::Shl => plain(a.checked_shl(b as u32 & (8 * size as u32 - 1)).unwrap_or(0)),
        BinOp::Shr => {
            let by = b as u32 & (8 * size as u32 - 1);
            plain(if is_signed { (x >> by) as u128 } else { a >> by })
        }
        BinOp::Div | BinOp::Rem if b == 0 => plain(0),
        BinOp::Div => plain(if is_signed { x.wrapping_div(y) as u128 } else { a / b }),
        BinOp::Rem => plain(if is_signed { x.wrapping_rem(y) as u128 } else { a % b }),
        BinOp::Add | BinOp::AddWithOverflow => {
            Ok(overflowing(size, is_signed, (a, b), i128::overflowing_add, u128::overflowing_add))
        }
        BinOp::Sub | BinOp::SubWithOverflow => {
            Ok(overflowing(size, is_signed, (a, b), i128::overflowing_sub, u128::overflowing_sub))
        }
        BinOp::Mul | BinOp::MulWithOverflow => {
            Ok(overflowing(size, is_signed, (a, b), i128::overflowing_mul, u128::overflowing_mul))
        }
    }
}

fn overflowing(
    size: u64,
    is_signed: bool,
    (a, b): (u128, u128),
    of_signed: fn(i128, i128) -> (i128, bool),
    of_unsigned: fn(u128, u128) -> (u128, bool),
) -> (u128, bool) {
    if is_signed {
        let (wide, lost) = of_signed(signed(a, size), signed(b, size));
        let bits = cut(wide as u128, size);
        (bits, lost || signed(bits, size) != wide)
    } else {
        let (wide, lost) = of_unsigned(a, b);
        let bits = cut(wide, size);
        (bits, lost || bits != wide)
    }
}

fn float(op: BinOp, bits: u32, a: u128, b: u128) -> Run<u128> {
    macro_rules! of {
        ($float:ident, $bits:ident) => {{
            let (x, y) = ($float::from_bits(a as $bits), $float::from_bits(b as $bits));
            let number = |f: $float| Ok(f.to_bits().into());
            match op {
                BinOp::Add => number(x + y),
                BinOp::Sub => number(x - y),
                BinOp::Mul => number(x * y),
                BinOp::Div => number(x / y),
                BinOp::Rem => number(x % y),
                BinOp::Eq => Ok((x == y).into()),
                BinOp::Ne => Ok((x != y).into()),
                BinOp::Lt => Ok((x < y).into()),
                BinOp::Le => Ok((x <= y).into()),
                BinOp::Gt => Ok((x > y).into()),
                BinOp::Ge => Ok((x >= y).into()),
                _ => unknown("an operator on floats"),
            }
        }};
    }
    if bits == 32 { of!(f32, u32) } else { of!(f64, u64) }
}

/// What `as` does between numbers, `bool` and `char`.
pub(super) fn cast(bits: u128, from: &TyKind, to: &TyKind) -> Run<u128> {
    let float = |bits: u128, of: u32| {
        if of == 32 { f64::from(f32::from_bits(bits as u32)) } else { f64::from_bits(bits as u64) }
    };
    match (from, to) {
        (TyKind::Float(32), TyKind::Float(32)) | (TyKind::Float(64), TyKind::Float(64)) => Ok(bits),
        (TyKind::Float(of), TyKind::Float(to)) => {
            let value = float(bits, *of);
            Ok(if *to == 32 { (value as f32).to_bits().into() } else { value.to_bits().into() })
        }
        (TyKind::Float(of), _) => {
            let Some((size, is_signed)) = int_of(to) else { return unknown("a cast of a float") };
            let value = float(bits, *of);
            let wide = if is_signed {
                let most = i128::MAX >> (128 - 8 * size as u32);
                (value as i128).clamp(-most - 1, most) as u128
            } else {
                (value as u128).min(cut(u128::MAX, size))
            };
            Ok(cut(wide, size))
        }
        (_, TyKind::Float(to)) => {
            let Some((size, is_signed)) = int_of(from) else { return unknown("a cast to a float") };
            let number = signed(bits, size);
            Ok(match (to, is_signed) {
                (32, true) => (number as f32).to_bits().into(),
                (32, false) => (bits as f32).to_bits().into(),
                (_, true) => (number as f64).to_bits().into(),
                (_, false) => (bits as f64).to_bits().into(),
            })
        }
        _ => {
            let (Some((from, is_signed)), Some((to, _))) = (int_of(from), int_of(to)) else { return unknown("a cast") };
            Ok(cut(if is_signed { signed(bits, from) as u128 } else { bits }, to))
        }
    }
}

/// The least and the greatest value of an integer type.
pub(super) fn bounds(int: IntTy) -> (i128, u128) {
    let bits = 8 * int.size();
    if int.is_signed() {
        (i128::MIN >> (128 - bits), (i128::MAX >> (128 - bits)) as u128)
    } else {
        (0, u128::MAX >> (128 - bits))
    }
}
