//! How a table that was not made for the data set is mapped to the ontology: `[table."who.xlsx"]` in `dataset.toml`.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeString;

use super::section::{Entry, Section, invalid};
use crate::finding::Finding;

/// The mapping of one table. Each part keeps its place in `dataset.toml`.
#[derive(Debug)]
pub(super) struct Mapping {
    /// The name of the file, where the mapping begins.
    pub(super) span: Range<usize>,
    /// The class of all entities of the table.
    pub(super) class: Option<Spanned<String>>,
    /// The sheet of a spreadsheet; the first, unless said otherwise.
    pub(super) sheet: Option<Spanned<String>>,
    /// The character between two values of a cell.
    pub(super) separator: Option<char>,
    /// The template of ids.
    pub(super) id: Option<Spanned<Template>>,
    /// What columns mean: a header of the table, and the header it stands for; empty to leave the column out.
    pub(super) columns: Vec<Entry>,
    /// Columns with the same text in each row: header and text.
    pub(super) constants: Vec<Entry>,
}

/// A template such as `who-{Acronym}`: text, and headers in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(pub(super) Vec<Part>);

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Text as it is.
    Text(String),
    /// The cell under this header.
    Header(String),
}

const KEYS: &[&str] = &["class", "columns", "constants", "id", "separator", "sheet"];

impl Mapping {
    /// Reads the mapping of a file.
    pub(super) fn parse(tables: &Section<'_>, name: &Spanned<DeString<'_>>) -> Result<Self, Box<Finding>> {
        let missing = || invalid(tables.file(), name.span(), format!("`{}` has no mapping", name.get_ref()));
        let section = tables.table(name.get_ref())?.ok_or_else(missing)?;
        section.allow(KEYS)?;
        let entries = |key| {
            Ok::<_, Box<Finding>>(section.table(key)?.map(|table| table.texts()).transpose()?.unwrap_or_default())
        };
        Ok(Self {
            span: name.span(),
            class: section.string("class")?,
            sheet: section.string("sheet")?,
            separator: section.string("separator")?.map(|text| separator(&section, &text)).transpose()?,
            id: section.string("id")?.map(|text| template(&section, &text)).transpose()?,
            columns: entries("columns")?,
            constants: entries("constants")?,
        })
    }
}

fn separator(section: &Section<'_>, text: &Spanned<String>) -> Result<char, Box<Finding>> {
    let mut chars = text.get_ref().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !matches!(c, '"' | '\\' | ' ') => Ok(c),
        _ => {
            let message = format!("`{}` cannot separate values", text.get_ref());
            Err(invalid(section.file(), text.span(), message)
                .help("write one character, such as `;`; spaces around it do not count")
                .into())
        }
    }
}

fn template(section: &Section<'_>, text: &Spanned<String>) -> Result<Spanned<Template>, Box<Finding>> {
    let wrong = || {
        let message = format!("`{}` is not a template of ids", text.get_ref());
        invalid(section.file(), text.span(), message).help("write headers in braces, as in `who-{Acronym}`")
    };
    let (mut parts, mut rest) = (Vec::new(), text.get_ref().as_str());
    while let Some((before, after)) = rest.split_once('{') {
        let (header, after) = after.split_once('}').ok_or_else(wrong)?;
        parts.extend([Part::Text(before.to_owned()), Part::Header(header.trim().to_owned())]);
        rest = after;
    }
    if parts.is_empty() || rest.contains('}') {
        return Err(wrong().into());
    }
    parts.push(Part::Text(rest.to_owned()));
    parts.retain(|part| *part != Part::Text(String::new()));
    Ok(Spanned::new(text.span(), Template(parts)))
}

/// Returns a text as an id: in lower case, with `-` for each run of characters that an id cannot have.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::text::TextFile;
    use toml::de::DeTable;

    fn parsed(toml: &str) -> Result<Mapping, (String, String)> {
        let file = TextFile::new("dataset.toml", format!("[\"t.csv\"]\n{toml}"));
        let document = DeTable::parse(file.text()).unwrap();
        let root = Section::new(&file, document.get_ref(), 0..0);
        let name = root.keys().next().unwrap();
        Mapping::parse(&root, name).map_err(|finding| (finding.location.to_string(), finding.message))
    }

    #[test]
    fn a_template_is_text_and_headers() {
        let id = parsed("id = \"who-{Short name}-x\"").unwrap().id.unwrap().into_inner();
        let text = |text: &str| Part::Text(text.to_owned());
        assert_eq!(id.0, [text("who-"), Part::Header("Short name".into()), text("-x")]);
    }

    #[test]
    fn wrong_templates_and_separators_are_refused_at_their_place() {
        let cases = [
            ("id = \"{a\"", 6),
            ("id = \"a}\"", 6),
            ("id = \"a\"", 6),
            ("separator = \"; \"", 13),
            ("separator = \"\"", 13),
        ];
        for (toml, column) in cases {
            assert_eq!(parsed(toml).unwrap_err().0, format!("dataset.toml:2:{column}"), "{toml}");
        }
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert_eq!(parsed("columms = {}").unwrap_err(), ("dataset.toml:2:1".into(), "unknown key `columms`".into()));
    }

    #[test]
    fn a_slug_has_only_characters_of_ids() {
        for (text, id) in
            [("WHO", "who"), (" A/RES/78 (2) ", "a-res-78-2"), ("Côte d'Ivoire", "côte-d-ivoire"), ("…", "")]
        {
            assert_eq!(slug(text), id);
        }
    }
}
