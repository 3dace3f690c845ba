//! Types by their structure alone, as text: `u8`, `&`, `(u8, u32)`, `S{u8, bool}`, `E{; u8, u16; bool}`, `[u16; 3]`.
//!
//! `S` is a struct, `E` an enum whose variants are separated by semicolons. From the text comes a layout, ours, and the
//! source of the type, for rustc.

use pollscope_lowering::layout::enums::{self, Part};
use pollscope_lowering::layout::niche::Niche;
use pollscope_lowering::layout::univariant::{Field, Kind, univariant};

/// A type by its structure.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    Scalar(&'static str),
    Tuple(Vec<Shape>),
    Struct(Vec<Shape>),
    Enum(Vec<Vec<Shape>>),
    Array(Box<Shape>, u64),
}

/// Scalars: their name here, that in Rust, size, alignment, and the first and last valid value.
pub(crate) const SCALARS: &[(&str, &str, u64, u64, u128, u128)] = &[
    ("u8", "u8", 1, 1, 0, 0xff),
    ("u16", "u16", 2, 2, 0, 0xffff),
    ("u32", "u32", 4, 4, 0, 0xffff_ffff),
    ("u64", "u64", 8, 8, 0, u64::MAX as u128),
    ("u128", "u128", 16, 16, 0, u128::MAX),
    ("bool", "bool", 1, 1, 0, 1),
    ("char", "char", 4, 4, 0, 0x10_ffff),
    ("&", "&'static u8", 4, 4, 1, 0xffff_ffff),
    ("!", "std::convert::Infallible", 0, 1, 0, 0),
];

/// What is known of a laid out type.
pub(crate) struct Laid {
    pub(crate) part: Part,
    /// By variant and field; a struct has one variant.
    pub(crate) offsets: Vec<Vec<u64>>,
}

impl Shape {
    pub(crate) fn read(text: &str) -> Shape {
        let mut rest = text;
        let shape = read(&mut rest);
        assert!(rest.trim().is_empty(), "{text}: {rest}");
        shape
    }

    pub(crate) fn layout(&self) -> Laid {
        let whole = |size, align, niche, uninhabited| Part { field: Field { size, align, niche }, uninhabited };
        match self {
            Shape::Scalar(name) => {
                let &(name, _, size, align, start, end) = SCALARS.iter().find(|s| s.0 == *name).expect("a scalar");
                let niche = if size == 0 { None } else { Niche::of_scalar(size, start, end) };
                Laid { part: whole(size, align, niche, name == "!"), offsets: Vec::new() }
            }
            Shape::Tuple(fields) | Shape::Struct(fields) => {
                let parts: Vec<Part> = fields.iter().map(|f| f.layout().part).collect();
                let fields: Vec<Field> = parts.iter().map(|p| p.field).collect();
                let kind = if matches!(self, Shape::Tuple(_)) { Kind::MaybeUnsized } else { Kind::Sized };
                let laid = univariant(&fields, kind);
                let uninhabited = parts.iter().any(|p| p.uninhabited);
                Laid { part: whole(laid.size, laid.align, laid.niche, uninhabited), offsets: vec![laid.offsets] }
            }
            Shape::Enum(variants) => {
                let parts: Vec<Vec<Part>> =
                    variants.iter().map(|v| v.iter().map(|f| f.layout().part).collect()).collect();
                let laid = enums::layout(&parts, &[]);
                Laid { part: whole(laid.size, laid.align, laid.niche, laid.uninhabited), offsets: laid.offsets }
            }
            Shape::Array(of, count) => {
                let part = of.layout().part;
                let niche = part.field.niche.filter(|_| *count > 0);
                let uninhabited = part.uninhabited && *count > 0;
                Laid { part: whole(part.field.size * count, part.field.align, niche, uninhabited), offsets: Vec::new() }
            }
        }
    }

    /// The type in Rust; what must be declared for it is added to `items`.
    pub(crate) fn source(&self, items: &mut Vec<String>) -> String {
        match self {
            Shape::Scalar(name) => SCALARS.iter().find(|s| s.0 == *name).expect("a scalar").1.to_owned(),
            Shape::Tuple(fields) => {
                let fields: Vec<String> = fields.iter().map(|f| format!("{}, ", f.source(items))).collect();
                format!("({})", fields.concat())
            }
            Shape::Struct(fields) => {
                let fields: Vec<String> = fields.iter().map(|f| f.source(items)).collect();
                let name = format!("T{}", items.len());
                items.push(format!("struct {name}({});", fields.join(", ")));
                name
            }
            Shape::Enum(variants) => {
                let variants: Vec<String> = variants
                    .iter()
                    .enumerate()
                    .map(|(i, v)| {
                        let fields: Vec<String> = v.iter().map(|f| f.source(items)).collect();
                        if fields.is_empty() { format!("V{i}") } else { format!("V{i}({})", fields.join(", ")) }
                    })
                    .collect();
                let name = format!("T{}", items.len());
                items.push(format!("enum {name} {{ {} }}", variants.join(", ")));
                name
            }
            Shape::Array(of, count) => format!("[{}; {count}]", of.source(items)),
        }
    }
}

fn read(rest: &mut &str) -> Shape {
    *rest = rest.trim_start();
    if let Some(after) = rest.strip_prefix('(') {
        *rest = after;
        return Shape::Tuple(list(rest, ')').remove(0));
    }
    if let Some(after) = rest.strip_prefix("S{") {
        *rest = after;
        return Shape::Struct(list(rest, '}').remove(0));
    }
    if let Some(after) = rest.strip_prefix("E{") {
        *rest = after;
        return Shape::Enum(list(rest, '}'));
    }
    if let Some(after) = rest.strip_prefix('[') {
        *rest = after;
        let of = read(rest);
        let (count, after) = rest.trim_start_matches([';', ' ']).split_once(']').expect("the end of an array");
        *rest = after;
        return Shape::Array(Box::new(of), count.parse().expect("a length"));
    }
    let mut scalars: Vec<&'static str> = SCALARS.iter().map(|s| s.0).collect();
    scalars.sort_by_key(|s| std::cmp::Reverse(s.len()));
    let name = scalars.into_iter().find(|s| rest.starts_with(s)).unwrap_or_else(|| panic!("no type: {rest}"));
    *rest = &rest[name.len()..];
    Shape::Scalar(name)
}

/// Lists of types, separated by semicolons, up to `end`.
fn list(rest: &mut &str, end: char) -> Vec<Vec<Shape>> {
    let mut all = vec![Vec::new()];
    loop {
        *rest = rest.trim_start();
        let first = rest.chars().next().expect("the end of a list");
        if first == end {
            *rest = &rest[1..];
            return all;
        }
        match first {
            ',' => *rest = &rest[1..],
            ';' => {
                *rest = &rest[1..];
                all.push(Vec::new());
            }
            _ => all.last_mut().expect("one").push(read(rest)),
        }
    }
}
