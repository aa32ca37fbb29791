//! What formats cannot carry: one table, from which the explanations of formats and docs/feeds.md are made.

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
const TOKENS: Loss = loss(
    "ids with `~`, or with what no name of XML has, such as `²`: they have to be tokens; letters of any script are",
    "a hash; the id is the end of `iri`",
);
const LISTS: Loss = loss("lists", "one text with `|` between the values, and `\\` before a `|` or `\\` in a value");
const NUMBERS: Loss =
    loss("integers beyond 2^53 and decimals of more than 15 digits, which readers round", "text, in the whole column");
const NUMBERS_ALIKE: Loss = loss(
    "integers beyond 2^53 and decimals of more than 15 digits",
    "text, in the whole column, as in the formats whose readers round them",
);
const DERIVED: Loss =
    loss("what follows from statements: the mode one-mode, figures of nodes", "nothing: the export fails");
const LISTS_OF_NUMBERS: Loss = loss("lists of numbers", "lists of text: not all readers know others");
const DAYS: Loss = loss("a type of dates", "text: EDTF as in the data, days as YYYY-MM-DD, the year as a number");
const CLAIMS: Loss = loss(
    "claims: statements with a literal",
    "the best of each property are attributes; all, as JSON text, in `claims`",
);
const EARLY: Loss =
    loss("days of the year 0 in spells, which the schema has no form for", "no bound; text in the attributes");
const YEARS: Loss = loss(
    "days before the year 1 or after the year 9999 as dates, which no reader has",
    "null; the year as a number, and EDTF as in the data",
);
const FOLLOW_THE_MONEY: &[Loss] = &[
    loss(
        "claims: statements with a literal",
        "the best of each property, without rank, sources and qualifiers; dates as start and end where the schema has \
         them, the rest as text in `notes`",
    ),
    loss("the language of names", "names in all languages in `name`, `alias`, `abbreviation` and `weakAlias`"),
    loss(
        "classes",
        "the schema: PublicBody for intergovernmental organizations, Project for initiatives, Position for posts, \
         Territory or Address for places, Note for topics and classes of one's own; the class as text in `notes`",
    ),
    loss(
        "properties that no schema is made for, or whose ends it does not take",
        "UnknownLink with the property's label in `role`; the property as text in `description`",
    ),
    loss(
        "intervals and approximate dates, and years before 1000 or after 2999",
        "the year or month in which all days are, if there is one; EDTF as text in `notes` or `description`",
    ),
    loss(
        "rank, numbers and other qualifiers",
        "text in `description`; the remark in `summary`; `deprecated` also in `status`",
    ),
    loss(
        "addresses of more than 250 characters, names of more than 384, other text of more than 65,000",
        "the beginning, and `…`; of addresses and names the whole as text in `notes`, if it fits",
    ),
    loss(
        "line breaks, control characters and invisible marks, as of direction, in names; `;` in addresses",
        "the same, but the package takes them out, or makes them `,`, when it cleans values",
    ),
    loss("a document without a file", "its label as the `fileName` that the schema requires"),
    loss("ids with other characters than ASCII letters, digits, `-` and `.`", "a hash; the IRI as text in `notes`"),
];

const TABLES: Loss = loss("lists", "one text with `|` between the values, and `\\` before a `|` in a value");
const TERMS: Loss = loss(
    "terms of the data set's own",
    "their IRIs or names alone: keep what declares them beside it to read it again",
);
const PLAIN: Loss = loss(
    "qualifiers, ranks, deprecated claims and the paragraphs of statements, in the profiles `direct` and `graphs`",
    "plain triples; read again they cite the document of their graph, or the file itself",
);
const SETTINGS: Loss = loss(
    "languages, required languages, report and prefixes, as `dataset.toml` has them",
    "nothing: keep `dataset.toml` beside it to read it again; title, licence, publisher, date and version are told",
);
const FORMULAS: Loss = loss(
    "text that a spreadsheet would take for a formula, beginning with `=`, `+`, `-`, `@`, a tab or a line break",
    "an apostrophe in front, also where only apostrophes come before; a number stays as it is",
);
const LONG_CELLS: Loss = loss("text of more than 32,767 characters in a cell", "its beginning, then `…`");
const LONG_NUMBERS: Loss = loss(
    "numbers of more than 15 digits",
    "text, and so all integers of a column with one beyond 2^53; and numbers written as Excel would not, such as 0.50",
);
const ESCAPES: Loss = loss(
    "carriage returns, control characters, and text like `_x0041_`",
    "the escapes that Excel has for them, such as `_x000D_`, which openpyxl shows as they are",
);
const OLD_DAYS: Loss = loss("days before March 1900 or after the year 9999", "text");
const ROWS: Loss = loss("more than 1,048,575 rows in a table", "nothing: the export fails");

const SYMMETRIC: Loss = loss(
    "links that hold in both directions, such as cooperatesWith, among others that do not: readers refuse a graph of both",
    "a direction, as stated; links between organizations alone (one-mode) have none",
);
const DIRECTION: Loss = loss(
    "links without direction, between organizations, and of properties such as cooperatesWith",
    "a direction, from the one whose id comes first; match them without an arrow",
);

impl Format {
    /// Returns what it cannot carry.
    ///
    /// ```
    /// use rapporteur::export::Format;
    ///
    /// let losses = Format::Gexf.losses();
    /// assert!(losses.iter().any(|loss| loss.what.contains("claims")));
    /// ```
    #[must_use]
    pub fn losses(self) -> &'static [Loss] {
        match self {
            Self::Turtle | Self::TriG | Self::NTriples | Self::NQuads | Self::JsonLd => {
                const { &[DERIVED, PLAIN, SETTINGS, TERMS] }
            }
            Self::RdfXml => const { &[CONTROL, DERIVED, PLAIN, SETTINGS, TERMS] },
            Self::GraphMl => const { &[CONTROL, TOKENS, LISTS, NUMBERS, DAYS, CLAIMS, SYMMETRIC] },
            Self::Gexf => const { &[CONTROL, LISTS_OF_NUMBERS, NUMBERS, DAYS, EARLY, CLAIMS, SYMMETRIC] },
            Self::Cytoscape | Self::NodeLink => const { &[NUMBERS, DAYS, SYMMETRIC] },
            Self::Cx2 => const { &[NUMBERS, DAYS, CLAIMS, SYMMETRIC] },
            Self::Parquet => const { &[NUMBERS_ALIKE, YEARS, SYMMETRIC] },
            Self::FollowTheMoney => FOLLOW_THE_MONEY,
            Self::Csv => const { &[TABLES, FORMULAS] },
            Self::Xlsx => const { &[TABLES, LONG_CELLS, ESCAPES, LONG_NUMBERS, OLD_DAYS, ROWS] },
            Self::Neo4j | Self::Cypher => const { &[NUMBERS_ALIKE, CLAIMS, DIRECTION] },
        }
    }

    /// Tells whether what is written can be read as a data set again, and gives the same graph but for what is lost.
    #[must_use]
    pub(crate) fn comes_in_again(self) -> bool {
        match self {
            Self::Turtle
            | Self::TriG
            | Self::NTriples
            | Self::NQuads
            | Self::RdfXml
            | Self::JsonLd
            | Self::Csv
            | Self::Xlsx => true,
            Self::GraphMl
            | Self::Gexf
            | Self::Cytoscape
            | Self::Cx2
            | Self::NodeLink
            | Self::Parquet
            | Self::FollowTheMoney
            | Self::Neo4j
            | Self::Cypher => false,
        }
    }

    /// Returns what there is to know of it: what it writes, who reads it, what it cannot carry. Markdown.
    #[must_use]
    pub fn explanation(self) -> String {
        let what = match self.shape() {
            Shape::Rdf { .. } => "a file of RDF",
            Shape::File => "a file",
            Shape::Folder(_) => "a folder of files",
        };
        let mut text = format!("{what}, `.{}` (`{}`), read by {}", self.extension(), self.media_type(), self.readers());
        text.push_str(if self.comes_in_again() {
            ". It comes in again as a data set"
        } else {
            ". It does not come in again as a data set"
        });
        text.push_str(".\n\n| cannot carry | writes instead |\n|---|---|\n");
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
