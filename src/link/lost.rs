//! Rows that could not be placed, to find out what they name once all is linked.

use super::Worker;
use crate::model::{Place, PropertyId};

/// A row that could not be placed, or of which a value could not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lost {
    pub(super) place: Place,
    /// What would have been stated; nothing if nobody knows.
    pub(super) property: Option<PropertyId>,
}

impl Lost {
    /// A row of which nothing was placed.
    pub(super) fn whole(place: Place) -> Self {
        Self { place: Place::row(place.table, place.row), property: None }
    }
}

impl Worker<'_> {
    /// Keeps a row that could not be placed, with what it would have stated, if that is known.
    pub(super) fn lose(&mut self, place: Place, property: Option<PropertyId>) {
        self.lost.push(Lost { property, ..Lost::whole(place) });
    }
}
