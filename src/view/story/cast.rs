//! Who is in a run: tasks of one name, but for its number, have one *role*.

use crate::trace::Trace;
use crate::trace::ids::TaskId;
use serde::Serialize;
use std::collections::BTreeMap;

/// One task, or those of one role from the first that is meant to the last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "types", derive(tsify::Tsify))]
pub struct Crowd {
    /// The name of the one, or of the first.
    pub first: String,
    /// The name of the last, where there are three or more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<String>,
    /// The number of one that has no name: of a model's task, where no real one has that number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u32>,
}

/// The tasks of a run, as they were spawned.
#[derive(Debug, Default)]
pub(super) struct Cast {
    /// The number of each role, by its name. Number 0 is nobody's.
    numbers: BTreeMap<String, u32>,
    /// The role of each task, and which of its role it is, from 1.
    tasks: Vec<(u32, u32)>,
    /// The tasks of each role.
    members: Vec<u32>,
}

impl Cast {
    /// The next task was spawned.
    pub(super) fn spawned(&mut self, name: &str) {
        let role = role_of(name);
        let role = match self.numbers.get(role) {
            Some(&number) => number,
            None => {
                let number = self.members.len().max(1) as u32;
                self.numbers.insert(role.to_owned(), number);
                number
            }
        };
        self.members.resize(self.members.len().max(role as usize + 1), 0);
        self.members[role as usize] += 1;
        self.tasks.push((role, self.members[role as usize]));
    }

    /// Tasks in all.
    pub(super) fn len(&self) -> u32 {
        self.tasks.len() as u32
    }

    /// The role of a task; 0 for nobody's.
    pub(super) fn role(&self, task: TaskId) -> u32 {
        self.place(task).0
    }

    /// The role of this name; 0 if nobody has it.
    pub(super) fn role_named(&self, name: &str) -> u32 {
        self.numbers.get(name).copied().unwrap_or(0)
    }

    /// How many tasks have a role.
    pub(super) fn size(&self, role: u32) -> u32 {
        self.members.get(role as usize).copied().unwrap_or(0)
    }

    fn place(&self, task: TaskId) -> (u32, u32) {
        let place = task.index().checked_sub(1).and_then(|i| self.tasks.get(i));
        place.copied().unwrap_or((0, 0))
    }

    /// What a task is called: by its name, or by its role and which of it it is. Empty for nobody.
    pub(super) fn name(&self, trace: &Trace, task: TaskId) -> String {
        let (role, nth) = self.place(task);
        let name = trace.task_name(task);
        if self.size(role) > 1 { format!("{} {nth}", role_of(name)) } else { name.to_owned() }
    }

    /// Tasks as they are named together: each role's first and last, where it has three or more.
    pub(super) fn crowd(&self, trace: &Trace, tasks: &[TaskId]) -> Vec<Crowd> {
        let mut roles: Vec<(u32, Vec<TaskId>)> = Vec::new();
        for &task in tasks {
            let role = self.role(task);
            match roles.iter_mut().find(|(of, _)| *of == role) {
                Some((_, members)) => members.push(task),
                None => roles.push((role, vec![task])),
            }
        }
        let mut crowd = Vec::new();
        for (_, members) in roles {
            let name = |task| self.name(trace, task);
            if let [first, _, .., last] = members[..] {
                crowd.push(Crowd { first: name(first), last: Some(name(last)), number: None });
            } else {
                crowd.extend(members.into_iter().map(|task| {
                    let number = trace.task(task).is_none().then_some(task.0);
                    Crowd { first: name(task), last: None, number }
                }));
            }
        }
        crowd
    }
}

/// A name without the number at its end.
fn role_of(name: &str) -> &str {
    name.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end()
}

/// A number for a text: the same for texts that differ in their numbers alone.
pub(super) fn without_digits(text: &str) -> u64 {
    let (mut hash, mut in_number) = (0, false);
    for c in text.chars() {
        let is_digit = c.is_ascii_digit();
        if !is_digit || !in_number {
            hash = mix(hash, if is_digit { u64::from(b'#') } else { u64::from(c) });
        }
        in_number = is_digit;
    }
    hash
}

/// A number for a sequence, one value after the other.
pub(super) fn mix(hash: u64, value: u64) -> u64 {
    (hash.rotate_left(5) ^ value).wrapping_mul(0x517c_c1b7_2722_0a95)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_of_one_name_but_for_its_number_have_one_role() {
        let mut cast = Cast::default();
        for name in ["child 1", "main", "child 2", "child 12", "7"] {
            cast.spawned(name);
        }
        let roles: Vec<u32> = (0..6).map(|task| cast.role(TaskId(task))).collect();
        assert_eq!(roles, [0, 1, 2, 1, 1, 3]);
        assert_eq!((cast.size(1), cast.size(2), cast.size(9)), (3, 1, 0));
        assert_eq!((cast.role_named("child"), cast.role_named("nobody")), (1, 0));
    }

    #[test]
    fn texts_are_alike_but_for_numbers() {
        assert_eq!(without_digits("due at 5, 15 ms late"), without_digits("due at 15, 5 ms late"));
        assert_ne!(without_digits("due at 5"), without_digits("due at"));
        assert_ne!(without_digits("a"), without_digits("b"));
    }
}
