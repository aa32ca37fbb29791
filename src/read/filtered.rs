//! Rows that a mapping leaves out by its `where`: which they are, and what says so.

use std::borrow::Cow;

use super::Context;
use super::columns;
use super::content::Content;
use super::mapping::{Filter, Mapping};
use crate::finding::{Code, Finding, Location};

/// What the `where` of a mapping makes of the rows of a table.
#[derive(Debug)]
pub(super) struct Filtered {
    /// The numbers in the content of the rows that are read, sorted.
    kept: Vec<u32>,
    conditions: Vec<Condition>,
}

/// A condition, and the column that it is about.
#[derive(Debug)]
struct Condition {
    filter: Filter,
    column: usize,
    separator: char,
    place: Location,
}

/// A row that is left out, by its number in the content.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowLeftOut(u32);

impl Filtered {
    /// Chooses the rows that fulfil all conditions of a mapping, if it has any. O(rows).
    pub(super) fn of(read: &Content, mapping: &Mapping, context: &Context<'_>) -> Option<Self> {
        let headers: Vec<String> = read.headers().into_iter().map(Cow::into_owned).collect();
        let condition = |filter: &Filter| {
            // A column that is not there is reported where the mapping is checked.
            let column = columns::named(&headers, filter.column.get_ref())?;
            // A mapping may name a column in another way than its condition does.
            let names = mapping.headers().map(|(name, _)| name);
            let mut alike = names.filter(|name| columns::named(&headers, name) == Some(column));
            let own = |name: &str| mapping.targets(name).and_then(|targets| targets.first()?.conversion.separator);
            let separator = alike.find_map(own).unwrap_or_else(|| context.separator());
            let place = context.config.locate(filter.column.span());
            Some(Condition { filter: filter.clone(), column, separator, place })
        };
        let conditions: Vec<_> = mapping.filters.iter().filter_map(condition).collect();
        if conditions.is_empty() {
            return None;
        }
        let is_kept = |&row: &u32| conditions.iter().all(|condition| condition.takes(row, read));
        Some(Self { kept: (0..all(read)).filter(is_kept).collect(), conditions })
    }

    /// Says how many rows are left out, if some are.
    pub(super) fn finding(&self, content: &Content) -> Option<Finding> {
        let left_out = content.grid().rows() - self.kept.len();
        let first = self.conditions.first().filter(|_| left_out > 0)?;
        let mut names: Vec<_> =
            self.conditions.iter().map(|condition| format!("`{}`", condition.filter.column.get_ref())).collect();
        names.dedup();
        let (table, names) = (content.table_name(), names.join(" and "));
        let message = format!("{left_out} rows of {table} are left out, by their {names}");
        let finding = Finding::new(Code::RowsLeftOut, first.place.clone(), message);
        Some(finding.help("correct `where` if that is too many"))
    }

    /// How many rows are read.
    pub(super) fn len(&self) -> usize {
        self.kept.len()
    }

    /// The number in the content of a row that is read.
    #[inline]
    pub(super) fn stored(&self, row: u32) -> usize {
        self.kept.get(row as usize).copied().unwrap_or_default() as usize
    }

    /// The rows that are left out. O(rows).
    pub(super) fn left_out(&self, content: &Content) -> impl Iterator<Item = RowLeftOut> {
        let mut kept = self.kept.iter().copied().peekable();
        (0..all(content)).filter(move |row| kept.next_if_eq(row).is_none()).map(RowLeftOut)
    }

    /// The column by which a row is left out, and where in `dataset.toml` that is said.
    pub(super) fn refusal(&self, row: RowLeftOut, content: &Content) -> Option<(&str, &Location)> {
        let refused = self.conditions.iter().find(|condition| !condition.takes(row.0, content))?;
        Some((refused.filter.column.get_ref(), &refused.place))
    }
}

impl RowLeftOut {
    /// Its number in the content.
    pub(super) fn stored(self) -> usize {
        self.0 as usize
    }
}

impl Condition {
    fn takes(&self, row: u32, content: &Content) -> bool {
        let cell = &content.text()[content.grid().cell(row as usize, self.column)];
        self.filter.takes(content.syntax(self.separator).values(cell).map(|(_, value)| value))
    }
}

/// How many rows a content has. Each takes at least a byte of a file smaller than 4 GiB.
fn all(content: &Content) -> u32 {
    u32::try_from(content.grid().rows()).unwrap_or(u32::MAX)
}
