//! The macro behind the table of events: what is generated from each of its entries.

/// Makes an entry's event, kind, codec, checks, comparison and text. The grammar of an entry:
///
/// ```text
/// /// What it is.
/// Name "code" version { field: Type, other: Type as Role } order(rule: field) says("{field} ..");
/// ```
///
/// - `code` names the kind on the page, in links and in files of other programs; `version` is that of the first table
///   that has it. Neither ever changes. Entries are added at the end: a kind's number is its place.
/// - A field's type is a [`Field`](super::field::Field); it means what its type, or its role, says in
///   [`super::meaning`].
/// - `order` names a rule of [`Order`](super::order::Order) and what it is given.
/// - `says` is a `write!` of the fields, by name, each as its type shows it.
macro_rules! events {
    ($(
        $(#[$doc:meta])*
        $name:ident $code:literal $since:literal
        $({ $($field:ident: $of:ident $(as $role:ident)?),* $(,)? })?
        $(order($rule:ident $(: $($given:ident),*)?))?
        says($($text:tt)*);
    )*) => {
        /// One thing that happened. See the [module](crate::trace::event) for the order that events keep.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "what each argument is, its type says")]
        pub enum Event { $($(#[$doc])* $name $({ $($field: $of),* })?),* }

        /// Which event.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[allow(missing_docs, reason = "each is the Event of the same name")]
        pub enum Kind { $($name),* }

        impl Kind {
            /// Every kind, in the order of their numbers.
            pub const ALL: &[Kind] = &[$(Kind::$name),*];

            /// The codes of all kinds as a type of TypeScript.
            pub const TYPESCRIPT: &str = concat!("/** Which event. */\nexport type EventKind = ", $("'", $code, "' | ",)* "never;");

            /// Its name in Rust.
            pub const fn name(self) -> &'static str {
                match self { $(Kind::$name => stringify!($name)),* }
            }

            /// Its name outside of Rust: on the page, in links, in what other programs read. It never changes.
            pub const fn code(self) -> &'static str {
                match self { $(Kind::$name => $code),* }
            }

            /// The version of the table that has it first.
            pub const fn since(self) -> u32 {
                match self { $(Kind::$name => $since),* }
            }

            /// Its fields.
            pub(crate) const fn fields(self) -> &'static [FieldSlots] {
                match self { $(Kind::$name => &[$($((stringify!($field), <$of as Field>::SLOTS)),*)?]),* }
            }
        }

        $(const _: () = assert!(fit(Kind::$name.fields()), concat!(stringify!($name), " has more fields than there is room for"));)*

        impl Event {
            /// Which event it is.
            pub const fn kind(self) -> Kind {
                match self { $(Event::$name { .. } => Kind::$name),* }
            }

            /// Puts the numbers of its fields where they go.
            #[inline(always)]
            #[allow(unused_variables, reason = "some have no fields")]
            pub(super) fn put(self, to: &mut Packer) {
                match self {
                    $(Event::$name { $($($field),*)? } => { $($($field.put(to);)*)? })*
                }
            }

            /// Makes one from the numbers of its fields.
            #[inline(always)]
            pub(super) fn get(kind: Kind, from: &mut Unpacker) -> Result<Event, UnknownCode> {
                match kind {
                    $(Kind::$name => Ok(Event::$name { $($($field: <$of>::get(from)?),*)? })),*
                }
            }

            /// Whether it may follow on those that came before.
            pub(super) fn follows(self, trace: &Trace, order: &mut Order) -> Result<(), Wrong> {
                match self {
                    $(#[allow(unused_variables, reason = "not every field is given to a rule")]
                    Event::$name { $($($field),*)? } => { $(order.$rule(trace $($(, $given)*)?)?;)? })*
                }
                Ok(())
            }

            /// Whether what it refers to is there.
            pub(super) fn refers(self, known: Known<'_>) -> Result<(), Wrong> {
                match self {
                    $(Event::$name { $($($field),*)? } => { $($(meaning!($field $($role)?).check(known)?;)*)? })*
                }
                Ok(())
            }

            /// Whether it says the same as `other`, in the other trace: names and places in the code by what they say;
            /// addresses, bytes and what a target decides not at all.
            pub(super) fn same(self, other: Event, both: Both<'_>) -> bool {
                match self {
                    $(Event::$name { $($($field),*)? } => {
                        $($(let $field = meaning!($field $($role)?);)*)?
                        let mine = ($($($field,)*)?);
                        let Event::$name { $($($field),*)? } = other else { return false };
                        $($(let $field = meaning!($field $($role)?);)*)?
                        same_all!(both; mine; $($($field)*)?)
                    })*
                }
            }

            /// Writes its line.
            pub(super) fn say(self, by: Speaker<'_>, out: &mut String) -> fmt::Result {
                match self {
                    $(Event::$name { $($($field),*)? } => {
                        $($(#[allow(unused_variables, reason = "not every field is said")]
                        let $field = Said(by, $field);)*)?
                        write!(out, $($text)*)
                    })*
                }
            }
        }
    };
}

/// A field in its role.
macro_rules! meaning {
    ($field:ident) => {
        $field
    };
    ($field:ident $role:ident) => {
        $role($field)
    };
}

/// Compares a tuple of fields with fields one by one.
macro_rules! same_all {
    ($both:ident; $mine:ident;) => {{
        let () = $mine;
        true
    }};
    ($both:ident; $mine:ident; $a:ident) => {
        $mine.0.same($a, $both)
    };
    ($both:ident; $mine:ident; $a:ident $b:ident) => {
        $mine.0.same($a, $both) && $mine.1.same($b, $both)
    };
    ($both:ident; $mine:ident; $a:ident $b:ident $c:ident) => {
        $mine.0.same($a, $both) && $mine.1.same($b, $both) && $mine.2.same($c, $both)
    };
    ($both:ident; $mine:ident; $a:ident $b:ident $c:ident $d:ident) => {
        $mine.0.same($a, $both) && $mine.1.same($b, $both) && $mine.2.same($c, $both) && $mine.3.same($d, $both)
    };
}

pub(super) use {events, meaning, same_all};
