//! Machines that are sound, and the same ones broken: each rule must be able to fail.

use super::{Fault, Rule, coroutine};
use crate::layout::{Frame, Layouts};
use crate::mir::{
    Block, BlockData, Body, BodyId, BodyKind, Const, Local, LocalDecl, LocalKind, Operand, Place, Rvalue, Statement,
    StatementKind, Terminator, TerminatorKind,
};
use crate::program::Program;
use crate::span::Span;
use crate::ty::{AdtDef, AdtId, Opaque, Ty, TyKind, Types, VariantDef};

const FIRST: Local = Local(3);
const SECOND: Local = Local(4);
const FLAG: Local = Local(5);

fn live(local: Local) -> StatementKind {
    StatementKind::StorageLive(local)
}

fn dead(local: Local) -> StatementKind {
    StatementKind::StorageDead(local)
}

fn flag(value: bool) -> StatementKind {
    let operand = Operand::Const(Const::Bits(value.into()), Types::BOOL);
    StatementKind::Assign(FLAG.into(), Rvalue::Use(operand))
}

fn drops(local: Local, target: u32) -> TerminatorKind {
    TerminatorKind::Drop { place: local.into(), target: Block(target) }
}

fn makes(local: Local, target: u32) -> TerminatorKind {
    TerminatorKind::Call {
        func: Operand::Const(Const::Zst, Types::UNIT),
        args: Vec::new(),
        destination: local.into(),
        target: Some(Block(target)),
    }
}

fn block(statements: Vec<StatementKind>, kind: TerminatorKind) -> BlockData {
    let statements = statements.into_iter().map(|kind| Statement { kind, span: Span::NONE }).collect();
    BlockData { statements, terminator: Terminator { kind, span: Span::NONE } }
}

/// `let first = make(); let second = make(); wait().await;`, of a type with drop glue, after which the second is moved if a flag that
/// the drop at the end tests says so.
fn program() -> Program {
    let mut program = Program::default();
    let text = AdtDef {
        name: "Text".into(),
        params: Vec::new(),
        is_enum: false,
        variants: vec![VariantDef { name: "Text".into(), fields: Vec::new(), discriminant: 0, is_tuple: false }],
        has_drop: true,
        builtin: None,
        opaque: Some(Opaque { size: 12, align: 4, niche: None, needs_drop: true }),
        is_copy: false,
        derives: Vec::new(),
    };
    program.types.adts.push(text.into());
    let text = program.types.intern(TyKind::Adt(AdtId(0), Vec::new()));
    let own = program.types.intern(TyKind::Coroutine(BodyId(0)));
    let decl = |ty: Ty, kind: LocalKind, has_storage| LocalDecl { kind, ty, span: Span::NONE, has_storage };
    let goes = |to| TerminatorKind::Goto(Block(to));
    let tests = |no, yes| TerminatorKind::SwitchInt {
        value: Operand::Copy(FLAG.into()),
        targets: vec![(0, Block(no))],
        otherwise: Block(yes),
    };
    let waits = TerminatorKind::Yield {
        value: Operand::Const(Const::Zst, Types::UNIT),
        resume_arg: Local::RESUME.into(),
        resume: Block(3),
        drop: Block(9),
    };
    let moves = StatementKind::Assign(Place::from(Local(6)), Rvalue::Use(Operand::Move(SECOND.into())));
    let unit = StatementKind::Assign(Place::from(Local::RETURN), Rvalue::Use(Operand::Const(Const::Zst, Types::UNIT)));
    let body = Body {
        name: "main::{async_fn_env#0}".into(),
        kind: BodyKind::AsyncFn,
        span: Span::NONE,
        locals: vec![
            decl(Types::UNIT, LocalKind::Return, false),
            decl(own, LocalKind::Argument(None), false),
            decl(Types::U32, LocalKind::Argument(None), false),
            decl(text, LocalKind::Named("first".into()), true),
            decl(text, LocalKind::Named("second".into()), true),
            decl(Types::BOOL, LocalKind::DropFlag, false),
            decl(text, LocalKind::Temp, true),
        ],
        arg_count: 2,
        blocks: vec![
            block(vec![flag(false), live(FIRST)], makes(FIRST, 1)),
            block(vec![live(SECOND), flag(true)], makes(SECOND, 2)),
            block(vec![], waits),
            // Either way.
            block(
                vec![],
                TerminatorKind::SwitchInt {
                    value: Operand::Copy(Local::RESUME.into()),
                    targets: vec![(0, Block(4))],
                    otherwise: Block(6),
                },
            ),
            block(vec![flag(false), live(Local(6)), moves], drops(Local(6), 5)),
            block(vec![dead(Local(6))], goes(6)),
            block(vec![], tests(8, 7)),
            block(vec![], drops(SECOND, 8)),
            block(vec![dead(SECOND)], drops(FIRST, 12)),
            block(vec![], drops(SECOND, 10)),
            block(vec![dead(SECOND)], drops(FIRST, 11)),
            block(vec![dead(FIRST)], TerminatorKind::CoroutineDrop),
            block(vec![dead(FIRST), unit], TerminatorKind::Return),
        ],
    };
    program.bodies.push(body);
    program
}

fn frame(program: &Program) -> Frame {
    (*Layouts::new(program).frame(program, BodyId(0)).expect("a frame")).clone()
}

fn check(program: &Program, frame: &Frame, expected: Option<(Rule, Local)>) {
    let found = coroutine(program, &program.bodies[0], frame);
    match (found, expected) {
        (Ok(proof), None) => assert!(proof.complete),
        (Err(Fault { rule, local, .. }), Some(expected)) => assert_eq!((rule, local), expected),
        (found, expected) => panic!("{found:?}, but it must be {expected:?}"),
    }
}

fn broken(breaks: impl FnOnce(&mut Body, &mut Frame), expected: (Rule, Local)) {
    let mut program = program();
    let mut frame = frame(&program);
    breaks(&mut program.bodies[0], &mut frame);
    check(&program, &frame, Some(expected));
}

#[test]
fn sound_machine_is_proven() {
    let program = program();
    check(&program, &frame(&program), None);
}

#[test]
fn two_slots_in_use_never_share_a_byte() {
    broken(|_, frame| frame.places.slots[1] = frame.places.slots[0] + 8, (Rule::Shared(FIRST), SECOND));
}

#[test]
fn slot_never_lies_over_the_tag_or_beyond_the_end() {
    broken(|_, frame| frame.places.slots[0] = frame.places.tag, (Rule::Misplaced, FIRST));
    broken(|_, frame| frame.places.size = 12, (Rule::Misplaced, SECOND));
}

#[test]
fn what_is_not_saved_is_gone() {
    let unsave = |nth: usize| {
        move |_: &mut Body, frame: &mut Frame| {
            frame.saved.points[0].saved.remove(nth);
        }
    };
    broken(unsave(0), (Rule::NeverDropped, FIRST));
    // A flag has no drop glue: it is missed where it is read.
    broken(unsave(2), (Rule::Unsaved, FLAG));
}

#[test]
fn nothing_is_dropped_twice() {
    broken(|body, _| body.blocks[9].terminator.kind = drops(FIRST, 10), (Rule::NeverDropped, SECOND));
    broken(|body, _| body.blocks[11].terminator.kind = drops(FIRST, 10), (Rule::DroppedTwice, FIRST));
    // The flag says that it is there though it was moved.
    broken(|body, _| drop(body.blocks[4].statements.remove(0)), (Rule::DroppedTwice, SECOND));
}

#[test]
fn nothing_is_left_undropped() {
    // Cancelled at its suspend point.
    broken(|body, _| body.blocks[9].terminator.kind = TerminatorKind::Goto(Block(10)), (Rule::NeverDropped, SECOND));
    // Run to its end.
    broken(|body, _| body.blocks[8].terminator.kind = TerminatorKind::Goto(Block(12)), (Rule::NeverDropped, FIRST));
    // Overwritten.
    broken(|body, _| body.blocks[1].terminator.kind = makes(FIRST, 2), (Rule::NeverDropped, FIRST));
}

#[test]
fn nothing_is_read_before_it_is_written() {
    let never_set = |body: &mut Body, _: &mut Frame| {
        body.blocks[0].statements.remove(0);
        body.blocks[1].statements.remove(1);
    };
    broken(never_set, (Rule::Unwritten, FLAG));
}
