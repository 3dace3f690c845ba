//! The calls of a day: when each caller comes, and how long each part of the call takes. Every staffing gets the
//! same ones, in a run and in the sweep.

use super::CallCentreParams;
use std::rc::Rc;

/// One call to be made: when the caller comes, and how long each part takes, in ms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) arrives: u64,
    pub(super) dial: u32,
    pub(super) ring: u32,
    pub(super) talk: u32,
}

/// All calls. Only how long each rings is kept: the rest is the same for all, and a million must fit.
#[derive(Clone, Debug)]
pub(super) struct Calls {
    pub(super) gap: u32,
    pub(super) dial: u32,
    pub(super) talk: u32,
    rings: Rc<[u32]>,
    len: u32,
}

impl Calls {
    /// The calls of `callers` callers. Those of fewer are the first of these.
    pub(super) fn new(params: &CallCentreParams, seed: u32, callers: u32) -> Self {
        let mut rng = fastrand::Rng::with_seed(seed.into());
        let ring = |_| (params.ring + rng.u32(0..=2 * params.spread)).saturating_sub(params.spread);
        Self::ringing(params.gap, params.dial, params.talk, (0..callers).map(ring).collect())
    }

    /// Calls that ring this long.
    pub(super) fn ringing(gap: u32, dial: u32, talk: u32, rings: Rc<[u32]>) -> Self {
        Calls { gap, dial, talk, len: rings.len() as u32, rings }
    }

    /// The first `len` of them, or all.
    pub(super) fn first(&self, len: u32) -> Self {
        Calls { len: len.min(self.len), ..self.clone() }
    }

    pub(super) fn len(&self) -> u32 {
        self.len
    }

    /// Call `i`, from 0.
    pub(super) fn get(&self, i: u32) -> Plan {
        Plan { arrives: self.arrives(i), dial: self.dial, ring: self.rings[i as usize], talk: self.talk }
    }

    /// When caller `i` comes, in ms.
    pub(super) fn arrives(&self, i: u32) -> u64 {
        u64::from(i) * u64::from(self.gap)
    }

    /// All of them, in order.
    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = Plan> + '_ {
        (0..self.len).map(|i| self.get(i))
    }
}
