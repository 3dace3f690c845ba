//! Parameters: each scenario has one list of its fields, and from it come the struct, its defaults, the reading and
//! checking of what a person typed (`read.rs`), the errors (`problem.rs`), and the JSON Schema that the page makes its
//! form of (`schema.rs`).
//!
//! The list is a macro of our own, because the general way (serde, schemars and a validation crate) weighs more in wasm
//! than all of the engine; a test holds the schema it writes against a JSON Schema validator.

mod listed;
mod problem;
mod read;
mod schema;

pub(super) use listed::Listed;
pub use problem::{FieldError, Problem};
pub(super) use read::{Form, common, read};
pub use schema::Schema;

/// Parameters as they were typed: a field, and its text.
pub type Given<'a> = &'a [(&'a str, &'a str)];

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
    /// Some of these, each at most once, in an order.
    List(&'static [&'static str]),
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

    /// The value of the field `FIELDS[i]`: a number, the index of a choice, or a list as [`Listed`] packs it.
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
///         through: [[Line]] = Listed::of(&[Line::Cut, Line::Clear]),
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

            impl $choice {
                /// As links have it.
                #[allow(dead_code, reason = "most scenarios compare variants")]
                pub(crate) fn name(self) -> &'static str {
                    <Self as $crate::scenario::params::Stored>::CHOICES[self as usize]
                }
            }

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
    (@type [[$choice:ident]]) => { $crate::scenario::params::Listed<$choice> };
    (@domain ($min:literal..=$max:literal)) => { $crate::scenario::params::params!(@domain ($min..=$max, "")) };
    (@domain ($min:literal..=$max:literal, $unit:literal)) => {
        $crate::scenario::params::Domain::Number { min: $min, max: $max, unit: $unit }
    };
    (@domain [$choice:ident]) => {
        $crate::scenario::params::Domain::Choice(<$choice as $crate::scenario::params::Stored>::CHOICES)
    };
    (@domain [[$choice:ident]]) => {
        $crate::scenario::params::Domain::List(<$choice as $crate::scenario::params::Stored>::CHOICES)
    };
}
pub(crate) use params;

/// Fields that scenarios have in common, and their defaults.
pub(super) type Common = &'static [(Field, u32)];
