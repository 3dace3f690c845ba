//! Building MIR from the typed tree, as rustc's `rustc_mir_build` does it: the same locals in the same order, the same scopes, the same
//! drops at their ends. Which local is saved across an await follows from all of that.
//!
//! Every expression is a scope of its own, in which its operands live. Temporaries of places live longer: up to the end of the
//! innermost *terminating* scope (a statement, a condition, an arm, a block's tail), or of the block, if a `let` extends them.

mod block;
mod cfg;
mod expr_as_place;
mod expr_as_rvalue;
mod expr_into;
mod matches;
mod matches_test;
mod regions;
mod scope;

use crate::hash::HashMap;
use crate::lower::Lowerer;
use crate::mir::{Block, Body, BodyKind, Local, LocalDecl, LocalKind, Place};
use crate::span::Span;
use crate::tree::{ExprId, LoopId, PatKind, Tree, VarId};
use crate::ty::{Ty, TyKind, Types};
use regions::Regions;
use scope::{BreakableScope, DropTree, IfThenScope, Scope, ScopeId};

/// The locals of a variable: within a guard it is a reference to what is matched.
#[derive(Clone, Copy, Debug)]
struct VarLocals {
    body: Local,
    guard: Option<Local>,
}

pub(crate) struct Builder<'a> {
    low: &'a mut Lowerer,
    tree: &'a Tree,
    index: usize,
    body: Body,
    scopes: Vec<Scope>,
    next_scope: u32,
    breakable: Vec<BreakableScope>,
    if_then: Option<IfThenScope>,
    coroutine_drops: DropTree,
    vars: HashMap<VarId, VarLocals>,
    /// Where each variable's drop is scheduled.
    var_scopes: HashMap<VarId, ScopeId>,
    /// Variables that are bound in a guard that is being lowered.
    guards: Vec<Vec<VarId>>,
    temp_scope: ScopeId,
    regions: Regions,
    /// Temporaries that a `let` extends.
    extended: HashMap<ExprId, ScopeId>,
    unit_temp: Option<Local>,
    loops: HashMap<LoopId, usize>,
}

/// The MIR of a body of a tree, right before the coroutine transform.
pub(crate) fn build(low: &mut Lowerer, tree: &Tree, index: usize) -> Body {
    let info = &tree.bodies[index];
    let regions = Regions::of(tree, info.value);
    let mut builder = Builder {
        low,
        tree,
        index,
        body: Body {
            name: info.name.clone(),
            kind: info.kind,
            span: info.span,
            blocks: Vec::with_capacity(32),
            ..Body::default()
        },
        scopes: Vec::new(),
        next_scope: 0,
        breakable: Vec::new(),
        if_then: None,
        coroutine_drops: DropTree::new(),
        vars: HashMap::default(),
        var_scopes: HashMap::default(),
        guards: Vec::new(),
        temp_scope: ScopeId(0),
        regions,
        extended: HashMap::default(),
        unit_temp: None,
        loops: HashMap::default(),
    };
    builder.run();
    let is_user = tree.is_user;
    let Builder { body, low, .. } = builder;
    crate::passes::run(low, body, is_user)
}

impl Builder<'_> {
    fn run(&mut self) {
        let info = &self.tree.bodies[self.index];
        let (kind, value, result, params) = (info.kind, info.value, info.result, info.params.clone());
        let info_span = self.tree.expr(value).span;
        self.new_local(LocalKind::Return, result, Span::NONE);
        let mut args = Vec::new();
        let own = match kind {
            BodyKind::Closure => Some(self.low.defs.types.intern(TyKind::Closure(info.id))),
            BodyKind::AsyncBlock | BodyKind::AsyncFn => Some(self.low.defs.types.intern(TyKind::Coroutine(info.id))),
            BodyKind::Fn => None,
        };
        if let Some(own) = own {
            let ty = match (kind, info.call) {
                (BodyKind::Closure, crate::tree::CallKind::Mut) => self.low.defs.types.intern(TyKind::Ref(true, own)),
                (BodyKind::Closure, crate::tree::CallKind::Ref) => self.low.defs.types.intern(TyKind::Ref(false, own)),
                _ => own,
            };
            args.push((self.new_local(LocalKind::Argument(None), ty, Span::NONE), None));
        }
        if kind.is_coroutine() {
            let ty = self.low.defs.adt_ty("ResumeTy", Vec::new());
            args.push((self.new_local(LocalKind::Argument(None), ty, Span::NONE), None));
        }
        for pat in params {
            let node = self.tree.pat(pat);
            let name = match node.kind {
                PatKind::Binding { var, by_ref: None, sub: None } => Some(self.tree.var(var).name.clone()),
                _ => None,
            };
            let local = self.new_local(LocalKind::Argument(name), node.ty, node.span);
            args.push((local, Some(pat)));
        }
        self.body.arg_count = args.len();
        let start = self.new_block();
        let span = info_span;
        self.push_scope(span);
        let arg_scope_outer = self.topmost();
        let at = self.push_breakable(None, Place::from(Local::RETURN));
        let arg_scope = self.push_scope(span);
        let _ = arg_scope_outer;
        self.temp_scope = arg_scope;
        let mut block = start;
        for &(local, _) in &args {
            self.schedule_value(arg_scope, local);
        }
        for (local, pat) in args {
            let Some(pat) = pat else { continue };
            match self.tree.pat(pat).kind {
                PatKind::Binding { var, by_ref: None, sub: None } => {
                    self.vars.insert(var, VarLocals { body: local, guard: None });
                }
                _ => {
                    self.declare_bindings(pat, arg_scope, false);
                    block = self.place_into_pattern(block, pat, local.into(), false);
                }
            }
        }
        block = self.expr_into(block, Place::from(Local::RETURN), value);
        block = self.pop_scope(block);
        let block = self.pop_breakable(at, Some(block), None);
        self.terminate(block, crate::mir::TerminatorKind::Return, Span::NONE);
        self.build_coroutine_drops();
        self.scopes.clear();
    }

    fn new_local(&mut self, kind: LocalKind, ty: Ty, span: Span) -> Local {
        self.body.locals.push(LocalDecl { kind, ty, span, has_storage: false });
        Local(self.body.locals.len() as u32 - 1)
    }

    /// A temporary whose storage nothing marks.
    fn temp(&mut self, ty: Ty, span: Span) -> Local {
        self.new_local(LocalKind::Temp, ty, span)
    }

    fn unit_temp(&mut self) -> Place {
        let local = match self.unit_temp {
            Some(local) => local,
            None => {
                let local = self.temp(Types::UNIT, Span::NONE);
                self.unit_temp = Some(local);
                local
            }
        };
        local.into()
    }

    fn kind(&self, ty: Ty) -> &TyKind {
        self.low.defs.types.kind(ty)
    }

    /// What a type is, whatever parameter stands for it.
    fn actual(&self, ty: Ty) -> Ty {
        let mut ty = ty;
        while let TyKind::Param(_, to) = *self.kind(ty) {
            ty = to;
        }
        ty
    }

    fn is_copy(&self, ty: Ty) -> bool {
        self.low.defs.types.is_copy(ty)
    }

    fn needs_drop(&self, ty: Ty) -> bool {
        self.low.defs.types.needs_drop(ty)
    }

    /// The variable's local, as the code that is being lowered sees it; in a guard, behind a reference.
    fn var_place(&mut self, var: VarId) -> Option<Place> {
        let locals = self.vars.get(&var)?;
        let in_guard = self.guards.iter().any(|vars| vars.contains(&var));
        match (in_guard, locals.guard) {
            (true, Some(guard)) => Some(Place::from(guard).deref()),
            _ => Some(locals.body.into()),
        }
    }

    fn block_of(&self) -> Block {
        Block(self.body.blocks.len() as u32)
    }
}
