//! Functions that are values: closures, function items, function pointers, and what is boxed of them.

use super::super::engine::{Engine, Value, Wakes};
use super::super::stop::{Run, unknown};
use super::Called;
use crate::mir::{BodyId, Callee};
use crate::ty::{Builtin, TyKind};

impl Engine {
    pub(super) fn function_intrinsic(&self, called: &Called<'_>, wakes: Wakes<'_>) -> Run<bool> {
        let is_once = match called.name {
            "FnOnce::call_once" => true,
            "FnMut::call_mut" | "Fn::call" => false,
            _ => return Ok(false),
        };
        let (own, tuple) = (called.arg(0)?, called.arg(1)?);
        let count = if let TyKind::Tuple(fields) = self.kind(tuple.ty) { fields.len() } else { 0 };
        let args = (0..count).map(|i| self.part(tuple, 0, i)).collect::<Run<Vec<_>>>()?;
        let taken = self.call_value(own, &args, called.to, wakes)?;
        if is_once && !taken {
            // It was called by reference, and is gone after that.
            self.drop_value(own, 0, wakes)?;
        }
        Ok(true)
    }

    /// Calls a function that is a value; says whether the value itself was moved into the call.
    pub(super) fn call_value(&self, f: Value, args: &[Value], to: Value, wakes: Wakes<'_>) -> Run<bool> {
        match self.kind(f.ty) {
            TyKind::Closure(body) => self.call_closure(*body, f, args, to, wakes),
            TyKind::Ref(_, inner) => {
                let pointer = self.pointer(f.at, *inner)?;
                let ty = self.concrete(*inner, pointer.meta)?;
                self.call_value(Value { at: pointer.at, ty }, args, to, wakes).map(|_| false)
            }
            TyKind::Adt(_, types) if matches!(self.builtin(f.ty), Some(Builtin::Box | Builtin::Rc)) => {
                let Some(&inner) = types.first() else { return unknown("a function in a box") };
                let pointer = self.inside(f, inner)?;
                let ty = self.concrete(inner, pointer.meta)?;
                self.call_value(Value { at: pointer.at, ty }, args, to, wakes).map(|_| false)
            }
            TyKind::FnDef(..) => match self.program.fn_items.get(&f.ty) {
                Some(callee) => self.call_callee(callee, args, to, wakes).map(|()| true),
                None => unknown("a function item"),
            },
            TyKind::FnPtr(..) => {
                let known = self.functions.borrow().get((self.word(f.at)? as usize).wrapping_sub(1)).cloned();
                let Some(callee) = known else { return unknown("a function pointer") };
                self.call_callee(&callee, args, to, wakes).map(|()| true)
            }
            _ => unknown(format!("how to call `{}`", self.program.types.name(f.ty))),
        }
    }

    fn call_callee(&self, callee: &Callee, args: &[Value], to: Value, wakes: Wakes<'_>) -> Run<()> {
        match callee {
            Callee::Body(body) => {
                let own = self.program.body(*body).locals.get(1).map(|decl| decl.ty);
                let mut all = args.to_vec();
                // A closure that became a pointer captures nothing: it has no place of its own.
                if let (true, Some(ty)) = (self.program.body(*body).arg_count == args.len() + 1, own) {
                    return self.with_room(ty, |room| {
                        all.insert(0, room);
                        self.deeper(|| self.call_body(*body, &all, to.at, wakes))
                    });
                }
                self.deeper(|| self.call_body(*body, &all, to.at, wakes))
            }
            Callee::Intrinsic(name, types) => {
                let called = Called { name, types, args, to };
                self.deeper(|| self.intrinsic(&called, wakes))
            }
        }
    }

    fn call_closure(&self, body: BodyId, f: Value, args: &[Value], to: Value, wakes: Wakes<'_>) -> Run<bool> {
        let is_by_value = self.program.body(body).locals.get(1).is_some_and(|decl| decl.ty == f.ty);
        let call = |own: Value| {
            let mut all = vec![own];
            all.extend(args);
            self.deeper(|| self.call_body(body, &all, to.at, wakes))
        };
        if is_by_value { call(f) } else { self.with_reference(body, 1, f, call) }.map(|()| is_by_value)
    }
}
