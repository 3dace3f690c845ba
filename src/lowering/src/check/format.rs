//! Format strings: their pieces, and the arguments, which are borrowed in the order in which they are written, those that the string
//! itself names last.

mod spec;

use super::{Checker, span_of};
use crate::items::Pred;
use crate::mir::{Const, FormatPiece};
use crate::span::Span;
use crate::tree::{Block, ExprId, ExprKind, PatKind, Stmt};
use crate::ty::{Ty, TyKind, Types};
use spec::parse_spec;

/// An argument of a placeholder: which of the borrowed ones, by which trait.
struct Placeholder {
    argument: usize,
    trait_: &'static str,
}

impl Checker<'_> {
    /// `Arguments::from_str(text)`
    pub(super) fn plain_arguments(&mut self, text: &str, span: Span) -> ExprId {
        let text = self.tree.add(ExprKind::Const(Const::Str(text.to_owned())), Types::REF_STR, span);
        let ty = self.low.defs.adt_ty("Arguments", Vec::new());
        self.call_prelude("arguments_from_str", Vec::new(), vec![text], ty, span)
    }

    pub(super) fn format_args(&mut self, args: &[syn::Expr], span: Span) -> ExprId {
        self.format_args_with("", args, "", span)
    }

    pub(super) fn format_args_after(&mut self, before: &str, args: &[syn::Expr], span: Span) -> ExprId {
        self.format_args_with(before, args, "", span)
    }

    /// ```text
    /// { super let args = (&a, &b); super let args = [Argument::new_display(args.0), ..]; Arguments::new(template, &args) }
    /// ```
    pub(super) fn format_args_with(&mut self, before: &str, args: &[syn::Expr], after: &str, span: Span) -> ExprId {
        let Some((first, rest)) = args.split_first() else {
            return self.plain_arguments(&format!("{before}{after}"), span);
        };
        let (text, text_span) = match string_literal(first) {
            Some(lit) => (lit.value(), Span::from(lit.span())),
            None => {
                self.error(span_of(first), "format argument must be a string literal");
                for arg in args {
                    self.check_expr(arg, None);
                }
                return self.plain_arguments("", span);
            }
        };
        // Explicit arguments, by position and by name.
        let mut values: Vec<ExprId> = Vec::new();
        let mut names: Vec<(String, usize)> = Vec::new();
        let mut used = Vec::new();
        let mut spans = Vec::new();
        for arg in rest {
            let value = match arg {
                syn::Expr::Assign(assign) => {
                    if let syn::Expr::Path(path) = &*assign.left
                        && let Some(ident) = path.path.get_ident()
                    {
                        names.push((ident.to_string(), values.len()));
                    }
                    &*assign.right
                }
                arg => arg,
            };
            spans.push(span_of(value));
            values.push(self.check_expr(value, None));
            used.push(false);
        }
        let explicit = values.len();
        let (mut pieces, mut placeholders) = (Vec::new(), Vec::<Placeholder>::new());
        let mut literal = before.to_owned();
        let mut next = 0;
        let chars = text.chars().collect::<Vec<_>>();
        let mut at = 0;
        let mut wrong = None;
        while at < chars.len() {
            match (chars[at], chars.get(at + 1)) {
                ('{', Some('{')) => {
                    literal.push('{');
                    at += 2;
                }
                ('}', Some('}')) => {
                    literal.push('}');
                    at += 2;
                }
                ('{', _) => {
                    let Some(len) = chars[at..].iter().position(|&c| c == '}') else {
                        wrong = Some("invalid format string: expected `}` but string was terminated".to_owned());
                        break;
                    };
                    let inner = chars[at + 1..at + len].iter().collect::<String>();
                    at += len + 1;
                    let (name, spec) = match inner.split_once(':') {
                        Some((name, spec)) => (name.trim().to_owned(), spec.trim_end().to_owned()),
                        None => (inner.trim().to_owned(), String::new()),
                    };
                    let Some((mut spec, trait_, width_name, precision_name)) = parse_spec(&spec) else {
                        wrong = Some(format!("invalid format string: unknown format `{spec}`"));
                        break;
                    };
                    let star = precision_name.as_deref() == Some("*");
                    if star {
                        spec.precision_arg = Some(next as u32);
                        if let Some(used) = used.get_mut(next) {
                            *used = true;
                        }
                        next += 1;
                    }
                    let argument = if name.is_empty() {
                        next += 1;
                        next - 1
                    } else if let Ok(number) = name.parse::<usize>() {
                        number
                    } else {
                        self.named_argument(&name, &mut names, &mut values, &mut used, text_span)
                    };
                    if let Some(name) = width_name {
                        let at = match name.parse::<usize>() {
                            Ok(at) => at,
                            Err(_) => self.named_argument(&name, &mut names, &mut values, &mut used, text_span),
                        };
                        if let Some(used) = used.get_mut(at) {
                            *used = true;
                        }
                        spec.width_arg = Some(at as u32);
                    }
                    if let Some(name) = precision_name.filter(|_| !star) {
                        let at = match name.parse::<usize>() {
                            Ok(at) => at,
                            Err(_) => self.named_argument(&name, &mut names, &mut values, &mut used, text_span),
                        };
                        if let Some(used) = used.get_mut(at) {
                            *used = true;
                        }
                        spec.precision_arg = Some(at as u32);
                    }
                    if !name.is_empty() && name.parse::<usize>().is_err() || argument < explicit {
                        if let Some(used) = used.get_mut(argument) {
                            *used = true;
                        }
                    } else {
                        wrong = Some(match (explicit, name.is_empty()) {
                            (0, _) => {
                                "a format string with a placeholder needs an argument, but there are no arguments"
                                    .to_owned()
                            }
                            (n, true) => format!(
                                "{} positional arguments in format string, but there are only {n}",
                                argument + 1
                            ),
                            (n, false) => {
                                format!("invalid reference to positional argument {argument} (there are {n} arguments)")
                            }
                        });
                        break;
                    }
                    if !literal.is_empty() {
                        pieces.push(FormatPiece::Text(std::mem::take(&mut literal)));
                    }
                    // The same argument formatted by the same trait is one entry.
                    let known = placeholders.iter().position(|p| p.argument == argument && p.trait_ == trait_);
                    let entry = known.unwrap_or(placeholders.len());
                    if known.is_none() {
                        placeholders.push(Placeholder { argument, trait_ });
                    }
                    pieces.push(FormatPiece::Argument(entry as u32, spec));
                }
                ('}', _) => {
                    wrong = Some("invalid format string: unmatched `}` found".to_owned());
                    break;
                }
                (c, _) => {
                    literal.push(c);
                    at += 1;
                }
            }
        }
        literal.push_str(after);
        if !literal.is_empty() {
            pieces.push(FormatPiece::Text(literal));
        }
        if let Some(message) = wrong {
            self.error(text_span, message);
            let ty = self.low.defs.adt_ty("Arguments", Vec::new());
            return self.tree.add(ExprKind::Error, ty, span);
        }
        if let Some(unused) = used.iter().position(|used| !used) {
            let span = spans.get(unused).copied().unwrap_or(text_span);
            self.error(span, "argument never used");
        }
        if values.is_empty() {
            let text = pieces.iter().map(|piece| match piece {
                FormatPiece::Text(text) => text.as_str(),
                FormatPiece::Argument(..) => "",
            });
            let text = text.collect::<String>();
            return self.plain_arguments(&text, span);
        }
        self.arguments_of(values, pieces, placeholders, span)
    }

    /// The argument that a name stands for: a named one, or a variable, which is then added.
    fn named_argument(
        &mut self,
        name: &str,
        names: &mut Vec<(String, usize)>,
        values: &mut Vec<ExprId>,
        used: &mut Vec<bool>,
        span: Span,
    ) -> usize {
        if let Some((_, at)) = names.iter().find(|(known, _)| known == name) {
            return *at;
        }
        let value = match self.lookup(name) {
            Some(var) => {
                let ty = self.tree.var(var).ty;
                self.tree.add(ExprKind::Var(var), ty, span)
            }
            None => match syn::parse_str::<syn::ExprPath>(name) {
                Ok(path) if self.low.defs.items.consts.contains_key(name) => self.check_path(&path),
                _ => {
                    self.error(span, format!("cannot find value `{name}` in this scope"));
                    self.error_expr(span)
                }
            },
        };
        values.push(value);
        used.push(true);
        names.push((name.to_owned(), values.len() - 1));
        values.len() - 1
    }

    fn arguments_of(
        &mut self,
        values: Vec<ExprId>,
        mut pieces: Vec<FormatPiece>,
        mut placeholders: Vec<Placeholder>,
        span: Span,
    ) -> ExprId {
        let mut refs = Vec::new();
        for &value in &values {
            let at = self.tree.expr(value).span;
            refs.push(self.borrow(false, value, at));
        }
        // Widths and precisions are arguments, too.
        for piece in &mut pieces {
            if let FormatPiece::Argument(_, spec) = piece {
                for arg in [&mut spec.width_arg, &mut spec.precision_arg].into_iter().flatten() {
                    let argument = *arg as usize;
                    if let Some(&value) = values.get(argument) {
                        let ty = self.tree.expr(value).ty;
                        self.unify(ty, Types::USIZE);
                    }
                    let known = placeholders.iter().position(|p| p.argument == argument && p.trait_ == "usize");
                    *arg = known.unwrap_or(placeholders.len()) as u32;
                    if known.is_none() {
                        placeholders.push(Placeholder { argument, trait_: "usize" });
                    }
                }
            }
        }
        let tys = refs.iter().map(|&value| self.tree.expr(value).ty).collect::<Vec<_>>();
        let tuple_ty = self.intern(TyKind::Tuple(tys.clone()));
        let tuple = self.tree.add(ExprKind::Tuple(refs), tuple_ty, span);
        let first = self.new_var("args", tuple_ty, Span::NONE, false);
        let first_pat = self.tree.add_pat(PatKind::Binding { var: first, by_ref: None, sub: None }, tuple_ty, span);
        let argument_ty = self.low.defs.adt_ty("Argument", Vec::new());
        let mut list = Vec::new();
        for placeholder in &placeholders {
            let Some(&value) = values.get(placeholder.argument) else { continue };
            let value_ty = self.tree.expr(value).ty;
            let value_span = self.tree.expr(value).span;
            self.require_format(placeholder.trait_, value_ty, value_span);
            let args = self.tree.add(ExprKind::Var(first), tuple_ty, span);
            let field =
                self.tree.add(ExprKind::Field(args, placeholder.argument as u32), tys[placeholder.argument], span);
            let place = self.tree.add(ExprKind::Deref(field), value_ty, span);
            let reborrowed = self.borrow(false, place, span);
            let func = self.low.argument_fn(placeholder.trait_);
            let func = crate::tree::FnRef { id: func, args: vec![value_ty] };
            list.push(self.tree.add(ExprKind::Call(func, vec![reborrowed]), argument_ty, span));
        }
        let array_ty = self.intern(TyKind::Array(argument_ty, list.len() as u64));
        let array = self.tree.add(ExprKind::Array(list), array_ty, span);
        let second = self.new_var("args", array_ty, Span::NONE, false);
        let second_pat = self.tree.add_pat(PatKind::Binding { var: second, by_ref: None, sub: None }, array_ty, span);
        let template_ty: Ty = Types::U8;
        let template_ref = self.ref_to(false, template_ty);
        let template = self.tree.add(ExprKind::Const(Const::Format(pieces)), template_ref, span);
        let place = self.tree.add(ExprKind::Deref(template), template_ty, span);
        let template = self.tree.add(ExprKind::Borrow(false, place), template_ref, span);
        let place = self.tree.add(ExprKind::Var(second), array_ty, span);
        let borrowed = self.borrow(false, place, span);
        let array_ref = self.tree.expr(borrowed).ty;
        let place = self.tree.add(ExprKind::Deref(borrowed), array_ty, span);
        let borrowed = self.borrow(false, place, span);
        let ty = self.low.defs.adt_ty("Arguments", Vec::new());
        let tail =
            self.call_prelude("arguments_new", vec![template_ref, array_ref], vec![template, borrowed], ty, span);
        let stmts = vec![Stmt::SuperLet(first_pat, tuple), Stmt::SuperLet(second_pat, array)];
        self.tree.add(ExprKind::Block(Block { stmts, tail: Some(tail), label: None }), ty, span)
    }

    fn require_format(&mut self, trait_: &str, ty: Ty, span: Span) {
        if trait_ == "usize" {
            return;
        }
        let trait_ = self.low.defs.trait_id(trait_);
        self.obligations
            .push(super::Obligation { pred: Pred { ty, trait_, args: Vec::new(), assoc: Vec::new() }, span });
    }
}

fn string_literal(expr: &syn::Expr) -> Option<&syn::LitStr> {
    match expr {
        syn::Expr::Lit(lit) => match &lit.lit {
            syn::Lit::Str(text) => Some(text),
            _ => None,
        },
        syn::Expr::Group(group) => string_literal(&group.expr),
        _ => None,
    }
}
