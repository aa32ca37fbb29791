//! A new data set as CSV files.

use super::book::Sheet;

/// Returns the table as comma-separated values, with the byte order mark without which Excel takes the text for one of an
/// older encoding.
pub(super) fn csv(sheet: &Sheet) -> String {
    let mut out = "\u{FEFF}".to_owned();
    line(&mut out, sheet.columns.iter().map(|column| column.heading.as_str()));
    for row in &sheet.rows {
        let cell = |key: &str| row.cells.iter().find(|(name, _)| *name == key).map_or("", |(_, text)| text.as_str());
        line(&mut out, sheet.columns.iter().map(|column| cell(&column.key)));
    }
    out
}

fn line<'a>(out: &mut String, fields: impl Iterator<Item = &'a str>) {
    for (number, field) in fields.enumerate() {
        if number > 0 {
            out.push(',');
        }
        if field.contains([',', '"', '\r', '\n']) || field.starts_with(' ') || field.ends_with(' ') {
            out.push('"');
            out.push_str(&field.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(field);
        }
    }
    out.push_str("\r\n");
}
