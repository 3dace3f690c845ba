//! Collecting the items of a file: first names, then headers.

use super::{ConstDef, Defs, Generics, ImplDef, TraitDef};
use crate::hash::HashMap;
use crate::span::Span;
use crate::ty::{AdtDef, AdtId, Builtin, Opaque};
use proc_macro2::TokenStream;
use std::rc::Rc;

/// What is to be read in the second step.
pub(super) enum Pending {
    /// With its header's place.
    Adt(AdtId, syn::Generics, Vec<(syn::Fields, Option<syn::Expr>)>, Span),
    Fn(syn::ItemFn, String),
    Trait(usize, syn::ItemTrait),
    Impl(usize, syn::ItemImpl, String),
}

impl Defs {
    /// Adds all items of a file. Names of later files win, as a program's own do over the prelude's.
    pub(crate) fn add_file(&mut self, file: syn::File, is_user: bool) {
        let mut pending = Vec::new();
        if is_user {
            self.items.impl_counts.clear();
        }
        for item in file.items {
            self.name_item(item, "", is_user, &mut pending);
        }
        self.read_headers(pending, is_user);
    }

    fn name_item(&mut self, item: syn::Item, path: &str, is_user: bool, pending: &mut Vec<Pending>) {
        match item {
            syn::Item::Struct(item) => {
                let id = self.name_adt(&item.ident, &item.attrs, false, is_user);
                let name = item.ident.to_string();
                Rc::make_mut(&mut self.types.adts[id.0 as usize]).variants = vec![variant(&name, &item.fields)];
                let head = head_of(&item.vis, item.struct_token.span.into(), &item.ident, &item.generics);
                let fields = vec![(item.fields, None)];
                pending.push(Pending::Adt(id, item.generics, fields, head));
            }
            syn::Item::Enum(item) => {
                let id = self.name_adt(&item.ident, &item.attrs, true, is_user);
                let variants = item.variants.iter().map(|v| variant(&v.ident.to_string(), &v.fields)).collect();
                Rc::make_mut(&mut self.types.adts[id.0 as usize]).variants = variants;
                let head = head_of(&item.vis, item.enum_token.span.into(), &item.ident, &item.generics);
                if !is_user && matches!(&*item.ident.to_string(), "Option" | "Result" | "Either") {
                    for (i, v) in item.variants.iter().enumerate() {
                        self.items.variants.insert(v.ident.to_string(), (id, i as u32));
                    }
                }
                let fields = item.variants.into_iter().map(|v| (v.fields, v.discriminant.map(|d| d.1))).collect();
                pending.push(Pending::Adt(id, item.generics, fields, head));
            }
            syn::Item::Fn(mut item) => {
                let name = item.sig.ident.to_string();
                self.items.free_fns.insert(name.clone(), usize::MAX);
                self.name_inner(&mut item.block, &inner_path(path, &item.sig), is_user, pending);
                pending.push(Pending::Fn(item, format!("{path}{name}")));
            }
            syn::Item::Trait(item) => {
                let id = self.items.traits.len();
                let has = |name| item.attrs.iter().any(|attr| attr.path().is_ident(name));
                let name = item.ident.to_string();
                self.items.traits.push(Rc::new(TraitDef {
                    name: name.clone(),
                    generics: Generics::default(),
                    assoc: Vec::new(),
                    fns: HashMap::default(),
                    supers: Vec::new(),
                    is_marker: has("builtin"),
                    is_structural: has("structural"),
                }));
                self.items.trait_names.insert(name, id);
                pending.push(Pending::Trait(id, item));
            }
            syn::Item::Impl(mut item) => {
                let id = self.items.impls.len();
                let self_ty = crate::ty::Types::ERROR;
                self.items.impls.push(Rc::new(ImplDef {
                    generics: Generics::default(),
                    trait_: None,
                    self_ty,
                    assoc: HashMap::default(),
                    fns: HashMap::default(),
                    is_user,
                }));
                let count = self.items.impl_counts.entry(path.to_owned()).or_default();
                let number = *count;
                *count += 1;
                for inner in &mut item.items {
                    if let syn::ImplItem::Fn(f) = inner {
                        self.name_inner(
                            &mut f.block,
                            &inner_path(&format!("{path}{{impl#{number}}}::"), &f.sig),
                            is_user,
                            pending,
                        );
                    }
                }
                pending.push(Pending::Impl(id, item, format!("{path}{{impl#{number}}}")));
            }
            syn::Item::Const(item) => {
                let def = ConstDef { ty: item.ty.into(), expr: item.expr.into() };
                self.items.consts.insert(item.ident.to_string(), def);
            }
            syn::Item::Type(item) => {
                let params = item.generics.type_params().map(|p| p.ident.to_string()).collect();
                self.items.aliases.insert(item.ident.to_string(), (params, item.ty.into()));
            }
            syn::Item::Mod(item) => {
                let path = format!("{path}{}::", item.ident);
                for item in item.content.into_iter().flat_map(|content| content.1) {
                    self.name_item(item, &path, is_user, pending);
                }
            }
            syn::Item::Use(item) => self.name_use(&item.tree, None),
            syn::Item::Static(item) => {
                let help = "use a const, or pass a value of main's by reference or as an Rc";
                self.unsupported(Span::from(item.ident.span()), "statics are not supported", help);
            }
            syn::Item::Macro(item) => {
                let span = item.mac.path.segments.first().map_or(Span::NONE, |s| s.ident.span().into());
                self.unsupported(span, "macros of one's own are not supported", "write a function");
            }
            _ => self.unsupported(Span::NONE, "an item of this kind is not supported", ""),
        }
    }

    /// Items within a function; they are taken out of it.
    fn name_inner(&mut self, block: &mut syn::Block, path: &str, is_user: bool, pending: &mut Vec<Pending>) {
        for stmt in &mut block.stmts {
            if let syn::Stmt::Item(item) = stmt {
                let item = std::mem::replace(item, syn::Item::Verbatim(TokenStream::new()));
                self.name_item(item, path, is_user, pending);
            }
        }
    }

    /// `use` only makes names shorter here; what it must not lose is `use Enum::Variant` and renaming.
    fn name_use(&mut self, tree: &syn::UseTree, within: Option<AdtId>) {
        match tree {
            syn::UseTree::Path(path) => {
                let within = self.items.adts.get(&path.ident.to_string()).copied();
                self.name_use(&path.tree, within);
            }
            syn::UseTree::Name(name) => {
                if let Some(id) = within {
                    self.import_variant(id, &name.ident.to_string(), &name.ident.to_string());
                }
            }
            syn::UseTree::Rename(rename) => {
                let (name, new) = (rename.ident.to_string(), rename.rename.to_string());
                if let Some(id) = within {
                    self.import_variant(id, &name, &new);
                } else if let Some(&id) = self.items.adts.get(&name) {
                    self.items.adts.insert(new, id);
                } else if let Some(&id) = self.items.free_fns.get(&name) {
                    self.items.free_fns.insert(new, id);
                }
            }
            syn::UseTree::Glob(_) => {
                let Some(id) = within else { return };
                let names = self.types.adts[id.0 as usize].variants.iter().map(|v| v.name.clone()).collect::<Vec<_>>();
                for name in names {
                    self.import_variant(id, &name, &name);
                }
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.name_use(tree, within);
                }
            }
        }
    }

    fn import_variant(&mut self, id: AdtId, name: &str, new: &str) {
        if let Some(i) = self.types.adts[id.0 as usize].variants.iter().position(|v| v.name == name) {
            self.items.variants.insert(new.to_owned(), (id, i as u32));
        }
    }

    fn name_adt(&mut self, ident: &syn::Ident, attrs: &[syn::Attribute], is_enum: bool, is_user: bool) -> AdtId {
        let name = ident.to_string();
        let derives = derives(attrs);
        let id = AdtId(self.types.adts.len() as u32);
        self.types.adts.push(Rc::new(AdtDef {
            name: text(attrs, "name").unwrap_or_else(|| name.clone()),
            params: Vec::new(),
            is_enum,
            variants: Vec::new(),
            has_drop: false,
            builtin: if is_user { None } else { Some(builtin(attrs)) },
            opaque: text(attrs, "opaque").map(|text| opaque(&text)),
            is_copy: derives.iter().any(|d| d == "Copy"),
            derives,
        }));
        self.items.adt_preds.push(Generics::default());
        if is_user && self.types.adts[..id.0 as usize].iter().any(|adt| adt.builtin.is_none() && adt.name == name) {
            self.error(ident.span().into(), format!("the name `{name}` is defined multiple times"));
        }
        self.items.adts.insert(name, id);
        id
    }
}

/// From `pub`, `struct` or `enum` to the name, or the end of its parameters.
fn head_of(vis: &syn::Visibility, keyword: Span, ident: &syn::Ident, generics: &syn::Generics) -> Span {
    let start = match vis {
        syn::Visibility::Public(token) => token.span.into(),
        syn::Visibility::Restricted(vis) => vis.pub_token.span.into(),
        syn::Visibility::Inherited => keyword,
    };
    start.to(generics.gt_token.as_ref().map_or_else(|| ident.span().into(), |token| token.spans[0].into()))
}

fn inner_path(path: &str, sig: &syn::Signature) -> String {
    let body = if sig.asyncness.is_some() { "{async_fn#0}::" } else { "" };
    format!("{path}{}::{body}", sig.ident)
}

fn variant(name: &str, fields: &syn::Fields) -> crate::ty::VariantDef {
    let is_tuple = matches!(fields, syn::Fields::Unnamed(_));
    crate::ty::VariantDef { name: name.to_owned(), fields: Vec::new(), discriminant: 0, is_tuple }
}

fn derives(attrs: &[syn::Attribute]) -> Vec<String> {
    let mut derives = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        let _ = attr.parse_nested_meta(|meta| {
            derives.extend(meta.path.segments.last().map(|s| s.ident.to_string()));
            Ok(())
        });
    }
    derives
}

/// The text of `#[name("text")]`.
pub(super) fn text(attrs: &[syn::Attribute], name: &str) -> Option<String> {
    let attr = attrs.iter().find(|attr| attr.path().is_ident(name))?;
    attr.parse_args::<syn::LitStr>().ok().map(|text| text.value())
}

fn opaque(text: &str) -> Opaque {
    let words = text.split(' ').collect::<Vec<_>>();
    let number = |i: usize| words.get(i).and_then(|word| word.parse::<u128>().ok()).unwrap_or(0);
    let niche = words.iter().position(|&word| word == "niche");
    Opaque {
        size: number(0) as u32,
        align: number(1) as u32,
        niche: niche.map(|at| (number(at + 1) as u32, number(at + 2) as u32, number(at + 3), number(at + 4))),
        needs_drop: words.contains(&"drop"),
    }
}

fn builtin(attrs: &[syn::Attribute]) -> Builtin {
    use Builtin::*;
    const ALL: [(&str, Builtin); 41] = [
        ("Vec", Vec),
        ("String", String),
        ("VecDeque", VecDeque),
        ("HashMap", HashMap),
        ("BTreeMap", BTreeMap),
        ("Box", Box),
        ("Rc", Rc),
        ("RcWeak", RcWeak),
        ("Option", Option),
        ("Result", Result),
        ("Pin", Pin),
        ("Cell", Cell),
        ("RefCell", RefCell),
        ("CellRef", CellRef),
        ("CellRefMut", CellRefMut),
        ("Poll", Poll),
        ("Context", Context),
        ("Waker", Waker),
        ("ResumeTy", ResumeTy),
        ("PhantomData", PhantomData),
        ("ManuallyDrop", ManuallyDrop),
        ("Arguments", Arguments),
        ("Argument", Argument),
        ("Sleep", Sleep),
        ("YieldNow", YieldNow),
        ("Ready", Ready),
        ("Pending", Pending),
        ("JoinHandle", JoinHandle),
        ("MaybeDone", MaybeDone),
        ("Join", Join),
        ("Join3", Join3),
        ("Race", Race),
        ("Select", Select),
        ("Either", Either),
        ("Sender", Sender),
        ("Receiver", Receiver),
        ("Recv", Recv),
        ("Mutex", Mutex),
        ("Lock", Lock),
        ("MutexGuard", MutexGuard),
        ("Other", Other),
    ];
    let attr = attrs.iter().find(|attr| attr.path().is_ident("builtin_type"));
    let name = attr.and_then(|attr| attr.parse_args::<syn::Ident>().ok()).map(|ident| ident.to_string());
    let found = ALL.iter().find(|(known, _)| name.as_deref() == Some(known));
    found.map_or(Builtin::Other, |&(_, builtin)| builtin)
}
