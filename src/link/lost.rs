//! Rows that could not be placed, to find out what they name once all is linked.

use super::Worker;
use crate::model::{Place, PropertyId};

/// What could not be placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Lost {
    /// A row, or a value of it: with what it would have stated, if that is known.
    Row(Place, Option<PropertyId>),
    /// Some of the sources in a cell.
    Sources(Place),
}

impl Lost {
    /// A row of which nothing was placed.
    pub(super) fn whole(place: Place) -> Self {
        Self::Row(Place::row(place.table, place.row), None)
    }
}

impl Worker<'_> {
    /// Keeps a row that could not be placed, with what it would have stated, if that is known.
    pub(super) fn lose(&mut self, place: Place, property: Option<PropertyId>) {
        self.lost.push(Lost::Row(Place::row(place.table, place.row), property));
    }
}
