//! The files of a data set by name, and which of them can be read in parts.

use super::config;
use super::mapping::Mapping;
use super::source::{CONFIG, FileKind, Source};
use super::text::TextFile;
use super::{ReadError, terms};
use crate::finding::Findings;

/// What the folder of a data set holds.
#[derive(Debug, Default)]
pub(crate) struct Listed {
    /// The tables that can be read in parts, each with the character between its cells; none of JSON Lines.
    pub(crate) tables: Vec<(String, Option<char>)>,
    /// What is read whole.
    pub(crate) whole: Vec<String>,
    /// What cannot be read in parts, with the reason.
    pub(crate) obstacles: Vec<String>,
    /// Whether one of the tables is empty.
    pub(crate) has_empty: bool,
}

/// Lists the files of a data set.
///
/// # Errors
///
/// If `dataset.toml` or the folder cannot be read.
pub(crate) fn listed(source: &Source) -> Result<Listed, ReadError> {
    let config_file = TextFile::decode(CONFIG, source.config()?)?;
    let (config, mappings, _) = config::parse(&config_file, &mut Findings::default());
    let mut listed = Listed { whole: config.ontology.clone(), ..Listed::default() };
    for file in source
        .files(&|name| mappings.tables.contains_key(name))?
        .0
        .into_iter()
        .filter(|file| !config.ontology.contains(&file.name))
    {
        let mapping = mappings.tables.get(&file.name);
        let mut refuse = |reason: &str| listed.obstacles.push(format!("{}: {reason}", file.name));
        if mapping.is_some_and(|mapping| mapping.encoding.is_some_and(|it| it != encoding_rs::UTF_8)) {
            refuse("a table in another encoding than UTF-8 cannot be read in parts");
        }
        if mapping.is_some_and(|mapping| !mapping.filters.is_empty()) {
            refuse("a table whose mapping leaves rows out cannot be read in parts");
        }
        if mapping.is_some_and(|mapping| !mapping.has_quotes) {
            refuse("a table in which quotes are characters like any other cannot be read in parts");
        }
        let delimiter = match file.kind {
            FileKind::Delimited(delimiter) => mapping.and_then(|mapping| mapping.delimiter).or(Some(delimiter)),
            FileKind::JsonLines => {
                if mapping.is_some_and(Mapping::chooses) {
                    refuse(
                        "JSON Lines whose mapping has conditions, or languages beside texts, cannot be read in parts",
                    );
                }
                None
            }
            FileKind::Spreadsheet(_) | FileKind::Rdf(_) | FileKind::Json => {
                refuse("only CSV, TSV and JSON Lines can be read in parts: write them with the format csv first");
                continue;
            }
        };
        if mapping.is_none() && terms::is_called_so(terms::stem(&file.name)) {
            listed.whole.push(file.name);
            continue;
        }
        listed.has_empty |= file.size() == 0;
        listed.tables.push((file.name, delimiter.map(char::from)));
    }
    Ok(listed)
}
