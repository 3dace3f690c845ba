//! Hash tables whose hash is quick to compute: keys are small numbers and types, and no one chooses them to collide.

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

pub(crate) type HashMap<K, V> = FxHashMap<K, V>;
pub(crate) type HashSet<T> = FxHashSet<T>;
/// A set that numbers its members in the order in which they came.
pub(crate) type IndexSet<T> = indexmap::IndexSet<T, FxBuildHasher>;
