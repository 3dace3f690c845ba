//! A trace as bytes and back: how a trace outlives the instance that recorded it.

use super::Trace;
use super::columns::Columns;
use super::event::Kind;
use super::order::Order;
use super::packing::Words;
use nanoserde::{DeBin, DeBinErr, SerBin};
use std::fmt;

/// Why bytes are not a trace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ImportError {
    /// They are not in the form that [`Trace::export`] writes.
    Form,
    /// Event `at` refers to something that the tables do not hold.
    Reference {
        /// The event, from 0.
        at: usize,
    },
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ImportError::Form => write!(f, "these bytes are not a trace"),
            ImportError::Reference { at } => write!(f, "event {at} of the trace refers to something that is not in it"),
        }
    }
}

impl std::error::Error for ImportError {}

impl Trace {
    /// The trace as bytes.
    pub fn export(&self) -> Vec<u8> {
        SerBin::serialize_bin(self)
    }

    /// The trace that [`export`](Self::export) wrote.
    ///
    /// # Errors
    /// If `bytes` are not such a trace, or its events refer to things that it does not hold.
    pub fn import(bytes: &[u8]) -> Result<Trace, ImportError> {
        let trace: Trace = DeBin::deserialize_bin(bytes).map_err(|_| ImportError::Form)?;
        let mut order = Order::default();
        match (0..trace.len()).find(|&i| order.admit(&trace, trace.time(i), trace.event(i)).is_err()) {
            Some(at) => Err(ImportError::Reference { at }),
            None => Ok(trace),
        }
    }
}

/// Row by row.
impl SerBin for Columns {
    fn ser_bin(&self, out: &mut Vec<u8>) {
        self.len().ser_bin(out);
        for i in 0..self.len() {
            let Words(head, args) = self.words(i);
            [self.time(i), head, args].iter().for_each(|word| word.ser_bin(out));
        }
    }
}

impl DeBin for Columns {
    fn de_bin(offset: &mut usize, bytes: &[u8]) -> Result<Self, DeBinErr> {
        let mut columns = Columns::default();
        for _ in 0..usize::de_bin(offset, bytes)? {
            let mut word = || u64::de_bin(offset, bytes);
            let (time, words) = (word()?, Words(word()?, word()?));
            if usize::from(words.0 as u8) >= Kind::ALL.len() {
                return Err(DeBinErr::new(*offset, columns.len(), bytes.len()));
            }
            columns.push_words(time, words);
        }
        Ok(columns)
    }
}
