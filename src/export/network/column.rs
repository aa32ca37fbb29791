//! Which columns nodes and edges have: a few that all have, then one for each property, by language, that is used.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{Claims, Figures};
use crate::graph::KnowledgeGraph;
use crate::model::{Language, PropertyId};
use crate::ontology::{Datatype, Range};

/// A column of nodes or edges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::export) struct Column {
    /// The local name of the property, or what every row has.
    pub(in crate::export) name: String,
    /// The language of its texts.
    pub(in crate::export) language: Option<Language>,
    pub(in crate::export) kind: Kind,
    /// Whether a row may have several values.
    pub(in crate::export) list: bool,
}

/// What the values of a column are. Their lexical forms are exact: a column whose numbers a reader would round is text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::export) enum Kind {
    Text,
    /// A day as `YYYY-MM-DD`.
    Day,
    Integer,
    Number,
    Boolean,
}

/// What a column must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) kind: Kind,
    /// Whether a row has several values.
    pub(super) list: bool,
}

/// What the columns of properties must hold, by property and language.
pub(super) type Columned = BTreeMap<(PropertyId, Option<Language>), Held>;

/// The columns, and where properties have theirs.
#[derive(Debug, Default)]
pub(in crate::export) struct Columns {
    pub(super) all: Vec<Column>,
    by_property: BTreeMap<(PropertyId, Option<Language>), usize>,
}

/// Names that columns of properties must not have, besides each other's: those of the columns that all rows have, and those that readers of
/// one format or another keep for themselves.
const RESERVED: [&str; 25] = [
    "id",
    "iri",
    "key",
    "name",
    "class",
    "type",
    "label",
    "source",
    "target",
    "src",
    "dst",
    "property",
    "rank",
    "weight",
    "validFrom",
    "validTo",
    "year",
    "sources",
    "claims",
    "value",
    "parent",
    "represents",
    "alias",
    "spells",
    "viz",
];
/// The columns of every node and of every edge, by their numbers.
pub(super) const IRI: usize = 0;
pub(super) const CLASS: usize = 1;
pub(super) const TYPE: usize = 2;
pub(super) const NODE_LABEL: usize = 3;
pub(super) const PROPERTY: usize = 1;
pub(super) const EDGE_LABEL: usize = 2;
pub(super) const RANK: usize = 3;
pub(super) const VALID_FROM: usize = 4;
pub(super) const VALID_TO: usize = 5;
pub(super) const YEAR: usize = 6;
pub(super) const SOURCES: usize = 7;
/// The further columns of an edge between organizations.
pub(super) const WEIGHT: usize = 8;
pub(super) const SHARED: usize = 9;
pub(super) const STATEMENTS: usize = 10;

/// A double holds every integer up to this one.
const EXACT: i64 = 1 << 53;
/// How many decimal digits a double always keeps.
const EXACT_DIGITS: usize = 15;

impl Column {
    pub(in crate::export) fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), language: None, kind, list: false }
    }

    fn list(name: &str) -> Self {
        Self { list: true, ..Self::new(name, Kind::Text) }
    }

    /// Returns the name as one word: `label_ar`.
    pub(in crate::export) fn id(&self) -> String {
        match self.language {
            Some(language) => format!("{}_{}", self.name, language.as_str().replace('-', "_")),
            None => self.name.clone(),
        }
    }

    /// Returns the name as tables write it: `label@ar`.
    pub(in crate::export) fn header(&self) -> String {
        match self.language {
            Some(language) => format!("{}@{language}", self.name),
            None => self.name.clone(),
        }
    }
}

impl Columns {
    /// The columns of nodes.
    pub(super) fn of_nodes(graph: &KnowledgeGraph, used: &Columned, figures: &Figures, claims: Claims) -> Self {
        let mut columns = Self { all: Self::fixed(["class", "type", "label"]), ..Self::default() };
        let figures: Vec<Column> = figures.columns().collect();
        columns.extend(graph, used, &figures);
        columns.all.extend(figures);
        if claims == Claims::Text {
            columns.all.push(Column::new("claims", Kind::Text));
        }
        columns
    }

    /// The columns of statements: of edges and claims.
    pub(super) fn of_statements(graph: &KnowledgeGraph, used: &Columned) -> Self {
        let mut columns = Self { all: Self::fixed(["property", "label", "rank"]), ..Self::default() };
        columns.extend(graph, used, &[]);
        columns
    }

    /// The columns of edges between organizations.
    pub(super) fn of_shared() -> Self {
        let mut all = Self::fixed(["property", "label", "rank"]);
        all.extend([Column::new("weight", Kind::Integer), Column::list("shared"), Column::list("statements")]);
        Self { all, ..Self::default() }
    }

    fn fixed(own: [&str; 3]) -> Vec<Column> {
        let own = own.map(|name| Column::new(name, Kind::Text));
        let days = ["validFrom", "validTo"].map(|name| Column::new(name, Kind::Day));
        let rest = [Column::new("year", Kind::Integer), Column::list("sources")];
        [Column::new("iri", Kind::Text)].into_iter().chain(own).chain(days).chain(rest).collect()
    }

    /// Adds a column for each property and language that was seen, named otherwise than others that will be added.
    fn extend(&mut self, graph: &KnowledgeGraph, used: &Columned, others: &[Column]) {
        let mut taken: BTreeSet<String> = RESERVED.map(str::to_owned).into();
        taken.extend(others.iter().map(Column::id));
        for (&(property, language), &Held { kind, list }) in used {
            let name = graph.ontology().property(property).name.clone();
            let mut column = Column { name, language, kind, list };
            while !taken.insert(column.id()) {
                column.name.push('_');
            }
            self.by_property.insert((property, language), self.all.len());
            self.all.push(column);
        }
    }

    /// The column of a property in a language.
    pub(super) fn of(&self, property: PropertyId, language: Option<Language>) -> Option<usize> {
        self.by_property.get(&(property, language)).copied()
    }
}

impl Kind {
    pub(super) fn of(range: Range) -> Self {
        match range {
            Range::Literal(Datatype::Integer) => Self::Integer,
            Range::Literal(Datatype::Decimal) => Self::Number,
            Range::Literal(Datatype::Boolean) => Self::Boolean,
            Range::Literal(Datatype::Date) => Self::Day,
            Range::Entity(_) | Range::Value(_) | Range::Literal(_) => Self::Text,
        }
    }

    /// The kind, or text if readers would take this value for another one.
    pub(super) fn holding(self, text: &str) -> Self {
        let exact = match self {
            Self::Integer => text.parse::<i64>().is_ok_and(|n| n.unsigned_abs() <= EXACT.unsigned_abs()),
            Self::Number => {
                text.bytes().filter(u8::is_ascii_digit).count() <= EXACT_DIGITS && text.parse::<f64>().is_ok()
            }
            Self::Boolean => matches!(text, "true" | "false"),
            Self::Text | Self::Day => true,
        };
        if exact { self } else { Self::Text }
    }
}
