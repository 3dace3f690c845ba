//! How many spans are open at once, over time.

use crate::sorting::sorted;

/// The number of open spans, now and at most so far, at any time.
#[derive(Default)]
pub(super) struct Level {
    begins: Vec<u64>,
    ends: Vec<u64>,
    /// When a new height was reached, and which.
    heights: Vec<(u64, u32)>,
}

impl Level {
    pub(super) fn of(spans: impl Iterator<Item = (u64, u64)>) -> Self {
        let (begins, ends): (Vec<u64>, Vec<u64>) = spans.unzip();
        let (begins, ends) = (sorted(begins), sorted(ends));
        let (mut heights, mut ended, mut most) = (Vec::new(), 0, 0);
        for (begun, &time) in begins.iter().enumerate() {
            // A span that begins when another one ends is not open beside it.
            ended += ends[ended..].partition_point(|&end| end <= time);
            let open = (begun + 1 - ended) as u32;
            if open > most {
                most = open;
                heights.push((time, most));
            }
        }
        Level { begins, ends, heights }
    }

    /// How many at a time, and at most until then.
    pub(super) fn at(&self, now: u64) -> [u32; 2] {
        let until = |times: &[u64]| times.partition_point(|&t| t <= now);
        let reached = self.heights.partition_point(|&(time, _)| time <= now);
        let most = reached.checked_sub(1).map_or(0, |i| self.heights[i].1);
        [(until(&self.begins) - until(&self.ends)) as u32, most]
    }
}
