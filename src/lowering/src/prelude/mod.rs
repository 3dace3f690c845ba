//! What programs see without `use`: the parts of std and of the project's own prelude that the language has, as text that is read once.

use crate::hash::HashMap;
use crate::items::{Defs, Owner};
use crate::lower::Lowerer;
use crate::ty::{IntTy, Ty, TyKind, Types};
use std::cell::RefCell;
use std::rc::Rc;

/// The parts of std, one after the other.
const STD: [&str; 8] = [
    include_str!("std/traits.rs"),
    include_str!("std/outcomes.rs"),
    include_str!("std/memory.rs"),
    include_str!("std/futures.rs"),
    include_str!("std/iterators.rs"),
    include_str!("std/slices.rs"),
    include_str!("std/collections.rs"),
    include_str!("std/text.rs"),
];

thread_local! {
    static PRELUDE: RefCell<Option<(Defs, PreludeFns)>> = const { RefCell::new(None) };
}

/// The functions of the prelude, by name; those of a type's own impl by `Type::name`.
pub(crate) type PreludeFns = Rc<HashMap<String, usize>>;

/// A lowerer that knows the prelude, and nothing else yet.
pub(crate) fn lowerer() -> Lowerer {
    let (defs, fns) = PRELUDE.with_borrow_mut(|prelude| prelude.get_or_insert_with(read).clone());
    Lowerer::new(defs, fns)
}

/// Gives back the text of all programs that were lowered on this thread: the parser keeps each, so that spans can say their
/// lines. What was lowered stays as it is; the next program reads the prelude again. For callers that lower at every keystroke.
///
/// Every [`proc_macro2::Span`] that was made on this thread becomes void, the caller's own among them.
///
/// # Panics
/// In a procedural macro, whose spans are the compiler's.
pub fn forget_sources() {
    PRELUDE.take();
    proc_macro2::extra::invalidate_current_thread_spans();
}

fn read() -> (Defs, PreludeFns) {
    let mut text = STD.concat();
    text.push_str(include_str!("playground.rs"));
    for (name, bits) in [("f64", "u64"), ("f32", "u32")] {
        text.push_str(&include_str!("float.rs").replace("FLOAT", name).replace("BITS", bits));
    }
    for (name, int) in IntTy::ALL {
        let unsigned = format!("u{}", name.trim_start_matches(['i', 'u']));
        let methods = include_str!("int.rs").replace("UNSIGNED", &unsigned).replace("INT", name);
        text.push_str(&methods.replace("BYTES", &int.size().to_string()));
    }
    let mut defs = Defs::default();
    match syn::parse_file(&text) {
        Ok(file) => defs.add_file(file, false),
        Err(error) => {
            let at = error.span().start();
            defs.error(
                error.span().into(),
                format!("the prelude cannot be read: {error} at {}:{}", at.line, at.column),
            );
        }
    }
    for diagnostic in &mut defs.diagnostics {
        diagnostic.message.insert_str(0, "in the prelude: ");
    }
    let fns = functions(&defs);
    (defs, fns.into())
}

fn functions(defs: &Defs) -> HashMap<String, usize> {
    let mut names = vec![""; defs.types.adts.len()];
    for (name, id) in &defs.items.adts {
        names[id.0 as usize] = name;
    }
    let mut functions = HashMap::default();
    for (id, def) in defs.items.fns.iter().enumerate() {
        match def.owner {
            Owner::Free => {
                functions.insert(def.name.clone(), id);
            }
            Owner::Impl(owner) if defs.items.impls[owner].trait_.is_none() => {
                if let TyKind::Adt(adt, _) = defs.types.kind(defs.items.impls[owner].self_ty) {
                    functions.entry(format!("{}::{}", names[adt.0 as usize], def.name)).or_insert(id);
                }
            }
            _ => {}
        }
    }
    functions
}

/// The name of a type with the paths that debug information has in names of instances.
pub(crate) fn full_name(types: &Types, ty: Ty) -> String {
    let list = |tys: &[Ty]| tys.iter().map(|&ty| full_name(types, ty)).collect::<Vec<_>>().join(", ");
    match types.kind(ty) {
        TyKind::Adt(_, args) => {
            let Some(def) = types.adt(ty) else { return String::new() };
            let path = match &*def.name {
                "String" => "alloc::string::String".to_owned(),
                "Vec" => return format!("alloc::vec::Vec<{}, alloc::alloc::Global>", list(args)),
                "Box" => return format!("alloc::boxed::Box<{}, alloc::alloc::Global>", list(args)),
                "Rc" => return format!("alloc::rc::Rc<{}, alloc::alloc::Global>", list(args)),
                "Option" => "core::option::Option".to_owned(),
                "Result" => "core::result::Result".to_owned(),
                "Pin" => "core::pin::Pin".to_owned(),
                name if name.starts_with("Range") && def.builtin.is_some() => format!("core::ops::range::{name}"),
                "IntoIter" => "core::array::iter::IntoIter".to_owned(),
                "into_iter::IntoIter" => {
                    return format!("alloc::vec::into_iter::IntoIter<{}, alloc::alloc::Global>", list(args));
                }
                name @ ("Cell" | "RefCell" | "Ref" | "RefMut") if def.builtin.is_some() => {
                    format!("core::cell::{name}")
                }
                name if def.builtin.is_some() && !name.contains("::") => format!("playground::{name}"),
                name if def.builtin.is_none() => format!("w::prog::{name}"),
                name => name.to_owned(),
            };
            if args.is_empty() { path } else { format!("{path}<{}>", list(args)) }
        }
        TyKind::Tuple(fields) => format!("({})", list(fields)),
        TyKind::Array(item, len) => format!("[{}; {len}]", full_name(types, *item)),
        TyKind::Ref(mutable, to) => format!("&{}{}", if *mutable { "mut " } else { "" }, full_name(types, *to)),
        TyKind::Closure(_) | TyKind::Coroutine(_) => format!("w::prog::{}", types.name(ty)),
        _ => types.name(ty),
    }
}
