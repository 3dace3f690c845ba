//! The wall, as the page drives it: a frame at a time.

use pollscope::interop::{pairs, thrown, to_js};
use pollscope::scenario::wall::{self, PixelDescription};
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// A wall of futures, a byte each in this module's memory.
#[wasm_bindgen]
pub struct Wall(wall::Wall);

#[wasm_bindgen]
impl Wall {
    /// A wall with room for the futures of the form, and none of them spawned yet. `params` are pairs of a field and
    /// what was typed into it, one after the other; what is not given has its default.
    ///
    /// Throws a `Problem` where the parameters are wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(params: Vec<String>) -> Result<Wall, JsValue> {
        wall::Wall::new(&pairs(&params)).map(Wall).map_err(thrown)
    }

    /// How many places there are.
    #[wasm_bindgen(getter)]
    pub fn places(&self) -> u32 {
        self.0.places()
    }

    /// Columns of the wall.
    #[wasm_bindgen(getter)]
    pub fn columns(&self) -> u32 {
        self.0.columns()
    }

    /// The bytes of one future.
    #[wasm_bindgen(getter, js_name = futureSize)]
    pub fn future_size(&self) -> u32 {
        self.0.future_size()
    }

    /// Futures that are not done.
    #[wasm_bindgen(getter)]
    pub fn alive(&self) -> u32 {
        self.0.alive()
    }

    /// Polls so far.
    #[wasm_bindgen(getter)]
    pub fn polls(&self) -> f64 {
        self.0.polls() as f64
    }

    /// Polls so far that found the timer still set.
    #[wasm_bindgen(getter)]
    pub fn wasted(&self) -> f64 {
        self.0.counts().wasted as f64
    }

    /// The address of the states: one byte for each place, as long as the wall lives.
    #[wasm_bindgen(js_name = statesAddress)]
    pub fn states_address(&self) -> u32 {
        self.0.states().as_ptr() as u32
    }

    /// The frame that it is, from 0 to 127: that of a poll stands in the byte of the future that was polled in it.
    #[wasm_bindgen(getter)]
    pub fn frame(&self) -> u8 {
        self.0.frame()
    }

    /// Spawns up to `n` more futures; says how many there are now.
    pub fn spawn(&mut self, n: u32) -> u32 {
        self.0.spawn(n)
    }

    /// Begins another frame, `now` ms after the first, and fires the timers that are due; says how many they were.
    pub fn fire(&self, now: u32) -> u32 {
        self.0.fire(now)
    }

    /// Wakes one that waits, before its timer does; says whether there was one to wake.
    pub fn wake(&self, place: u32) -> bool {
        self.0.wake(place)
    }

    /// Polls those who are ready, for about so many polls; says how many polls there were.
    pub fn poll(&self, polls: u32) -> u32 {
        self.0.poll(polls)
    }

    /// How many are spawned, ready, just polled, waiting and done: five numbers.
    pub fn tally(&self) -> Vec<u32> {
        let t = self.0.tally();
        vec![t.spawned, t.ready, t.polled, t.waiting, t.done]
    }

    /// What is known of one place.
    pub fn describe(&self, place: u32) -> Option<Ts<PixelDescription>> {
        self.0.describe(place).map(|described| to_js(&described))
    }
}
