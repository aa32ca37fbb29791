//! Values by what they say, each once.

use std::borrow::Cow;

use hashbrown::HashSet;

use super::said::Side;
use crate::model::{Language, Object, PropertyId};

/// What a value says of a property: two that are equal are one triple.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(super) enum Content<'g> {
    /// A text. Names are kept as often as they come, so that their symbols differ.
    Text(PropertyId, Option<Language>, &'g str),
    /// A day that a date means.
    Day(PropertyId, Side, Cow<'g, str>),
    /// Anything else.
    Other(PropertyId, Object),
}

/// A set of what values say: a list as long as they are few, as they mostly are, then a table.
#[derive(Debug, Default)]
pub(super) struct Distinct<'g> {
    few: Vec<Content<'g>>,
    many: Option<HashSet<Content<'g>>>,
}

impl<'g> Distinct<'g> {
    /// How many are compared with each other.
    const FEW: usize = 16;

    /// Adds what a value says. Returns whether it is new.
    pub(super) fn insert(&mut self, content: Content<'g>) -> bool {
        if let Some(many) = &mut self.many {
            return many.insert(content);
        }
        if self.few.contains(&content) {
            return false;
        }
        if self.few.len() < Self::FEW {
            self.few.push(content);
            return true;
        }
        self.many.insert(self.few.drain(..).collect()).insert(content)
    }

    /// Tells whether nothing is in it.
    pub(super) fn is_empty(&self) -> bool {
        self.few.is_empty() && self.many.is_none()
    }

    /// Tells whether a value said that.
    pub(super) fn contains(&self, content: &Content<'g>) -> bool {
        self.few.contains(content) || self.many.as_ref().is_some_and(|many| many.contains(content))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_again_is_not_new_however_many_there_are() {
        let property = PropertyId::new(0);
        let texts: Vec<String> = (0..1_000).map(|number| number.to_string()).collect();
        let mut distinct = Distinct::default();
        for text in &texts {
            assert!(distinct.insert(Content::Text(property, None, text)), "{text}");
            assert!(distinct.insert(Content::Day(property, Side::Earliest, text.into())), "{text}");
        }
        for text in &texts {
            assert!(distinct.contains(&Content::Text(property, None, text)), "{text}");
            assert!(!distinct.insert(Content::Text(property, None, text)), "{text}");
            assert!(!distinct.contains(&Content::Day(property, Side::Latest, text.into())), "{text}");
        }
    }
}
