//! Checkpoints: states along a run, packed, so that the state at any cursor is a few events' folding away.
//!
//! They stand equally far apart, at first by [`CLOSEST`] events. When they take more memory than [`MEMORY`], or one is so
//! large that making it costs more than folding the events up to it (`DEAREST`), every other one goes, and the spacing
//! doubles: a run of any length keeps within the memory. A million events of a thousand tasks have one about every two
//! thousand events.

use super::state::{Parts, State};

/// The most bytes that the checkpoints of a run take.
pub const MEMORY: usize = 8 << 20;
/// The fewest events between two of them.
pub const CLOSEST: usize = 1024;
/// The most bytes of one for each event of the spacing. To fold an event takes about as long as to pack so many.
const DEAREST: usize = 8;

/// A state after some events.
#[derive(Debug)]
struct Checkpoint {
    /// All but its tasks, ready queue and timers, which are empty here.
    rest: State,
    packed: Box<[u8]>,
}

impl Checkpoint {
    fn of(state: &mut State) -> Self {
        let parts = state.take_parts();
        let checkpoint = Checkpoint { rest: state.clone(), packed: parts.pack() };
        state.put_parts(parts);
        checkpoint
    }

    fn restore(&self) -> State {
        let mut state = self.rest.clone();
        state.put_parts(Parts::unpack(&self.packed));
        state
    }

    fn memory(&self) -> usize {
        size_of::<Checkpoint>() + self.packed.len() + self.rest.heap()
    }
}

/// The checkpoints of one run, as far as it is known.
#[derive(Debug)]
pub(super) struct Checkpoints {
    /// After `i + 1` times `spacing` events.
    list: Vec<Checkpoint>,
    spacing: usize,
    memory: usize,
}

impl Checkpoints {
    pub(super) fn new() -> Self {
        Checkpoints { list: Vec::new(), spacing: CLOSEST, memory: 0 }
    }

    /// The events that are folded at the most to come from a checkpoint to a cursor.
    pub(super) fn spacing(&self) -> usize {
        self.spacing
    }

    /// Bytes that they take.
    pub(super) fn memory(&self) -> usize {
        self.memory
    }

    /// Makes one of a state that is the first to come so far.
    #[inline]
    pub(super) fn pass(&mut self, state: &mut State) {
        if state.at == (self.list.len() + 1) * self.spacing {
            self.add(state);
        }
    }

    fn add(&mut self, state: &mut State) {
        let checkpoint = Checkpoint::of(state);
        let size = checkpoint.memory();
        self.memory += size;
        self.list.push(checkpoint);
        while self.memory > MEMORY || size > DEAREST * self.spacing {
            self.spacing *= 2;
            let mut i = 0;
            self.list.retain(|_| {
                i += 1;
                i % 2 == 0
            });
            self.list.shrink_to_fit();
            self.memory = self.list.iter().map(Checkpoint::memory).sum();
        }
    }

    /// Brings `state` to the nearest place at or before `cursor`, unless it stands there or nearer.
    pub(super) fn approach(&self, state: &mut State, cursor: usize) {
        let nearest = (cursor / self.spacing).min(self.list.len());
        if cursor < state.at || nearest * self.spacing > state.at {
            *state = nearest.checked_sub(1).map_or_else(State::default, |i| self.list[i].restore());
        }
    }
}
