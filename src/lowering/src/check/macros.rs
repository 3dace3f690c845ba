//! The macros of the language, written out as std and the prelude write them out.

use super::{Checker, span_of};
use crate::hash::HashMap;
use crate::mir::{BinOp, Const, UnOp};
use crate::span::Span;
use crate::tree::{Arm, Block, ExprId, ExprKind, FnRef, PatKind, Stmt};
use crate::ty::{Ty, TyKind, Types};
use syn::parse::Parser;
use syn::punctuated::Punctuated;

type Args = Punctuated<syn::Expr, syn::Token![,]>;

impl Checker<'_> {
    pub(super) fn check_macro(&mut self, mac: &syn::Macro, hint: Option<Ty>) -> ExprId {
        let name = mac.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
        // Those that format hand their arguments on to another macro.
        let depth = match &*name {
            "log" | "println" | "print" | "eprintln" | "eprint" | "format" | "write" | "writeln" => 2,
            "panic" | "todo" | "unimplemented" | "unreachable" => 3,
            _ => 1,
        };
        self.macro_depth += depth;
        let checked = self.check_macro_within(mac, hint);
        self.macro_depth -= depth;
        checked
    }

    fn check_macro_within(&mut self, mac: &syn::Macro, hint: Option<Ty>) -> ExprId {
        let name = mac.path.segments.last().map_or_else(String::new, |s| s.ident.to_string());
        let start = mac.path.segments.first().map_or(Span::NONE, |s| s.ident.span().into());
        let span = start.to(match &mac.delimiter {
            syn::MacroDelimiter::Paren(token) => token.span.join().into(),
            syn::MacroDelimiter::Brace(token) => token.span.join().into(),
            syn::MacroDelimiter::Bracket(token) => token.span.join().into(),
        });
        match &*name {
            "vec" => return self.check_vec(mac, span, hint),
            "matches" => return self.check_matches(mac, span),
            _ => {}
        }
        let args = match Args::parse_terminated.parse2(mac.tokens.clone()) {
            Ok(args) => args.into_iter().collect::<Vec<_>>(),
            Err(error) => {
                self.error(error.span().into(), error.to_string());
                return self.error_expr(span);
            }
        };
        match &*name {
            "log" => self.print("_log", &args, span),
            "println" | "print" | "eprintln" | "eprint" => self.print("_print", &args, span),
            "format" => {
                let args = self.format_args(&args, span);
                let string = self.low.defs.adt_ty("String", Vec::new());
                let value = self.call_prelude("format", Vec::new(), vec![args], string, span);
                let value = self.block_of(value);
                self.call_prelude("must_use", vec![string], vec![value], string, span)
            }
            "format_args" => self.format_args(&args, span),
            "panic" => self.panic(&args, None, span),
            "todo" => self.panic(&args, Some("not yet implemented"), span),
            "unimplemented" => self.panic(&args, Some("not implemented"), span),
            "unreachable" => self.panic(&args, Some("internal error: entered unreachable code"), span),
            "assert" | "debug_assert" => self.check_assert(&args, span),
            "assert_eq" | "debug_assert_eq" => self.check_assert_eq(&args, true, span),
            "assert_ne" | "debug_assert_ne" => self.check_assert_eq(&args, false, span),
            "join" => {
                let name = match args.len() {
                    2 => "join",
                    3 => "join3",
                    n => {
                        let message = format!("`join!` takes 2 or 3 futures, not {n}");
                        self.unsupported(span, message, "nest them: join!(a, join!(b, c))");
                        return self.error_expr(span);
                    }
                };
                let id = self.prelude_fn(name);
                let tys = self.fresh_args(args.len());
                let list = args.iter().collect::<Vec<_>>();
                let call = self.check_call(FnRef { id, args: tys }, None, &list, span, start, None);
                // The macro's own expression is nowhere in the source.
                self.tree.exprs[call.0 as usize].span = Span::NONE;
                call
            }
            "pin" => self.check_pin(&args, span),
            "write" | "writeln" => self.check_write(&args, &name == "writeln", span),
            "intrinsic" => self.error_expr(span),
            _ => {
                self.unsupported(span, format!("the macro `{name}!` is not supported"), "");
                self.error_expr(span)
            }
        }
    }

    pub(super) fn call_prelude(&mut self, name: &str, tys: Vec<Ty>, args: Vec<ExprId>, ty: Ty, span: Span) -> ExprId {
        let func = FnRef { id: self.prelude_fn(name), args: tys };
        self.tree.add(ExprKind::Call(func, args), ty, span)
    }

    /// `{ e }`
    fn block_of(&mut self, expr: ExprId) -> ExprId {
        let (ty, span) = (self.tree.expr(expr).ty, self.tree.expr(expr).span);
        self.tree.add(ExprKind::Block(Block { stmts: Vec::new(), tail: Some(expr), label: None }), ty, span)
    }

    /// `{ _log(format_args!(..)); }`
    fn print(&mut self, name: &str, args: &[syn::Expr], span: Span) -> ExprId {
        let args = self.format_args(args, span);
        let call = self.call_prelude(name, Vec::new(), vec![args], Types::UNIT, span);
        let block = Block { stmts: vec![Stmt::Expr(call)], tail: None, label: None };
        self.tree.add(ExprKind::Block(block), Types::UNIT, span)
    }

    fn panic(&mut self, args: &[syn::Expr], prefix: Option<&str>, span: Span) -> ExprId {
        let args = match (prefix, args) {
            (Some(prefix), []) => self.plain_arguments(prefix, span),
            (Some(prefix), args) => {
                let before = match prefix {
                    "internal error: entered unreachable code" | "not yet implemented" | "not implemented" => {
                        format!("{prefix}: ")
                    }
                    _ => String::new(),
                };
                self.format_args_after(&before, args, span)
            }
            (None, []) => self.plain_arguments("explicit panic", span),
            (None, args) => self.format_args(args, span),
        };
        self.call_prelude("panic_fmt", Vec::new(), vec![args], Types::NEVER, span)
    }

    fn check_assert(&mut self, args: &[syn::Expr], span: Span) -> ExprId {
        let Some((cond, rest)) = args.split_first() else {
            self.error(span, "macro requires a boolean expression as an argument");
            return self.error_expr(span);
        };
        let checked = self.check_coerce(cond, Types::BOOL);
        let cond_span = span_of(cond);
        let not = self.tree.add(ExprKind::Unary(UnOp::Not, checked), Types::BOOL, cond_span);
        let panic = match rest {
            [] => {
                let text = self.low.text_of(cond_span);
                let arguments = self.plain_arguments(&format!("assertion failed: {text}"), span);
                self.call_prelude("panic_fmt", Vec::new(), vec![arguments], Types::NEVER, span)
            }
            rest => self.panic(rest, None, span),
        };
        let then = self.tree.add(ExprKind::NeverToAny(panic), Types::UNIT, span);
        self.tree.add(ExprKind::If { cond: not, then, els: None }, Types::UNIT, span)
    }

    /// `match (&left, &right) { (left_val, right_val) => if !(*left_val == *right_val) { .. } }`
    fn check_assert_eq(&mut self, args: &[syn::Expr], wants_equal: bool, span: Span) -> ExprId {
        let [left, right, rest @ ..] = args else {
            self.error(span, "assert_eq! and assert_ne! take two values");
            return self.error_expr(span);
        };
        let left = self.check_expr(left, None);
        let left_ty = self.tree.expr(left).ty;
        let right = self.check_expr(right, Some(left_ty));
        let right_ty = self.tree.expr(right).ty;
        let left_span = self.tree.expr(left).span;
        let left = self.borrow(false, left, left_span);
        let right = self.borrow(false, right, left_span);
        let tys = [self.tree.expr(left).ty, self.tree.expr(right).ty];
        let pair_ty = self.intern(TyKind::Tuple(tys.to_vec()));
        let scrutinee = self.tree.add(ExprKind::Tuple(vec![left, right]), pair_ty, span);
        let vars =
            [self.new_var("left_val", tys[0], Span::NONE, false), self.new_var("right_val", tys[1], Span::NONE, false)];
        let place = |checker: &mut Self, at: usize| {
            let var = checker.tree.add(ExprKind::Var(vars[at]), tys[at], span);
            checker.tree.add(ExprKind::Deref(var), [left_ty, right_ty][at], span)
        };
        let (a, b) = (place(self, 0), place(self, 1));
        self.settle();
        let equal = self.compare_equal(a, b, span);
        let cond = match wants_equal {
            true => self.tree.add(ExprKind::Unary(UnOp::Not, equal), Types::BOOL, span),
            false => equal,
        };
        let kind_ty = self.low.defs.adt_ty("AssertKind", Vec::new());
        let kind_var = self.new_var("kind", kind_ty, Span::NONE, false);
        let variant = u32::from(!wants_equal);
        let kind = self.tree.add(ExprKind::Adt { variant, fields: Vec::new(), base: None }, kind_ty, span);
        let pat = self.tree.add_pat(PatKind::Binding { var: kind_var, by_ref: None, sub: None }, kind_ty, span);
        let kind_use = self.tree.add(ExprKind::Var(kind_var), kind_ty, span);
        let (a, b) = (place(self, 0), place(self, 1));
        let (a, b) = (self.borrow(false, a, span), self.borrow(false, b, span));
        let arguments_ty = self.low.defs.adt_ty("Arguments", Vec::new());
        let option_ty = self.low.defs.adt_ty("Option", vec![arguments_ty]);
        let message = match rest {
            [] => self.tree.add(ExprKind::Adt { variant: 0, fields: Vec::new(), base: None }, option_ty, span),
            rest => {
                let message = self.format_args(rest, span);
                self.tree.add(ExprKind::Adt { variant: 1, fields: vec![(0, message)], base: None }, option_ty, span)
            }
        };
        let list = vec![kind_use, a, b, message];
        let failed = self.call_prelude("assert_failed", vec![left_ty, right_ty], list, Types::NEVER, span);
        let stmts = vec![Stmt::Let { pat, init: Some(kind), els: None, span }, Stmt::Expr(failed)];
        let then = self.tree.add(ExprKind::Block(Block { stmts, tail: None, label: None }), Types::NEVER, span);
        let then = self.tree.add(ExprKind::NeverToAny(then), Types::UNIT, span);
        let body = self.tree.add(ExprKind::If { cond, then, els: None }, Types::UNIT, span);
        let body = self.block_of(body);
        let fields = (0..2).map(|at| {
            let kind = PatKind::Binding { var: vars[at], by_ref: None, sub: None };
            (at as u32, self.tree.add_pat(kind, tys[at], span))
        });
        let fields = fields.collect();
        let pat = self.tree.add_pat(PatKind::Fields(fields), pair_ty, span);
        let arms = vec![Arm { pat, guard: None, body, span }];
        self.tree.add(ExprKind::Match { scrutinee, arms }, Types::UNIT, span)
    }

    fn compare_equal(&mut self, a: ExprId, b: ExprId, span: Span) -> ExprId {
        self.binary_on(BinOp::Eq, a, b, span)
    }

    /// `box_assume_init_into_vec_unsafe(write_box(Box::new_uninit(), [..]))`, `from_elem(x, n)` or `Vec::new()`
    fn check_vec(&mut self, mac: &syn::Macro, span: Span, hint: Option<Ty>) -> ExprId {
        let item_hint = match hint.map(|hint| self.kind(self.actual(hint)).clone()) {
            Some(TyKind::Adt(_, args)) => args.first().copied(),
            _ => None,
        };
        let parser = |input: syn::parse::ParseStream<'_>| -> syn::Result<(Args, Option<syn::Expr>)> {
            if input.is_empty() {
                return Ok((Args::new(), None));
            }
            let first = input.parse::<syn::Expr>()?;
            if input.parse::<Option<syn::Token![;]>>()?.is_some() {
                let mut args = Args::new();
                args.push(first);
                return Ok((args, Some(input.parse()?)));
            }
            let mut args = Args::new();
            args.push_value(first);
            while let Some(comma) = input.parse::<Option<syn::Token![,]>>()? {
                args.push_punct(comma);
                if input.is_empty() {
                    break;
                }
                args.push_value(input.parse()?);
            }
            Ok((args, None))
        };
        let (args, count) = match parser.parse2(mac.tokens.clone()) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.error(error.span().into(), error.to_string());
                return self.error_expr(span);
            }
        };
        if let Some(count) = count {
            let item = self.check_expr(&args[0], item_hint);
            let item_ty = self.tree.expr(item).ty;
            let count = self.check_coerce(&count, Types::USIZE);
            let vec = self.low.defs.adt_ty("Vec", vec![item_ty]);
            return self.call_prelude("from_elem", vec![item_ty], vec![item, count], vec, span);
        }
        if args.is_empty() {
            let item = item_hint.unwrap_or_else(|| self.fresh());
            let vec = self.low.defs.adt_ty("Vec", vec![item]);
            return self.call_prelude("Vec::new", vec![item], Vec::new(), vec, span);
        }
        let mut merged = item_hint.filter(|&ty| !self.is_unknown(ty));
        let mut items = Vec::new();
        for item in &args {
            let checked = self.check_expr(item, merged.or(item_hint));
            items.push(self.coerce_branch(checked, &mut merged));
        }
        let item_ty = match merged {
            Some(ty) => ty,
            None => self.fresh(),
        };
        let len = items.len() as u64;
        let array_ty = self.intern(TyKind::Array(item_ty, len));
        let array = self.tree.add(ExprKind::Array(items), array_ty, span);
        let uninit = self.low.defs.adt_ty("ManuallyDrop", vec![array_ty]);
        let box_ty = self.low.defs.adt_ty("Box", vec![uninit]);
        let empty = self.call_prelude("box_new_uninit", vec![uninit], Vec::new(), box_ty, span);
        let boxed = self.tree.add(ExprKind::WriteBox(empty, array), box_ty, span);
        let vec = self.low.defs.adt_ty("Vec", vec![item_ty]);
        let len = self.intern(TyKind::ConstValue(len));
        self.call_prelude("box_assume_init_into_vec_unsafe", vec![item_ty, len], vec![boxed], vec, span)
    }

    /// `match e { pat => true, _ => false }`
    fn check_matches(&mut self, mac: &syn::Macro, span: Span) -> ExprId {
        let parser = |input: syn::parse::ParseStream<'_>| -> syn::Result<(syn::Expr, syn::Pat, Option<syn::Expr>)> {
            let expr = input.parse()?;
            input.parse::<syn::Token![,]>()?;
            let pat = syn::Pat::parse_multi_with_leading_vert(input)?;
            let guard = match input.parse::<Option<syn::Token![if]>>()? {
                Some(_) => Some(input.parse()?),
                None => None,
            };
            input.parse::<Option<syn::Token![,]>>()?;
            Ok((expr, pat, guard))
        };
        let (expr, pat, guard) = match parser.parse2(mac.tokens.clone()) {
            Ok(parsed) => parsed,
            Err(error) => {
                self.error(error.span().into(), error.to_string());
                return self.error_expr(span);
            }
        };
        let scrutinee = self.check_expr(&expr, None);
        self.settle();
        let ty = self.tree.expr(scrutinee).ty;
        self.names.push(HashMap::default());
        let pat = self.check_pat_top(&pat, ty);
        let guard = guard.map(|guard| self.check_cond(&guard));
        self.names.pop();
        let yes = self.tree.add(ExprKind::Const(Const::Bits(1)), Types::BOOL, span);
        let no = self.tree.add(ExprKind::Const(Const::Bits(0)), Types::BOOL, span);
        let wild = self.tree.add_pat(PatKind::Wild, ty, span);
        let arms = vec![Arm { pat, guard, body: yes, span }, Arm { pat: wild, guard: None, body: no, span }];
        self.tree.add(ExprKind::Match { scrutinee, arms }, Types::BOOL, span)
    }

    /// `{ super let mut pinned = e; Pin::new_unchecked(&mut pinned) }`
    fn check_pin(&mut self, args: &[syn::Expr], span: Span) -> ExprId {
        let [value] = args else {
            self.error(span, "`pin!` takes one value");
            return self.error_expr(span);
        };
        let value = self.check_expr(value, None);
        let ty = self.tree.expr(value).ty;
        let var = self.new_var("pinned", ty, Span::NONE, true);
        let pat = self.tree.add_pat(PatKind::Binding { var, by_ref: None, sub: None }, ty, span);
        let place = self.tree.add(ExprKind::Var(var), ty, span);
        let pointer = self.borrow(true, place, span);
        let pointer_ty = self.tree.expr(pointer).ty;
        let pin_ty = self.low.defs.adt_ty("Pin", vec![pointer_ty]);
        let pinned = self.call_prelude("Pin::new_unchecked", vec![pointer_ty], vec![pointer], pin_ty, span);
        let block = Block { stmts: vec![Stmt::SuperLet(pat, value)], tail: Some(pinned), label: None };
        self.tree.add(ExprKind::Block(block), pin_ty, span)
    }

    /// `f.write_fmt(format_args!(..))`
    fn check_write(&mut self, args: &[syn::Expr], newline: bool, span: Span) -> ExprId {
        let Some((target, rest)) = args.split_first() else {
            self.error(span, "`write!` takes where to write and a format string");
            return self.error_expr(span);
        };
        let arguments = match (newline, rest) {
            (true, []) => self.plain_arguments("\n", span),
            (true, rest) => self.format_args_with("", rest, "\n", span),
            (false, rest) => self.format_args(rest, span),
        };
        let target = self.check_expr(target, None);
        self.settle();
        let mut place = target;
        for _ in 0..6 {
            let ty = self.actual(self.tree.expr(place).ty);
            let name = self.low.defs.types.adt(ty).map(|def| def.name.clone());
            let func = match name.as_deref() {
                Some("core::fmt::Formatter") => "Formatter::write_fmt",
                Some("String") => "String::write_fmt",
                _ => match self.deref_ty(ty, false) {
                    Some((step, to)) => {
                        place = self.deref_expr(place, step, to, span);
                        continue;
                    }
                    None => break,
                },
            };
            let borrowed = self.borrow(true, place, span);
            let error = self.low.defs.adt_ty("FmtError", Vec::new());
            let result = self.low.defs.adt_ty("Result", vec![Types::UNIT, error]);
            return self.call_prelude(func, Vec::new(), vec![borrowed, arguments], result, span);
        }
        self.unsupported(span, "`write!` is supported to a `String` and a `Formatter`", "");
        self.error_expr(span)
    }
}
