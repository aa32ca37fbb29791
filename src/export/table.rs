//! Cells for formats that hold no lists: joined with `|`, as in the tables of a data set, so that they can be taken apart;
//! and fields of comma-separated values.

use std::borrow::Cow;

use super::network::{Cell, Column};

/// The values of a cell as one text: those of a list with `|` between them, and `\` before a `|` or `\` in a value.
pub(super) fn joined<'a>(cell: &'a Cell<'_>, column: &Column) -> Cow<'a, str> {
    match &*cell.values {
        [value] if !column.list || !value.contains(['|', '\\']) => Cow::Borrowed(value),
        values => {
            let escaped = values.iter().map(|value| value.replace('\\', "\\\\").replace('|', "\\|"));
            escaped.collect::<Vec<_>>().join("|").into()
        }
    }
}

/// A field of [comma-separated values](https://www.rfc-editor.org/rfc/rfc4180#section-2).
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    let special = text.contains([',', '"', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ');
    if special { format!("\"{}\"", text.replace('"', "\"\"")).into() } else { text.into() }
}
