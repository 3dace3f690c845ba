//! Reading: bytes that come from anywhere, piece by piece, into a trace.

use super::events::{self, Last};
use super::rows::{self, Row};
use super::wire::{Fault, Input, Wire};
use super::{Damage, END, EVENTS, HEAD, LONGEST, MAGIC, VERSION};
use crate::trace::order::Order;
use crate::trace::{Kind, TimeUnit, Trace};

/// Of a chunk: its tag and its length.
const FRAME: usize = 5;
/// Of a trace: the magic and the version.
const START: usize = MAGIC.len() + 4;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Stage {
    /// The magic is to come, the head, events or the end, nothing more.
    #[default]
    Start,
    Head,
    Events,
    Over,
    Damaged(Damage),
}

/// Reads one trace, as its bytes arrive. See [the format](super) for what holds of all that it accepts.
#[derive(Clone, Debug, Default)]
pub struct Reader {
    stage: Stage,
    version: u32,
    order: Order,
    last: Last,
    /// The beginning of a chunk that is not whole.
    pending: Vec<u8>,
    /// Bytes read before those.
    before: usize,
}

impl Reader {
    /// Reads the next bytes and adds to `trace` what is whole in them. What was added is good, whatever comes after it.
    ///
    /// # Errors
    /// If the bytes are no trace, or are damaged; and from then on.
    ///
    /// # Panics
    /// May panic if something else than this reader has changed `trace` since it was [new](Trace::new).
    pub fn append(&mut self, trace: &mut Trace, bytes: &[u8]) -> Result<(), Damage> {
        let mut pending = std::mem::take(&mut self.pending);
        let whole = if pending.is_empty() {
            bytes
        } else {
            pending.extend_from_slice(bytes);
            &pending
        };
        let mut used = 0;
        let read = loop {
            match self.next(trace, &whole[used..]) {
                Ok(0) => break Ok(()),
                Ok(n) => {
                    used += n;
                    self.before += n;
                }
                Err(damage) => break Err(damage),
            }
        };
        if let Err(damage) = read {
            self.stage = Stage::Damaged(damage);
            return read;
        }
        self.pending = whole[used..].to_vec();
        Ok(())
    }

    /// Whether the end was read.
    pub fn is_over(&self) -> bool {
        self.stage == Stage::Over
    }

    /// No more bytes come.
    ///
    /// # Errors
    /// If those that came are no whole trace.
    pub fn finish(&self) -> Result<(), Damage> {
        match self.stage {
            Stage::Over => Ok(()),
            Stage::Damaged(damage) => Err(damage),
            Stage::Start if self.pending.is_empty() => Err(Damage::NotATrace),
            Stage::Start | Stage::Head | Stage::Events => Err(Damage::Truncated),
        }
    }

    /// Reads what comes next, if it is whole; says how many bytes it took.
    fn next(&mut self, trace: &mut Trace, bytes: &[u8]) -> Result<usize, Damage> {
        match self.stage {
            Stage::Damaged(damage) => return Err(damage),
            Stage::Start => return self.start(bytes),
            Stage::Over if bytes.is_empty() => return Ok(0),
            Stage::Over => return Err(self.damaged(0, "there is something behind the end")),
            Stage::Head | Stage::Events => {}
        }
        let Some((&[tag, ref length @ ..], rest)) = bytes.split_first_chunk::<FRAME>() else { return Ok(0) };
        let length = u32::from_le_bytes(*length) as usize;
        if length > LONGEST {
            return Err(self.damaged(1, "a chunk is too long"));
        }
        let Some(body) = rest.get(..length) else { return Ok(0) };
        let mut from = Input::new(body);
        self.chunk(trace, tag, &mut from)
            .and_then(|()| from.end())
            .map_err(|fault| self.damaged(FRAME + from.at, fault))?;
        Ok(FRAME + length)
    }

    fn start(&mut self, bytes: &[u8]) -> Result<usize, Damage> {
        let known = bytes.len().min(MAGIC.len());
        if bytes[..known] != MAGIC[..known] {
            return Err(Damage::NotATrace);
        }
        let Some(version) = bytes.get(MAGIC.len()..START).and_then(|v| v.first_chunk()) else { return Ok(0) };
        match u32::from_le_bytes(*version) {
            0 => return Err(Damage::NotATrace),
            version @ ..=VERSION => self.version = version,
            version => return Err(Damage::Newer { version }),
        }
        self.stage = Stage::Head;
        Ok(START)
    }

    fn damaged(&self, at: usize, what: Fault) -> Damage {
        Damage::Damaged { byte: u32::try_from(self.before + at).unwrap_or(u32::MAX), what }
    }

    fn chunk(&mut self, trace: &mut Trace, tag: u8, from: &mut Input<'_>) -> Result<(), Fault> {
        match (tag, self.stage) {
            (HEAD, Stage::Head) => {
                get_kinds(from)?;
                trace.unit = TimeUnit::get(from)?;
                trace.head = rows::get_head(from, self.version)?;
                self.stage = Stage::Events;
                Ok(())
            }
            (EVENTS, Stage::Events) => {
                rows::get_new(trace, from, self.version)?;
                events::get(trace, &mut self.order, &mut self.last, from)
            }
            (END, Stage::Events) => {
                self.stage = Stage::Over;
                trace.lost = Wire::get(from)?;
                trace.missed = Wire::get(from)?;
                trace.holders = rows_of(trace, from)?;
                trace.keepers = rows_of(trace, from)?;
                trace.tracks = rows_of(trace, from)?;
                trace.spent_in = rows_of(trace, from)?;
                trace.answer = Wire::get(from)?;
                Ok(())
            }
            (HEAD | EVENTS | END, _) => Err("its chunks are in another order"),
            _ => Err("an unknown chunk"),
        }
    }
}

/// Rows that are there as a whole.
fn rows_of<T: Row>(trace: &Trace, from: &mut Input<'_>) -> Result<Vec<T>, Fault> {
    let rows = Vec::<T>::get(from)?;
    rows.iter().try_for_each(|row| row.check(trace))?;
    Ok(rows)
}

/// The table of events of the program that wrote: the beginning of ours, or all of it.
fn get_kinds(from: &mut Input<'_>) -> Result<(), Fault> {
    let wrong = "its table of events is not that of its version";
    let n = from.count()?;
    for kind in Kind::ALL.get(..n).ok_or(wrong)? {
        let mut is_same = String::get(from)? == kind.code() && from.count()? == kind.fields().len();
        for &(field, slots) in kind.fields() {
            is_same = is_same && String::get(from)? == field && from.count()? == slots.len();
        }
        if !is_same {
            return Err(wrong);
        }
    }
    Ok(())
}

impl Trace {
    /// The trace that [`write`](Self::write) wrote.
    ///
    /// # Errors
    /// If `bytes` are no whole trace, of a version that is known.
    pub fn read(bytes: &[u8]) -> Result<Trace, Damage> {
        let (mut reader, mut trace) = (Reader::default(), Trace::new(TimeUnit::default()));
        reader.append(&mut trace, bytes)?;
        reader.finish()?;
        Ok(trace)
    }
}
