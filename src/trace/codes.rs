//! Enums that cross as numbers: [`codes!`] gives each variant one that never changes, and both directions from one list.
//!
//! A number that no variant has is an error where it is read, never the last variant.

/// A number that no variant of an enum has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct UnknownCode;

/// Defines an enum whose variants have numbers.
///
/// - `enum Name { A = 0, B = 1 }` has `code` and `of_code`.
/// - `enum Name: carrying { A = 0, B(n: u32) = 1 }`, whose variants may carry one number or id, has `parts` and `of_parts`.
macro_rules! codes {
    ($(#[$meta:meta])* $vis:vis enum $name:ident {
        $($(#[$doc:meta])* $variant:ident = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        $vis enum $name { $($(#[$doc])* $variant = $code),* }

        impl $name {
            #[inline(always)]
            pub(crate) const fn code(self) -> u8 {
                self as u8
            }

            pub(crate) const fn of_code(code: u32) -> Result<Self, $crate::trace::codes::UnknownCode> {
                match code {
                    $($code => Ok($name::$variant),)*
                    _ => Err($crate::trace::codes::UnknownCode),
                }
            }
        }
    };
    ($(#[$meta:meta])* $vis:vis enum $name:ident: carrying {
        $($(#[$doc:meta])* $variant:ident $(($what:ident: $of:ty))? = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        $vis enum $name { $($(#[$doc])* $variant $(($of))?),* }

        impl $name {
            /// The variant's number and what it carries, 0 for nothing.
            #[inline(always)]
            pub(crate) fn parts(self) -> (u8, u32) {
                match self {
                    $($name::$variant $(($what))? => ($code, 0 $(+ u32::from($what))?),)*
                }
            }

            pub(crate) fn of_parts(code: u32, carried: u32) -> Result<Self, $crate::trace::codes::UnknownCode> {
                let value = match code {
                    $($code => {
                        $(let $what = <$of>::from(carried);)?
                        $name::$variant $(($what))?
                    })*
                    _ => return Err($crate::trace::codes::UnknownCode),
                };
                // One that carries nothing has 0 there.
                if value.parts().1 == carried { Ok(value) } else { Err($crate::trace::codes::UnknownCode) }
            }
        }
    };
}
pub(crate) use codes;
