//! Constant expressions of integers, as lengths of arrays and discriminants need them.

use super::Defs;
use crate::ty::IntTy;

/// The value of an expression of numbers and constants; none if it is anything else.
pub(crate) fn eval_const(defs: &Defs, expr: &syn::Expr) -> Option<i128> {
    eval(defs, expr, 0)
}

fn eval(defs: &Defs, expr: &syn::Expr, depth: u32) -> Option<i128> {
    if depth > 32 {
        return None;
    }
    let of = |expr: &syn::Expr| eval(defs, expr, depth + 1);
    match expr {
        syn::Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Int(int) => int.base10_parse().ok(),
            syn::Lit::Byte(byte) => Some(i128::from(byte.value())),
            _ => None,
        },
        syn::Expr::Paren(paren) => of(&paren.expr),
        syn::Expr::Group(group) => of(&group.expr),
        syn::Expr::Cast(cast) => of(&cast.expr),
        syn::Expr::Unary(unary) => match unary.op {
            syn::UnOp::Neg(_) => of(&unary.expr)?.checked_neg(),
            _ => None,
        },
        syn::Expr::Binary(binary) => {
            let (a, b) = (of(&binary.left)?, of(&binary.right)?);
            match binary.op {
                syn::BinOp::Add(_) => a.checked_add(b),
                syn::BinOp::Sub(_) => a.checked_sub(b),
                syn::BinOp::Mul(_) => a.checked_mul(b),
                syn::BinOp::Div(_) => a.checked_div(b),
                syn::BinOp::Rem(_) => a.checked_rem(b),
                syn::BinOp::Shl(_) => a.checked_shl(u32::try_from(b).ok()?),
                syn::BinOp::Shr(_) => a.checked_shr(u32::try_from(b).ok()?),
                _ => None,
            }
        }
        syn::Expr::Path(path) => {
            let names = path.path.segments.iter().map(|s| s.ident.to_string()).collect::<Vec<_>>();
            let name = names.join("::");
            match defs.items.consts.get(&name).or_else(|| defs.items.consts.get(names.last()?)) {
                Some(def) => of(&def.expr),
                None => limit(&name),
            }
        }
        _ => None,
    }
}

/// `i32::MAX` and the like, `char::MAX`.
fn limit(name: &str) -> Option<i128> {
    let (of, which) = name.rsplit_once("::")?;
    let (_, int) = match (of, which) {
        ("char", "MIN") => return Some(0),
        ("char", "MAX") => return Some(char::MAX as i128),
        _ => IntTy::ALL.iter().find(|(name, _)| *name == of)?,
    };
    let bits = 8 * int.size() - u32::from(int.is_signed());
    let most = i128::try_from(u128::MAX >> (128 - bits)).ok()?;
    match which {
        "MAX" => Some(most),
        "MIN" => Some(if int.is_signed() { -most - 1 } else { 0 }),
        _ => None,
    }
}
