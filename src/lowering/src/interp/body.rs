//! Where the locals of a body lie while it runs.
//!
//! A local of a coroutine that is saved at some suspend point lies in its slot all the time; every other local lies in the frame of the
//! function, or of the poll, and is gone with it.

use super::engine::Engine;
use super::stop::Run;
use crate::hash::HashMap;
use crate::layout::univariant::round_up;
use crate::mir::{BodyId, Local};
use std::rc::Rc;

/// Where a local lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    /// At an offset in the frame.
    Frame(u32),
    /// At an offset in the coroutine.
    Coroutine(u32),
}

/// What is known of a body once.
#[derive(Debug)]
pub(super) struct BodyInfo {
    pub(super) homes: Vec<Home>,
    /// Of the frame, in bytes.
    pub(super) size: u64,
    /// The number of the suspend point that ends a block.
    pub(super) points: HashMap<u32, usize>,
}

impl Engine {
    pub(super) fn info(&self, id: BodyId) -> Run<Rc<BodyInfo>> {
        if let Some(info) = self.infos.borrow().get(&id) {
            return Ok(info.clone());
        }
        let body = self.program.body(id);
        let frame = if body.kind.is_coroutine() { Some(self.frame_of(id)?) } else { None };
        let (mut homes, mut size) = (Vec::with_capacity(body.locals.len()), 0);
        for (i, decl) in body.locals.iter().enumerate() {
            let local = Local(i as u32);
            let home = match &frame {
                Some(_) if local == Local::SELF => Some(Home::Coroutine(0)),
                Some(frame) => {
                    let slot = frame.saved.slots.binary_search(&local).ok();
                    slot.map(|slot| Home::Coroutine(frame.places.slots[slot] as u32))
                }
                None => None,
            };
            homes.push(match home {
                Some(home) => home,
                None => {
                    let layout = self.layout(decl.ty)?;
                    let at = round_up(size, layout.align);
                    size = at + layout.size;
                    Home::Frame(at as u32)
                }
            });
        }
        let points =
            frame.iter().flat_map(|f| f.saved.points.iter().enumerate().map(|(i, p)| (p.block.0, i))).collect();
        let info = Rc::new(BodyInfo { homes, size, points });
        self.infos.borrow_mut().insert(id, info.clone());
        Ok(info)
    }
}
