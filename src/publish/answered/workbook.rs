//! Rows as a workbook.

use std::collections::BTreeMap;
use std::io::Write;

use super::Telling;
use super::row::{Rows, spelled};
use crate::export::{ExportError, TextTable, write_text_tables};
use crate::model::Direction;
use crate::publish::question::PARAGRAPHS;

/// Writes rows as a sheet, what they cite as another, and what was asked as a third.
pub(super) fn write(rows: &Rows<'_>, telling: &Telling, out: &mut (dyn Write + Send)) -> Result<(), ExportError> {
    let columns: Vec<&str> = rows.columns().collect();
    let (mut answer, mut paragraphs) = (Vec::new(), BTreeMap::new());
    for row in rows.all() {
        let (cited, unknown) = row.cited();
        let references: Vec<_> = cited.iter().map(|cited| cited.reference.clone()).chain(unknown).collect();
        let cells = columns.iter().map(|column| row.term(column).map(spelled).unwrap_or_default());
        answer.push(cells.chain([references.join(", ")]).collect());
        for cited in cited {
            let document = rows.graph.id(cited.document.entity).to_owned();
            let number = cited.paragraph.unwrap_or_default().to_owned();
            let told = vec![cited.reference.clone(), document, cited.document.label.to_owned(), number, cited.iri];
            paragraphs.insert(cited.reference, told);
        }
    }
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let values = telling.values.iter().map(|(name, value)| vec![name.clone(), value.clone()]);
    let tables = [
        TextTable {
            name: "answer",
            columns: columns.iter().copied().chain([PARAGRAPHS]).map(str::to_owned).collect(),
            rows: answer,
        },
        TextTable {
            name: PARAGRAPHS,
            columns: owned(&["reference", "document", "title", "paragraph", "iri"]),
            rows: paragraphs.into_values().collect(),
        },
        TextTable {
            name: "question",
            columns: owned(&["key", "value"]),
            rows: [vec!["question".to_owned(), telling.title.clone()]].into_iter().chain(values).collect(),
        },
    ];
    let is_right_to_left =
        rows.languages.first().is_some_and(|language| language.direction() == Direction::RightToLeft);
    write_text_tables(&tables, is_right_to_left, out)
}
