//! The line that is to blame, found in the code that came with the trace.

use crate::trace::Trace;
use crate::trace::ids::SiteId;
use crate::view::description::Place;

/// Of a future that asked for something at a line and returned `Pending`: the line of that `return`, which is the first in
/// the same function that says so, where the code is known; else the line that asked.
pub(super) fn pending_after(trace: &Trace, asked: SiteId) -> Option<Place> {
    let place = Place::of(trace, asked)?;
    let code = trace.head.file(&place.file);
    let lines = code.map_or("", |file| &*file.text).lines().zip(1..).skip((place.line as usize).saturating_sub(1));
    let mut function = lines.take_while(|(text, line)| *line == place.line || !text.contains("fn "));
    let line = function.find(|(text, _)| text.contains("Pending")).map_or(place.line, |(_, line)| line);
    Some(Place { line, ..place })
}
