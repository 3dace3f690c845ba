//! Values that are moved though they were pinned: an address inside of them still names the place that they have left.
//!
//! A value that is `Unpin` may move, and holds no such address; so there is no finding without one.

use super::{Cause, Detector, Finding, Moment};
use crate::trace::Role;
use crate::trace::event::Event;
use crate::trace::ids::PlaceId;

#[derive(Debug, Default)]
pub(super) struct Moved {
    /// Places whose values are pinned, and since which event.
    pinned: Vec<(PlaceId, usize)>,
}

impl Detector for Moved {
    fn look(&mut self, now: &Moment<'_>, found: &mut Vec<Finding>) {
        match now.event {
            Event::Pinned { place, .. } => self.pinned.push((place, now.i)),
            Event::Moved { from, to, bytes } => {
                let pinned = self.pinned.iter().rfind(|&&(place, _)| place == from);
                let Some(&(_, since)) = pinned else { return };
                let left = &now.trace.places[from.index()];
                let names_it = now.trace.snapshot(bytes).is_some_and(|snapshot| {
                    let pointers = snapshot.fields.iter().filter(|field| field.role == Role::Pointer);
                    pointers.filter_map(|field| snapshot.address_in(field)).any(|address| left.holds(address))
                });
                if names_it {
                    let (place, to) = (now.trace.place_name(from).to_owned(), now.trace.place_name(to).to_owned());
                    found.push(now.finding_at(now.state.line, &[since], Cause::PinnedMoved { place, to }));
                }
            }
            _ => {}
        }
    }
}
