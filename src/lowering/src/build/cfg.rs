//! Blocks and statements of the body that is built.

use super::Builder;
use crate::mir::{
    Block, BlockData, Const, Local, Operand, Place, Rvalue, Statement, StatementKind, Terminator, TerminatorKind,
};
use crate::span::Span;
use crate::ty::{Ty, Types};

impl Builder<'_> {
    pub(super) fn new_block(&mut self) -> Block {
        let block = self.block_of();
        let terminator = Terminator { kind: TerminatorKind::Unreachable, span: Span::NONE };
        self.body.blocks.push(BlockData { statements: Vec::new(), terminator });
        block
    }

    pub(super) fn push(&mut self, block: Block, kind: StatementKind, span: Span) {
        self.body.blocks[block.index()].statements.push(Statement { kind, span });
    }

    pub(super) fn assign(&mut self, block: Block, place: impl Into<Place>, rvalue: Rvalue, span: Span) {
        self.push(block, StatementKind::Assign(place.into(), rvalue), span);
    }

    pub(super) fn assign_unit(&mut self, block: Block, place: &Place, span: Span) {
        let unit = Operand::Const(Const::Zst, Types::UNIT);
        self.assign(block, place.clone(), Rvalue::Use(unit), span);
    }

    pub(super) fn assign_bool(&mut self, block: Block, place: &Place, value: bool, span: Span) {
        let value = Operand::Const(Const::Bits(u128::from(value)), Types::BOOL);
        self.assign(block, place.clone(), Rvalue::Use(value), span);
    }

    pub(super) fn storage_live(&mut self, block: Block, local: Local, span: Span) {
        self.body.locals[local.index()].has_storage = true;
        self.push(block, StatementKind::StorageLive(local), span);
    }

    pub(super) fn terminate(&mut self, block: Block, kind: TerminatorKind, span: Span) {
        self.body.blocks[block.index()].terminator = Terminator { kind, span };
    }

    pub(super) fn goto(&mut self, block: Block, target: Block) {
        self.terminate(block, TerminatorKind::Goto(target), Span::NONE);
    }

    /// The value of a place, by copy or move.
    pub(super) fn consume(&self, place: Place, ty: Ty) -> Operand {
        if self.is_copy(ty) { Operand::Copy(place) } else { Operand::Move(place) }
    }
}
