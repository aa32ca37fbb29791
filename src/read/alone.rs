//! What the data set is that is one file alone: `dataset.toml` made of what the file says.

use super::budget::Budget;
use super::keys::{KeyValue, toml_of, toml_string};
use super::signature::{CONFIG_SHEET, Exported};
use super::spreadsheet::{self, Format, sheets};
use super::template::slug;
use crate::model::Language;
use crate::ontology::PREFIXES;
use crate::sort;

/// The keys that have several values, besides those of keywords.
const LISTS: [&str; 4] = ["languages", "required-languages", "ontology", "report"];

/// Returns `dataset.toml` as a sheet of a workbook has it; nothing if there is no such sheet.
pub(super) fn of_workbook(bytes: &[u8], format: Format) -> Option<String> {
    if !spreadsheet::may_have_sheet(bytes, CONFIG_SHEET) {
        return None;
    }
    let budget = Budget::of_file(bytes.len() as u64);
    let raw =
        sheets(bytes, format, &budget, |info| info.name == CONFIG_SHEET).ok()?.into_iter().find_map(|(_, raw)| raw)?;
    let mut rows = raw.pairs().into_iter();
    let header = rows.next()?;
    if Exported::of(&[header.0, header.1]) != Some(Exported::Config) {
        return None;
    }
    let keys = rows.map(|(key, value)| {
        let value = if LISTS.contains(&key.as_str()) || key.starts_with("keywords.") {
            let values = value.split('|').map(str::trim).filter(|value| !value.is_empty());
            KeyValue::Several(values.map(str::to_owned).collect())
        } else {
            KeyValue::One(value)
        };
        (key, value)
    });
    Some(toml_of(keys))
}

/// Returns `dataset.toml` for a file of RDF, which says the rest itself, by the name of the file without its end.
pub(super) fn of_rdf(stem: &str) -> String {
    let mut id = slug(stem).replace(|c: char| !c.is_ascii_alphanumeric() && c != '-', "-");
    if !id.starts_with(|c: char| c.is_ascii_alphabetic()) || PREFIXES.iter().any(|(taken, _)| *taken == id) {
        id.insert_str(0, "data-");
    }
    let mut languages = Language::UN;
    sort::by_key(&mut languages, |tag| *tag != "en");
    format!("id = {}\nlanguages = {languages:?}\nrequired-languages = []\n", toml_string(&id))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_rdf_gives_the_data_set_its_name() {
        let id = |stem| of_rdf(stem).lines().next().unwrap_or_default().to_owned();
        assert_eq!(id("My graph"), "id = \"my-graph\"");
        assert_eq!(
            [id("2024"), id("skos"), id("ملف")],
            ["data-2024", "data-skos", "data----"].map(|id| format!("id = {id:?}"))
        );
    }
}
