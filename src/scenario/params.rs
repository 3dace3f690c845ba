//! Parameters: each scenario has one list of its fields, and from it come the struct, its defaults, the reading
//! and checking of what a person typed, the errors, and the JSON Schema that the page makes its form of.
//!
//! The list is a macro of our own, because the general way (serde, schemars and a validation crate) weighs more
//! in wasm than all of the engine; a test holds the schema it writes against a JSON Schema validator.

use crate::executor::{MOST_CHANGES, NotAPlan, Order};
use serde::ser::{Serialize, SerializeStruct, Serializer};
use std::fmt;

/// What a field may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Domain {
    /// A whole number from `min` to `max`.
    Number {
        /// The least.
        min: u32,
        /// The most.
        max: u32,
        /// Its unit, or none: `ms`, `KiB`.
        unit: &'static str,
    },
    /// One of these.
    Choice(&'static [&'static str]),
}

/// One field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Field {
    /// Its name, in links and in catalogues.
    pub name: &'static str,
    /// What it may hold.
    pub domain: Domain,
}

/// The parameters of a scenario. Made by [`params!`].
pub(super) trait Params: Default {
    /// The fields, in the order of the form.
    const FIELDS: &'static [Field];

    /// The value of the field `FIELDS[i]`: a number, or the index of a choice.
    fn get(&self, i: usize) -> u32;

    /// Sets that field to a value of its domain.
    fn set(&mut self, i: usize, value: u32);
}

/// A field's type: how it is stored, as a number.
pub(super) trait Stored: Copy {
    const CHOICES: &'static [&'static str] = &[];
    fn store(self) -> u32;
    fn load(value: u32) -> Self;
}

impl Stored for u32 {
    fn store(self) -> u32 {
        self
    }

    fn load(value: u32) -> Self {
        value
    }
}

/// Declares the parameters of a scenario, and the choices that they hold.
///
/// ```text
/// params! {
///     Form {
///         callers: (1..=1000) = 24,
///         gap: (0..=1000, "ms") = 8,
///         line: [Line] = Line::Clear,
///     }
///     Line { Clear = "clear", Cut = "cut" }
/// }
/// ```
macro_rules! params {
    (
        $form:ident { $($field:ident: $domain:tt = $default:expr),* $(,)? }
        $($choice:ident { $($variant:ident = $name:literal),* $(,)? })*
    ) => {
        /// The form.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) struct $form {
            $(pub(crate) $field: $crate::scenario::params::params!(@type $domain),)*
        }

        impl Default for $form {
            fn default() -> Self {
                $form { $($field: $default),* }
            }
        }

        impl $crate::scenario::params::Params for $form {
            const FIELDS: &'static [$crate::scenario::params::Field] = &[$(
                $crate::scenario::params::Field {
                    name: stringify!($field),
                    domain: $crate::scenario::params::params!(@domain $domain),
                },
            )*];

            fn get(&self, i: usize) -> u32 {
                [$($crate::scenario::params::Stored::store(self.$field)),*][i]
            }

            fn set(&mut self, i: usize, value: u32) {
                let mut at = 0..;
                $(if at.next() == Some(i) {
                    self.$field = $crate::scenario::params::Stored::load(value);
                })*
            }
        }

        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub(crate) enum $choice { $($variant),* }

            impl $crate::scenario::params::Stored for $choice {
                const CHOICES: &'static [&'static str] = &[$($name),*];

                fn store(self) -> u32 {
                    self as u32
                }

                fn load(value: u32) -> Self {
                    [$($choice::$variant),*][value as usize]
                }
            }
        )*
    };
    (@type ($($range:tt)*)) => { u32 };
    (@type [$choice:ident]) => { $choice };
    (@domain ($min:literal..=$max:literal)) => { $crate::scenario::params::params!(@domain ($min..=$max, "")) };
    (@domain ($min:literal..=$max:literal, $unit:literal)) => {
        $crate::scenario::params::Domain::Number { min: $min, max: $max, unit: $unit }
    };
    (@domain [$choice:ident]) => {
        $crate::scenario::params::Domain::Choice(<$choice as $crate::scenario::params::Stored>::CHOICES)
    };
}
pub(crate) use params;

/// What is wrong with one field.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum FieldError {
    /// It is a whole number outside of its range.
    OutOfRange {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// The least it may be.
        min: u32,
        /// The most it may be.
        max: u32,
    },
    /// It is no whole number.
    NotANumber {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// The least it may be.
        min: u32,
        /// The most it may be.
        max: u32,
    },
    /// It is none of its choices.
    NotAChoice {
        /// The field.
        field: String,
        /// What was given.
        value: String,
        /// What it may be.
        choices: Vec<String>,
    },
    /// There is no such field.
    Unknown {
        /// The field.
        field: String,
    },
    /// A part of a list of changes is none.
    NotAChange {
        /// What was given.
        value: String,
    },
    /// The changes are more than a run takes.
    TooManyChanges {
        /// The most.
        max: u32,
    },
}

impl From<NotAPlan> for Problem {
    fn from(not: NotAPlan) -> Self {
        let error = match not {
            NotAPlan::Change(value) => FieldError::NotAChange { value },
            NotAPlan::TooMany => FieldError::TooManyChanges { max: MOST_CHANGES as u32 },
        };
        Problem::Fields { errors: vec![error] }
    }
}

impl FieldError {
    /// The field that is wrong.
    pub fn field(&self) -> &str {
        match self {
            FieldError::OutOfRange { field, .. }
            | FieldError::NotANumber { field, .. }
            | FieldError::NotAChoice { field, .. }
            | FieldError::Unknown { field } => field,
            FieldError::NotAChange { .. } | FieldError::TooManyChanges { .. } => "do",
        }
    }
}

impl fmt::Display for FieldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FieldError::OutOfRange { field, value, min, max } => write!(f, "{field} is {min} to {max}, not {value}"),
            FieldError::NotANumber { field, value, min, max } => {
                write!(f, "{field} is a whole number from {min} to {max}, not {value:?}")
            }
            FieldError::NotAChoice { field, value, choices } => {
                write!(f, "{field} is one of {}, not {value:?}", choices.join(", "))
            }
            FieldError::Unknown { field } => write!(f, "there is no parameter {field:?}"),
            FieldError::NotAChange { value } => NotAPlan::Change(value.clone()).fmt(f),
            FieldError::TooManyChanges { .. } => NotAPlan::TooMany.fmt(f),
        }
    }
}

/// Why a run cannot begin.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Problem {
    /// No scenario has this name.
    UnknownScenario {
        /// The name.
        id: String,
    },
    /// These fields are wrong.
    Fields {
        /// Each of them, in the order given.
        errors: Vec<FieldError>,
    },
    /// The scenario is begun in another way: a live one is recorded, an untraced one runs in the fast module, and one
    /// of the other page module in that one.
    WrongKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::UnknownScenario { id } => write!(f, "there is no scenario {id:?}"),
            Problem::Fields { errors } => {
                write!(f, "{}", errors.iter().map(FieldError::to_string).collect::<Vec<_>>().join("; "))
            }
            Problem::WrongKind => write!(f, "the scenario is not begun in this way"),
        }
    }
}

impl std::error::Error for Problem {}

/// What a scenario's own fields leave out: each common field, and its default.
pub(super) type Common = &'static [(Field, u32)];

const SEED: (Field, u32) = (Field { name: "seed", domain: Domain::Number { min: 0, max: u32::MAX, unit: "" } }, 7);
const ORDER: (Field, u32) = (Field { name: "order", domain: Domain::Choice(&["fifo", "lifo", "random"]) }, 0);

/// The common fields of a scenario that has a seed, or may be polled in another order (which may be one by chance).
pub(super) const fn common(seeded: bool, scheduled: bool) -> Common {
    match (seeded, scheduled) {
        (_, true) => &[ORDER, SEED],
        (true, false) => &[SEED],
        (false, false) => &[],
    }
}

/// Reads the parameters of what is not polled by a schedule, and its seed: as [`read_scheduled`] does.
///
/// # Errors
/// Every field that is wrong.
pub(super) fn read<P: Params>(given: &[(&str, &str)], seeded: bool) -> Result<(P, u32), Problem> {
    let (params, seed, _) = read_scheduled(given, common(seeded, false))?;
    Ok((params, seed))
}

/// Reads parameters, and the common fields, as pairs of a field and what was typed into it; what is not given has its
/// default. Gives the seed and the order of polls, too.
///
/// # Errors
/// Every field that is wrong.
pub(super) fn read_scheduled<P: Params>(given: &[(&str, &str)], common: Common) -> Result<(P, u32, Order), Problem> {
    let mut params = P::default();
    let (seed, order) = read_all(P::FIELDS, given, common, &mut |i, value| params.set(i, value))?;
    Ok((params, seed, order))
}

/// Reads what was given, whatever the form; `set` gets each field of its own and its value.
fn read_all(
    fields: &[Field],
    given: &[(&str, &str)],
    common: Common,
    set: &mut dyn FnMut(usize, u32),
) -> Result<(u32, Order), Problem> {
    let (mut seed, mut order) = (SEED.1, ORDER.1);
    let mut errors = Vec::new();
    for &(name, text) in given {
        let text = text.trim();
        let read = match common.iter().find(|(field, _)| field.name == name) {
            Some(&(field, _)) => read_field(&[field], name, text).map(|(_, value)| {
                *(if field.name == SEED.0.name { &mut seed } else { &mut order }) = value;
            }),
            None => read_field(fields, name, text).map(|(i, value)| set(i, value)),
        };
        errors.extend(read.err());
    }
    let order = match order {
        0 => Order::Fifo,
        1 => Order::Lifo,
        _ => Order::Random(seed),
    };
    if errors.is_empty() { Ok((seed, order)) } else { Err(Problem::Fields { errors }) }
}

fn read_field(fields: &[Field], name: &str, text: &str) -> Result<(usize, u32), FieldError> {
    let (field, value) = (name.to_owned(), text.to_owned());
    let Some(i) = fields.iter().position(|f| f.name == name) else {
        return Err(FieldError::Unknown { field });
    };
    match fields[i].domain {
        Domain::Number { min, max, .. } => {
            let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
            if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
                return Err(FieldError::NotANumber { field, value, min, max });
            }
            // Digits that are no u32 are a number all the same: one out of range.
            match text.parse::<u32>() {
                Ok(n) if (min..=max).contains(&n) => Ok((i, n)),
                _ => Err(FieldError::OutOfRange { field, value, min, max }),
            }
        }
        Domain::Choice(choices) => match choices.iter().position(|c| *c == text) {
            Some(choice) => Ok((i, choice as u32)),
            None => {
                let choices = choices.iter().map(|c| (*c).to_owned()).collect();
                Err(FieldError::NotAChoice { field, value, choices })
            }
        },
    }
}

/// The JSON Schema (2020-12) of a form; units stand in `x-unit`.
#[derive(Clone, Debug)]
pub struct Schema {
    /// Each field, and its default.
    fields: Vec<(Field, u32)>,
}

impl Schema {
    /// The schema of these fields and the common ones.
    pub(super) fn of(fields: &[Field], common: Common, default: fn(usize) -> u32) -> Self {
        let own = fields.iter().enumerate().map(|(i, field)| (*field, default(i)));
        Schema { fields: own.chain(common.iter().copied()).collect() }
    }
}

impl Serialize for Schema {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Schema", 3)?;
        object.serialize_field("type", "object")?;
        object.serialize_field("properties", &Properties(self))?;
        object.serialize_field("additionalProperties", &false)?;
        object.end()
    }
}

struct Properties<'a>(&'a Schema);

impl Serialize for Properties<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields = &self.0.fields;
        let mut object = serializer.serialize_struct("Properties", fields.len())?;
        for &(field, default) in fields {
            object.serialize_field(field.name, &Property { domain: field.domain, default })?;
        }
        object.end()
    }
}

struct Property {
    domain: Domain,
    default: u32,
}

impl Serialize for Property {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Property", 5)?;
        match self.domain {
            Domain::Number { min, max, unit } => {
                object.serialize_field("type", "integer")?;
                object.serialize_field("minimum", &min)?;
                object.serialize_field("maximum", &max)?;
                object.serialize_field("default", &self.default)?;
                if !unit.is_empty() {
                    object.serialize_field("x-unit", unit)?;
                }
            }
            Domain::Choice(choices) => {
                object.serialize_field("type", "string")?;
                object.serialize_field("enum", choices)?;
                object.serialize_field("default", choices[self.default as usize])?;
            }
        }
        object.end()
    }
}
