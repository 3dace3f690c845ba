//! Lowering a whole program: from `main`, every function that is reached, once for each instance.
//!
//! Types of a tree still say which are parameters, since generic code is lowered as rustc lowers it: once, not knowing what they are.
//! When a body is done, they become what they stand for.

mod callees;
mod types;

use crate::check::Checker;
use crate::hash::{HashMap, HashSet};
use crate::items::Defs;
use crate::mir::{Body, BodyId, Callee};
use crate::order::sort_by_key;
use crate::prelude::PreludeFns;
use crate::program::Program;
use crate::release::Release;
use crate::span::Span;
use crate::tree::{CallKind, Tree};
use crate::ty::{Ty, TyKind, Types};

/// How many bodies a program may have: a generic function that calls itself with ever larger types would never end.
const MAX_BODIES: usize = 4000;

/// The bodies of an instance: of an async function there are two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Instance {
    pub(crate) body: BodyId,
    pub(crate) coroutine: Option<BodyId>,
}

/// The state of lowering.
pub(crate) struct Lowerer {
    pub(crate) defs: Defs,
    pub(crate) release: Release,
    pub(crate) prelude_fns: PreludeFns,
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
    fn_items: HashMap<Ty, Callee>,
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
    low.defs.add_file(file, true);
    low.run()
}

impl Lowerer {
    pub(crate) fn new(defs: Defs, prelude_fns: PreludeFns) -> Lowerer {
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
            fn_items: HashMap::default(),
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
        for id in 0..self.defs.items.fns.len() {
            let def = &self.defs.items.fns[id];
            if def.is_user && def.generics.names.is_empty() && def.has_body {
                self.instance(id, &[]);
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

    fn finish(mut self, entry: Option<BodyId>) -> Program {
        let mut drop_impls = HashMap::default();
        let mut impls: HashMap<Ty, Vec<(String, BodyId)>> = HashMap::default();
        let tys = self.defs.types.variants.keys().copied().collect::<Vec<_>>();
        for ty in tys {
            if !self.is_concrete(ty) {
                continue;
            }
            for (name, func) in self.impls_of(ty) {
                let callee = self.callee(&func);
                match (&*name, callee) {
                    ("Drop::drop", callee) => {
                        drop_impls.insert(ty, callee);
                    }
                    (_, Callee::Body(body)) => {
                        impls.entry(ty).or_default().push((name, body));
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
        sort_by_key(&mut diagnostics, |diagnostic| diagnostic.span);
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
}
