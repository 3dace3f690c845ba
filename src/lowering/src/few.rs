//! Short lists: up to three items take no memory of their own.

use std::ops::Deref;

/// How many items a list holds in itself.
const OWN: usize = 3;

/// A list that is seldom longer than three items.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Few<T> {
    len: usize,
    own: [T; OWN],
    /// All of them, if there are more.
    more: Vec<T>,
}

impl<T: Copy + Default> Few<T> {
    /// Adds an item at the end.
    pub fn push(&mut self, item: T) {
        if self.len < OWN {
            self.own[self.len] = item;
        } else {
            if self.len == OWN {
                self.more = self.own.to_vec();
            }
            self.more.push(item);
        }
        self.len += 1;
    }
}

impl<T> Deref for Few<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        if self.len <= OWN { &self.own[..self.len] } else { &self.more }
    }
}

impl<T: Copy + Default> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Few<T> {
        let mut list = Few::default();
        items.into_iter().for_each(|item| list.push(item));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::Few;

    #[test]
    fn list_has_what_was_pushed() {
        for count in 0..6 {
            let list: Few<usize> = (0..count).collect();
            assert_eq!(*list, (0..count).collect::<Vec<_>>());
        }
    }
}
