//! Text, in one buffer, each string named by a number.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A string of a graph, by number. Equal symbols of one graph are equal strings; equal strings are equal symbols where both are
/// interned, as ids and literals are.
///
/// The order of symbols is the order of first appearance, never that of the text: sort by the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(u32);

impl Symbol {
    /// Returns the symbol of the string that came in that place, from 0.
    pub(crate) fn new(number: u32) -> Self {
        Self(number)
    }

    /// Returns the number.
    #[must_use]
    #[inline]
    pub(crate) fn number(self) -> u32 {
        self.0
    }

    /// Returns the number as an index.
    #[must_use]
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// Returns the symbol that many strings later.
    #[must_use]
    #[inline]
    pub(crate) fn later(self, strings: u32) -> Self {
        Self(self.0 + strings)
    }
}

/// Keeps strings in one buffer, each distinct one once unless it is [pushed](Interner::push).
#[derive(Debug, Default, Clone)]
pub(crate) struct Interner {
    buffer: String,
    ends: Vec<usize>,
    // Only looked up, never iterated: its order reaches no output.
    table: HashTable<Entry>,
    hasher: DefaultHashBuilder,
}

/// An interned string. Its beginning stands here too, so that looking up a short one, as ids are, touches no more memory
/// than the entry: in a large data set each touch of the buffer would miss the cache.
#[derive(Debug, Clone, Copy)]
struct Entry {
    number: u32,
    start: Start,
}

/// The first bytes of a string, zeros after its end, and its length, if that is less than 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Start([u8; 12]);

impl Start {
    const BYTES: usize = 11;

    #[inline]
    fn of(text: &str) -> Self {
        let mut start = [0; 12];
        let length = text.len().min(Self::BYTES);
        start[..length].copy_from_slice(&text.as_bytes()[..length]);
        start[Self::BYTES] = u8::try_from(text.len()).unwrap_or(u8::MAX);
        Self(start)
    }

    /// Tells whether no more than this is to be known of the string.
    fn is_whole(self) -> bool {
        usize::from(self.0[Self::BYTES]) <= Self::BYTES
    }
}

impl Entry {
    #[inline]
    fn is(&self, text: &str, start: Start, buffer: &str, ends: &[usize]) -> bool {
        self.start == start && (start.is_whole() || slice(buffer, ends, self.number) == text)
    }
}

impl Interner {
    /// Returns the symbol of `text`, adding it if it is new. Amortized O(length of `text`).
    ///
    /// # Panics
    ///
    /// With more than `u32::MAX` strings, which a table's size limit of 4 GiB rules out.
    pub(crate) fn intern(&mut self, text: &str) -> Symbol {
        let (hash, start) = (self.hasher.hash_one(text), Start::of(text));
        let Self { buffer, ends, table, hasher } = self;
        if let Some(found) = table.find(hash, |entry| entry.is(text, start, buffer, ends)) {
            return Symbol(found.number);
        }
        let number = number(ends.len());
        buffer.push_str(text);
        ends.push(buffer.len());
        table.insert_unique(hash, Entry { number, start }, |entry| hasher.hash_one(slice(buffer, ends, entry.number)));
        Symbol(number)
    }

    /// Adds `text` without looking whether it is there, and so that nobody finds it by its text: for names and other
    /// texts that hardly ever come twice. O(length of `text`).
    ///
    /// # Panics
    ///
    /// As [`Interner::intern`].
    pub(crate) fn push(&mut self, text: &str) -> Symbol {
        let number = self.strings();
        self.buffer.push_str(text);
        self.ends.push(self.buffer.len());
        Symbol(number)
    }

    /// Returns how many strings there are. O(1).
    pub(crate) fn strings(&self) -> u32 {
        number(self.ends.len())
    }

    /// Returns how many bytes the strings take, with the numbers of their ends. O(1).
    pub(crate) fn bytes(&self) -> usize {
        self.buffer.len() + self.ends.len() * size_of::<usize>()
    }

    /// Makes room for so many strings, of so many bytes together, that will be interned.
    pub(crate) fn reserve(&mut self, strings: usize, bytes: usize) {
        self.make_room(strings, bytes);
        let Self { buffer, ends, table, hasher } = self;
        table.reserve(strings, |entry| hasher.hash_one(slice(buffer, ends, entry.number)));
    }

    /// Makes room for so many strings, of so many bytes together, that will be [pushed](Interner::push).
    pub(crate) fn make_room(&mut self, strings: usize, bytes: usize) {
        self.buffer.reserve_exact(bytes);
        self.ends.reserve_exact(strings);
    }

    /// [Pushes](Interner::push) all strings of another interner, and returns how much [later](Symbol::later) their
    /// symbols are here. O(length of all).
    pub(crate) fn push_all(&mut self, other: &Self) -> u32 {
        let (shift, start) = (self.strings(), self.buffer.len());
        self.buffer.push_str(&other.buffer);
        self.ends.extend(other.ends.iter().map(|end| start + end));
        shift
    }

    /// Interns all strings of another interner, and returns our symbol for each of its own. O(length of all).
    pub(crate) fn intern_all(&mut self, other: &Self) -> Vec<Symbol> {
        (0..other.strings()).map(|number| self.intern(other.text(Symbol(number)))).collect()
    }

    /// Returns the symbol of `text` if it was interned.
    #[must_use]
    pub(crate) fn symbol(&self, text: &str) -> Option<Symbol> {
        let (hash, start) = (self.hasher.hash_one(text), Start::of(text));
        let found = self.table.find(hash, |entry| entry.is(text, start, &self.buffer, &self.ends));
        found.map(|entry| Symbol(entry.number))
    }

    /// Returns what [`symbol`](Interner::symbol) does, for many texts together.
    ///
    /// Entries that look right by their hash are fetched first, with so little to do between them that the processor
    /// waits for many at the same time; the few that turn out wrong are looked up again.
    pub(crate) fn symbols<T: AsRef<str>>(&self, texts: &[T]) -> Vec<Option<Symbol>> {
        let hashes: Vec<_> = texts.iter().map(|text| self.hasher.hash_one(text.as_ref())).collect();
        let likely: Vec<_> = hashes.iter().map(|&hash| self.table.find(hash, |_| true).copied()).collect();
        let checked = likely.into_iter().zip(texts).map(|(entry, text)| {
            let (entry, text) = (entry?, text.as_ref());
            let right = entry.is(text, Start::of(text), &self.buffer, &self.ends);
            if right { Some(Symbol(entry.number)) } else { self.symbol(text) }
        });
        checked.collect()
    }

    /// Returns the text of a symbol of this interner. O(1).
    #[must_use]
    #[inline]
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        slice(&self.buffer, &self.ends, symbol.0)
    }
}

/// The number of a string.
fn number(index: usize) -> u32 {
    #[expect(clippy::expect_used, reason = "tables are limited to 4 GiB, so there are fewer strings than that")]
    u32::try_from(index).expect("fewer than 2^32 strings")
}

#[inline]
fn slice<'a>(buffer: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &buffer[start..ends[number]]
}

/// Returns bytes as hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(2 * bytes.len());
    for byte in bytes {
        for digit in [byte >> 4, byte & 15] {
            digits.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_text_has_one_symbol() {
        let mut interner = Interner::default();
        let (itu, empty) = (interner.intern("الاتحاد"), interner.intern(""));
        assert_eq!(interner.intern("الاتحاد"), itu);
        assert_eq!(interner.symbol("الاتحاد"), Some(itu));
        assert_eq!(interner.symbol("ITU"), None);
        assert_eq!((interner.text(itu), interner.text(empty)), ("الاتحاد", ""));
    }

    #[test]
    fn what_is_pushed_is_kept_twice_and_not_found() {
        let mut interner = Interner::default();
        let (first, second) = (interner.push("a"), interner.push("a"));
        assert_ne!(first, second);
        assert_eq!((interner.text(second), interner.symbol("a")), ("a", None));
    }

    #[test]
    fn all_strings_of_another_keep_their_order() {
        let (mut one, mut other) = (Interner::default(), Interner::default());
        let a = one.intern("a");
        let symbols = ["b", "", "a"].map(|text| other.intern(text));
        let mut pushed = one.clone();
        let shift = pushed.push_all(&other);
        assert_eq!(symbols.map(|symbol| pushed.text(symbol.later(shift)).to_owned()), ["b", "", "a"]);
        assert_eq!(one.intern_all(&other)[2], a);
    }

    #[test]
    fn many_are_looked_up_as_each_is() {
        let mut interner = Interner::default();
        let texts: Vec<_> = (0..5000).map(|number| format!("org-{number}")).collect();
        for text in texts.iter().step_by(2) {
            interner.intern(text);
        }
        let each: Vec<_> = texts.iter().map(|text| interner.symbol(text)).collect();
        assert_eq!(interner.symbols(&texts), each);
    }

    #[test]
    fn strings_that_begin_alike_are_told_apart() {
        let long = "a".repeat(300);
        let texts = ["", "\0", "a", "a\0", &long[..11], &long[..12], &long[..254], &long[..255], &long[..256], &long];
        let mut interner = Interner::default();
        let symbols = texts.map(|text| interner.intern(text));
        assert_eq!(texts.map(|text| interner.symbol(text).unwrap()), symbols);
        assert_eq!(interner.symbols(&texts), symbols.map(Some));
        assert_eq!(symbols.map(|symbol| interner.text(symbol).to_owned()), texts);
    }
}
