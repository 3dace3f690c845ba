//! The history of some bytes: which looks at them found which bytes written.
//!
//! A *look* is an event with a snapshot of the whole value. A byte is *written* at a look if it holds another value than
//! at the look before, if it was padding there, or if the whole value was put there by then. Padding is never written.
//!
//! Blocks of [`FAN`] looks, blocks of [`FAN`] such blocks, and so on, have a bit for each byte: whether a look in them wrote
//! it. A search skips the largest blocks that say no, so that it takes about [`FAN`] steps for each level, of which a million
//! looks have three. All blocks together take a five hundredth of what the snapshots themselves take.

use crate::trace::ids::BlobId;
use crate::trace::{Event, Snapshot, Trace};
use crate::view::padding::Padding;
use std::ops::Range;

/// Looks in a block, and blocks in a block of the next level.
const FAN: usize = 64;

/// What is known of the bytes of one value.
#[derive(Debug, Default)]
pub(super) struct History {
    /// The events that looked, in order.
    looks: Vec<u32>,
    /// Words of 64 bits for the bytes of the value.
    words: usize,
    /// Level by level: of each block of looks, `words` words.
    levels: Vec<Vec<u64>>,
}

/// The snapshot that an event has of a value, and whether the value was put there by it: all bytes are written then.
pub(super) fn look(trace: &Trace, event: Event) -> Option<(BlobId, bool)> {
    if let Event::Spawned { task } = event {
        return trace.task(task).map(|info| (info.bytes, true));
    }
    if let Event::StateChanged { bytes, .. } | Event::Placed { bytes, .. } = event {
        return Some((bytes, false));
    }
    if let Event::Moved { bytes, .. } = event { Some((bytes, true)) } else { None }
}

impl History {
    /// Takes note of the event `i`, which is later than all before. Of a value whose bytes cannot be read there is no history.
    pub(super) fn follow(&mut self, trace: &Trace, i: usize) {
        let Some((now, _)) = snapshot(trace, i) else { return };
        let words = now.bytes.len().div_ceil(64);
        if words == 0 || (!self.looks.is_empty() && self.words != words) {
            return;
        }
        self.words = words;
        self.looks.push(i as u32);
        let mut block = self.looks.len() - 1;
        let written = self.written(trace, block);
        for level in 0.. {
            block /= FAN;
            // The topmost level has more than one block.
            if level > 0 && block == 0 {
                break;
            }
            if self.levels.len() == level {
                let first = level.checked_sub(1).map(|below| folded(&self.levels[below], words));
                self.levels.push(first.unwrap_or_default());
            }
            let bits = &mut self.levels[level];
            bits.resize(bits.len().max((block + 1) * words), 0);
            bits[block * words..].iter_mut().zip(&written).for_each(|(all, own)| *all |= own);
        }
    }

    /// Which bytes a look may have found written, a bit for each: those of padding are among them.
    fn written(&self, trace: &Trace, nth: usize) -> Vec<u64> {
        let mut bits = vec![0; self.words];
        let Some((now, is_put)) = snapshot(trace, self.event(nth)) else { return bits };
        let was = nth.checked_sub(1).and_then(|nth| snapshot(trace, self.event(nth))).map(|(was, _)| was);
        let mut set = |at: usize| bits[at / 64] |= 1 << (at % 64);
        match was.filter(|was| !is_put && was.bytes.len() == now.bytes.len()) {
            None => (0..now.bytes.len()).for_each(set),
            Some(was) => {
                let pairs = was.bytes.iter().zip(&now.bytes).enumerate();
                pairs.filter(|(_, (was, now))| was != now).for_each(|(at, _)| set(at));
                Padding::called(was).flatten().for_each(set);
            }
        }
        bits
    }

    /// How many looks there are among the first `cursor` events.
    pub(super) fn until(&self, cursor: usize) -> usize {
        self.looks.partition_point(|&event| (event as usize) < cursor)
    }

    /// The event of a look.
    pub(super) fn event(&self, nth: usize) -> usize {
        self.looks[nth] as usize
    }

    /// The last of the first `until` looks that wrote one of some bytes.
    pub(super) fn before(&self, trace: &Trace, until: usize, bytes: &Range<usize>, padding: Padding) -> Option<usize> {
        let mut nth = until.min(self.looks.len());
        while nth > 0 {
            match self.untouched(bytes, |span| nth.is_multiple_of(span).then(|| nth / span - 1)) {
                Some(span) => nth -= span,
                None => {
                    nth -= 1;
                    if self.wrote(trace, nth, bytes.clone(), padding) {
                        return Some(nth);
                    }
                }
            }
        }
        None
    }

    /// The first look from `nth` on that wrote one of some bytes.
    pub(super) fn after(&self, trace: &Trace, mut nth: usize, bytes: &Range<usize>, padding: Padding) -> Option<usize> {
        while nth < self.looks.len() {
            match self.untouched(bytes, |span| nth.is_multiple_of(span).then(|| nth / span)) {
                Some(span) => nth += span,
                None if self.wrote(trace, nth, bytes.clone(), padding) => return Some(nth),
                None => nth += 1,
            }
        }
        None
    }

    /// Looks of the largest block that `block` gives for a number of looks, and in which none of the bytes is written.
    fn untouched(&self, bytes: &Range<usize>, block: impl Fn(usize) -> Option<usize>) -> Option<usize> {
        (0..self.levels.len()).rev().find_map(|level| {
            let span = FAN.pow(level as u32 + 1);
            let bits = self.levels[level].get(block(span)? * self.words..)?;
            let is_written = |at: usize| bits.get(at / 64).is_some_and(|word| word >> (at % 64) & 1 == 1);
            (!bytes.clone().any(is_written)).then_some(span)
        })
    }

    /// Whether a look found one of some bytes written.
    fn wrote(&self, trace: &Trace, nth: usize, mut bytes: Range<usize>, padding: Padding) -> bool {
        let Some((now, is_put)) = snapshot(trace, self.event(nth)) else { return false };
        let before = nth.checked_sub(1).and_then(|nth| snapshot(trace, self.event(nth)));
        let Some((was, _)) = before.filter(|_| !is_put) else {
            return bytes.any(|at| now.bytes.get(at).is_some() && !padding.has(now, at));
        };
        bytes.any(|at| {
            let differs = was.bytes.get(at) != now.bytes.get(at) || padding.has(was, at);
            differs && now.bytes.get(at).is_some() && !padding.has(now, at)
        })
    }
}

/// The snapshot of an event, and whether its value was put there by it.
fn snapshot(trace: &Trace, event: usize) -> Option<(&Snapshot, bool)> {
    let (bytes, is_put) = look(trace, trace.event(event))?;
    Some((trace.snapshot(bytes)?, is_put))
}

/// One block of the first ones of the level below.
fn folded(below: &[u64], words: usize) -> Vec<u64> {
    let mut one = vec![0; words];
    for block in below.chunks(words).take(FAN) {
        one.iter_mut().zip(block).for_each(|(all, own)| *all |= own);
    }
    one
}
