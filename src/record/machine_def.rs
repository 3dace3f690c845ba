//! Machines as a scenario declares them.

use crate::trace::Role;

/// A machine to be recorded under.
#[derive(Clone, Debug)]
pub struct MachineDef<'a> {
    /// The future's name.
    pub name: &'a str,
    /// The file it is written in, without its folder.
    pub file: &'a str,
    /// Its states in order.
    pub states: Vec<StateDef>,
}

/// A state of a [`MachineDef`].
#[derive(Clone, Debug)]
pub struct StateDef {
    /// Its name; empty for "not started" and "returned".
    pub name: String,
    /// Line and column of the `await` it waits at.
    pub site: Option<(u32, u32)>,
}

/// A field that a machine holds in a state, where the compiler laid it out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its name in the code; empty for the future that is awaited.
    pub name: &'static str,
    /// Bytes from the start of the machine.
    pub offset: u32,
    /// Bytes.
    pub size: u32,
    /// What it is.
    pub role: Role,
}

/// Where the compiler put what a machine holds.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Bytes of the whole.
    pub size: u32,
    /// Where the number of its state is, one byte: 0 before its first poll, 1 when it has returned, 3 and up at its awaits.
    pub tag: u32,
    /// What it holds in each state, by offset: before its first poll, at each await, when it has returned.
    pub states: &'static [&'static [Held]],
}

impl Held {
    /// What is no pointer of its own.
    pub const fn value(name: &'static str, offset: u32, size: u32) -> Held {
        Held { name, offset, size, role: Role::Value }
    }

    /// An address.
    pub const fn pointer(name: &'static str, offset: u32, size: u32) -> Held {
        Held { name, offset, size, role: Role::Pointer }
    }

    /// The future that is awaited.
    pub const fn awaited(offset: u32, size: u32) -> Held {
        Held { name: "", offset, size, role: Role::Awaited }
    }

    /// The name of a future that is awaited is that of its state, without `.await`.
    pub(super) fn name_in<'a>(&self, state: &'a str) -> &'a str
    where
        'static: 'a,
    {
        match self.role {
            Role::Awaited => state.strip_suffix(".await").unwrap_or(state),
            _ => self.name,
        }
    }
}

impl StateDef {
    /// The states of the one `async fn` in `source`: not started, one for each `.await` in the order of the text
    /// (named by the expression that is awaited), returned. For straight code, this is rustc's own order.
    pub fn of_async_fn(source: &str) -> Vec<StateDef> {
        let end = || StateDef { name: String::new(), site: None };
        let code = source.lines().enumerate().filter(|(_, l)| !l.trim_start().starts_with('/'));
        let awaits = code.filter_map(|(i, line)| {
            let at = line.as_bytes().windows(6).position(|w| w == b".await")?;
            let expression = line.get(..at).unwrap_or_default().rsplit('=').next().unwrap_or_default().trim();
            Some(StateDef { name: format!("{expression}.await"), site: Some((i as u32 + 1, at as u32 + 2)) })
        });
        std::iter::once(end()).chain(awaits).chain(std::iter::once(end())).collect()
    }
}
