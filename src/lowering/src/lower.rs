//! Lowering a whole program: from `main`, every function that is reached, once for each instance.
//!
//! Types of a tree still say which are parameters, since generic code is lowered as rustc lowers it: once, not knowing what they are.
//! When a body is done, they become what they stand for.

use crate::check::{Checker, Selected};
use crate::hash::{HashMap, HashSet};
use crate::items::{Defs, Owner, Pred};
use crate::mir::{Body, BodyId, Callee};
use crate::program::Program;
use crate::release::Release;
use crate::span::Span;
use crate::tree::{CallKind, FnRef, Tree};
use crate::ty::{Field, Ty, TyKind, Types, Variant};
use std::collections::BTreeMap;

/// How many bodies a program may have: a generic function that calls itself with ever larger types would never end.
const MAX_BODIES: usize = 4000;

/// The bodies of an instance: of an async function there are two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instance {
    pub(crate) body: BodyId,
    pub(crate) coroutine: Option<BodyId>,
}

const INFER: u8 = 1;
const ASSOC: u8 = 2;
const ERROR: u8 = 4;
const PARAM: u8 = 8;
const ASYNC: u8 = 16;
/// The variants of all types in it are known.
const VARIANTS: u8 = 32;

/// The state of lowering.
pub(crate) struct Lowerer {
    pub(crate) defs: Defs,
    pub(crate) release: Release,
    pub(crate) prelude_fns: HashMap<String, usize>,
    instances: HashMap<(usize, Vec<Ty>), Instance>,
    queue: Vec<(usize, Vec<Ty>)>,
    checked: HashMap<(usize, Vec<Ty>), Tree>,
    opaque: HashMap<(usize, Vec<Ty>), Ty>,
    pub(crate) bodies: Vec<Body>,
    pub(crate) body_results: HashMap<BodyId, Ty>,
    pub(crate) closure_signatures: HashMap<BodyId, (Ty, Ty)>,
    pub(crate) closure_calls: HashMap<BodyId, CallKind>,
    const_bodies: HashMap<String, BodyId>,
    flags: Vec<u8>,
    lines: Vec<String>,
    fn_items: BTreeMap<Ty, Callee>,
    callees: HashMap<(usize, Vec<Ty>), Callee>,
}

/// Lowers a program; what is wrong with it is in its diagnostics.
pub fn lower(source: &str, release: Release) -> Program {
    let mut low = crate::prelude::lowerer();
    low.release = release;
    low.lines = source.lines().map(str::to_owned).collect();
    if let Some(diagnostic) = crate::limits::check(source) {
        low.defs.diagnostics.push(diagnostic);
        return low.finish(None);
    }
    let file = match syn::parse_file(source) {
        Ok(file) => file,
        Err(error) => {
            let span = Span::from(error.span());
            low.defs.error(span, error.to_string());
            return low.finish(None);
        }
    };
    low.defs.add_file(&file, true);
    low.run()
}

impl Lowerer {
    pub(crate) fn new(defs: Defs) -> Lowerer {
        let mut prelude_fns = HashMap::default();
        for (id, def) in defs.items.fns.iter().enumerate() {
            match def.owner {
                Owner::Free => {
                    prelude_fns.insert(def.name.clone(), id);
                }
                Owner::Impl(owner) if defs.items.impls[owner].trait_.is_none() => {
                    if let TyKind::Adt(adt, _) = defs.types.kind(defs.items.impls[owner].self_ty)
                        && let Some((name, _)) = defs.items.adts.iter().find(|&(_, known)| known == adt)
                    {
                        prelude_fns.entry(format!("{name}::{}", def.name)).or_insert(id);
                    }
                }
                _ => {}
            }
        }
        Lowerer {
            defs,
            release: Release::default(),
            prelude_fns,
            instances: HashMap::default(),
            queue: Vec::new(),
            checked: HashMap::default(),
            opaque: HashMap::default(),
            bodies: Vec::new(),
            body_results: HashMap::default(),
            closure_signatures: HashMap::default(),
            closure_calls: HashMap::default(),
            const_bodies: HashMap::default(),
            flags: Vec::new(),
            lines: Vec::new(),
            fn_items: BTreeMap::new(),
            callees: HashMap::default(),
        }
    }

    fn run(mut self) -> Program {
        let main = self
            .defs
            .items
            .free_fns
            .get("main")
            .copied()
            .filter(|&id| id != usize::MAX && self.defs.items.fns[id].is_user);
        let entry = match main {
            Some(id) => {
                let def = self.defs.items.fns[id].clone();
                if !def.is_async {
                    self.defs.error(def.span, "`main` must be an `async fn`");
                }
                if !def.params.is_empty() || !def.generics.names.is_empty() {
                    self.defs.error(def.span, "`main` takes no arguments and no parameters");
                    None
                } else {
                    Some(self.instance(id, &[]).body)
                }
            }
            None => {
                self.defs.error(
                    Span { line: 1, col: 1, end_line: 1, end_col: 1 },
                    "`main` function not found: write `async fn main() { .. }`",
                );
                None
            }
        };
        self.drain();
        // Functions that nothing calls are checked, too, so that their errors are shown.
        let before = self.bodies.len();
        let _ = before;
        for id in 0..self.defs.items.fns.len() {
            let def = &self.defs.items.fns[id];
            if def.is_user && def.generics.names.is_empty() && def.has_body {
                let instance = self.instance(id, &[]);
                let _ = instance;
            }
        }
        self.drain();
        self.finish(entry)
    }

    fn drain(&mut self) {
        loop {
            while let Some((id, args)) = self.queue.pop() {
                if self.bodies.len() > MAX_BODIES {
                    let span = self.defs.items.fns[id].span;
                    self.defs.error(span, "reached the recursion limit while instantiating functions");
                    self.queue.clear();
                    return;
                }
                let tree = match self.checked.remove(&(id, args.clone())) {
                    Some(tree) => tree,
                    None => self.check(id, &args),
                };
                self.build(&tree);
            }
            if !self.reach_impls() {
                return;
            }
        }
    }

    fn check(&mut self, id: usize, args: &[Ty]) -> Tree {
        Checker::new(self).check_fn(id, args)
    }

    fn build(&mut self, tree: &Tree) {
        for index in 0..tree.bodies.len() {
            let body = crate::build::build(self, tree, index);
            let id = tree.bodies[index].id;
            self.bodies[id.0 as usize] = body;
        }
    }

    /// What a drop, a clone or a comparison of the types that occur runs, though no call names it; whether there was anything new.
    fn reach_impls(&mut self) -> bool {
        let tys = self.defs.types.variants.keys().copied().collect::<Vec<_>>();
        for ty in tys {
            if self.flags(ty) & (PARAM | INFER | ASSOC) != 0 {
                continue;
            }
            for (_, func) in self.impls_of(ty) {
                self.callee(&func);
            }
        }
        !self.queue.is_empty()
    }

    /// The functions that are called through the structure of a type, by name.
    fn impls_of(&mut self, ty: Ty) -> Vec<(String, FnRef)> {
        let mut found = Vec::new();
        let Some(def) = self.defs.types.adt(ty).cloned() else { return found };
        if def.has_drop {
            let trait_ = self.defs.trait_id("Drop");
            if let Some(&id) = self.defs.items.traits[trait_].fns.get("drop") {
                found.push(("Drop::drop".to_owned(), FnRef { id, args: vec![ty] }));
            }
        }
        let structural = ["Clone", "PartialEq", "PartialOrd", "Ord", "Debug", "Display", "Default"];
        for name in structural {
            let trait_ = self.defs.trait_id(name);
            let impls = self.defs.items.trait_impls.get(&trait_).cloned().unwrap_or_default();
            let own = impls.iter().any(|&id| {
                let header = &self.defs.items.impls[id];
                let same = match (self.defs.types.kind(header.self_ty), self.defs.types.kind(ty)) {
                    (TyKind::Adt(a, _), TyKind::Adt(b, _)) => a == b,
                    _ => false,
                };
                header.is_user && same
            });
            if !own {
                continue;
            }
            let method = match name {
                "Clone" => "clone",
                "PartialEq" => "eq",
                "PartialOrd" => "partial_cmp",
                "Ord" => "cmp",
                "Default" => "default",
                _ => "fmt",
            };
            if let Some(&id) = self.defs.items.traits[trait_].fns.get(method) {
                let mut args = vec![ty];
                args = {
                    let rest = self.defs.default_trait_args(trait_, Vec::new(), ty);
                    args.extend(rest);
                    args
                };
                found.push((format!("{name}::{method}"), FnRef { id, args }));
            }
        }
        found
    }

    fn finish(mut self, entry: Option<BodyId>) -> Program {
        let mut drop_impls = BTreeMap::new();
        let mut impls = BTreeMap::new();
        let tys = self.defs.types.variants.keys().copied().collect::<Vec<_>>();
        for ty in tys {
            if self.flags(ty) & (PARAM | INFER | ASSOC) != 0 {
                continue;
            }
            for (name, func) in self.impls_of(ty) {
                let callee = self.callee(&func);
                match (&*name, callee) {
                    ("Drop::drop", callee) => {
                        drop_impls.insert(ty, callee);
                    }
                    (_, Callee::Body(body)) => {
                        impls.insert((name, ty), body);
                    }
                    _ => {}
                }
            }
        }
        let upvars = self.defs.types.upvars.clone();
        for (body, list) in upvars {
            let list = list.into_iter().map(|mut upvar| {
                upvar.ty = self.strip(upvar.ty);
                upvar
            });
            let list = list.collect();
            self.defs.types.upvars.insert(body, list);
        }
        let mut diagnostics = std::mem::take(&mut self.defs.diagnostics);
        let mut seen = HashSet::default();
        diagnostics.retain(|d| seen.insert((d.message.clone(), d.span)));
        diagnostics.sort_by_key(|diagnostic| diagnostic.span);
        Program {
            release: self.release,
            types: self.defs.types,
            bodies: self.bodies,
            entry,
            drop_impls,
            impls,
            fn_items: self.fn_items,
            diagnostics,
        }
    }

    pub(crate) fn new_body(&mut self) -> BodyId {
        self.bodies.push(Body::default());
        BodyId(self.bodies.len() as u32 - 1)
    }

    /// The bodies of a function with these arguments.
    pub(crate) fn instance(&mut self, id: usize, args: &[Ty]) -> Instance {
        let args = args.iter().map(|&ty| self.strip(ty)).collect::<Vec<_>>();
        if let Some(&instance) = self.instances.get(&(id, args.clone())) {
            return instance;
        }
        let body = self.new_body();
        let coroutine = self.defs.items.fns[id].is_async.then(|| self.new_body());
        if let Some(coroutine) = coroutine {
            let result = self.defs.items.fns[id].result;
            let result = self.defs.subst(result, &args);
            let result = self.concrete(result);
            self.body_results.insert(coroutine, result);
            let path = self.defs.items.fns[id].path.clone();
            let suffix = self.short_suffix(&args);
            self.defs.types.body_names.insert(coroutine, format!("{path}::{{async_fn_env#0}}{suffix}"));
        }
        let instance = Instance { body, coroutine };
        self.instances.insert((id, args.clone()), instance);
        self.queue.push((id, args));
        instance
    }

    pub(crate) fn short_suffix(&mut self, args: &[Ty]) -> String {
        if args.is_empty() {
            return String::new();
        }
        let names = args.iter().map(|&ty| {
            let ty = self.strip(ty);
            self.defs.types.name(ty)
        });
        format!("<{}>", names.collect::<Vec<_>>().join(", "))
    }

    /// What an `impl Trait` result is, once its function is checked.
    pub(crate) fn reveal(&mut self, ty: Ty) -> Ty {
        let TyKind::Opaque(id, args) = self.defs.types.kind(ty).clone() else { return ty };
        let args = args.iter().map(|&ty| self.strip(ty)).collect::<Vec<_>>();
        let key = (id as usize, args);
        match self.opaque.get(&key) {
            Some(&known) => return known,
            None => self.opaque.insert(key.clone(), Types::ERROR),
        };
        self.instance(key.0, &key.1);
        let tree = self.check(key.0, &key.1);
        let result = self.strip(tree.bodies[0].result);
        self.opaque.insert(key.clone(), result);
        self.checked.insert(key, tree);
        result
    }

    pub(crate) fn closure_is_clone(&self, body: BodyId) -> bool {
        self.defs.types.upvars(body).iter().all(|upvar| self.defs.types.is_copy(upvar.ty))
    }

    /// The body of a `const` item.
    pub(crate) fn const_body(&mut self, name: &str, expr: &syn::Expr, ty: Ty) -> BodyId {
        if let Some(&body) = self.const_bodies.get(name) {
            return body;
        }
        let id = self.new_body();
        self.const_bodies.insert(name.to_owned(), id);
        let ty = self.concrete(ty);
        let tree = Checker::new(self).check_const(expr, ty, id);
        self.build(&tree);
        id
    }

    /// What a call calls.
    pub(crate) fn callee(&mut self, func: &FnRef) -> Callee {
        let args = func.args.iter().map(|&ty| self.strip(ty)).collect::<Vec<_>>();
        let key = (func.id, args);
        if let Some(callee) = self.callees.get(&key) {
            return callee.clone();
        }
        let callee = self.find_callee(key.0, key.1.clone());
        self.callees.insert(key, callee.clone());
        callee
    }

    fn find_callee(&mut self, id: usize, args: Vec<Ty>) -> Callee {
        let def = self.defs.items.fns[id].clone();
        let Owner::Trait(trait_) = def.owner else {
            return match &def.intrinsic {
                Some(name) => Callee::Intrinsic(name.clone(), args),
                None => Callee::Body(self.instance(id, &args).body),
            };
        };
        let parent = def.generics.parent;
        let name = format!("{}::{}", self.defs.items.traits[trait_].name, def.name);
        let pred = Pred { ty: args[0], trait_, args: args[1..parent].to_vec(), assoc: Vec::new() };
        match Checker::new(self).selected(&pred) {
            Some(Selected::Impl(impl_, impl_args)) => {
                if let Some(&own) = self.defs.items.impls[impl_].fns.get(&def.name) {
                    if self.defs.items.fns[own].intrinsic.is_some() {
                        let drop_name = self.defs.items.fns[own].intrinsic.clone().unwrap_or_default();
                        let name = if name == "Drop::drop" { drop_name } else { name };
                        return Callee::Intrinsic(name, args);
                    }
                    let mut all = impl_args;
                    all.extend(&args[parent..]);
                    return Callee::Body(self.instance(own, &all).body);
                }
                match def.has_body && def.intrinsic.is_none() {
                    true => Callee::Body(self.instance(id, &args).body),
                    false => Callee::Intrinsic(name, args),
                }
            }
            Some(Selected::Builtin)
                if def.has_body && def.intrinsic.is_none() && !matches!(&*name, "PartialEq::ne") =>
            {
                Callee::Body(self.instance(id, &args).body)
            }
            _ => Callee::Intrinsic(name, args),
        }
    }

    pub(crate) fn fn_item(&mut self, ty: Ty, func: &FnRef) {
        let ty = self.strip(ty);
        let callee = self.callee(func);
        self.fn_items.insert(ty, callee);
    }

    pub(crate) fn argument_fn(&self, trait_: &str) -> usize {
        let name = match trait_ {
            "Debug" => "argument_debug",
            "LowerHex" => "argument_lower_hex",
            "UpperHex" => "argument_upper_hex",
            "Binary" => "argument_binary",
            "Octal" => "argument_octal",
            "LowerExp" => "argument_lower_exp",
            "Pointer" => "argument_pointer",
            "usize" => "argument_usize",
            _ => "argument_display",
        };
        self.prelude_fns.get(name).copied().unwrap_or(0)
    }

    /// The text of a range within a line.
    pub(crate) fn text_of(&self, span: Span) -> String {
        let Some(line) = self.lines.get((span.line as usize).wrapping_sub(1)) else { return String::new() };
        if span.end_line != span.line {
            return line.chars().skip(span.col as usize - 1).collect::<String>().trim().to_owned();
        }
        line.chars().skip(span.col as usize - 1).take((span.end_col - span.col) as usize).collect()
    }

    /// A name with the paths that debug information has in names of instances.
    pub(crate) fn full_name(&mut self, ty: Ty) -> String {
        let ty = self.strip(ty);
        crate::prelude::full_name(&self.defs.types, ty)
    }

    fn flags(&mut self, ty: Ty) -> u8 {
        let at = ty.0 as usize;
        if self.flags.len() <= at {
            self.flags.resize(self.defs.types.len().max(at + 1), u8::MAX);
        }
        if self.flags[at] != u8::MAX {
            return self.flags[at];
        }
        let kind = self.defs.types.kind(ty).clone();
        let mut flags = match kind {
            TyKind::Infer(u32::MAX) => ASSOC | INFER,
            TyKind::Infer(_) => INFER,
            TyKind::Assoc(..) => ASSOC,
            TyKind::Error => ERROR,
            TyKind::Param(..) | TyKind::Generic(_) => PARAM,
            TyKind::AsyncFn(..) | TyKind::Opaque(..) => ASYNC,
            _ => 0,
        };
        for part in kind.parts() {
            flags |= self.flags(part) & !VARIANTS;
        }
        self.flags[at] = flags;
        flags
    }

    pub(crate) fn has_infer(&mut self, ty: Ty) -> bool {
        self.flags(ty) & INFER != 0
    }

    pub(crate) fn has_assoc(&mut self, ty: Ty) -> bool {
        self.flags(ty) & ASSOC != 0
    }

    pub(crate) fn has_error(&mut self, ty: Ty) -> bool {
        self.flags(ty) & ERROR != 0
    }

    pub(crate) fn mentions(&self, ty: Ty, part: Ty) -> bool {
        ty == part || self.defs.types.kind(ty).parts().into_iter().any(|ty| self.mentions(ty, part))
    }

    /// A type without what only the front half knows, except parameters.
    pub(crate) fn concrete(&mut self, ty: Ty) -> Ty {
        let mut ty = ty;
        if self.flags(ty) & ASSOC != 0 {
            ty = Checker::new(self).normalized(ty);
        }
        if self.flags(ty) & ASYNC != 0 {
            ty = self.without_async(ty);
        }
        self.ensure_variants(ty);
        ty
    }

    fn without_async(&mut self, ty: Ty) -> Ty {
        let kind = self.defs.types.kind(ty).clone();
        match kind {
            TyKind::AsyncFn(id, args) => {
                let args = args.iter().map(|&ty| self.without_async(ty)).collect::<Vec<_>>();
                match self.instance(id as usize, &args).coroutine {
                    Some(body) => self.defs.types.intern(TyKind::Coroutine(body)),
                    None => Types::ERROR,
                }
            }
            TyKind::Opaque(..) => {
                let ty = self.reveal(ty);
                self.without_async(ty)
            }
            kind => {
                let parts = kind.parts().into_iter().map(|part| self.without_async(part)).collect::<Vec<_>>();
                let kind = kind.with_parts(&parts);
                self.defs.types.intern(kind)
            }
        }
    }

    /// A type without parameters, too.
    pub(crate) fn strip(&mut self, ty: Ty) -> Ty {
        if self.flags(ty) & (PARAM | ASSOC | ASYNC) == 0 {
            return ty;
        }
        let stripped = self.defs.map_ty(ty, &mut |defs, ty| match *defs.types.kind(ty) {
            TyKind::Param(_, to) => Some(strip_param(defs, to)),
            _ => None,
        });
        self.concrete(stripped)
    }

    /// Puts the arguments of struct and enum types into their fields, for all that a type has in it.
    pub(crate) fn ensure_variants(&mut self, ty: Ty) {
        let flags = self.flags(ty);
        if flags & VARIANTS != 0 {
            return;
        }
        if flags & INFER == 0 {
            self.flags[ty.0 as usize] |= VARIANTS;
        }
        let kind = self.defs.types.kind(ty).clone();
        if let TyKind::Adt(id, args) = &kind {
            if self.defs.types.variants.contains_key(&ty) {
                return;
            }
            if self.flags(ty) & INFER != 0 || self.defs.types.variants.len() > 20_000 {
                return;
            }
            self.defs.types.variants.insert(ty, Vec::new());
            let def = self.defs.types.adts[id.0 as usize].variants.clone();
            let mut variants = Vec::new();
            for variant in def {
                let mut fields = Vec::new();
                for field in variant.fields {
                    let ty = self.defs.subst(field.ty, args);
                    let ty = self.concrete(ty);
                    fields.push(Field { name: field.name, ty });
                }
                variants.push(Variant { name: variant.name, fields, discriminant: variant.discriminant });
            }
            self.defs.types.variants.insert(ty, variants);
        }
        for part in kind.parts() {
            self.ensure_variants(part);
        }
    }
}

fn strip_param(defs: &mut Defs, ty: Ty) -> Ty {
    defs.map_ty(ty, &mut |defs, ty| match *defs.types.kind(ty) {
        TyKind::Param(_, to) => Some(strip_param(defs, to)),
        _ => None,
    })
}
