//! The releases of rustc whose answers are computed. They differ in one rule.

use std::fmt;

/// A range of releases that lower alike.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Release {
    /// 1.95 to 1.98: dropping the rest of an enum always reads its discriminant.
    R1_95,
    /// 1.99.1, and the betas and nightlies up to 2026-10-29: only if some variant has a field left to drop (rust-lang/rust#157491).
    #[default]
    R1_99,
}

impl Release {
    /// The release that a version names, `1.95.0` or `1.99`; none if its answers are not known.
    pub fn of_version(version: &str) -> Option<Release> {
        let mut parts = version.split('.');
        match (parts.next()?, parts.next()?.parse::<u32>().ok()?) {
            ("1", 95..=98) => Some(Release::R1_95),
            ("1", 99..=101) => Some(Release::R1_99),
            _ => None,
        }
    }

    /// Whether dropping the rest of an enum reads its discriminant even if nothing is left to drop.
    pub fn reads_discriminant_of_emptied_enums(self) -> bool {
        self == Release::R1_95
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Release::R1_95 => "1.95.0",
            Release::R1_99 => "1.99.1",
        })
    }
}
