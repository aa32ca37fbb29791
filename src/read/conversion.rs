//! What is done to the values of a mapped column before anything else looks at them.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;

use super::date_format::DateFormat;
use super::template::slug;

/// What is done to the values of a column.
#[derive(Debug, Clone, Default)]
pub(super) struct Conversion {
    /// Values and what stands for them: `*` for all others, the empty text for an empty cell.
    pub(super) values: Vec<(String, Spanned<String>)>,
    /// The formats that dates may have.
    pub(super) dates: Vec<DateFormat>,
    /// The character between two values, where it is not that of the table.
    pub(super) separator: Option<char>,
    /// What stands around each value.
    pub(super) around: Option<Around>,
}

/// Texts before and after each value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Around {
    before: String,
    after: String,
    /// Whether what comes out is an id.
    pub(super) is_id: bool,
}

impl Around {
    /// Parses a template of a value, such as `https://ror.org/{}`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (before, after) = text.split_once("{}")?;
        let is_plain = |text: &str| !text.contains(['{', '}']);
        (is_plain(before) && is_plain(after)).then(|| Self {
            before: before.to_owned(),
            after: after.to_owned(),
            is_id: false,
        })
    }

    /// How many bytes stand around a value.
    pub(super) fn bytes(&self) -> usize {
        self.before.len() + self.after.len()
    }

    fn put(&self, value: &str) -> String {
        let text = format!("{}{value}{}", self.before, self.after);
        if self.is_id { slug(&text) } else { text }
    }
}

impl Conversion {
    /// Tells whether there is nothing to be done.
    pub(super) fn is_nothing(&self) -> bool {
        self.values.is_empty() && self.dates.is_empty() && self.separator.is_none() && self.around.is_none()
    }

    /// Returns what stands for a value.
    pub(super) fn convert<'a>(&self, value: Cow<'a, str>) -> Cow<'a, str> {
        match (self.replaced(&value), &self.around) {
            (Some(to), _) => Cow::Owned(to),
            (None, Some(around)) if !value.is_empty() => Cow::Owned(around.put(&value)),
            (None, _) => value,
        }
    }

    /// Returns what a value is called, if texts are put around it: itself, or what stands for it.
    pub(super) fn called<'a>(&self, value: Cow<'a, str>) -> Option<Cow<'a, str>> {
        self.around.as_ref()?;
        Some(self.replaced(&value).map_or(value, Cow::Owned))
    }

    fn replaced(&self, value: &str) -> Option<String> {
        if let Some(date) = self.dates.iter().find_map(|format| format.read(value)) {
            return Some(date);
        }
        self.value(value).map(|to| to.get_ref().clone())
    }

    /// Returns where in `dataset.toml` it is said what stands for a value, if anything does.
    pub(super) fn said(&self, value: &str) -> Option<Range<usize>> {
        if self.dates.iter().any(|format| format.read(value).is_some()) {
            return None;
        }
        self.value(value).map(Spanned::span)
    }

    fn value(&self, value: &str) -> Option<&Spanned<String>> {
        let of = |wanted: &str| self.values.iter().find(|(from, _)| from == wanted).map(|(_, to)| to);
        of(value).or_else(|| of("*").filter(|_| !value.is_empty()))
    }

    /// Returns what stands for an empty cell, if anything does.
    pub(super) fn of_empty(&self) -> Option<&str> {
        self.value("").map(|to| to.get_ref().as_str()).filter(|to| !to.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_replaced_and_a_date_rewritten() {
        let pair = |from: &str, to: &str| (from.to_owned(), Spanned::new(0..0, to.to_owned()));
        let conversion = Conversion {
            values: vec![pair("Yes", "ceb"), pair("", "none"), pair("*", "other")],
            dates: vec![DateFormat::parse("%m/%Y").unwrap()],
            separator: None,
            around: None,
        };
        let convert = |value: &'static str| conversion.convert(Cow::Borrowed(value)).into_owned();
        assert_eq!(["Yes", "No", "05/2024", ""].map(convert), ["ceb", "other", "2024-05", "none"]);
        assert_eq!(conversion.of_empty(), Some("none"));
    }

    #[test]
    fn texts_stand_around_a_value() {
        let around = |is_id| Around { is_id, ..Around::parse("https://ror.org/{}").unwrap() };
        assert_eq!(around(false).put("01"), "https://ror.org/01");
        assert_eq!(around(true).put("01"), "https-ror-org-01");
        assert_eq!([Around::parse("x"), Around::parse("{}{a}")], [None, None]);
    }
}
