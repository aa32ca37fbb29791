//! Interned text: each distinct string is kept once and named by a number.

use std::hash::BuildHasher as _;

use hashbrown::{DefaultHashBuilder, HashTable};

/// A string of an [`Interner`], by number. Equal symbols of one interner are equal strings.
///
/// The order of symbols is the order of first appearance, never that of the text: sort by [`Interner::text`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol(u32);

impl Symbol {
    /// Returns the number as an index.
    #[must_use]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Keeps each distinct string once, in one buffer.
#[derive(Debug, Default, Clone)]
pub struct Interner {
    buffer: String,
    ends: Vec<usize>,
    // Only looked up, never iterated: its order reaches no output.
    table: HashTable<u32>,
    hasher: DefaultHashBuilder,
}

impl Interner {
    /// Returns the symbol of `text`, adding it if it is new. Amortized O(length of `text`).
    ///
    /// # Panics
    ///
    /// With more than `u32::MAX` distinct strings, which a table's size limit of 4 GiB rules out.
    pub fn intern(&mut self, text: &str) -> Symbol {
        let Self { buffer, ends, table, hasher } = self;
        let hash = hasher.hash_one(text);
        if let Some(&found) = table.find(hash, |&number| slice(buffer, ends, number) == text) {
            return Symbol(found);
        }
        #[expect(clippy::expect_used, reason = "tables are limited to 4 GiB, so there are fewer strings than that")]
        let number = u32::try_from(ends.len()).expect("fewer than 2^32 distinct strings");
        buffer.push_str(text);
        ends.push(buffer.len());
        table.insert_unique(hash, number, |&number| hasher.hash_one(slice(buffer, ends, number)));
        Symbol(number)
    }

    /// Returns the symbol of `text` if it is known.
    #[must_use]
    pub fn symbol(&self, text: &str) -> Option<Symbol> {
        let hash = self.hasher.hash_one(text);
        let found = self.table.find(hash, |&number| slice(&self.buffer, &self.ends, number) == text);
        found.map(|&number| Symbol(number))
    }

    /// Returns the text of a symbol of this interner. O(1).
    #[must_use]
    pub fn text(&self, symbol: Symbol) -> &str {
        slice(&self.buffer, &self.ends, symbol.0)
    }
}

fn slice<'a>(buffer: &'a str, ends: &[usize], number: u32) -> &'a str {
    let number = number as usize;
    let start = if number == 0 { 0 } else { ends[number - 1] };
    &buffer[start..ends[number]]
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
}
