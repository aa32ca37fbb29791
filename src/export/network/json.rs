//! Cells and claims as JSON, for the formats that are JSON and for those that hold claims as text.

use serde_json::{Map, Value};

use super::{Cell, Claim, Column, Kind};

/// The claims of a node as JSON text: an array of objects.
pub(super) fn claims(claims: &[Claim<'_>], columns: &[Column]) -> String {
    Value::Array(claims.iter().map(|claim| Value::Object(claim.to_json(columns))).collect()).to_string()
}

impl Claim<'_> {
    /// Returns the claim as an object: its key as `id`, its value, and its other columns.
    pub(in crate::export) fn to_json(&self, columns: &[Column]) -> Map<String, Value> {
        let mut object = Map::new();
        object.insert("id".to_owned(), self.key.as_str().into());
        object.insert("value".to_owned(), self.value.into());
        if let Some(language) = self.language {
            object.insert("language".to_owned(), language.as_str().into());
        }
        insert(&mut object, &self.cells, columns);
        object
    }
}

/// Adds the cells of a row to an object.
pub(in crate::export) fn insert(object: &mut Map<String, Value>, cells: &[Cell<'_>], columns: &[Column]) {
    for cell in cells {
        let column = &columns[cell.column];
        let mut values = cell.values.iter().map(|value| spelled(column.kind, value));
        let value = if column.list { Value::Array(values.collect()) } else { values.next().unwrap_or_default() };
        object.insert(column.id(), value);
    }
}

/// A value as JSON; numbers are exact, or their column would be one of text.
fn spelled(kind: Kind, text: &str) -> Value {
    let number = || serde_json::from_str::<serde_json::Number>(text).map_or_else(|_| text.into(), Value::Number);
    match kind {
        Kind::Integer | Kind::Number => number(),
        Kind::Boolean => (text == "true").into(),
        Kind::Text | Kind::Day => text.into(),
    }
}
