//! Plain values as bytes: numbers, texts, lists, options and structs of them.
//!
//! Numbers are *varints*: seven bits a byte, the lowest first, the highest bit set on all bytes but the last. Signed ones
//! are folded first (0, -1, 1, -2, .. become 0, 1, 2, 3, ..).

use crate::trace::codes::UnknownCode;

/// What is wrong with a value; where, its [`Input`] knows.
pub(super) type Fault = &'static str;

impl From<UnknownCode> for Fault {
    fn from(_: UnknownCode) -> Fault {
        "an unknown number of an enum"
    }
}

/// Bytes that are read.
pub(super) struct Input<'a> {
    bytes: &'a [u8],
    /// Bytes read.
    pub(super) at: usize,
}

impl<'a> Input<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Input { bytes, at: 0 }
    }

    /// Bytes that are left.
    pub(super) fn left(&self) -> usize {
        self.bytes.len() - self.at
    }

    pub(super) fn take(&mut self, n: usize) -> Result<&'a [u8], Fault> {
        if n > self.left() {
            return Err("the chunk ends too early");
        }
        let taken = &self.bytes[self.at..self.at + n];
        self.at += n;
        Ok(taken)
    }

    /// Most numbers are small.
    #[inline(always)]
    pub(super) fn varint(&mut self) -> Result<u64, Fault> {
        match self.bytes.get(self.at) {
            Some(&byte) if byte < 0x80 => {
                self.at += 1;
                Ok(byte.into())
            }
            _ => self.long_varint(),
        }
    }

    #[cold]
    fn long_varint(&mut self) -> Result<u64, Fault> {
        let (mut n, mut shift) = (0, 0);
        loop {
            let &byte = self.bytes.get(self.at).ok_or("the chunk ends too early")?;
            self.at += 1;
            let bits = u64::from(byte & 0x7f);
            if shift > 63 || bits << shift >> shift != bits {
                return Err("a number is too large");
            }
            n |= bits << shift;
            if byte < 0x80 {
                return Ok(n);
            }
            shift += 7;
        }
    }

    /// How many of something follow that takes at least a byte each.
    pub(super) fn count(&mut self) -> Result<usize, Fault> {
        let n = usize::try_from(self.varint()?).map_err(|_| "a number is too large")?;
        if n > self.left() { Err("there are more of something than bytes are left") } else { Ok(n) }
    }

    /// Nothing may be left.
    pub(super) fn end(&self) -> Result<(), Fault> {
        if self.left() == 0 { Ok(()) } else { Err("the chunk is longer than what is in it") }
    }
}

pub(super) fn put_varint(mut n: u64, out: &mut Vec<u8>) {
    while n >= 0x80 {
        out.push(n as u8 | 0x80);
        n >>= 7;
    }
    out.push(n as u8);
}

/// A signed number as one that is small if it is near 0.
pub(super) const fn fold(n: i64) -> u64 {
    ((n << 1) ^ (n >> 63)) as u64
}

/// And back.
pub(super) const fn unfold(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

/// A value that crosses.
pub(super) trait Wire: Sized {
    fn put(&self, out: &mut Vec<u8>);
    fn get(from: &mut Input<'_>) -> Result<Self, Fault>;
}

macro_rules! wire_numbers {
    ($($of:ty),*) => {$(
        impl Wire for $of {
            fn put(&self, out: &mut Vec<u8>) {
                put_varint(u64::from(*self), out);
            }

            fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
                <$of>::try_from(from.varint()?).map_err(|_| "a number is too large")
            }
        }
    )*};
}

wire_numbers!(u16, u32, u64);

impl Wire for bool {
    fn put(&self, out: &mut Vec<u8>) {
        u32::from(*self).put(out);
    }

    fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
        match from.varint()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err("it is neither yes nor no"),
        }
    }
}

impl Wire for String {
    fn put(&self, out: &mut Vec<u8>) {
        put_varint(self.len() as u64, out);
        out.extend_from_slice(self.as_bytes());
    }

    fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
        let len = from.count()?;
        let text = std::str::from_utf8(from.take(len)?).map_err(|_| "a text is not UTF-8")?;
        Ok(text.to_owned())
    }
}

impl<T: Wire> Wire for Option<T> {
    fn put(&self, out: &mut Vec<u8>) {
        self.is_some().put(out);
        self.iter().for_each(|value| value.put(out));
    }

    fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
        if bool::get(from)? { T::get(from).map(Some) } else { Ok(None) }
    }
}

impl<T: Wire> Wire for Vec<T> {
    fn put(&self, out: &mut Vec<u8>) {
        put_all(self, out);
    }

    /// The list grows as it is read: no room is made for what a number alone promises.
    fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
        (0..from.count()?).map(|_| T::get(from)).collect()
    }
}

/// A list.
pub(super) fn put_all<T: Wire>(values: &[T], out: &mut Vec<u8>) {
    put_varint(values.len() as u64, out);
    values.iter().for_each(|value| value.put(out));
}

impl<A: Wire, B: Wire> Wire for (A, B) {
    fn put(&self, out: &mut Vec<u8>) {
        self.0.put(out);
        self.1.put(out);
    }

    fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
        Ok((A::get(from)?, B::get(from)?))
    }
}

/// Ids cross as their numbers.
macro_rules! wire_ids {
    ($($of:ident),*) => {$(
        impl Wire for $of {
            fn put(&self, out: &mut Vec<u8>) {
                self.0.put(out);
            }

            fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
                Wire::get(from).map($of)
            }
        }
    )*};
}

/// Enums made by [`codes!`](crate::trace::codes::codes) cross as their numbers.
macro_rules! wire_codes {
    ($($of:ident),*) => {$(
        impl Wire for $of {
            fn put(&self, out: &mut Vec<u8>) {
                out.push(self.code());
            }

            fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
                Ok($of::of_code(u32::get(from)?)?)
            }
        }
    )*};
}

/// Structs cross field by field, in this order. What is not written is named, and has its default.
macro_rules! wire_structs {
    ($($of:ident { $($field:ident),* $(; $left:ident)? })*) => {$(
        impl Wire for $of {
            fn put(&self, out: &mut Vec<u8>) {
                let $of { $($field,)* $($left: _)? } = self;
                $($field.put(out);)*
            }

            fn get(from: &mut Input<'_>) -> Result<Self, Fault> {
                $(let $field = Wire::get(from)?;)*
                Ok($of { $($field,)* $($left: Default::default())? })
            }
        }
    )*};
}

pub(super) use {wire_codes, wire_ids, wire_structs};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_back_and_too_large_ones_do_not() {
        for n in [0, 1, 127, 128, 300, u64::from(u32::MAX), 1 << 53, u64::MAX] {
            let mut out = Vec::new();
            put_varint(n, &mut out);
            assert_eq!(Input::new(&out).varint(), Ok(n));
            assert_eq!(Input::new(&out[..out.len() - 1]).varint(), Err("the chunk ends too early"));
        }
        let too_large = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02];
        assert_eq!(Input::new(&too_large).varint(), Err("a number is too large"));
        assert_eq!(Input::new(&[0xff; 12]).varint(), Err("a number is too large"));
        for n in [0, -1, 1, i64::from(u32::MAX), -i64::from(u32::MAX), i64::MIN, i64::MAX] {
            assert_eq!(unfold(fold(n)), n);
        }
    }

    #[test]
    fn list_that_promises_more_than_there_is_makes_no_room_for_it() {
        let mut bytes = Vec::new();
        put_varint(1 << 40, &mut bytes);
        bytes.extend([0; 8]);
        assert_eq!(Vec::<u32>::get(&mut Input::new(&bytes)), Err("there are more of something than bytes are left"));
    }
}
