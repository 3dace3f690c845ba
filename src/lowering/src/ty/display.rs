//! Types as text, close to what rustc's debug information calls them.

use super::{Ty, TyKind, Types};

impl Types {
    /// The name of a type.
    pub fn name(&self, ty: Ty) -> String {
        let list = |tys: &[Ty]| tys.iter().map(|&ty| self.name(ty)).collect::<Vec<_>>().join(", ");
        match self.kind(ty) {
            TyKind::Bool => "bool".into(),
            TyKind::Char => "char".into(),
            TyKind::Int(int) => int.name().into(),
            TyKind::Float(bits) => format!("f{bits}"),
            TyKind::Str => "str".into(),
            TyKind::Never => "!".into(),
            TyKind::Tuple(fields) => format!("({})", list(fields)),
            TyKind::Array(item, len) => format!("[{}; {len}]", self.name(*item)),
            TyKind::Slice(item) => format!("[{}]", self.name(*item)),
            TyKind::Ref(mutable, to) => format!("&{}{}", if *mutable { "mut " } else { "" }, self.name(*to)),
            TyKind::RawPtr(mutable, to) => format!("*{} {}", if *mutable { "mut" } else { "const" }, self.name(*to)),
            TyKind::Adt(_, args) => {
                let name = self.adt(ty).map_or("?", |def| &def.name);
                if args.is_empty() { name.into() } else { format!("{name}<{}>", list(args)) }
            }
            TyKind::FnDef(id, args) if args.is_empty() => format!("fn#{id}"),
            TyKind::FnDef(id, args) => format!("fn#{id}<{}>", list(args)),
            TyKind::FnPtr(args, result) => format!("fn({}) -> {}", list(args), self.name(*result)),
            TyKind::Closure(body) | TyKind::Coroutine(body) => {
                self.body_names.get(body).cloned().unwrap_or_else(|| format!("{{body#{}}}", body.0))
            }
            TyKind::Dyn(name, args) if name == "Future" && args.len() == 1 => {
                format!("dyn core::future::future::Future<Output={}>", list(args))
            }
            TyKind::Dyn(name, args) if name.starts_with("Fn") && args.len() == 2 => {
                let result =
                    if args[1] == Types::UNIT { String::new() } else { format!(", Output={}", self.name(args[1])) };
                format!("dyn core::ops::function::{name}<{}{result}>", self.name(args[0]))
            }
            TyKind::Dyn(name, args) if args.is_empty() => format!("dyn {name}"),
            TyKind::Dyn(name, args) => format!("dyn {name}<{}>", list(args)),
            TyKind::Param(_, ty) => self.name(*ty),
            TyKind::Generic(number) => format!("T{number}"),
            TyKind::Assoc(_, name, args) => format!("<{}>::{name}", list(args)),
            TyKind::Infer(_) => "_".into(),
            TyKind::AsyncFn(id, _) | TyKind::Opaque(id, _) => format!("impl Future#{id}"),
            TyKind::ArrayOf(item, len) => format!("[{}; {}]", self.name(*item), self.name(*len)),
            TyKind::ConstValue(value) => value.to_string(),
            TyKind::Error => "{error}".into(),
        }
    }
}
