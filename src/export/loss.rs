//! What formats cannot carry: one table, from which `export --explain` and docs/feeds.md are made.

use std::fmt::Write as _;

use super::{Format, Shape};

/// Something of the graph that a format cannot carry as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub what: &'static str,
    /// What stands in its place.
    pub instead: &'static str,
}

const fn loss(what: &'static str, instead: &'static str) -> Loss {
    Loss { what, instead }
}

const CONTROL: Loss = loss("control characters, which XML has no way to write", "U+FFFD; `check` warns of them");
const LISTS: Loss = loss("lists", "one text with `|` between the values, and `\\` before a `|` or `\\` in a value");
const DAYS: Loss = loss("a type of dates", "text: EDTF as in the data, days as YYYY-MM-DD, the year as a number");
const CLAIMS: Loss = loss(
    "claims: statements with a literal",
    "the best of each property are attributes; all, as JSON text, in `claims`",
);
const YEARS: Loss = loss(
    "days before the year 1 or after the year 9999 as dates, which no reader has",
    "null; the year as a number, and EDTF as in the data",
);

impl Format {
    /// Returns what it cannot carry.
    #[must_use]
    pub fn losses(self) -> &'static [Loss] {
        match self {
            Self::Turtle | Self::TriG | Self::NTriples | Self::NQuads | Self::JsonLd => &[],
            Self::RdfXml => const { &[CONTROL] },
            Self::Parquet => const { &[YEARS] },
            Self::GraphMl => const { &[CONTROL, LISTS, DAYS, CLAIMS] },
        }
    }

    /// Returns what there is to know of it: what it writes, who reads it, what it cannot carry. Markdown.
    #[must_use]
    pub fn explanation(self) -> String {
        let what = match self.shape() {
            Shape::Rdf { .. } => "a file of RDF",
            Shape::File => "a file",
            Shape::Folder => "a folder of files",
        };
        let mut text = format!("{what}, `.{}` (`{}`), read by {}", self.extension(), self.media_type(), self.readers());
        text.push_str(match self.losses() {
            [] => "; carries everything.\n",
            _ => ".\n\n| cannot carry | writes instead |\n|---|---|\n",
        });
        for Loss { what, instead } in self.losses() {
            // Writing to a string does not fail.
            let _ = writeln!(text, "| {} | {} |", cell(what), cell(instead));
        }
        text
    }
}

/// A cell of a table of Markdown.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
