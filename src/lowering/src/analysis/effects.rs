//! What each statement and terminator does to whole locals: all that the analyses look at.
//!
//! They are field-insensitive, as rustc's are: a use of a field is a use of its local, and a partial write is neither a use nor a
//! definition.
//!
//! Two locals come on top of the body's own, as in rustc's transform, which renames them so that `_0` and `_2` are what `poll`
//! returns and gets: the coroutine's result (was `_0`) and its resume argument (was `_2`). The second is assigned from `_2` at the
//! very beginning.

use crate::few::Few;
use crate::mir::{
    Block, Body, Callee, Const, Local, Operand, Place, Proj, Rvalue, Statement, StatementKind, Terminator,
    TerminatorKind, reverse_postorder,
};

/// What kind of thing happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An assignment.
    Assign,
    /// A call: its destination is written when it returns.
    Call,
    /// A suspend point.
    Yield,
    /// The local gets storage; that alone is not a use.
    StorageLive(usize),
    /// The local's storage ends.
    StorageDead(usize),
    /// Anything else.
    Other,
}

/// What one statement or terminator does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// What it is.
    pub kind: Kind,
    /// The local that is written, if one is.
    pub writes: Option<usize>,
    /// Whether that local is written as a whole.
    pub whole: bool,
    /// Locals that are read, borrowed, moved or dropped, wholly or in part.
    pub uses: Few<usize>,
    /// Locals that are moved out of as a whole.
    pub moves: Few<usize>,
    /// Locals that are borrowed, not through a pointer in them. A drop borrows.
    pub borrows: Few<usize>,
}

/// What the statements of a block do, its terminator last, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlockEffects {
    /// In order.
    pub effects: Vec<Effect>,
    /// The blocks that may come next.
    pub successors: Few<Block>,
    /// Of those, the one on whose edge the destination of the terminator is written.
    pub returns_to: Option<Block>,
    /// Whether it ends where nothing can go on.
    pub unreachable: bool,
}

/// A body as the analyses see it.
#[derive(Clone, Debug)]
pub struct Effects {
    /// How many locals there are, with the two on top.
    pub locals: usize,
    /// By block.
    pub blocks: Vec<BlockEffects>,
    /// The blocks that can be reached, in order.
    pub reachable: Vec<usize>,
    /// The same in reverse postorder: each before those that come after it, but for loops.
    pub order: Vec<usize>,
    /// Locals that no StorageLive or StorageDead names: they always have storage.
    pub always_stored: Vec<bool>,
}

impl Effects {
    /// Reads a body off.
    pub fn of(body: &Body) -> Effects {
        let reader = Reader { result: body.locals.len(), resume: body.locals.len() + 1 };
        let mut blocks: Vec<BlockEffects> = body.blocks.iter().map(|data| reader.block(data)).collect();
        if let Some(first) = blocks.first_mut() {
            let mut prologue = Effect::new(Kind::Assign);
            prologue.write(reader.resume, true);
            prologue.uses.push(Local::RESUME.index());
            prologue.moves.push(Local::RESUME.index());
            first.effects.insert(0, prologue);
        }
        let locals = body.locals.len() + 2;
        let mut always_stored = vec![true; locals];
        for effect in blocks.iter().flat_map(|block| &block.effects) {
            if let Kind::StorageLive(local) | Kind::StorageDead(local) = effect.kind {
                always_stored[local] = false;
            }
        }
        let order = reverse_postorder(blocks.len(), |block, nth| blocks[block].successors.get(nth).copied());
        let mut is_reached = vec![false; blocks.len()];
        order.iter().for_each(|&at| is_reached[at] = true);
        let reachable = (0..blocks.len()).filter(|&at| is_reached[at]).collect();
        Effects { locals, blocks, reachable, order, always_stored }
    }
}

impl Effect {
    fn new(kind: Kind) -> Effect {
        let none = Few::default;
        Effect { kind, writes: None, whole: false, uses: none(), moves: none(), borrows: none() }
    }

    fn write(&mut self, local: usize, whole: bool) {
        (self.writes, self.whole) = (Some(local), whole);
    }
}

/// Renames as it reads.
struct Reader {
    result: usize,
    resume: usize,
}

impl Reader {
    fn local(&self, local: Local) -> usize {
        match local {
            Local::RETURN => self.result,
            Local::RESUME => self.resume,
            _ => local.index(),
        }
    }

    fn block(&self, data: &crate::mir::BlockData) -> BlockEffects {
        let mut effects = Vec::with_capacity(data.statements.len() + 2);
        effects.extend(data.statements.iter().map(|s| self.statement(s)));
        let kind = &data.terminator.kind;
        let (mut terminator, mut returns_to) = (self.terminator(&data.terminator), None);
        match kind {
            // The transform makes an assignment of it: the context is the resume argument itself.
            TerminatorKind::Call { func: Operand::Const(Const::Fn(Callee::Intrinsic(name, _)), _), .. }
                if name == "get_context" =>
            {
                terminator.kind = Kind::Assign;
                effects.push(terminator);
                terminator = Effect::new(Kind::Other);
            }
            TerminatorKind::Call { target, .. } => returns_to = *target,
            TerminatorKind::Yield { resume, .. } => returns_to = Some(*resume),
            _ => {}
        }
        effects.push(terminator);
        let unreachable = matches!(kind, TerminatorKind::Unreachable);
        BlockEffects { effects, successors: kind.successors().collect(), returns_to, unreachable }
    }

    fn statement(&self, statement: &Statement) -> Effect {
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => {
                let mut effect = Effect::new(Kind::Assign);
                self.destination(&mut effect, place);
                self.rvalue(&mut effect, rvalue);
                effect
            }
            StatementKind::StorageLive(local) => Effect::new(Kind::StorageLive(self.local(*local))),
            StatementKind::StorageDead(local) => Effect::new(Kind::StorageDead(self.local(*local))),
            StatementKind::PlaceMention(place) => {
                let mut effect = Effect::new(Kind::Other);
                self.place(&mut effect, place);
                effect
            }
            StatementKind::Nop => Effect::new(Kind::Other),
        }
    }

    fn terminator(&self, terminator: &Terminator) -> Effect {
        let mut effect = Effect::new(Kind::Other);
        match &terminator.kind {
            TerminatorKind::SwitchInt { value, .. } => self.operand(&mut effect, value),
            TerminatorKind::Assert { cond, message, .. } => {
                self.operand(&mut effect, cond);
                for operand in message.operands() {
                    self.operand(&mut effect, operand);
                }
            }
            TerminatorKind::Return => effect.uses.push(self.result),
            TerminatorKind::Drop { place, .. } => self.borrow(&mut effect, place),
            TerminatorKind::Call { func, args, destination, .. } => {
                effect.kind = Kind::Call;
                self.destination(&mut effect, destination);
                self.operand(&mut effect, func);
                args.iter().for_each(|arg| self.operand(&mut effect, arg));
            }
            TerminatorKind::Yield { value, resume_arg, .. } => {
                effect.kind = Kind::Yield;
                self.destination(&mut effect, resume_arg);
                self.operand(&mut effect, value);
            }
            TerminatorKind::Goto(_)
            | TerminatorKind::Unreachable
            | TerminatorKind::CoroutineDrop
            | TerminatorKind::FalseEdge { .. } => {}
        }
        effect
    }

    fn rvalue(&self, effect: &mut Effect, rvalue: &Rvalue) {
        match rvalue {
            Rvalue::Use(operand) | Rvalue::Repeat(operand, _) | Rvalue::Unary(_, operand) => {
                self.operand(effect, operand);
            }
            Rvalue::Cast(_, operand, _) => self.operand(effect, operand),
            Rvalue::Ref(_, place) | Rvalue::RawPtr(_, place) => self.borrow(effect, place),
            Rvalue::Binary(_, operands) => {
                self.operand(effect, &operands.0);
                self.operand(effect, &operands.1);
            }
            Rvalue::Discriminant(place) => self.place(effect, place),
            Rvalue::Aggregate(_, _, operands) => operands.iter().for_each(|operand| self.operand(effect, operand)),
        }
    }

    fn operand(&self, effect: &mut Effect, operand: &Operand) {
        match operand {
            Operand::Copy(place) => self.place(effect, place),
            Operand::Move(place) => {
                self.place(effect, place);
                if let Some(local) = place.as_local() {
                    effect.moves.push(self.local(local));
                }
            }
            Operand::Const(..) => {}
        }
    }

    fn borrow(&self, effect: &mut Effect, place: &Place) {
        self.place(effect, place);
        if !place.is_indirect() {
            effect.borrows.push(self.local(place.local));
        }
    }

    fn place(&self, effect: &mut Effect, place: &Place) {
        effect.uses.push(self.local(place.local));
        self.indices(effect, place);
    }

    fn destination(&self, effect: &mut Effect, place: &Place) {
        effect.write(self.local(place.local), place.proj.is_empty());
        if place.is_indirect() {
            effect.uses.push(self.local(place.local));
        }
        self.indices(effect, place);
    }

    fn indices(&self, effect: &mut Effect, place: &Place) {
        for step in &place.proj {
            if let Proj::Index(local) = step {
                effect.uses.push(self.local(*local));
            }
        }
    }
}
