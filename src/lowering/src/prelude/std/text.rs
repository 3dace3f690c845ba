// Text.

#[builtin_type(String)] #[opaque("12 4 drop niche 0 4 0 2147483647")] struct String {}
impl String {
    fn new() -> String { intrinsic!() }
    fn with_capacity(capacity: usize) -> String { intrinsic!() }
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn push(&mut self, c: char) { intrinsic!() }
    fn push_str(&mut self, s: &str) { intrinsic!() }
    fn pop(&mut self) -> Option<char> { intrinsic!() }
    fn clear(&mut self) { intrinsic!() }
    fn truncate(&mut self, len: usize) { intrinsic!() }
    fn insert(&mut self, index: usize, c: char) { intrinsic!() }
    fn insert_str(&mut self, index: usize, s: &str) { intrinsic!() }
    fn remove(&mut self, index: usize) -> char { intrinsic!() }
    fn as_str(&self) -> &str { intrinsic!() }
    fn capacity(&self) -> usize { intrinsic!() }
    fn into_bytes(self) -> Vec<u8> { intrinsic!() }
    fn from_utf8(bytes: Vec<u8>) -> Result<String, FromUtf8Error> { intrinsic!() }
    fn write_fmt(&mut self, args: Arguments) -> Result<(), FmtError> { intrinsic!() }
    fn write_str(&mut self, s: &str) -> Result<(), FmtError> { self.push_str(s); Ok(()) }
}
#[name("alloc::string::FromUtf8Error")] #[opaque("20 4 drop niche 8 4 0 2147483647")] #[derive(Debug)] struct FromUtf8Error {}
impl Clone for String { fn clone(&self) -> String { intrinsic!() } }
impl Deref for String { type Target = str; fn deref(&self) -> &str { intrinsic!() } }
impl DerefMut for String { fn deref_mut(&mut self) -> &mut str { intrinsic!() } }
impl From<&str> for String { fn from(value: &str) -> String { intrinsic!() } }
impl From<&String> for String { fn from(value: &String) -> String { value.clone() } }
impl From<char> for String { fn from(value: char) -> String { intrinsic!() } }
impl From<&str> for Rc<str> { fn from(value: &str) -> Rc<str> { intrinsic!() } }
impl From<&str> for Box<str> { fn from(value: &str) -> Box<str> { intrinsic!() } }
impl Add<&str> for String { type Output = String; fn add(self, rhs: &str) -> String { intrinsic!() } }
impl AddAssign<&str> for String { fn add_assign(&mut self, rhs: &str) { self.push_str(rhs) } }
impl FromIterator<char> for String { fn from_iter<I: IntoIterator<Item = char>>(iter: I) -> String { let mut out = String::new(); for c in iter { out.push(c); } out } }
impl FromIterator<&char> for String { fn from_iter<I: IntoIterator<Item = &char>>(iter: I) -> String { let mut out = String::new(); for c in iter { out.push(*c); } out } }
impl FromIterator<&str> for String { fn from_iter<I: IntoIterator<Item = &str>>(iter: I) -> String { let mut out = String::new(); for s in iter { out.push_str(s); } out } }
impl FromIterator<String> for String { fn from_iter<I: IntoIterator<Item = String>>(iter: I) -> String { let mut out = String::new(); for s in iter { out.push_str(&s); } out } }
impl<I: StrIndex> Index<I> for String { type Output = str; fn index(&self, index: I) -> &str { intrinsic!() } }
impl<I: StrIndex> Index<I> for str { type Output = str; fn index(&self, index: I) -> &str { intrinsic!() } }
trait StrIndex {}
impl StrIndex for Range<usize> {}
impl StrIndex for RangeInclusive<usize> {}
impl StrIndex for RangeFrom<usize> {}
impl StrIndex for RangeTo<usize> {}
impl StrIndex for RangeToInclusive<usize> {}
impl StrIndex for RangeFull {}
trait Pattern {}
impl Pattern for &str {}
impl Pattern for char {}
impl Pattern for &String {}
impl str {
    fn len(&self) -> usize { intrinsic!() }
    fn is_empty(&self) -> bool { self.len() == 0 }
    fn chars(&self) -> Chars { intrinsic!() }
    fn char_indices(&self) -> CharIndices { CharIndices { front_offset: 0, iter: self.chars() } }
    fn bytes(&self) -> Bytes { Bytes(self.as_bytes().iter().copied()) }
    fn as_bytes(&self) -> &[u8] { intrinsic!() }
    fn as_str(&self) -> &str { intrinsic!() }
    fn to_uppercase(&self) -> String { intrinsic!() }
    fn to_lowercase(&self) -> String { intrinsic!() }
    fn to_ascii_uppercase(&self) -> String { intrinsic!() }
    fn to_ascii_lowercase(&self) -> String { intrinsic!() }
    fn eq_ignore_ascii_case(&self, other: &str) -> bool { intrinsic!() }
    fn trim(&self) -> &str { intrinsic!() }
    fn trim_start(&self) -> &str { intrinsic!() }
    fn trim_end(&self) -> &str { intrinsic!() }
    fn repeat(&self, n: usize) -> String { intrinsic!() }
    fn contains<P: Pattern>(&self, pattern: P) -> bool { intrinsic!() }
    fn starts_with<P: Pattern>(&self, pattern: P) -> bool { intrinsic!() }
    fn ends_with<P: Pattern>(&self, pattern: P) -> bool { intrinsic!() }
    fn find<P: Pattern>(&self, pattern: P) -> Option<usize> { intrinsic!() }
    fn replace<P: Pattern>(&self, from: P, to: &str) -> String { intrinsic!() }
    fn strip_prefix<P: Pattern>(&self, prefix: P) -> Option<&str> { intrinsic!() }
    fn strip_suffix<P: Pattern>(&self, suffix: P) -> Option<&str> { intrinsic!() }
    fn split_once<P: Pattern>(&self, delimiter: P) -> Option<(&str, &str)> { intrinsic!() }
    fn split<P: Pattern>(&self, pattern: P) -> Split<P> { intrinsic!() }
    fn split_whitespace(&self) -> SplitWhitespace { intrinsic!() }
    fn lines(&self) -> Lines { intrinsic!() }
    fn parse<F: FromStr>(&self) -> Result<F, F::Err> { F::from_str(self) }
    fn get<I: StrIndex>(&self, index: I) -> Option<&str> { intrinsic!() }
    fn is_char_boundary(&self, index: usize) -> bool { intrinsic!() }
}
#[name("core::str::iter::Chars")] #[opaque("8 4 niche 0 4 1 4294967295")] #[derive(Clone)] struct Chars {}
impl Iterator for Chars { type Item = char; fn next(&mut self) -> Option<char> { intrinsic!() } }
impl DoubleEndedIterator for Chars { fn next_back(&mut self) -> Option<char> { intrinsic!() } }
#[name("core::str::iter::CharIndices")] #[derive(Clone)] struct CharIndices { front_offset: usize, iter: Chars }
impl Iterator for CharIndices { type Item = (usize, char); fn next(&mut self) -> Option<(usize, char)> { match self.iter.next() { Some(c) => { let i = self.front_offset; self.front_offset += c.len_utf8(); Some((i, c)) } None => None } } }
#[name("core::str::iter::Bytes")] #[derive(Clone)] struct Bytes(Copied<Iter<u8>>);
impl Iterator for Bytes { type Item = u8; fn next(&mut self) -> Option<u8> { self.0.next() } }
impl DoubleEndedIterator for Bytes { fn next_back(&mut self) -> Option<u8> { self.0.next_back() } }
#[name("core::str::iter::Split")] #[opaque("40 4")] struct Split<P> {}
impl<P> Iterator for Split<P> { type Item = &str; fn next(&mut self) -> Option<&str> { intrinsic!() } }
#[name("core::str::iter::SplitWhitespace")] #[opaque("32 4")] struct SplitWhitespace {}
impl Iterator for SplitWhitespace { type Item = &str; fn next(&mut self) -> Option<&str> { intrinsic!() } }
#[name("core::str::iter::Lines")] #[opaque("36 4")] struct Lines {}
impl Iterator for Lines { type Item = &str; fn next(&mut self) -> Option<&str> { intrinsic!() } }
impl AsRef<str> for String { fn as_ref(&self) -> &str { intrinsic!() } }
impl AsRef<str> for str { fn as_ref(&self) -> &str { intrinsic!() } }
impl FromStr for String { type Err = Infallible; fn from_str(s: &str) -> Result<String, Infallible> { Ok(String::from(s)) } }
impl char {
    fn is_alphabetic(self) -> bool { intrinsic!() }
    fn is_numeric(self) -> bool { intrinsic!() }
    fn is_alphanumeric(self) -> bool { intrinsic!() }
    fn is_whitespace(self) -> bool { intrinsic!() }
    fn is_uppercase(self) -> bool { intrinsic!() }
    fn is_lowercase(self) -> bool { intrinsic!() }
    fn is_digit(self, radix: u32) -> bool { intrinsic!() }
    fn to_digit(self, radix: u32) -> Option<u32> { intrinsic!() }
    fn from_digit(num: u32, radix: u32) -> Option<char> { intrinsic!() }
    fn from_u32(i: u32) -> Option<char> { intrinsic!() }
    fn is_ascii(&self) -> bool { intrinsic!() }
    fn is_ascii_digit(&self) -> bool { intrinsic!() }
    fn is_ascii_alphabetic(&self) -> bool { intrinsic!() }
    fn is_ascii_uppercase(&self) -> bool { intrinsic!() }
    fn is_ascii_lowercase(&self) -> bool { intrinsic!() }
    fn is_ascii_punctuation(&self) -> bool { intrinsic!() }
    fn to_ascii_uppercase(&self) -> char { intrinsic!() }
    fn to_ascii_lowercase(&self) -> char { intrinsic!() }
    fn len_utf8(self) -> usize { intrinsic!() }
}
impl bool {
    fn then<T, F: FnOnce() -> T>(self, f: F) -> Option<T> { if self { Some(f()) } else { None } }
    fn then_some<T>(self, value: T) -> Option<T> { if self { Some(value) } else { None } }
}
impl From<u8> for char { fn from(value: u8) -> char { intrinsic!() } }
impl From<bool> for u32 { fn from(value: bool) -> u32 { intrinsic!() } }
impl From<char> for u32 { fn from(value: char) -> u32 { intrinsic!() } }
#[name("core::num::float_parse::ParseFloatError")] #[opaque("1 1 niche 0 1 0 1")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseFloatError {}
#[name("core::str::error::ParseBoolError")] #[opaque("0 1")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseBoolError {}
#[name("core::char::convert::ParseCharError")] #[opaque("1 1 niche 0 1 0 1")] #[derive(Clone, Debug, PartialEq, Display)] struct ParseCharError {}
impl FromStr for f64 { type Err = ParseFloatError; fn from_str(s: &str) -> Result<f64, ParseFloatError> { intrinsic!() } }
impl FromStr for f32 { type Err = ParseFloatError; fn from_str(s: &str) -> Result<f32, ParseFloatError> { intrinsic!() } }
impl FromStr for bool { type Err = ParseBoolError; fn from_str(s: &str) -> Result<bool, ParseBoolError> { intrinsic!() } }
impl FromStr for char { type Err = ParseCharError; fn from_str(s: &str) -> Result<char, ParseCharError> { intrinsic!() } }
