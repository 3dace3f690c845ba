//! What is read from, in three ways.

/// Somewhere else, where data are on their way.
pub struct Source {
    /// When they are there.
    pub there: u64,
    /// What it takes to ask for them.
    pub ask: u32,
}
