//! A table: columns with a meaning, and rows of cells.

mod unsure;

use std::borrow::Cow;
use std::ops::Range;

use super::Context;
use super::columns::{Columns, Reference};
use super::computed::Computed;
use super::content::Content;
use super::conversion::Conversion;
use super::filtered::{Filtered, RowLeftOut};
use super::grid::Syntax;
use super::kind::TableKind;
use super::mapping::Mapping;
use super::part::Role;
use crate::finding::{Code, Finding, Findings, Location};
use crate::model::{Place, PropertyId};
use crate::ontology::Column;

/// A table of the data set.
///
/// Its columns are those of the file, followed by those that the mapping adds. Rows that were reported as malformed,
/// rows without any text, and rows that the mapping leaves out are not counted.
#[derive(Debug)]
pub(crate) struct Table {
    content: Content,
    columns: Columns,
    separator: char,
    /// Which rows of the content are read, unless they are all of them.
    filtered: Option<Filtered>,
    is_mapped: bool,
}

/// Where the text of a cell comes from.
enum Cell<'a> {
    Text(&'a str, Syntax),
    Made(String),
}

impl Table {
    pub(super) fn new(content: Content, columns: Columns, separator: char) -> Self {
        Self { content, columns, separator, filtered: None, is_mapped: false }
    }

    /// Leaves out the rows that a mapping does not want, and says how many.
    pub(super) fn filter(&mut self, mapping: &Mapping, context: &Context<'_>, findings: &mut Findings) {
        self.is_mapped = true;
        self.filtered = Filtered::of(&self.content, mapping, context);
        findings.extend(self.filtered.iter().filter_map(|filtered| filtered.finding(&self.content)));
        // A part knows nothing of the rows of others. Ids that are not made are told by row.
        if self.lines_before_rows().is_none() {
            let columns = (0..self.columns.meanings.len()).filter(|&it| self.columns.meanings[it] != Some(Column::Id));
            findings.extend(columns.filter_map(|column| self.incomplete(column, context)));
        }
    }

    /// Returns the finding that the template of a column lacks a cell in some rows. O(rows) if there is a template.
    fn incomplete(&self, column: usize, context: &Context<'_>) -> Option<Finding> {
        let Some(Computed::Made(recipe)) = self.columns.computed(column) else { return None };
        let lacking = (0..self.rows()).map(|row| self.stored_row(row)).filter_map(|row| {
            let lacking = recipe.lacks(|column| self.stored(row, column).is_empty())?;
            Some((row, lacking))
        });
        let (mut count, mut first) = (0, None);
        for lack in lacking {
            count += 1;
            first.get_or_insert(lack);
        }
        let (row, of) = first?;
        let (header, rows) = (self.columns.header(column), if count == 1 { "row" } else { "rows" });
        let message = format!(
            "the template of `{header}` makes nothing in {count} {rows} of {}, where it lacks a cell",
            self.name()
        );
        let place = self.content.place(row, of, 0, self.separator(of));
        let help =
            format!("the first is `{}` at {place}; fill the cells if the texts are wanted", self.columns.header(of));
        Some(Finding::new(Code::IncompleteTemplate, context.config.locate(recipe.span.clone()), message).help(help))
    }

    /// Tells whether no column is missing without which the table is of no use.
    pub(super) fn is_complete(&self) -> bool {
        self.columns.is_complete
    }

    /// Tells whether the table has a mapping.
    #[must_use]
    pub(crate) fn is_mapped(&self) -> bool {
        self.is_mapped
    }

    /// Returns what the rows are.
    #[must_use]
    pub(crate) fn kind(&self) -> TableKind {
        self.columns.kind
    }

    /// Returns the name of the file.
    #[must_use]
    pub(crate) fn file(&self) -> &str {
        self.content.file()
    }

    /// Returns the name of the table in `dataset.toml`: that of the file, and of its sheet.
    #[must_use]
    pub(crate) fn name(&self) -> String {
        self.content.table_name()
    }

    /// Returns the meaning of each column; nothing where it is unknown, which is then reported, or left out on purpose.
    #[must_use]
    pub(crate) fn columns(&self) -> &[Option<Column>] {
        &self.columns.meanings
    }

    /// Returns the header of a column; of one that the mapping adds, what it stands for.
    #[must_use]
    pub(crate) fn header(&self, column: u16) -> &str {
        self.columns.header(usize::from(column))
    }

    /// Returns the number of the first column with a meaning.
    #[must_use]
    pub(crate) fn column(&self, meaning: Column) -> Option<u16> {
        (0..).zip(self.columns()).find(|(_, column)| **column == Some(meaning)).map(|(number, _)| number)
    }

    /// Returns the columns whose texts are of properties.
    pub(crate) fn columns_of(&self, properties: &[PropertyId]) -> Vec<u16> {
        let is_of = |column: &Option<Column>| matches!(column, Some(Column::Term(property, _)) if properties.contains(property));
        (0..).zip(self.columns()).filter(|(_, column)| is_of(column)).map(|(number, _)| number).collect()
    }

    /// Returns what the mapping says of the references in a column.
    #[must_use]
    pub(crate) fn reference(&self, column: u16) -> Reference {
        self.columns.extra(usize::from(column)).map(|extra| extra.reference).unwrap_or_default()
    }

    /// Returns the number of rows.
    #[must_use]
    pub(crate) fn rows(&self) -> u32 {
        // A row takes at least a byte of a file smaller than 4 GiB.
        let all = || u32::try_from(self.content.grid().rows()).unwrap_or(u32::MAX);
        self.filtered.as_ref().map_or_else(all, |filtered| u32::try_from(filtered.len()).unwrap_or(u32::MAX))
    }

    /// Returns the rows that the mapping's `where` leaves out. O(rows).
    pub(crate) fn rows_left_out(&self) -> impl Iterator<Item = RowLeftOut> {
        self.filtered.iter().flat_map(|filtered| filtered.left_out(&self.content))
    }

    /// Returns the values that would stand in a column of a row that is left out.
    pub(crate) fn values_left_out(&self, row: RowLeftOut, column: u16) -> impl Iterator<Item = Cow<'_, str>> {
        self.stored_values(row.stored(), usize::from(column)).map(|(_, value)| value)
    }

    /// Says where a row that is left out is, by which column it is, and where in `dataset.toml` that is said.
    pub(crate) fn tell_left_out(&self, row: RowLeftOut) -> Option<(Location, &str, &Location)> {
        let (column, said) = self.filtered.as_ref()?.refusal(row, &self.content)?;
        Some((self.content.row_place(row.stored()), column, said))
    }

    /// Returns the text of a row as it stands in its file, with its line, if the file is of lines.
    pub(crate) fn row_text(&self, row: u32) -> Option<(usize, &str)> {
        self.content.row_text(self.stored_row(row))
    }

    /// Returns the rows that were reported as malformed, with their lines, if the file is of lines.
    pub(crate) fn malformed(&self) -> Vec<(usize, &str)> {
        self.content.malformed()
    }

    /// Returns what a row is to a part of a data set; nothing in a whole.
    pub(crate) fn role(&self, row: u32) -> Option<Role> {
        self.content.mark(self.stored_row(row)).map(|mark| mark.role)
    }

    /// Tells whether the rows are of a part that only names what they declare.
    pub(crate) fn only_names(&self) -> bool {
        self.rows() > 0 && self.role(0) == Some(Role::Named)
    }

    /// Returns how many lines stand before the rows of a part of a data set, if it has any.
    pub(super) fn lines_before_rows(&self) -> Option<usize> {
        self.content.lines_before_rows()
    }

    /// Tells whether a finding of reading is about the columns of JSON Lines of a part, which are those of the whole file.
    pub(super) fn has_in_columns(&self, finding: &Finding) -> bool {
        let is_lines = finding.location.file == self.file() && self.lines_before_rows() == Some(0);
        is_lines && finding.code != Code::InvalidJson
    }

    /// Returns how many bytes the text of all cells has at most.
    pub(crate) fn bytes(&self) -> usize {
        self.content.text().len()
    }

    /// Returns the text of a cell, trimmed; separators of values are text like any other. O(length of the cell).
    #[must_use]
    pub(crate) fn cell(&self, row: u32, column: u16) -> Cow<'_, str> {
        let (row, column) = (self.stored_row(row), usize::from(column));
        if self.columns.are_stored() {
            return self.stored(row, column);
        }
        let text = self.whole(row, column);
        match self.conversion(column) {
            Some(conversion) => conversion.convert(text),
            None => text,
        }
    }

    fn whole(&self, row: usize, column: usize) -> Cow<'_, str> {
        match self.text(row, column) {
            Cell::Text(text, syntax) => syntax.whole(text),
            Cell::Made(text) => Cow::Owned(text),
        }
    }

    /// Returns the text of a cell as it stands in the file, trimmed; nothing for a column that the mapping adds.
    #[must_use]
    pub(crate) fn cell_of_file(&self, row: u32, column: u16) -> Option<Cow<'_, str>> {
        let column = usize::from(column);
        (column < self.content.grid().width()).then(|| self.stored(self.stored_row(row), column))
    }

    /// Returns the values of a cell, trimmed, with their numbers as in [`Place::value`]; empty ones are passed over.
    /// O(length of the cell).
    #[inline]
    pub(crate) fn values(&self, row: u32, column: u16) -> impl Iterator<Item = (u16, Cow<'_, str>)> {
        self.stored_values(self.stored_row(row), usize::from(column))
    }

    /// Returns what a value of a cell is called, if the mapping puts texts around it. O(length of the cell).
    pub(crate) fn called(&self, place: Place) -> Option<Cow<'_, str>> {
        let (row, column) = (self.stored_row(place.row), usize::from(place.column));
        let conversion = self.conversion(column)?;
        let (_, value) = converted(self.text(row, column), None).find(|(number, _)| *number == place.value)?;
        conversion.called(value)
    }

    /// Returns the values of a cell by the number of its row in the content.
    #[inline]
    fn stored_values(&self, row: usize, column: usize) -> impl Iterator<Item = (u16, Cow<'_, str>)> {
        match (self.text(row, column), self.conversion(column)) {
            // As in all columns that are not mapped.
            (Cell::Text(text, syntax), None) => match syntax.single(text) {
                Some(value) => Values::Single(Some(value).filter(|value| !value.is_empty())),
                None => Values::Several(syntax.values(text)),
            },
            (cell, conversion) => Values::Converted(converted(cell, conversion)),
        }
    }

    /// Returns where a value is. What the mapping adds is at the cell that it is made from, or else at the row.
    pub(super) fn locate(&self, place: Place) -> Location {
        let (row, column) = (self.stored_row(place.row), usize::from(place.column));
        if column < self.content.grid().width() {
            return self.content.place(row, column, place.value, self.separator(column));
        }
        let made_of = match self.columns.computed(column) {
            Some(&Computed::Either(one, other)) if self.stored(row, one).is_empty() => Some(other),
            computed => computed.and_then(Computed::first_column),
        };
        match made_of {
            Some(column) => self.content.place(row, column, 0, self.separator(column)),
            None => self.content.row_place(row),
        }
    }

    /// Returns where in `dataset.toml` a value is said that is not that of its file, if its mapping says it.
    pub(super) fn said(&self, place: Place) -> Option<Range<usize>> {
        if !self.is_mapped || place.column == Place::WHOLE_ROW {
            return None;
        }
        let (row, column) = (self.stored_row(place.row), usize::from(place.column));
        if let Some(conversion) = self.conversion(column).filter(|conversion| !conversion.values.is_empty()) {
            let mut values = converted(self.text(row, column), None);
            let value = values.find(|(number, _)| *number == place.value).map(|(_, value)| value).unwrap_or_default();
            if let Some(span) = conversion.said(&value).or_else(|| conversion.said(&self.whole(row, column))) {
                return Some(span);
            }
        }
        match self.columns.computed(column) {
            Some(Computed::Constant(text)) => Some(text.span()),
            Some(_) | None => None,
        }
    }

    #[inline]
    fn stored_row(&self, row: u32) -> usize {
        match &self.filtered {
            Some(filtered) => filtered.stored(row),
            None => row as usize,
        }
    }

    #[inline]
    fn conversion(&self, column: usize) -> Option<&Conversion> {
        self.columns.extra(column).map(|extra| &extra.conversion)
    }

    /// The character between two values of a column.
    fn separator(&self, column: usize) -> char {
        self.conversion(column).and_then(|conversion| conversion.separator).unwrap_or(self.separator)
    }

    #[inline]
    fn text(&self, row: usize, column: usize) -> Cell<'_> {
        if self.columns.are_stored() {
            return Cell::Text(self.raw(row, column), self.content.syntax(self.separator));
        }
        self.mapped_text(row, column)
    }

    fn mapped_text(&self, row: usize, column: usize) -> Cell<'_> {
        let separator = self.separator(column);
        match self.columns.computed(column) {
            None => Cell::Text(self.raw(row, column), self.content.syntax(separator)),
            Some(Computed::Constant(text)) => {
                Cell::Text(text.get_ref(), Syntax { separator, quotes: false, apostrophes: false })
            }
            Some(Computed::Made(recipe)) => Cell::Made(recipe.text(|column| self.stored(row, column))),
            Some(Computed::Copy(of)) => Cell::Text(self.raw(row, *of), self.content.syntax(separator)),
            Some(Computed::Either(one, other)) => {
                let column = if self.stored(row, *one).is_empty() { *other } else { *one };
                Cell::Text(self.raw(row, column), self.content.syntax(separator))
            }
            Some(Computed::Tagged { name, tag }) => match (self.stored(row, *name), self.stored(row, *tag)) {
                (name, tag) if tag.is_empty() => Cell::Made(name.into_owned()),
                (name, tag) => Cell::Made(format!("{name}@{tag}")),
            },
            Some(Computed::Part(part)) => Cell::Made(part.of_cell(&self.stored(row, part.column)).to_owned()),
            Some(Computed::Where { column, by, is }) if self.stored(row, *by) == *is => {
                Cell::Text(self.raw(row, *column), self.content.syntax(separator))
            }
            Some(Computed::Where { .. }) => Cell::Made(String::new()),
        }
    }

    fn stored(&self, row: usize, column: usize) -> Cow<'_, str> {
        self.content.syntax(self.separator).whole(self.raw(row, column))
    }

    #[inline]
    fn raw(&self, row: usize, column: usize) -> &str {
        &self.content.text()[self.content.grid().cell(row, column)]
    }
}

/// The values of a cell: the only one, as in most cells, those between separators, or what a mapping makes of them.
enum Values<'a, S, C> {
    Single(Option<&'a str>),
    Several(S),
    Converted(C),
}

impl<'a, S, C> Iterator for Values<'a, S, C>
where
    S: Iterator<Item = (u16, Cow<'a, str>)>,
    C: Iterator<Item = (u16, Cow<'a, str>)>,
{
    type Item = (u16, Cow<'a, str>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self {
            Self::Single(value) => value.take().map(|value| (0, Cow::Borrowed(value))),
            Self::Several(values) => values.next(),
            Self::Converted(values) => values.next(),
        }
    }
}

/// The values of a cell that is made of others, or whose values stand for others.
fn converted<'a>(cell: Cell<'a>, conversion: Option<&'a Conversion>) -> impl Iterator<Item = (u16, Cow<'a, str>)> {
    let (text, made) = match cell {
        Cell::Text(text, syntax) => (Some((text, syntax)), None),
        Cell::Made(text) => (None, Some(text).filter(|text| !text.is_empty())),
    };
    let is_empty = made.is_none() && text.is_none_or(|(text, syntax)| syntax.whole(text).is_empty());
    let values = text.map(|(text, syntax)| syntax.values(text)).into_iter().flatten();
    let values = values.chain(made.map(|text| (0, Cow::Owned(text)))).map(move |(number, value)| match conversion {
        Some(conversion) => (number, conversion.convert(value)),
        None => (number, value),
    });
    let of_empty = conversion.and_then(Conversion::of_empty).filter(|_| is_empty);
    values.chain(of_empty.map(|value| (0, Cow::Borrowed(value)))).filter(|(_, value)| !value.is_empty())
}
