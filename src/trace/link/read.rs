//! Reading links: whatever comes, as much of it as can be read.

use super::{Link, VERSION};
use crate::trace::plan::{MOST_CHANGES, NotAPlan, Plan};
use serde::Serialize;
use std::borrow::Cow;
use std::fmt;

/// A part of a link that could not be read, and was left out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Unread {
    /// The link is of a later version: part of what it says may not be known yet.
    Newer {
        /// Its version.
        version: u32,
    },
    /// This is no version.
    NotAVersion {
        /// What was given.
        value: String,
    },
    /// This is no moment of a run.
    NotAMoment {
        /// What was given.
        value: String,
    },
    /// This is not a change of a run.
    NotAChange {
        /// What was given.
        value: String,
    },
    /// There are more changes than a run takes: the first ones are made.
    TooManyChanges {
        /// The most.
        max: u32,
    },
    /// This does not say in which parameter the run differs that it is compared with.
    NotAParameter {
        /// What was given.
        value: String,
    },
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unread::Newer { version } => {
                write!(f, "the link is of version {version}, and {VERSION} is the last one known")
            }
            Unread::NotAVersion { value } => write!(f, "{value:?} is no version of links"),
            Unread::NotAMoment { value } => write!(f, "{value:?} is not a moment of a run"),
            Unread::NotAChange { value } => write!(f, "{}", NotAPlan::Change(value.clone())),
            Unread::TooManyChanges { .. } => write!(f, "{}", NotAPlan::TooMany),
            Unread::NotAParameter { value } => write!(f, "{value:?} is not a parameter and its value"),
        }
    }
}

/// What stands behind a link in a sentence, or around it in a chat.
const AROUND: &[char] =
    &['.', ',', ';', ':', '!', '?', ')', ']', '}', '>', '\'', '"', '*', '|', '’', '”', '»', '…', ' '];

impl Link {
    /// Reads the query of an address, with its question mark or without.
    pub fn read(query: &str) -> (Link, Vec<Unread>) {
        let query = query.strip_prefix('?').unwrap_or(query);
        let query = query.split('#').next().unwrap_or(query);
        let parts: Vec<&str> = query.split('&').filter(|part| !part.is_empty()).collect();
        let (mut link, mut unread) = (Link { version: 1, ..Link::default() }, Vec::new());
        let mut version = None;
        for (i, part) in parts.iter().enumerate() {
            let Some((name, value)) = form_urlencoded::parse(part.as_bytes()).next() else { continue };
            // An address that went through HTML as text.
            let name = name.trim_start_matches("amp;");
            let value = if i + 1 == parts.len() { Cow::Borrowed(value.trim_end_matches(AROUND)) } else { value };
            match name {
                "v" => version = version.or(Some(value.into_owned())),
                _ => link.take(name, &value, &mut unread),
            }
        }
        match version.as_deref().map(str::parse) {
            None => {}
            Some(Ok(version @ 1..=VERSION)) => link.version = version,
            Some(Ok(version @ 1..)) => {
                link.version = version;
                unread.insert(0, Unread::Newer { version });
            }
            _ => unread.insert(0, Unread::NotAVersion { value: version.unwrap_or_default() }),
        }
        (link, unread)
    }

    /// Takes in one part.
    fn take(&mut self, name: &str, value: &str, unread: &mut Vec<Unread>) {
        match name {
            "s" => {
                self.scenario.get_or_insert_with(|| value.to_owned());
            }
            "at" if value.is_empty() => {}
            "at" => match value.parse() {
                Ok(at) => self.at = Some(at),
                Err(_) => unread.push(Unread::NotAMoment { value: value.to_owned() }),
            },
            "do" => self.take_changes(value, unread),
            "vs" => match value.split_once('.') {
                Some((field, value)) if !field.is_empty() => set(&mut self.vs, field, value),
                _ => unread.push(Unread::NotAParameter { value: value.to_owned() }),
            },
            "show" => self.show = Some(value.to_owned()).filter(|show| !show.is_empty()),
            _ => set(&mut self.params, name, value),
        }
    }

    fn take_changes(&mut self, text: &str, unread: &mut Vec<Unread>) {
        self.changes.clear();
        let parts: Vec<&str> = text.split('_').filter(|part| !part.is_empty()).collect();
        if parts.len() > MOST_CHANGES {
            unread.push(Unread::TooManyChanges { max: MOST_CHANGES as u32 });
        }
        for part in parts.into_iter().take(MOST_CHANGES) {
            match part.parse() {
                Ok(change) => self.changes.push(change),
                Err(_) => unread.push(Unread::NotAChange { value: part.to_owned() }),
            }
        }
    }

    /// The changes as a run is asked for with them.
    pub fn changes_text(&self) -> String {
        Plan::changes_text(&self.changes)
    }
}

/// Sets a value: the last one of a name is the one that counts.
fn set(pairs: &mut Vec<(String, String)>, name: &str, value: &str) {
    match pairs.iter_mut().find(|(known, _)| known == name) {
        Some((_, known)) => value.clone_into(known),
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
}
