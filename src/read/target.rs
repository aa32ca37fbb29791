//! What a mapped column is for, as `dataset.toml` says it.

use std::ops::Range;

use toml::Spanned;
use toml::de::DeValue;

use super::conversion::{Around, Conversion};
use super::date_format::DateFormat;
use super::section::Section;

/// What the values of a column are for.
#[derive(Debug, Clone)]
pub(super) struct Target {
    /// Where it is said.
    pub(super) span: Range<usize>,
    /// The header that the column stands for; empty to leave it out.
    pub(super) property: String,
    pub(super) conversion: Conversion,
    /// The class of the entities that the values refer to.
    pub(super) class: Option<Spanned<String>>,
    /// The class of the entities that are made of references to nothing.
    pub(super) create: Option<Spanned<String>>,
    /// The column, or the key beside the value, with the language of the values.
    pub(super) language: Option<Spanned<String>>,
    /// The parts of the cell and what each is for, in place of the cell as a whole.
    pub(super) split: Option<Split>,
}

/// How a cell is taken apart.
#[derive(Debug, Clone)]
pub(super) struct Split {
    /// The text between two parts.
    pub(super) at: String,
    /// What the parts are for, in their order. The last has all that remains.
    pub(super) into: Vec<Target>,
}

const KEYS: &[&str] =
    &["class", "create", "date", "into", "language", "property", "separator", "split", "template", "values"];

impl Target {
    /// Reads what a column is for: a header, a table of more, or an array of several.
    pub(super) fn parse_all<'a>(section: &Section<'a>, value: &'a Spanned<DeValue<'a>>) -> Vec<Self> {
        match value.get_ref() {
            DeValue::Array(array) => array.iter().filter_map(|value| Self::parse(section, value)).collect(),
            _ => Self::parse(section, value).into_iter().collect(),
        }
    }

    fn parse<'a>(section: &Section<'a>, value: &'a Spanned<DeValue<'a>>) -> Option<Self> {
        match value.get_ref() {
            DeValue::String(property) => Some(Self::plain(property.trim(), value.span())),
            DeValue::Table(_) => Self::parse_table(&section.as_table(value)?),
            _ => {
                section.expected("a header, a table such as { property = \"…\" }, or an array of them", value);
                None
            }
        }
    }

    /// A column that stands for a header and needs nothing more.
    pub(super) fn plain(property: &str, span: Range<usize>) -> Self {
        Self {
            span,
            property: property.to_owned(),
            conversion: Conversion::default(),
            class: None,
            create: None,
            language: None,
            split: None,
        }
    }

    /// Reads a table.
    pub(super) fn parse_table(table: &Section<'_>) -> Option<Self> {
        table.allow(KEYS);
        let split = table.string("split").and_then(|at| Split::parse(table, &at));
        let property = match table.value("split") {
            None => table.required("property", "property = \"label@en\""),
            Some(_) => table.string("property"),
        };
        let span = property.as_ref().map_or_else(|| table.span(), Spanned::span);
        Some(Self {
            span,
            property: property.map(Spanned::into_inner).or_else(|| split.as_ref().map(|_| String::new()))?,
            conversion: conversion(table),
            class: table.string("class"),
            create: table.string("create"),
            language: table.string("language"),
            split,
        })
    }
}

impl Split {
    fn parse(table: &Section<'_>, at: &Spanned<String>) -> Option<Self> {
        if at.get_ref().is_empty() {
            table.mistake(at.span(), "the empty text stands between no parts", "write what does, such as `, `");
            return None;
        }
        let into = table.value("into").map(|value| Target::parse_all(table, value)).unwrap_or_default();
        if into.is_empty() {
            table.missing("into", "into = [\"label@en\", \"acronym\"]");
            return None;
        }
        Some(Self { at: at.get_ref().clone(), into })
    }
}

/// Reads what is done to the values of a column.
pub(super) fn conversion(table: &Section<'_>) -> Conversion {
    let values = table.table("values").map(|values| values.texts()).unwrap_or_default();
    let mut dates = Vec::new();
    for format in table.strings("date") {
        dates.extend(DateFormat::parse(format.get_ref()));
        if DateFormat::parse(format.get_ref()).is_none() {
            let message = format!("`{}` is no format of dates", format.get_ref());
            table.mistake(format.span(), message, "write %d, %m or %b, and %Y, as in %d-%b-%Y");
        }
    }
    Conversion {
        values: values.into_iter().map(|(from, to)| (from.into_inner(), to)).collect(),
        dates,
        separator: table.string("separator").and_then(|text| separator(table, &text)),
        around: table.string("template").and_then(|text| around(table, &text)),
    }
}

fn around(table: &Section<'_>, text: &Spanned<String>) -> Option<Around> {
    let around = Around::parse(text.get_ref());
    if around.is_none() {
        let message = format!("`{}` does not say where the value stands", text.get_ref());
        table.mistake(text.span(), message, "write {} for the value, as in `https://ror.org/{}`");
    }
    around
}

/// Reads the character between two values.
pub(super) fn separator(section: &Section<'_>, text: &Spanned<String>) -> Option<char> {
    let mut chars = text.get_ref().chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !matches!(c, '"' | '\\' | ' ') => Some(c),
        _ => {
            let message = format!("`{}` cannot separate values", text.get_ref());
            section.mistake(text.span(), message, "write one character, such as `;`; spaces around it do not count");
            None
        }
    }
}
