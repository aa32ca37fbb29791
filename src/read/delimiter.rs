//! Tables whose cells are divided by another character than they are taken to be: what spreadsheet programs call CSV has
//! `;` where numbers have a comma.

use std::borrow::Cow;

use super::content::Content;
use super::keys::toml_string;
use super::{Context, columns};
use crate::finding::{Code, Finding};

/// What may stand between cells, and how it is called.
const DELIMITERS: [(char, &str); 4] = [(';', "`;`"), (',', "`,`"), ('\t', "tabs"), ('|', "`|`")];

/// Returns the finding that the cells of a table are divided by another character: if none of its headers is known, and
/// some would be then, or all stand in one cell. Nothing is said of a table whose mapping says what divides them, or names
/// a column that there is.
pub(super) fn wrong_delimiter(read: &Content, context: &Context<'_>) -> Option<Finding> {
    let Content::Delimited(table) = read else { return None };
    let headers: Vec<String> = read.headers().into_iter().map(Cow::into_owned).collect();
    // What divides the cells is said, or columns are known by their numbers.
    let is_said = context.mapping.is_some_and(|mapping| {
        mapping.delimiter.is_some() || mapping.headers().any(|(name, _)| columns::named(&headers, name).is_some())
    });
    let is_known = |header: &str| {
        let header = header.trim().trim_matches('"');
        let is_mapped = context.mapping.is_some_and(|mapping| mapping.headers().any(|(named, _)| named == header));
        is_mapped || context.meaning(header).is_some()
    };
    if is_said || table.is_exported || headers.iter().any(|header| is_known(header)) {
        return None;
    }
    let line = table.header_line();
    let others = || DELIMITERS.iter().filter(|(other, _)| !table.is_divided_by(*other) && line.contains(*other));
    let known = others().find(|(other, _)| line.split(*other).any(is_known));
    let (other, name) = known.or_else(|| others().next().filter(|_| headers.len() == 1))?;
    let file = read.file();
    let message = format!("the cells of {file} seem to be divided by {name}, and none of its headers is known so");
    let (file, delimiter) = (toml_string(file), toml_string(&other.to_string()));
    let help = format!("say so in dataset.toml: [table.{file}] delimiter = {delimiter}");
    Some(Finding::new(Code::WrongDelimiter, read.header_place(0), message).help(help))
}
