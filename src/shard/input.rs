//! What comes of a shard: its rows, as CSV without a header: role, whether they are told of, table, line, text.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::io::Read;
use std::path::PathBuf;

use super::ShardError;
use crate::read::{Part, Role, Row};
use crate::sort;

/// Reads the rows of a shard of the data set whose headers are in a folder, where so much is said about the entities of
/// some ids that their links belong to other shards.
///
/// # Errors
///
/// If reading fails, or a row is none of a table of these names.
pub(crate) fn part(
    folder: PathBuf,
    tables: Vec<String>,
    heavy: BTreeSet<String>,
    input: &mut impl Read,
) -> Result<Part, ShardError> {
    let mut text = String::new();
    input.read_to_string(&mut text)?;
    let mut rows = Vec::new();
    let mut rest = text.as_str();
    while !rest.is_empty() {
        let number = rows.len() + 1;
        let (table, row) = row(&mut rest).ok_or(ShardError::Row(number))?;
        rows.push((table, row, number));
    }
    sort::by(&mut rows, |(one, a, _), (other, b, _)| (one, a.line).cmp(&(other, b.line)));
    let mut part = Part::new(folder, tables);
    part.heavy = heavy;
    for (table, row, number) in &rows {
        if !part.add(table, row) {
            return Err(ShardError::Row(*number));
        }
    }
    Ok(part)
}

fn row<'t>(rest: &mut &'t str) -> Option<(Cow<'t, str>, Row)> {
    let [role, is_told, table, line, text] = [(); 5].map(|()| field(rest));
    let role = match &*role {
        "0" => Role::Own,
        "1" => Role::Guest,
        "2" => Role::Named,
        _ => return None,
    };
    let row = Row { role, is_told: is_told == "true", line: line.parse().ok()?, text: text.into_owned() };
    Some((table, row))
}

/// Takes a field, and the comma or line break behind it.
fn field<'t>(rest: &mut &'t str) -> Cow<'t, str> {
    let (field, after) = if let Some(quoted) = rest.strip_prefix('"') {
        let mut end = 0;
        while let Some(at) = quoted[end..].find('"') {
            end += at;
            if !quoted[end + 1..].starts_with('"') {
                break;
            }
            end += 2;
        }
        let text = &quoted[..end];
        let text = if text.contains('"') { Cow::Owned(text.replace("\"\"", "\"")) } else { Cow::Borrowed(text) };
        (text, quoted.get(end + 1..).unwrap_or_default())
    } else {
        let end = rest.find([',', '\n']).unwrap_or(rest.len());
        (Cow::Borrowed(&rest[..end]), &rest[end..])
    };
    *rest = after.strip_prefix([',', '\n']).unwrap_or(after);
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_may_have_quotes_commas_and_line_breaks() {
        let mut text = "\"0\",\"true\",\"a.csv\",\"7\",\"x,\"\"y\"\"\nz\"\n2,false,\"b.csv\",1,\"\"\n";
        let (table, first) = row(&mut text).unwrap();
        let expected = Row { role: Role::Own, is_told: true, line: 7, text: "x,\"y\"\nz".into() };
        assert_eq!((&*table, first), ("a.csv", expected));
        let (table, second) = row(&mut text).unwrap();
        assert_eq!((&*table, second.role, second.text.as_str(), text), ("b.csv", Role::Named, "", ""));
        assert!(row(&mut "3,true,a,1,x\n").is_none());
    }
}
