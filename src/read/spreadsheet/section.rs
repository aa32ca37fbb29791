//! Sections of number formats: which of several a number is shown by.

use std::cmp::Ordering;

use super::number::NumberFormat;

/// What a number must be, compared with another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Condition {
    comparison: Comparison,
    bound: f64,
}

/// How a number is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Less,
    LessOrEqual,
    Equal,
    NotEqual,
    GreaterOrEqual,
    Greater,
}

impl Condition {
    /// Reads a condition such as `>=0`.
    pub(super) fn parse(condition: &str) -> Option<Self> {
        const COMPARISONS: [(&str, Comparison); 7] = [
            ("<=", Comparison::LessOrEqual),
            (">=", Comparison::GreaterOrEqual),
            ("!=", Comparison::NotEqual),
            ("<>", Comparison::NotEqual),
            ("<", Comparison::Less),
            (">", Comparison::Greater),
            ("=", Comparison::Equal),
        ];
        let condition = condition.trim();
        let found = |&(sign, comparison): &(&str, Comparison)| Some((comparison, condition.strip_prefix(sign)?));
        let (comparison, bound) = COMPARISONS.iter().find_map(found)?;
        Some(Self { comparison, bound: bound.trim().parse().ok()? })
    }

    /// Tells whether a number fulfils it.
    pub(super) fn takes(self, number: f64) -> bool {
        let order = number.partial_cmp(&self.bound);
        match self.comparison {
            Comparison::Less => order == Some(Ordering::Less),
            Comparison::LessOrEqual => matches!(order, Some(Ordering::Less | Ordering::Equal)),
            Comparison::Equal => order == Some(Ordering::Equal),
            Comparison::NotEqual => order != Some(Ordering::Equal),
            Comparison::GreaterOrEqual => matches!(order, Some(Ordering::Greater | Ordering::Equal)),
            Comparison::Greater => order == Some(Ordering::Greater),
        }
    }
}

/// A format code, section by section.
#[derive(Debug, Default)]
pub(super) struct Sections(Vec<(Option<Condition>, NumberFormat)>);

impl Sections {
    /// Reads a [format code](https://learn.microsoft.com/office/vba/api/excel.range.numberformat). Of sections without
    /// conditions the first is taken, that of positive numbers: others show the same number with another sign.
    pub(super) fn of_code(code: &str) -> Self {
        let sections: Vec<_> =
            split(code).map(|section| (condition(section), NumberFormat::of_code(section))).collect();
        if sections.iter().all(|(condition, _)| condition.is_none()) {
            return Self(sections.into_iter().take(1).collect());
        }
        Self(sections.into_iter().take(3).collect())
    }

    /// Returns how a number is shown.
    pub(super) fn format(&self, number: f64) -> &NumberFormat {
        let last = self.0.len().saturating_sub(1);
        let takes = |&(at, (condition, _)): &(usize, &(Option<Condition>, NumberFormat))| match condition {
            Some(condition) => condition.takes(number),
            // Of two with a condition for one, the other is for the rest.
            None => at == last || (at == 1 && number < 0.0) || (at == 0 && number > 0.0),
        };
        let found = self.0.iter().enumerate().find(takes).or_else(|| self.0.iter().enumerate().next_back());
        found.map_or(&NumberFormat::Plain, |(_, (_, format))| format)
    }
}

/// Cuts a code where a section ends: at a semicolon that is no text.
fn split(code: &str) -> impl Iterator<Item = &str> {
    let (mut quoted, mut bracketed, mut escaped) = (false, false, false);
    code.split(move |c| {
        let is_text = quoted || bracketed || escaped;
        match c {
            _ if escaped => {}
            '"' if !bracketed => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            _ => {}
        }
        escaped = matches!(c, '\\' | '_' | '*') && !is_text;
        c == ';' && !is_text
    })
}

/// The condition at the beginning of a section, which may come behind a colour.
fn condition(section: &str) -> Option<Condition> {
    let mut rest = section;
    while let Some((inside, after)) = rest.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        if let Some(condition) = Condition::parse(inside) {
            return Some(condition);
        }
        rest = after;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::spreadsheet::number::{Precision, plain};

    fn shown(code: &str, number: f64) -> String {
        match Sections::of_code(code).format(number) {
            NumberFormat::Digits(pattern) => pattern.show(number),
            _ => plain(number),
        }
    }

    #[test]
    fn a_number_is_shown_by_the_section_whose_condition_it_fulfils() {
        let telephone = "[<=9999999]###-####;(###) ###-####";
        for (code, number, text) in [
            (telephone, 5_551_234.0, "555-1234"),
            (telephone, 2_025_551_234.0, "(202) 555-1234"),
            ("[Red][>100]0.0;[=0]\"none; yet\";0.00", 101.0, "101.0"),
            ("[Red][>100]0.0;[=7]\"p. \"0;0.00", 7.0, "p. 7"),
            ("[Red][>100]0.0;[=7]\"p. \"0;0.00", 8.0, "8.00"),
            ("0.00;(0.0)", -2.0, "-2.00"),
            ("\"a;b\"0;0.000", 3.0, "a;b3"),
            ("[$€-407]0.00;[Red]-0.00", 5.0, "€5.00"),
            ("", 3.5, "3.5"),
        ] {
            assert_eq!(shown(code, number), text, "{code}");
        }
        let month = NumberFormat::Date(Precision::Month);
        assert_eq!(*Sections::of_code("[$-409]mmmm\\ yyyy;@").format(1.0), month);
    }
}
