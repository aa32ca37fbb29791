//! What of `dataset.toml` is no TOML.

use toml::de::Error;

use crate::finding::{Code, Finding, Position};
use crate::read::text::TextFile;
use crate::sort;

/// The mistakes of syntax in a document.
pub(super) struct Torn {
    findings: Vec<Finding>,
    /// From which line on nothing can be understood, if a list or an inline table has no end.
    open: Option<usize>,
}

impl Torn {
    /// Of a bracket that is missing the parser reports a mistake at each word up to the end of the file: they are one.
    pub(super) fn of(file: &TextFile, errors: &[Error]) -> Self {
        let end = file.text().len();
        let span = |error: &Error| error.span().unwrap_or(end..end);
        let mut errors: Vec<&Error> = errors.iter().collect();
        sort::by_key(&mut errors, |error| span(error).start);
        let is_open = |error: &Error| {
            let message = error.message();
            message.starts_with("unclosed array")
                || message.starts_with("unclosed inline table")
                || message.starts_with("unexpected `=` in array")
        };
        let begins = |error: &&&Error| is_open(error) || error.message().starts_with("missing comma");
        let place = |error: &Error| file.locate(span(error));
        let first = errors.iter().find(begins).filter(|_| errors.iter().any(|error| is_open(error)));
        // What stands before it in its line is no better.
        let first = first
            .and_then(|first| errors.iter().find(|error| line(&place(error).position) == line(&place(first).position)));
        let start = first.map_or(usize::MAX, |error| span(error).start);
        let mut torn = Self { findings: Vec::new(), open: None };
        for error in errors.iter().filter(|error| span(error).start < start) {
            let finding = Finding::new(Code::InvalidConfig, place(error), error.message());
            torn.findings.push(finding.help("see https://toml.io for what may be written here"));
        }
        if let Some(error) = first {
            let place = place(error);
            torn.open = line(&place.position);
            let message =
                "a list or an inline table that begins before this is not closed; nothing is read from here on";
            let finding = Finding::new(Code::InvalidConfig, place, message);
            torn.findings.push(finding.help("write the `]` or `}` behind its last value"));
        }
        torn
    }

    /// Tells whether the rest of the file cannot be understood, and so not what the tables mean.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Tells whether something else that is wrong comes of a mistake of syntax.
    pub(super) fn explains(&self, finding: &Finding) -> bool {
        let Some(at) = line(&finding.location.position) else { return false };
        self.open.is_some_and(|open| at >= open)
            || self.findings.iter().any(|torn| line(&torn.location.position) == Some(at))
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }
}

fn line(position: &Position) -> Option<usize> {
    match position {
        Position::Text { line, .. } => Some(*line),
        Position::File | Position::Cell { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::*;

    fn findings(text: &str) -> (bool, Vec<String>) {
        let file = TextFile::decode("dataset.toml", text.as_bytes().to_vec()).unwrap();
        let mut findings = Findings::default();
        let (_, mappings, _) = parse(&file, &mut findings);
        (mappings.is_torn, findings.into_vec().iter().map(|it| it.location.to_string()).collect())
    }

    #[test]
    fn a_bracket_that_is_missing_is_one_finding() {
        let head = "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\n";
        let rest = "date = \"2024-01-01\"\nreport = \"r\"\n[table.\"a.csv\"]\nid = \"{n}\"\n";
        for (line, place) in [
            ("languages = [\"en\"\n", "dataset.toml:5:1"),
            ("languages = [\"en\",\n", "dataset.toml:5:1"),
            ("languages = [\"en\"]\ntitle = { en = \"X\"\n", "dataset.toml:6:1"),
        ] {
            let (is_torn, found) = findings(&format!("{head}{line}{rest}"));
            assert_eq!((is_torn, found), (true, vec![place.to_owned()]), "{line}");
        }
    }

    #[test]
    fn several_mistakes_of_syntax_are_told_each_once() {
        let text =
            "id = x\nbase = y\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\ndate = \"no date\"\nkey\n";
        let (is_torn, found) = findings(text);
        assert_eq!((is_torn, found.len()), (false, 4), "{found:?}");
    }
}
