//! The patterns: when each future is to be woken next. All of them are made of waits and nothing else: a future that
//! wakes computes how long it is to the next front that comes over its place, and sleeps that long.

use super::{Pattern, WallParams};

/// Sources of ripples.
const SOURCES: usize = 5;

/// A source of ripples: rings that widen, one a period.
#[derive(Clone, Copy, Default)]
struct Source {
    x: f32,
    y: f32,
    period: u32,
    begins: u32,
}

/// How wide a wall of so many futures is: as a page is, five to eight.
fn columns(futures: u32) -> u32 {
    ((f64::from(futures) * 1.5625).sqrt().round() as u32).clamp(1, futures.max(1))
}

/// When who is woken.
pub(super) struct Waits {
    pattern: Pattern,
    mean: u32,
    seed: u32,
    columns: u32,
    sources: [Source; SOURCES],
    /// How long a front takes for one pixel, in ms.
    slowness: f32,
    /// What makes fronts a little uneven, by column and by row, in pixels.
    uneven: [Box<[f32]>; 2],
}

impl Waits {
    /// The waits that the form asks for.
    pub(super) fn new(params: &WallParams, seed: u32) -> Self {
        let columns = columns(params.futures);
        let rows = params.futures.div_ceil(columns);
        let mut rng = fastrand::Rng::with_seed(seed.into());
        let (width, height) = (columns as f32, rows as f32);
        let diagonal = width.hypot(height);
        // Each source is a little faster or slower than the others; together they wake once in the mean wait.
        let rates: [f32; SOURCES] = std::array::from_fn(|_| 0.6 + 0.8 * rng.f32());
        let all: f32 = rates.iter().sum();
        let sources = std::array::from_fn(|i| {
            let period = ((params.mean as f32 * all / rates[i]) as u32).max(1);
            // One a fifth of the width, so that no two stand in the same place.
            let x = (i as f32 + 0.15 + 0.7 * rng.f32()) / SOURCES as f32 * width;
            Source { x, y: (0.08 + 0.84 * rng.f32()) * height, period, begins: rng.u32(0..period) }
        });
        let fronts = match params.pattern {
            // A ring leaves the wall about when the next one comes.
            Pattern::Ripples => SOURCES as f32 * 0.8,
            Pattern::Wave | Pattern::Rows => 3.0,
            Pattern::Rain => 1.0,
        };
        let length = if params.pattern == Pattern::Rows { height } else { diagonal };
        let phase = rng.f32() * 6.3;
        let uneven = |n: u32, waves: f32| {
            let bend = move |i| {
                let at = i as f32 / width * 6.3;
                (at * waves + phase).sin() * 0.009 * width + (at * waves * 2.7 + phase).sin() * 0.003 * width
            };
            (0..n).map(bend).collect()
        };
        let uneven = [uneven(columns, 3.0), uneven(rows, 4.0)];
        let slowness = params.mean as f32 * fronts / length;
        Waits { pattern: params.pattern, mean: params.mean, seed, columns, sources, slowness, uneven }
    }

    /// Columns of the wall.
    pub(super) fn columns(&self) -> u32 {
        self.columns
    }

    /// How long the future at a place waits if it begins now, in ms; 1 at least.
    pub(super) fn next(&self, index: u32, now: u32) -> u32 {
        let (column, row) = (index % self.columns, index / self.columns);
        let (x, y) = (column as f32, row as f32);
        let bent = self.uneven[0][column as usize] + self.uneven[1][row as usize];
        match self.pattern {
            Pattern::Ripples => {
                let to_next = |source: &Source| {
                    let (dx, dy) = (x - source.x, y - source.y);
                    let distance = (dx * dx + dy * dy).sqrt();
                    // Near its source, a ring has no room to be uneven in.
                    let distance = distance + bent * (distance * 0.01).min(1.0);
                    until(now, source.begins + self.after(distance), source.period)
                };
                self.sources.iter().map(to_next).min().unwrap_or(self.mean)
            }
            Pattern::Wave => until(now, self.after((x + y) * std::f32::consts::FRAC_1_SQRT_2 + 2.0 * bent), self.mean),
            Pattern::Rows => until(now, self.after(y), self.mean),
            Pattern::Rain => self.mean / 2 + scatter(index ^ self.seed.rotate_left(16), now) % self.mean.max(1) + 1,
        }
    }

    /// How long a front takes for a distance, in ms; a negative one is none.
    fn after(&self, distance: f32) -> u32 {
        (distance * self.slowness) as u32
    }
}

/// How long it is from `now` to the next of the times that are `first` and whole periods apart; 1 at least.
fn until(now: u32, first: u32, period: u32) -> u32 {
    let (now, first) = (now % period, first % period);
    if first > now { first - now } else { first + period - now }
}

/// A number that has nothing to do with its neighbours'.
fn scatter(a: u32, b: u32) -> u32 {
    let mut x = a.wrapping_mul(0x9e37_79b9) ^ b.wrapping_mul(0x85eb_ca6b);
    x = (x ^ (x >> 16)).wrapping_mul(0x7feb_352d);
    x = (x ^ (x >> 15)).wrapping_mul(0x846c_a68b);
    x ^ (x >> 16)
}
