//! How a table that was not made for the data set is mapped to the ontology: `[table."who.xlsx"]` in `dataset.toml`.

use std::collections::BTreeMap;
use std::ops::Range;

use encoding_rs::Encoding;
use toml::Spanned;
use toml::de::{DeString, DeValue};

use super::section::{Entry, Section};
use super::target::{Target, separator};
use super::template::Template;

/// The mapping of one table. Each part keeps its place in `dataset.toml`.
#[derive(Debug)]
pub(super) struct Mapping {
    /// The name of the file, where the mapping begins.
    pub(super) span: Range<usize>,
    /// The class of all entities of the table.
    pub(super) class: Option<Spanned<String>>,
    /// The sheet of a workbook; the first, unless said otherwise.
    pub(super) sheet: Option<Spanned<String>>,
    /// The keys that lead to the list in JSON whose objects are rows.
    pub(super) rows: Option<Spanned<String>>,
    /// The character between two values of a cell.
    pub(super) separator: Option<char>,
    /// The character between two cells of a file of text.
    pub(super) delimiter: Option<u8>,
    /// Whether quotes stand around cells of a file of text, as they do unless the mapping says otherwise.
    pub(super) has_quotes: bool,
    /// The encoding of a file of text that is not in UTF-8.
    pub(super) encoding: Option<&'static Encoding>,
    /// The template of ids.
    pub(super) id: Option<Spanned<Template>>,
    /// What columns are for, by header.
    pub(super) columns: Vec<Mapped>,
    /// The number of each of these.
    by_header: BTreeMap<String, usize>,
    /// Columns made from other cells, by what they are for.
    pub(super) templates: Vec<(Target, Template)>,
    /// Columns with the same text in each row: header and text.
    pub(super) constants: Vec<Entry>,
    /// Whether columns that are not named are left out.
    pub(super) is_strict: bool,
    /// Which rows are read: those that fulfil all of these.
    pub(super) filters: Vec<Filter>,
}

/// A header of the table, and what its column is for.
type Mapped = (Spanned<String>, Vec<Target>);

/// A condition on the rows of a table.
#[derive(Debug, Clone)]
pub(super) struct Filter {
    /// The column that is looked at.
    pub(super) column: Spanned<String>,
    /// Its values in rows that are read; if there are none, those of rows that are left out.
    pub(super) is: Vec<String>,
    pub(super) is_not: Vec<String>,
}

const KEYS: &[&str] = &[
    "class",
    "columns",
    "constants",
    "delimiter",
    "encoding",
    "id",
    "quote-char",
    "rows",
    "separator",
    "sheet",
    "templates",
    "where",
];

impl Mapping {
    /// Reads the mapping of a file.
    pub(super) fn parse(tables: &Section<'_>, name: &Spanned<DeString<'_>>) -> Option<Self> {
        let section = tables.table(name.get_ref())?;
        section.allow(KEYS);
        let constants = section.table("constants").map(|table| table.texts()).unwrap_or_default();
        let (columns, is_strict) = columns(&section);
        Some(Self {
            span: name.span(),
            class: section.string("class"),
            sheet: section.string("sheet"),
            rows: section.string("rows"),
            separator: section.string("separator").and_then(|text| separator(&section, &text)),
            delimiter: section.string("delimiter").and_then(|text| delimiter(&section, &text)),
            has_quotes: section.string("quote-char").is_none_or(|text| has_quotes(&section, &text)),
            encoding: section.string("encoding").and_then(|name| encoding(&section, &name)),
            id: section.string("id").and_then(|text| template(&section, &text)),
            by_header: columns.iter().map(|(name, _)| name.get_ref().clone()).zip(0..).collect(),
            columns,
            templates: templates(&section),
            constants,
            is_strict,
            filters: section.tables("where").iter().filter_map(Filter::parse).collect(),
        })
    }

    /// What a column is for, if the mapping says it.
    pub(super) fn targets(&self, header: &str) -> Option<&[Target]> {
        self.by_header.get(header).map(|&number| self.columns[number].1.as_slice())
    }

    /// Tells whether the mapping leaves a column out on purpose.
    pub(super) fn leaves_out(&self, header: &str) -> bool {
        match self.targets(header) {
            Some(targets) => targets.iter().all(|target| target.property.is_empty() && target.split.is_none()),
            None => self.is_strict,
        }
    }

    /// Tells whether values in a row decide on where other values are looked for.
    pub(super) fn chooses(&self) -> bool {
        let mut targets = self.columns.iter().flat_map(|(_, targets)| targets);
        self.headers().any(|(header, _)| header.contains('[')) || targets.any(|target| target.language.is_some())
    }

    /// All headers that the mapping names, wherever, with their places.
    pub(super) fn headers(&self) -> impl Iterator<Item = (&str, Range<usize>)> {
        let columns = self.columns.iter().map(|(name, _)| (name.get_ref().as_str(), name.span()));
        let id = self.id.iter().flat_map(|id| id.get_ref().headers().map(|header| (header, id.span())));
        let templates = self
            .templates
            .iter()
            .flat_map(|(target, template)| template.headers().map(|header| (header, target.span.clone())));
        let filters = self.filters.iter().map(|filter| (filter.column.get_ref().as_str(), filter.column.span()));
        columns.chain(id).chain(templates).chain(filters)
    }
}

/// What columns are for; and whether all others are left out.
fn columns(section: &Section<'_>) -> (Vec<Mapped>, bool) {
    let (mut columns, mut is_strict) = (Vec::new(), false);
    let Some(table) = section.table("columns") else { return (columns, is_strict) };
    for (header, value) in table.values() {
        let targets = Target::parse_all(&table, value);
        if header.get_ref() != "*" {
            columns.push((header, targets));
        } else if targets.iter().all(|target| target.property.is_empty()) {
            is_strict = true;
        } else {
            table.mistake(
                value.span(),
                "all other columns cannot mean the same",
                "write `\"*\" = \"\"` to leave them out",
            );
        }
    }
    (columns, is_strict)
}

fn templates(section: &Section<'_>) -> Vec<(Target, Template)> {
    let Some(table) = section.table("templates") else { return Vec::new() };
    let entry = |(property, value): (Spanned<String>, &Spanned<DeValue<'_>>)| {
        let text = table.as_string(value)?;
        let template = template(&table, &text)?.into_inner();
        Some((Target::plain(property.get_ref(), property.span()), template))
    };
    table.values().into_iter().filter_map(entry).collect()
}

fn template(section: &Section<'_>, text: &Spanned<String>) -> Option<Spanned<Template>> {
    let template = Template::parse(text.get_ref());
    if template.is_none() {
        let message = format!("`{}` is no template", text.get_ref());
        section.mistake(text.span(), message, "write headers in braces, as in `who-{Acronym}`");
    }
    Some(Spanned::new(text.span(), template?))
}

fn delimiter(section: &Section<'_>, text: &Spanned<String>) -> Option<u8> {
    match text.get_ref().as_bytes() {
        [byte] if byte.is_ascii() && !matches!(byte, b'"' | b'\r' | b'\n') => Some(*byte),
        _ => {
            let message = format!("`{}` cannot stand between cells", text.get_ref());
            section.mistake(text.span(), message, "write one character of ASCII, such as `;` or `\\t`");
            None
        }
    }
}

/// Reads the [character around cells](https://www.w3.org/TR/tabular-metadata/#dialect-quoteChar): the usual one or none.
fn has_quotes(section: &Section<'_>, text: &Spanned<String>) -> bool {
    if !matches!(text.get_ref().as_str(), "" | "\"") {
        let message = format!("`{}` does not stand around cells", text.get_ref());
        section.mistake(text.span(), message, "write `quote-char = \"\"` where quotes are characters like any other");
    }
    !text.get_ref().is_empty()
}

fn encoding(section: &Section<'_>, name: &Spanned<String>) -> Option<&'static Encoding> {
    let found = Encoding::for_label(name.get_ref().as_bytes());
    // The name of the standard, with and without the dash that people write.
    let found = found.or_else(|| Encoding::for_label(name.get_ref().replace("latin-", "latin").as_bytes()));
    if found.is_none() {
        let message = format!("`{}` is no encoding that is known", name.get_ref());
        section.mistake(name.span(), message, "write a name such as `windows-1252`, `windows-1256` or `latin-1`");
    }
    found
}

impl Filter {
    fn parse(table: &Section<'_>) -> Option<Self> {
        table.allow(&["column", "is", "is-not"]);
        let texts = |key| table.strings(key).into_iter().map(Spanned::into_inner).collect::<Vec<_>>();
        let (is, is_not) = (texts("is"), texts("is-not"));
        if is.is_empty() && is_not.is_empty() {
            table.missing("is", "is = \"active\"");
        }
        Some(Self { column: table.required("column", "column = \"status\"")?, is, is_not })
    }

    /// Tells whether rows with these values in the column are read.
    pub(super) fn takes<'a>(&self, mut values: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> bool {
        let values: Vec<_> = values.by_ref().collect();
        let has = |wanted: &String| match wanted.as_str() {
            "" => values.is_empty(),
            wanted => values.iter().any(|value| value == wanted),
        };
        (self.is.is_empty() || self.is.iter().any(has)) && !self.is_not.iter().any(has)
    }
}

#[cfg(test)]
mod tests {
    use crate::finding::{Finding, Findings};
    use crate::read::config;
    use crate::read::text::TextFile;

    const CONFIG: &str =
        "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

    /// Place, message and help of each mistake.
    fn mistakes(toml: &str) -> Vec<(String, String, String)> {
        let file = TextFile::new("dataset.toml", format!("{CONFIG}[table.\"t.csv\"]\n{toml}"));
        let mut findings = Findings::default();
        config::parse(&file, &mut findings);
        let shown =
            |finding: Finding| (finding.location.to_string(), finding.message, finding.help.unwrap_or_default());
        findings.into_vec().into_iter().map(shown).collect()
    }

    #[test]
    fn each_mistake_of_a_mapping_is_reported_at_its_place() {
        let cases = [
            ("id = \"{a\"", 6),
            ("separator = \"; \"", 13),
            ("separator = \"\"", 13),
            ("delimiter = \"||\"", 13),
            ("encoding = \"latin-99\"", 12),
            ("quote-char = \"'\"", 14),
            ("columms = {}", 1),
            ("columns = { \"*\" = \"label@en\" }", 19),
            ("columns = { a = 1 }", 17),
            ("columns = { a = { propety = \"x\", property = \"y\" } }", 19),
            ("columns = { a = { property = \"y\", date = \"%H\" } }", 42),
            ("columns = { a = { split = \", \" } }", 17),
            ("templates = { sameAs = \"https\" }", 24),
            ("where = { column = \"a\" }", 1),
            ("where = [{ column = \"a\", is = \"b\" }, { column = \"a\", iss = \"b\", is-not = \"c\" }]", 54),
            ("where = [\"a\"]", 10),
        ];
        for (toml, column) in cases {
            let found = mistakes(toml);
            assert_eq!(found.len(), 1, "{toml} {found:?}");
            assert_eq!(found[0].0, format!("dataset.toml:6:{column}"), "{toml}");
        }
    }

    #[test]
    fn the_nearest_key_is_named_at_every_level() {
        let help = |toml| mistakes(toml).remove(0).2;
        assert_eq!(help("columms = {}"), "did you mean `columns`?");
        assert_eq!(help("columns = { a = { property = \"x\", vales = {} } }"), "did you mean `values`?");
        assert_eq!(help("where = { colum = \"a\", column = \"a\", is = \"b\" }"), "did you mean `column`?");
    }
}
