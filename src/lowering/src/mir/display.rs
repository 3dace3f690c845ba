//! MIR as text, close to what `-Zdump-mir` prints.

use super::{
    AggregateKind, AssertKind, Body, Callee, Const, Local, LocalKind, Operand, Place, Proj, Rvalue, Statement,
    StatementKind, Terminator, TerminatorKind, UnOp,
};
use crate::program::Program;
use crate::ty::{TyKind, Types};
use std::fmt::Write as _;

/// A printer: names of types and bodies come from the program.
#[derive(Clone, Copy, Debug)]
pub struct Printer<'a> {
    /// Where types are named.
    pub types: &'a Types,
    /// Where bodies are named.
    pub bodies: &'a [Body],
}

impl Program {
    /// A body as text.
    pub fn print(&self, body: &Body) -> String {
        Printer { types: &self.types, bodies: &self.bodies }.body(body)
    }
}

impl Printer<'_> {
    /// A body as text.
    pub fn body(self, body: &Body) -> String {
        let mut out = String::new();
        let args = (1..=body.arg_count).filter_map(|i| body.locals.get(i).map(|local| (i, local)));
        let args = args.map(|(i, local)| format!("_{i}: {}", self.types.name(local.ty))).collect::<Vec<_>>().join(", ");
        let result = body.locals.first().map_or_else(String::new, |local| self.types.name(local.ty));
        let _ = writeln!(out, "fn {}({args}) -> {result} {{", body.name);
        for (i, local) in body.locals.iter().enumerate() {
            if i > 0 && i <= body.arg_count {
                continue;
            }
            let name = match &local.kind {
                LocalKind::DropFlag => "    // drop flag".to_owned(),
                _ => local.name().map_or_else(String::new, |name| format!("    // {name}")),
            };
            let _ = writeln!(out, "    let _{i}: {};{name}", self.types.name(local.ty));
        }
        for (i, block) in body.blocks.iter().enumerate() {
            let _ = writeln!(out, "\n    bb{i}: {{");
            for statement in &block.statements {
                let _ = writeln!(out, "        {};", self.statement(statement));
            }
            let _ = writeln!(out, "        {};\n    }}", self.terminator(&block.terminator));
        }
        out.push_str("}\n");
        out
    }

    /// A statement as text.
    pub fn statement(self, statement: &Statement) -> String {
        match &statement.kind {
            StatementKind::Assign(place, rvalue) => format!("{} = {}", self.place(place), self.rvalue(rvalue)),
            StatementKind::StorageLive(Local(local)) => format!("StorageLive(_{local})"),
            StatementKind::StorageDead(Local(local)) => format!("StorageDead(_{local})"),
            StatementKind::PlaceMention(place) => format!("PlaceMention({})", self.place(place)),
            StatementKind::Nop => "nop".into(),
        }
    }

    /// A terminator as text.
    pub fn terminator(self, terminator: &Terminator) -> String {
        match &terminator.kind {
            TerminatorKind::Goto(target) => format!("goto -> bb{}", target.0),
            TerminatorKind::SwitchInt { value, targets, otherwise } => {
                let targets =
                    targets.iter().map(|(bits, target)| format!("{bits}: bb{}, ", target.0)).collect::<String>();
                format!("switchInt({}) -> [{targets}otherwise: bb{}]", self.operand(value), otherwise.0)
            }
            TerminatorKind::Return => "return".into(),
            TerminatorKind::Unreachable => "unreachable".into(),
            TerminatorKind::Drop { place, target } => format!("drop({}) -> bb{}", self.place(place), target.0),
            TerminatorKind::Call { func, args, destination, target } => {
                let args = args.iter().map(|arg| self.operand(arg)).collect::<Vec<_>>().join(", ");
                let call = format!("{} = {}({args})", self.place(destination), self.operand(func));
                match target {
                    Some(target) => format!("{call} -> bb{}", target.0),
                    None => format!("{call} -> !"),
                }
            }
            TerminatorKind::Assert { cond, expected, message, target } => {
                let not = if *expected { "" } else { "!" };
                let message = match message {
                    AssertKind::Overflow(text, _) | AssertKind::DivisionByZero(text) => (*text).to_owned(),
                    AssertKind::BoundsCheck { len, index } => {
                        format!("index out of bounds: {} of {}", self.operand(index), self.operand(len))
                    }
                };
                format!("assert({not}{}, \"{message}\") -> bb{}", self.operand(cond), target.0)
            }
            TerminatorKind::Yield { value, resume_arg, resume, drop } => {
                let (to, value) = (self.place(resume_arg), self.operand(value));
                format!("{to} = yield({value}) -> [resume: bb{}, drop: bb{}]", resume.0, drop.0)
            }
            TerminatorKind::CoroutineDrop => "coroutine_drop".into(),
            TerminatorKind::FalseEdge { real, imaginary } => {
                format!("falseEdge -> [real: bb{}, imaginary: bb{}]", real.0, imaginary.0)
            }
        }
    }

    /// A place as text.
    pub fn place(self, place: &Place) -> String {
        let mut out = format!("_{}", place.local.0);
        for step in &place.proj {
            out = match step {
                Proj::Deref => format!("(*{out})"),
                Proj::Field(index, ty) => format!("({out}.{index}: {})", self.types.name(*ty)),
                Proj::Downcast(variant) => format!("({out} as v{variant})"),
                Proj::Index(Local(local)) => format!("{out}[_{local}]"),
                Proj::ConstantIndex(offset, false) => format!("{out}[{offset}]"),
                Proj::ConstantIndex(offset, true) => format!("{out}[-{offset}]"),
                Proj::Subslice(from, to) => format!("{out}[{from}:-{to}]"),
            };
        }
        out
    }

    /// An operand as text.
    pub fn operand(self, operand: &Operand) -> String {
        match operand {
            Operand::Copy(place) => format!("copy {}", self.place(place)),
            Operand::Move(place) => format!("move {}", self.place(place)),
            Operand::Const(Const::Fn(callee), _) => self.callee(callee),
            Operand::Const(value, ty) => match value {
                Const::Bits(bits) => match self.types.kind(*ty) {
                    TyKind::Bool => format!("const {}", *bits != 0),
                    TyKind::Char => format!("const {:?}", char::from_u32(*bits as u32).unwrap_or('?')),
                    TyKind::Int(int) if int.is_signed() => {
                        let shift = 128 - 8 * int.size();
                        format!("const {}_{}", ((*bits << shift) as i128) >> shift, int.name())
                    }
                    _ => format!("const {bits}_{}", self.types.name(*ty)),
                },
                Const::Float(bits) => match self.types.kind(*ty) {
                    TyKind::Float(32) => format!("const {:?}_f32", f32::from_bits(*bits as u32)),
                    _ => format!("const {:?}_f64", f64::from_bits(*bits)),
                },
                Const::Zst => "const ()".into(),
                Const::Str(text) => format!("const {text:?}"),
                Const::Bytes(bytes) => format!("const b\"{}\"", bytes.escape_ascii()),
                Const::Fn(callee) => self.callee(callee),
                Const::Format(pieces) => format!("const {pieces:?}"),
                Const::Item(body) => format!("const item#{}", body.0),
                Const::Promoted(body) => format!("const promoted#{}", body.0),
            },
        }
    }

    fn callee(self, callee: &Callee) -> String {
        match callee {
            Callee::Body(id) => {
                self.bodies.get(id.0 as usize).map_or_else(|| format!("body#{}", id.0), |body| body.name.clone())
            }
            Callee::Intrinsic(name, args) if args.is_empty() => name.clone(),
            Callee::Intrinsic(name, args) => {
                format!("{name}::<{}>", args.iter().map(|&ty| self.types.name(ty)).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// An rvalue as text.
    pub fn rvalue(self, rvalue: &Rvalue) -> String {
        match rvalue {
            Rvalue::Use(operand) => self.operand(operand),
            Rvalue::Repeat(operand, len) => format!("[{}; {len}]", self.operand(operand)),
            Rvalue::Ref(mutable, place) => format!("&{}{}", if *mutable { "mut " } else { "" }, self.place(place)),
            Rvalue::RawPtr(mutable, place) => {
                format!("&raw {} {}", if *mutable { "mut" } else { "const" }, self.place(place))
            }
            Rvalue::Binary(op, operands) => {
                format!("{op:?}({}, {})", self.operand(&operands.0), self.operand(&operands.1))
            }
            Rvalue::Unary(UnOp::PtrMetadata, operand) => format!("PtrMetadata({})", self.operand(operand)),
            Rvalue::Unary(op, operand) => format!("{op:?}({})", self.operand(operand)),
            Rvalue::Cast(kind, operand, ty) => {
                format!("{} as {} ({kind:?})", self.operand(operand), self.types.name(*ty))
            }
            Rvalue::Discriminant(place) => format!("discriminant({})", self.place(place)),
            Rvalue::Aggregate(kind, ty, operands) => {
                let operands = operands.iter().map(|operand| self.operand(operand)).collect::<Vec<_>>().join(", ");
                match kind {
                    AggregateKind::Tuple => format!("({operands})"),
                    AggregateKind::Array => format!("[{operands}]"),
                    AggregateKind::Adt(variant) => {
                        let name = self.types.variants(*ty).get(*variant as usize).map_or("?", |variant| &variant.name);
                        format!("{}::{name}({operands})", self.types.name(*ty))
                    }
                    AggregateKind::Closure(_) | AggregateKind::Coroutine(_) => {
                        format!("{}({operands})", self.types.name(*ty))
                    }
                }
            }
        }
    }
}
