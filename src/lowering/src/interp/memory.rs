//! The memory of a program: bytes at addresses of 32 bits, as on wasm32.
//!
//! Everything lies here: frames of functions, boxes, buffers of vectors. Blocks have sizes that are powers of two, and are used
//! again last in, first out, so that a run is the same every time. Nothing lies below [`FIRST`]: null and addresses of values
//! without bytes are there.

use super::stop::{Limit, Run, Stop};

/// The first address of a block.
pub(super) const FIRST: u32 = 1024;
/// The size of the smallest block, and how all are aligned.
const SMALLEST: u32 = 16;

/// The bytes of a program.
#[derive(Debug)]
pub(super) struct Memory {
    bytes: Vec<u8>,
    /// By the logarithm of their size.
    free: [Vec<u32>; 32],
    most: u32,
}

impl Memory {
    pub(super) fn new(most: u32) -> Memory {
        Memory { bytes: vec![0; FIRST as usize], free: Default::default(), most }
    }

    /// A block of zeros. One without bytes has an address that no other block has.
    pub(super) fn allocate(&mut self, size: u64) -> Run<u32> {
        if size == 0 {
            return Ok(SMALLEST);
        }
        let most = self.most;
        let over = || Box::new(Stop::Limit(Limit::Memory(most)));
        let size =
            u32::try_from(size).ok().and_then(|s| s.max(SMALLEST).checked_next_power_of_two()).ok_or_else(over)?;
        // What a broken program gave back may be no block.
        while let Some(at) = self.free[size.trailing_zeros() as usize].pop() {
            if let Some(block) = self.bytes.get_mut(at as usize..at.saturating_add(size) as usize) {
                block.fill(0);
                return Ok(at);
            }
        }
        let at = self.bytes.len() as u32;
        let end = at.checked_add(size).filter(|&end| end <= self.most).ok_or_else(over)?;
        self.bytes.resize(end as usize, 0);
        Ok(at)
    }

    /// Gives back a block of this size.
    pub(super) fn release(&mut self, at: u32, size: u64) {
        if size > 0 && size <= u64::from(self.most) && at >= FIRST {
            let size = (size as u32).max(SMALLEST).next_power_of_two();
            self.free[size.trailing_zeros() as usize].push(at);
        }
    }

    fn range(&self, at: u32, len: u64) -> Run<std::ops::Range<usize>> {
        let end = u64::from(at).saturating_add(len);
        if len == 0 {
            return Ok(0..0);
        }
        if at < FIRST || end > self.bytes.len() as u64 {
            Err(Box::new(Stop::Memory(at)))
        } else {
            Ok(at as usize..end as usize)
        }
    }

    pub(super) fn read(&self, at: u32, len: u64) -> Run<&[u8]> {
        Ok(&self.bytes[self.range(at, len)?])
    }

    pub(super) fn write(&mut self, at: u32, bytes: &[u8]) -> Run<()> {
        let range = self.range(at, bytes.len() as u64)?;
        self.bytes[range].copy_from_slice(bytes);
        Ok(())
    }

    /// Moves bytes, which may overlap.
    pub(super) fn copy(&mut self, from: u32, to: u32, len: u64) -> Run<()> {
        let (from, to) = (self.range(from, len)?, self.range(to, len)?);
        if !from.is_empty() {
            self.bytes.copy_within(from, to.start);
        }
        Ok(())
    }

    /// A number of up to 16 bytes, the lowest first.
    pub(super) fn number(&self, at: u32, len: u64) -> Run<u128> {
        let mut bytes = [0; 16];
        let len = len.min(16);
        bytes[..len as usize].copy_from_slice(self.read(at, len)?);
        Ok(u128::from_le_bytes(bytes))
    }

    pub(super) fn set_number(&mut self, at: u32, len: u64, value: u128) -> Run<()> {
        self.write(at, &value.to_le_bytes()[..len.min(16) as usize])
    }
}
