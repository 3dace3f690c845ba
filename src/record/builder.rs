//! A trace that is being written: its tables, and what is known while it is.

use super::outlet::Sender;
use super::recorder::ObservedField;
use super::unpolled::AllUnpolled;
use crate::hash::fnv1a;
use crate::trace::event::End;
use crate::trace::ids::{BlobId, FutureId, FutureKindId, MachineId, NameId, SiteId, SourceId, TaskId};
use crate::trace::tables::{Field, Site, Snapshot};
use crate::trace::{FutureKind, FutureRole, Role, SourceInfo, SourceKind, TimeUnit, Trace};

/// Copies `out.len()` bytes at `address` of this program's memory into `out`, from outside of the program: a
/// future's padding may be uninitialised, so Rust itself must not read it.
pub type Peek = fn(address: usize, out: &mut [u8]);

/// Reads off a run what it answers to a question about it, if it says so.
pub type Answer = fn(&Trace) -> Option<&'static str>;

/// A task whose machine is known, as it was seen last.
#[derive(Clone, Copy)]
pub(super) struct Alive {
    /// Where it lives.
    pub(super) address: usize,
    /// How large it is.
    pub(super) size: usize,
    /// The state of its machine.
    pub(super) state: u16,
    /// Its last snapshot.
    pub(super) bytes: BlobId,
}

/// A trace that is being written.
pub(super) struct Builder {
    pub(super) trace: Trace,
    /// Where its chunks go, if they do.
    pub(super) sender: Option<Sender>,
    /// What is asked of the run once it is over.
    pub(super) answer: Option<Answer>,
    /// How the bytes of futures are read, if they are.
    pub(super) peek: Option<Peek>,
    /// All names, by what their text is [hashed](hash) to.
    names: Vec<(u32, NameId)>,
    /// Names that were asked for last: a poll asks for the same few again and again.
    pub(super) recent: [NameId; 4],
    /// By task, less one: those whose machine is known.
    pub(super) alive: Vec<Option<Alive>>,
    /// How large machines are, and what they hold in each state, where the compiler's layout is known.
    pub(super) layouts: Vec<(MachineId, u32, Vec<Vec<Field>>)>,
    /// What was seen in the current poll.
    pub(super) observed: Vec<ObservedField>,
    /// The innermost awaits of the current poll that are open.
    pub(super) entered: Vec<SiteId>,
    /// Bytes of the tables beside the events.
    pub(super) memory: usize,
    /// By task, less one: the futures inside of it that are alive, by type and place.
    pub(super) futures: Vec<Vec<(FutureKindId, usize, FutureId)>>,
    /// The last number of a future.
    pub(super) last_future: FutureId,
    pub(super) unpolled: AllUnpolled,
    /// What a brief recorder's run logged so far, and how it ended.
    pub(super) came_to: (Vec<NameId>, Option<End>),
}

impl Builder {
    pub(super) fn new(unit: TimeUnit, peek: Option<Peek>) -> Self {
        Builder {
            trace: Trace::new(unit),
            sender: None,
            answer: None,
            peek,
            names: vec![(hash(""), NameId::NONE)],
            recent: [NameId::NONE; 4],
            alive: Vec::new(),
            layouts: Vec::new(),
            observed: Vec::new(),
            entered: Vec::new(),
            memory: 0,
            futures: Vec::new(),
            last_future: FutureId::NONE,
            unpolled: AllUnpolled::default(),
            came_to: (Vec::new(), None),
        }
    }

    /// Forgets the events and the sources of a run: all that a brief recorder keeps, but for the names.
    pub(super) fn begin_again(&mut self) {
        self.trace.columns.clear();
        self.trace.sources.clear();
        self.trace.lost = 0;
        self.came_to.0.clear();
        self.came_to.1 = None;
    }

    /// Sends the chunk of what is new, if chunks go anywhere.
    pub(super) fn send(&mut self) {
        if let Some(sender) = &mut self.sender {
            sender.send(&self.trace);
        }
    }

    /// The run is over: notes what it answers, and sends the last chunk, once.
    pub(super) fn send_end(&mut self) {
        if let Some(answer) = self.answer {
            self.trace.answer = answer(&self.trace).map(str::to_owned);
        }
        if let Some(sender) = &mut self.sender {
            sender.send_end(&self.trace);
        }
    }

    pub(super) fn name(&mut self, text: &str) -> NameId {
        if let Some(&id) = self.recent.iter().find(|&&id| self.trace.name(id) == text) {
            return id;
        }
        let id = self.find_or_add_name(text);
        self.recent.rotate_right(1);
        self.recent[0] = id;
        id
    }

    fn find_or_add_name(&mut self, text: &str) -> NameId {
        let hash = hash(text);
        let at = self.names.partition_point(|&(of, _)| of < hash);
        let alike = self.names[at..].iter().take_while(|&&(of, _)| of == hash);
        if let Some(&(_, id)) = alike.into_iter().find(|&&(_, id)| self.trace.name(id) == text) {
            return id;
        }
        let id = NameId(self.trace.names.len() as u32);
        self.memory += size_of::<String>() + text.len() + size_of::<NameId>();
        self.trace.names.push(text.to_owned());
        self.names.insert(at, (hash, id));
        id
    }

    pub(super) fn site(&mut self, file: NameId, line: u32, column: u32) -> SiteId {
        // A scenario's code has a few dozen at most.
        let site = Site { file, line, column };
        if let Some(i) = self.trace.sites.iter().position(|s| *s == site) {
            return SiteId(i as u16);
        }
        let Ok(next) = u16::try_from(self.trace.sites.len()) else { return SiteId::NONE };
        self.trace.sites.push(site);
        SiteId(next)
    }

    /// The number of what futures of a name are. There are a few dozen at most.
    pub(super) fn future_kind(&mut self, name: &str, role: FutureRole) -> FutureKindId {
        let kind = FutureKind { name: self.name(name), role };
        let known = self.trace.future_kinds.iter().position(|&k| k == kind);
        let at = known.unwrap_or_else(|| {
            self.memory += size_of::<FutureKind>();
            self.trace.future_kinds.push(kind);
            self.trace.future_kinds.len() - 1
        });
        FutureKindId(at as u32 + 1)
    }

    /// A number for something that tasks wait for.
    pub(super) fn source(&mut self, kind: SourceKind) -> SourceId {
        let nth = self.trace.sources.iter().rev().find(|s| s.kind == kind).map_or(0, |s| s.nth) + 1;
        self.trace.sources.push(SourceInfo { kind, nth });
        self.memory += size_of::<SourceInfo>();
        SourceId(self.trace.sources.len() as u32)
    }

    /// A number for a future that was made just now.
    pub(super) fn new_future(&mut self) -> FutureId {
        self.last_future.0 += 1;
        self.last_future
    }

    /// The number of a future inside of a task: the same as long as one of its type is polled at that place, unless this is
    /// its `first` poll.
    pub(super) fn future(
        &mut self,
        task: TaskId,
        kind: FutureKindId,
        address: usize,
        first: Option<FutureId>,
    ) -> FutureId {
        let at = (task.0 as usize).saturating_sub(1);
        if self.futures.len() <= at {
            self.futures.resize_with(at + 1, Vec::new);
        }
        let known = self.futures[at].iter_mut().find(|(k, a, _)| (*k, *a) == (kind, address));
        let id = match (&known, first) {
            (Some((_, _, id)), None) => return *id,
            (_, Some(id)) if id.is_some() => id,
            _ => {
                self.last_future.0 += 1;
                self.last_future
            }
        };
        match known {
            Some((_, _, known)) => *known = id,
            None => self.futures[at].push((kind, address, id)),
        }
        id
    }

    pub(super) fn future_done(&mut self, task: TaskId, id: FutureId) {
        if let Some(futures) = self.futures.get_mut((task.0 as usize).saturating_sub(1)) {
            futures.retain(|&(_, _, f)| f != id);
        }
    }

    pub(super) fn blob(&mut self, snapshot: Snapshot) -> BlobId {
        self.memory += snapshot.memory();
        self.trace.blobs.push(snapshot);
        BlobId(self.trace.blobs.len() as u32 - 1)
    }

    /// A snapshot of what lies at an address: its `image`, if it was handed over, or what can be read there.
    pub(super) fn look(&mut self, address: usize, size: usize, fields: Vec<Field>, image: Option<Vec<u8>>) -> BlobId {
        let bytes = match (image, self.peek) {
            (Some(image), _) if image.len() == size => image,
            (None, Some(peek)) if size > 0 => {
                let mut bytes = vec![0; size];
                peek(address, &mut bytes);
                bytes
            }
            _ => Vec::new(),
        };
        self.blob(Snapshot { address: short_address(address, size), size: size as u32, bytes, fields })
    }

    /// Takes the last snapshot back.
    pub(super) fn unblob(&mut self) {
        if let Some(snapshot) = self.trace.blobs.pop() {
            self.memory -= snapshot.memory();
        }
    }

    /// What a machine holds in a state, if its layout is known.
    pub(super) fn held(&self, machine: MachineId, state: u16, size: usize) -> Option<Vec<Field>> {
        let (.., states) = self.layouts.iter().find(|(of, whole, _)| (*of, *whole) == (machine, size as u32))?;
        Some(padded(states.get(usize::from(state)).cloned().unwrap_or_default(), size as u32))
    }

    /// What a future that can says that it holds; what lies between that, if it is all.
    pub(super) fn observed_fields(
        &mut self,
        address: usize,
        size: usize,
        seen: &[ObservedField],
        is_whole: bool,
    ) -> Vec<Field> {
        let fields = self.fields(address, size, seen);
        if is_whole { padded(fields, size as u32) } else { fields }
    }

    /// Those of `seen` that lie within the value, once each, by offset.
    pub(super) fn fields(&mut self, address: usize, size: usize, seen: &[ObservedField]) -> Vec<Field> {
        let mut fields: Vec<Field> = Vec::new();
        for f in seen.iter().filter(|f| f.size > 0 && f.address >= address && f.address + f.size <= address + size) {
            let field = Field {
                name: self.name(&f.name),
                offset: (f.address - address) as u32,
                size: f.size as u32,
                role: f.role,
            };
            // What was seen last at a place is what is there.
            fields.retain(|o| o.offset + o.size <= field.offset || field.offset + field.size <= o.offset);
            fields.insert(fields.partition_point(|f| f.offset < field.offset), field);
        }
        fields
    }
}

/// A number that few texts share.
fn hash(text: &str) -> u32 {
    fnv1a(text.bytes()) as u32
}

/// Fields, by offset, and the padding between them. The number of a state may lie in it: where, the viewer finds.
pub(super) fn padded(fields: Vec<Field>, size: u32) -> Vec<Field> {
    let (mut all, mut end) = (Vec::new(), 0);
    let padding = |from: u32, to: u32| {
        let gap = Field { name: NameId::default(), offset: from, size: to.saturating_sub(from), role: Role::Padding };
        (gap.size > 0).then_some(gap)
    };
    for field in fields {
        all.extend(padding(end, field.offset));
        end = field.offset + field.size;
        all.push(field);
    }
    all.extend(padding(end, size));
    all
}

/// An address in 32 bits, as wasm has them, at which something of `size` bytes has room. Elsewhere addresses are longer,
/// and cut.
pub(super) fn short_address(address: usize, size: usize) -> u32 {
    (address as u32).min(u32::MAX - size as u32)
}
