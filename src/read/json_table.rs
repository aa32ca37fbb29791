//! Tables of JSON: [JSON Lines](https://jsonlines.org/), an object a line, or a list of objects; their keys are the headers.
//!
//! A string or number is a cell like any other, and an array of them is several values. What is nested is reached by a
//! header of the mapping with dots (`names.value`); an object of texts by language needs no mapping. Only the texts of
//! the cells are kept; to find the place of a value, its object is parsed again.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use super::Context;
use super::budget::{Budget, TooMuch, VALUE};
use super::cells::Cells;
use super::grid::Syntax;
use super::json::{Found, Object, Objects, plain_text, range};
use super::json_array;
use super::json_headers::{Header, Missing, headers, nested_value};
use super::json_places::{LONG, MOST_LONG, Places};
use super::json_rows::{Form, lines};
use super::part::{Mark, Role};
use super::text::{TextFile, offset};
use crate::finding::{Code, Finding, Findings, Location};

/// The cells of a file of JSON.
#[derive(Debug)]
pub(super) struct JsonTable {
    file: TextFile,
    headers: Vec<Header>,
    missing: Missing,
    /// Where the object of each row starts and ends: in JSON Lines a line, in JSON as many as it needs.
    lines: Vec<(u32, u32)>,
    pub(super) cells: Cells,
    /// What is no object.
    left_out: Vec<Range<usize>>,
    /// The places in long lines, by row: a line may have as many mistakes as it has values. Only looked up.
    long_lines: Mutex<BTreeMap<usize, Vec<Places>>>,
}

impl JsonTable {
    /// Reads a file. Returns nothing if it has no row, which is then reported, as are lines left out.
    pub(super) fn read(
        file: TextFile,
        form: Form,
        (context, budget): (&Context<'_>, &Budget),
        findings: &mut Findings,
    ) -> Option<Self> {
        match Self::within(&file, form, (context, budget), findings) {
            Ok(table) => table.map(|table| Self { file, ..table }),
            Err(too_much) => {
                findings.push(too_much.finding(file.locate(0..0)));
                None
            }
        }
    }

    fn within(
        file: &TextFile,
        form: Form,
        (context, budget): (&Context<'_>, &Budget),
        findings: &mut Findings,
    ) -> Result<Option<Self>, TooMuch> {
        let mut left_out = Vec::new();
        let rows = match form {
            Form::Lines => lines(file, budget, &mut left_out, findings)?,
            Form::Array => json_array::rows(file, (context, budget), &mut left_out, findings)?,
        };
        let (headers, missing) = headers(file, &rows, context, findings);
        if headers.is_empty() {
            findings.extend(context.mapping.iter().flat_map(|mapping| {
                let missing = mapping.headers().filter_map(|(name, span)| Some((name, span, missing.get(name)?)));
                missing.map(|(name, span, help)| {
                    let message = format!("no object of {} has `{name}`", file.name());
                    Finding::new(Code::InvalidMapping, context.config.locate(span), message).help(help.as_str())
                })
            }));
            let finding = Finding::new(Code::MissingHeader, file.locate(0..0), "the table has no columns");
            findings.extend(form.help_without_columns(left_out.is_empty()).map(|help| finding.help(help)));
            return Ok(None);
        }
        let is_head = |line: &Range<usize>| file.mark(line.start).is_some_and(|mark| mark.role == Role::Head);
        let mut cells = Cells::new(headers.len(), rows.len(), budget)?;
        let (mut lines, mut reported, mut values) = (Vec::with_capacity(rows.len()), BTreeSet::new(), 0);
        for (line, object) in &rows {
            let text = &file.text()[line.clone()];
            // Few lines have texts in most of the languages of the file. A long line is not looked through for each of them.
            let is_escaped = text.len() > LONG || text.contains("\\u");
            let mut objects = Objects::default();
            // Of a part, the lines that have new columns have the first of all that is nested, and are no rows.
            let (is_head, tells_nested) = (is_head(line), !file.is_part() || is_head(line));
            for (column, header) in headers.iter().enumerate() {
                if !is_escaped && header.quoted.as_ref().is_some_and(|tag| !text.contains(tag.as_str())) {
                    cells.end_cell();
                    continue;
                }
                let found = Found::along(&header.path, object, &mut objects);
                if let Some(nested) = found
                    .nested
                    .filter(|_| tells_nested && !context.leaves_out(&header.text) && reported.insert(column))
                {
                    findings.push(nested_value(file, &header.text, range(nested, file.text())));
                }
                if is_head {
                    continue;
                }
                let syntax =
                    Syntax { separator: context.separator_of(&header.text), quotes: false, apostrophes: false };
                push(&found, file, syntax, &mut cells, findings);
                values += found.values.len();
            }
            if is_head {
                continue;
            }
            cells.end_row();
            cells.charge(budget)?;
            budget.charge(std::mem::take(&mut values) * VALUE)?;
            lines.push((offset(line.start), offset(line.end)));
        }
        budget.refund(rows.iter().map(|(_, object)| object.bytes()).sum());
        drop(rows);
        cells.finish();
        let (file, long_lines) = (TextFile::new("", String::new()), Mutex::default());
        Ok(Some(Self { file, headers, missing, lines, cells, left_out, long_lines }))
    }

    /// The name of the file.
    pub(super) fn name(&self) -> &str {
        self.file.name()
    }

    /// The text of a row, with its line.
    pub(super) fn row_text(&self, row: usize) -> (usize, &str) {
        let (start, end) = self.lines[row];
        self.file.line_and_text(start as usize..end as usize)
    }

    /// What a row is to a part of a data set; nothing in a whole.
    pub(super) fn mark(&self, row: usize) -> Option<Mark> {
        self.file.mark(self.lines[row].0 as usize)
    }

    /// The texts of what is no object, with the numbers of their lines.
    pub(super) fn malformed(&self) -> Vec<(usize, &str)> {
        self.left_out.iter().map(|line| self.file.line_and_text(line.clone())).collect()
    }

    /// How many lines stand before the rows of a part of a data set: none, for any row may have new columns.
    pub(super) fn lines_before_rows(&self) -> Option<usize> {
        self.file.is_part().then_some(0)
    }

    /// The headers.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.headers.iter().map(|header| header.text.as_str())
    }

    /// The header of the mapping for the texts in one language, and the language, if the column is one of those.
    pub(super) fn in_language(&self, column: usize) -> Option<(&str, &str)> {
        let (header, tag) = self.headers[column].in_language.as_ref()?;
        Some((header, tag))
    }

    /// What to do about a path of the mapping that no object has.
    pub(super) fn missing(&self, path: &str) -> Option<&str> {
        self.missing.get(path).map(String::as_str)
    }

    /// Returns where the key of a column first appears.
    pub(super) fn header_place(&self, column: usize) -> Location {
        self.file.locate(self.headers[column].place.clone())
    }

    /// Returns where a row is.
    pub(super) fn row_place(&self, row: usize) -> Location {
        let (start, end) = self.lines[row];
        self.file.locate(start as usize..end as usize)
    }

    /// Returns where a value is; the row, if it is not there. O(length of the line).
    pub(super) fn place(&self, row: usize, column: usize, value: u16) -> Location {
        let (start, end) = self.lines[row];
        let line = &self.file.text()[start as usize..end as usize];
        let place = if line.len() > LONG {
            let mut known = self.long_lines.lock().unwrap_or_else(PoisonError::into_inner);
            if known.len() > MOST_LONG && !known.contains_key(&row) {
                known.clear();
            }
            let places = known.entry(row).or_insert_with(|| self.places(line, 0..self.headers.len()));
            places.get(column).and_then(|places| places.of(value))
        } else {
            self.places(line, column..column + 1).first().and_then(|places| places.of(value))
        };
        place.map_or_else(|| self.row_place(row), |range| self.file.locate(range.start as usize..range.end as usize))
    }

    /// Where the values of some columns are in a line.
    fn places(&self, line: &str, columns: Range<usize>) -> Vec<Places> {
        let Ok(object) = Object::parse(line) else { return Vec::new() };
        let mut objects = Objects::default();
        let places = |header: &Header| {
            let found = Found::along(&header.path, &object, &mut objects);
            let values = found.values.iter().take(1 << 16).map(|value| range(value, self.file.text()));
            Places { listed: found.listed, values: values.map(|at| offset(at.start)..offset(at.end)).collect() }
        };
        self.headers[columns].iter().map(places).collect()
    }
}

/// Appends a cell with what a path has found.
fn push(found: &Found<'_>, file: &TextFile, syntax: Syntax, cells: &mut Cells, findings: &mut Findings) {
    for value in &found.values {
        match plain_text(value) {
            Ok(text) if found.listed => cells.push_value(&text, syntax),
            Ok(text) => cells.push_text(&text),
            Err(error) => {
                let place = file.locate(range(value, file.text()));
                let message = format!("a string that stands for no text: {error}");
                findings.push(Finding::new(Code::InvalidJson, place, message).help("write the characters as they are"));
            }
        }
    }
    cells.end_cell();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::config;

    const CONFIG: &str =
        "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

    /// Headers and cells of a text, with a mapping of its columns, and code and place of each finding.
    fn read(text: &str, columns: &str) -> (Vec<String>, Vec<String>, Vec<String>, Option<JsonTable>) {
        let config = TextFile::new("dataset.toml", format!("{CONFIG}[table.\"t.jsonl\"]\ncolumns = {{{columns}}}"));
        let (_, mappings, _) = config::parse(&config, &mut Findings::default());
        let ontology = Ontology::shipped().unwrap();
        let context =
            Context { mapping: mappings.tables.get("t.jsonl"), config: &config, ontology: &ontology, languages: &[] };
        let mut findings = Findings::default();
        let file = TextFile::new("t.jsonl", text.to_owned());
        let table = JsonTable::read(file, Form::Lines, (&context, &Budget::of_file(0)), &mut findings);
        let headers = table.iter().flat_map(JsonTable::headers).map(str::to_owned).collect();
        let cells = table.as_ref().map_or("", |table| table.cells.text.as_str()).lines();
        let cells = cells.map(|cell| cell.trim().to_owned()).collect();
        let findings = findings.into_vec();
        let findings = findings.iter().map(|finding| format!("{} {}", finding.code.name(), finding.location));
        (headers, cells, findings.collect(), table)
    }

    #[test]
    fn keys_are_headers_in_order_of_first_appearance() {
        let (headers, cells, findings, _) =
            read("{\"id\": \"a\", \"n\": 1.50}\r\n\n{\"x\": true, \"id\": \"b\", \"n\": null}\n", "");
        assert_eq!(headers, ["id", "n", "x"]);
        assert_eq!(cells, ["a", "1.50", "", "b", "", "true"]);
        assert!(findings.is_empty());
    }

    #[test]
    fn an_array_is_several_values_whatever_is_in_them() {
        let (_, cells, _, table) = read(r#"{"id": ["a|b", "c\\", "", "d"], "x": "e|f"}"#, "");
        let (table, syntax) = (table.unwrap(), Syntax { separator: '|', quotes: false, apostrophes: false });
        assert_eq!(cells[1], "e|f");
        let values: Vec<_> = syntax.values(&table.cells.text[table.cells.grid.cell(0, 0)]).collect();
        assert_eq!(values, [(0, "a|b".into()), (1, "c\\".into()), (3, "d".into())]);
        assert_eq!(table.place(0, 0, 3).to_string(), "t.jsonl:1:28");
    }

    #[test]
    fn an_object_of_texts_by_language_is_a_column_each() {
        let (headers, cells, findings, table) = read("{\"label\": {\"en\": \"x\"}}\n{\"label\": {\"ar\": \"ع\"}}", "");
        assert_eq!(headers, ["label@en", "label@ar"]);
        assert_eq!(cells, ["x", "", "", "ع"]);
        assert!(findings.is_empty());
        assert_eq!(table.unwrap().header_place(1).to_string(), "t.jsonl:2:13");
    }

    #[test]
    fn a_mapping_with_dots_reaches_nested_values() {
        let text = r#"{"names": [{"value": "x"}, {"value": "y"}]}"#;
        let (headers, _, findings, table) = read(text, "\"names.value\" = \"altLabel@en\"");
        assert_eq!(headers, ["names.value"]);
        assert!(findings.is_empty());
        assert_eq!(table.unwrap().place(0, 0, 1).to_string(), "t.jsonl:1:39");
    }

    #[test]
    fn texts_with_their_language_beside_them_are_a_column_for_each() {
        let text = r#"{"names": [{"lang": "en", "value": "x"}, {"lang": null, "value": "y"}, {"value": "z"}]}"#;
        let (headers, cells, findings, table) =
            read(text, "\"names.value\" = { property = \"label\", language = \"lang\" }");
        assert_eq!((headers, findings), (vec!["names.value".to_owned(), "names.value".to_owned()], vec![]));
        assert_eq!(cells, ["y |z", "x"]);
        let table = table.unwrap();
        assert_eq!([0, 1].map(|column| table.in_language(column).unwrap().1), ["", "en"]);
        assert_eq!(table.place(0, 1, 0).to_string(), "t.jsonl:1:37");
    }

    #[test]
    fn nested_values_that_are_not_mapped_are_reported_once() {
        let (headers, _, findings, _) =
            read("{\"id\": 1, \"x\": {\"y\": 1}}\n{\"id\": [[2]], \"x\": {\"y\": 1}}\n{\"id\": [[3]]}", "");
        assert_eq!(headers, ["id"]);
        assert_eq!(findings, ["unknown-header t.jsonl:1:12", "unknown-header t.jsonl:2:9"]);
    }

    #[test]
    fn nested_values_can_be_left_out() {
        let (headers, _, findings, _) = read(r#"{"id": 1, "x": {"y": 1}}"#, "\"x\" = \"\"");
        assert_eq!((headers, findings), (vec!["id".to_owned(), "x".to_owned()], vec![]));
    }

    #[test]
    fn a_key_without_a_value_waits_for_one() {
        let (headers, _, findings, _) = read("{\"x\": [], \"y\": null, \"id\": []}\n{\"x\": [{}], \"id\": \"a\"}", "");
        assert_eq!(headers, ["id", "y"]);
        assert_eq!(findings, ["unknown-header t.jsonl:2:3"]);
    }

    #[test]
    fn a_line_that_is_no_object_is_left_out() {
        let (_, cells, findings, _) =
            read("{\"id\": \"ع\", x}\n[1]\n{\"id\": 1, \"id\": 2}\n{\"id\": \"\\ud800\"}\n{\"id\": \"b\"}", "");
        assert_eq!(cells, ["", "b"]);
        let places = ["1:13", "2:1", "3:12", "4:9"].map(|place| format!("invalid-json t.jsonl:{place}"));
        assert_eq!(findings, places);
    }

    #[test]
    fn a_file_without_rows_has_no_header() {
        assert_eq!(read("\n", "").2, ["missing-header t.jsonl:1:1"]);
    }

    #[test]
    fn deep_nesting_does_no_harm() {
        let deep = format!("{{\"id\": {}1{}}}", "[".repeat(100_000), "]".repeat(100_000));
        assert_eq!(read(&deep, "").2, ["unknown-header t.jsonl:1:3", "missing-header t.jsonl:1:1"]);
    }
}
