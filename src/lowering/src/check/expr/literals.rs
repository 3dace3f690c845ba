//! Literals, lengths and casts.

use super::super::{Checker, Infer};
use crate::mir::Const;
use crate::span::Span;
use crate::tree::{ExprId, ExprKind};
use crate::ty::{IntTy, Ty, TyKind, Types};

impl Checker<'_> {
    pub(super) fn const_len(&mut self, len: &syn::Expr) -> Option<u64> {
        if let syn::Expr::Path(path) = len
            && let Some(ident) = path.path.get_ident()
            && let Some(at) = self.generic_names.iter().rposition(|name| ident == name.as_str())
        {
            return match *self.kind(self.actual(self.generic_args[at])) {
                TyKind::ConstValue(len) => Some(len),
                _ => None,
            };
        }
        let len = crate::items::eval_const(&self.low.defs, len)?;
        (0..=i128::from(u32::MAX)).contains(&len).then_some(len as u64)
    }

    pub(in super::super) fn check_lit(&mut self, lit: &syn::Lit, hint: Option<Ty>) -> ExprId {
        let span = Span::from(lit.span());
        let (value, ty) = match lit {
            syn::Lit::Int(int) => {
                let ty = match int.suffix() {
                    "" => {
                        let hinted = hint.map(|hint| self.actual(hint));
                        match hinted.map(|ty| (self.kind(ty).clone(), ty)) {
                            Some((TyKind::Int(_), _)) => hint.unwrap_or(Types::I32),
                            _ => self.fresh_of(Infer::Int),
                        }
                    }
                    suffix @ ("f32" | "f64") => {
                        let ty = self.low.defs.primitive(suffix).unwrap_or(Types::F64);
                        let value = int.base10_digits().parse::<f64>().unwrap_or(0.0);
                        let bits = if ty == Types::F64 { value.to_bits() } else { u64::from((value as f32).to_bits()) };
                        return self.tree.add(ExprKind::Const(Const::Float(bits)), ty, span);
                    }
                    suffix => match self.low.defs.primitive(suffix) {
                        Some(ty) => ty,
                        None => {
                            self.error(span, format!("invalid suffix `{suffix}` for number literal"));
                            Types::ERROR
                        }
                    },
                };
                let digits = int.base10_digits();
                let (digits, negative) = match digits.strip_prefix('-') {
                    Some(digits) => (digits, true),
                    None => (digits, false),
                };
                match digits.parse::<u128>() {
                    Ok(value) => (Const::Bits(if negative { value.wrapping_neg() } else { value }), ty),
                    Err(_) => {
                        self.error(span, "integer literal is too large");
                        (Const::Bits(0), ty)
                    }
                }
            }
            syn::Lit::Float(float) => {
                let ty = match float.suffix() {
                    "f32" => self.low.defs.primitive("f32").unwrap_or(Types::F64),
                    "f64" => Types::F64,
                    _ => match hint.map(|hint| self.kind(self.actual(hint)).clone()) {
                        Some(TyKind::Float(_)) => hint.unwrap_or(Types::F64),
                        _ => self.fresh_of(Infer::Float),
                    },
                };
                let value = float.base10_parse::<f64>().unwrap_or(0.0);
                // f64 bits; `finish` narrows those that turn out to be f32.
                (Const::Float(value.to_bits()), ty)
            }
            syn::Lit::Str(text) => (Const::Str(text.value()), Types::REF_STR),
            syn::Lit::Char(c) => (Const::Bits(u128::from(u32::from(c.value()))), Types::CHAR),
            syn::Lit::Bool(b) => (Const::Bits(u128::from(b.value)), Types::BOOL),
            syn::Lit::Byte(b) => (Const::Bits(u128::from(b.value())), Types::U8),
            syn::Lit::ByteStr(bytes) => {
                let bytes = bytes.value();
                let array = self.intern(TyKind::Array(Types::U8, bytes.len() as u64));
                (Const::Bytes(bytes), self.ref_to(false, array))
            }
            _ => {
                self.unsupported(span, "a literal of this kind is not supported", "");
                return self.error_expr(span);
            }
        };
        self.tree.add(ExprKind::Const(value), ty, span)
    }

    /// What casts turn out to be.
    pub(in super::super) fn check_casts(&mut self) {
        for id in std::mem::take(&mut self.casts) {
            let ExprKind::Cast(_, inner) = self.tree.expr(id).kind else { continue };
            let (from, to) = (self.tree.expr(inner).ty, self.tree.expr(id).ty);
            if self.is_unknown(to) && !self.is_int_var(to) && !self.is_float_var(to) {
                self.unify(to, from);
            }
            let (a, b) = (self.actual(from), self.actual(to));
            let fits = match (self.kind(a), self.kind(b)) {
                (TyKind::Error, _) | (_, TyKind::Error) | (TyKind::Never, _) => true,
                (TyKind::Infer(_), TyKind::Int(_) | TyKind::Float(_)) => true,
                (TyKind::Int(_) | TyKind::Float(_), TyKind::Int(_) | TyKind::Float(_)) => true,
                (TyKind::Bool | TyKind::Char, TyKind::Int(_)) => true,
                (TyKind::Int(IntTy::U8), TyKind::Char) => true,
                (TyKind::Adt(adt, _), TyKind::Int(_)) => {
                    let def = &self.low.defs.types.adts[adt.0 as usize];
                    def.is_enum && def.variants.iter().all(|variant| variant.fields.is_empty())
                }
                _ => a == b,
            };
            if fits {
                continue;
            }
            // Not a cast of numbers: a coercion that is written out.
            let ExprKind::Use(plain) = self.tree.expr(inner).kind else { continue };
            match self.try_coerce(plain, to) {
                Some(coerced) => self.tree.exprs[id.0 as usize].kind = ExprKind::Use(coerced),
                None => {
                    let (from, to) = (self.name(from), self.name(to));
                    let span = self.tree.expr(id).span;
                    self.error(span, format!("casting `{from}` as `{to}` is invalid"));
                }
            }
        }
    }
}
