//! A table of entities that no file declares.

use super::budget::{Budget, TooMuch};
use super::cells::Cells;
use crate::finding::{Location, MOST_KEPT, Position};

/// An entity made of a reference to nothing.
#[derive(Debug, Clone)]
pub(crate) struct Created {
    /// Its id.
    pub id: String,
    /// The name of its class.
    pub class: String,
    /// Its label: the reference.
    pub label: String,
    /// Where the reference is first.
    pub location: Location,
}

/// The table: an id, a class and a label in each row, all at the place of the reference.
#[derive(Debug)]
pub(super) struct CreatedTable {
    places: Vec<Location>,
    pub(super) cells: Cells,
}

impl CreatedTable {
    /// The headers.
    pub(super) const HEADERS: [&'static str; 3] = ["id", "class", "label"];

    pub(super) fn new(entities: Vec<Created>) -> Result<Self, TooMuch> {
        let mut cells = Cells::new(Self::HEADERS.len(), entities.len(), &Budget::of_file(0))?;
        let mut places = Vec::with_capacity(entities.len());
        let syntax = super::grid::Syntax { separator: '|', quotes: false, apostrophes: false };
        for entity in entities {
            for text in [&entity.id, &entity.class, &entity.label] {
                cells.push_value(text, syntax);
                cells.end_cell();
            }
            cells.end_row();
            let mut place = entity.location;
            if places.len() >= MOST_KEPT {
                // Few are ever shown, and of so many the lines would take more memory than all else.
                match &mut place.position {
                    Position::Text { excerpt, .. } | Position::Cell { excerpt, .. } => *excerpt = String::new(),
                    Position::File => {}
                }
            }
            places.push(place);
        }
        cells.finish();
        Ok(Self { places, cells })
    }

    /// The file with the first reference.
    pub(super) fn file(&self) -> &str {
        self.places.first().map_or("", |place| &place.file)
    }

    /// Returns where the reference of a row is.
    pub(super) fn place(&self, row: usize) -> Location {
        self.places[row].clone()
    }
}
