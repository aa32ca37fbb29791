//! What is declared of each term.

use std::collections::BTreeMap;

use super::{Colour, Shape};
use crate::model::{ClassId, Language, PropertyId};

/// Labels or definitions by language.
pub type Labels = BTreeMap<Language, String>;

/// A class of entities or of controlled values.
#[derive(Debug, Clone)]
pub struct Class {
    /// The class's IRI.
    pub iri: String,
    /// The local name, as the `class` column writes it.
    pub name: String,
    /// Names for people.
    pub labels: Labels,
    /// What belongs to it.
    pub definitions: Labels,
    /// The direct parents that the ontology declares, sorted.
    pub parents: Vec<ClassId>,
    /// All ancestors and the class itself, sorted.
    pub ancestors: Vec<ClassId>,
    /// IRIs of classes of other vocabularies that it is a subclass of, sorted.
    pub aligned: Vec<String>,
    /// The colour of its nodes; on base classes.
    pub colour: Option<Colour>,
    /// The shape of its nodes; on base classes.
    pub shape: Option<Shape>,
}

/// A property of entities or a qualifier of statements.
#[expect(clippy::struct_excessive_bools, reason = "each is a characteristic that the ontology declares by itself")]
#[derive(Debug, Clone)]
pub struct Property {
    /// The property's IRI.
    pub iri: String,
    /// The local name, as headers and the `property` column write it.
    pub name: String,
    /// Names for people, as the label of an edge from subject to object.
    pub labels: Labels,
    /// What it means.
    pub definitions: Labels,
    /// What kind of property it is.
    pub kind: PropertyKind,
    /// The class of its subjects; nothing where any will do.
    pub domain: Option<ClassId>,
    /// What its objects are.
    pub range: Range,
    /// The property that says the same from object to subject.
    pub inverse: Option<PropertyId>,
    /// The inverse that the graph keeps instead, turning the statements of tables round.
    pub written_as: Option<PropertyId>,
    /// Whether it holds in both directions.
    pub symmetric: bool,
    /// Whether it holds over any number of steps.
    pub transitive: bool,
    /// Whether a subject has one value at most, so that two preferred claims contradict each other.
    pub functional: bool,
    /// Whether it means that an organization has a part in something or, if it is symmetric, that two work together.
    pub takes_part: bool,
    /// The property of a date that this one's must not come before.
    pub not_before: Option<PropertyId>,
    /// IRIs of properties that it is a subproperty of, sorted.
    pub aligned: Vec<String>,
    /// For a property of dates, the IRIs of its properties of the earliest and the latest day.
    pub bounds: Option<[String; 2]>,
}

/// The kinds of properties.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PropertyKind {
    /// Links or describes an entity by a statement that needs a source.
    Claim,
    /// Names or identifies an entity; no claim.
    Annotation,
    /// Says something of a statement.
    Qualifier,
    /// Follows from what tables say; no table says it.
    Computed,
}

/// What the objects of a property are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Entities of a class.
    Entity(ClassId),
    /// Controlled values of a class.
    Value(ClassId),
    /// Literals of a datatype.
    Literal(Datatype),
}

/// The datatypes of literals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Datatype {
    /// `xsd:string`.
    String,
    /// `rdf:langString`: text in a language.
    LangString,
    /// `rdf:PlainLiteral`: text with or without a language, such as an acronym.
    PlainLiteral,
    /// `xsd:integer`.
    Integer,
    /// `xsd:decimal`.
    Decimal,
    /// `xsd:boolean`.
    Boolean,
    /// `xsd:anyURI`; written as an IRI.
    AnyUri,
    /// A date in the Extended Date/Time Format.
    Edtf,
    /// `xsd:date`: a day that such a date means at the earliest or latest.
    Date,
}

/// A controlled value, such as a status or a role.
#[derive(Debug, Clone)]
pub struct Value {
    /// The value's IRI.
    pub iri: String,
    /// The local name, as cells write it.
    pub name: String,
    /// Names for people.
    pub labels: Labels,
    /// What it means.
    pub definitions: Labels,
    /// The code by which it is known, such as that of [ISO 4217](https://www.iso.org/iso-4217-currency-codes.html).
    pub code: Option<String>,
    /// The class of values that it belongs to.
    pub class: ClassId,
}

impl Property {
    /// Tells whether the objects are entities.
    #[must_use]
    pub fn links_entities(&self) -> bool {
        matches!(self.range, Range::Entity(_))
    }

    /// Tells whether the values are text that may have a language.
    #[must_use]
    pub fn has_language(&self) -> bool {
        matches!(self.range, Range::Literal(Datatype::LangString | Datatype::PlainLiteral))
    }
}

impl Datatype {
    /// All datatypes.
    pub const ALL: [Self; 9] = [
        Self::String,
        Self::LangString,
        Self::PlainLiteral,
        Self::Integer,
        Self::Decimal,
        Self::Boolean,
        Self::AnyUri,
        Self::Edtf,
        Self::Date,
    ];

    /// Returns the datatype's IRI.
    #[must_use]
    pub fn iri(self) -> &'static str {
        match self {
            Self::String => "http://www.w3.org/2001/XMLSchema#string",
            Self::LangString => "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString",
            Self::PlainLiteral => "http://www.w3.org/1999/02/22-rdf-syntax-ns#PlainLiteral",
            Self::Integer => "http://www.w3.org/2001/XMLSchema#integer",
            Self::Decimal => "http://www.w3.org/2001/XMLSchema#decimal",
            Self::Boolean => "http://www.w3.org/2001/XMLSchema#boolean",
            Self::AnyUri => "http://www.w3.org/2001/XMLSchema#anyURI",
            Self::Edtf => "http://id.loc.gov/datatypes/edtf/EDTF",
            Self::Date => "http://www.w3.org/2001/XMLSchema#date",
        }
    }

    /// Returns the datatype of that IRI.
    #[must_use]
    pub fn from_iri(iri: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|datatype| datatype.iri() == iri)
    }
}

/// Returns the text in the first of the languages that has one, else in any.
#[must_use]
pub(crate) fn preferred<'a>(labels: &'a Labels, languages: &[Language]) -> Option<&'a str> {
    languages.iter().find_map(|language| labels.get(language)).or_else(|| labels.values().next()).map(String::as_str)
}
