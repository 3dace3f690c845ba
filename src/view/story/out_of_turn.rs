//! Polls that a person moved out of turn: one is told by itself, many are told together, as another order.

/// Beyond so many they are told together.
const FEW: u32 = 2;

/// How one of them is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrated {
    /// By itself.
    Alone,
    /// With so many that follow.
    First {
        /// How many.
        more: u32,
    },
    /// With the first.
    WithFirst,
}

/// All of a run: the event at which the first was, and how many there are.
#[derive(Debug, Default)]
pub(super) struct OutOfTurn(Option<(u32, u32)>);

impl OutOfTurn {
    /// Event `at` is another one.
    pub(super) fn follow(&mut self, at: u32) {
        self.0.get_or_insert((at, 0)).1 += 1;
    }

    /// How the one at event `i` is told.
    pub(super) fn narrated(&self, i: usize) -> Narrated {
        match self.0 {
            Some((first, all)) if all > FEW && first == i as u32 => Narrated::First { more: all - 1 },
            Some((first, all)) if all > FEW && first < i as u32 => Narrated::WithFirst,
            _ => Narrated::Alone,
        }
    }
}
