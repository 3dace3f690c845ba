//! The choice between a run that is made, under a virtual clock, and one that is recorded live, in the page: scenarios that offer
//! both have it as their field `runs`, and say so in the manifest ([`Spec::LIVE`](super::spec::Spec::LIVE)).

use super::params::{FieldError, Form, Stored};
use super::spec::Live;

/// How a run comes about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Runs {
    /// Under a virtual clock, and it can be made again.
    Virtual,
    /// In this page, as it happens.
    Live,
}

impl Stored for Runs {
    const CHOICES: &'static [&'static str] = &["virtual", "live"];

    fn store(self) -> u32 {
        self as u32
    }

    fn load(value: u32) -> Self {
        [Runs::Virtual, Runs::Live][value as usize]
    }
}

/// Whether a form asks for a live run.
pub(super) fn is_live(live: Option<Live>, form: &Form) -> bool {
    live.is_some_and(|Live { field, value, .. }| form.has(field, value))
}

/// The fields that ask for more than a live run gives.
pub(super) fn too_much(live: Option<Live>, form: &Form) -> Vec<FieldError> {
    let Some(Live { most, .. }) = live.filter(|_| is_live(live, form)) else { return Vec::new() };
    most.iter().filter_map(|&(field, max)| form.more_than(field, max)).collect()
}
