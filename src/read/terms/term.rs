//! A declared term as Turtle.

use oxrdf::{Literal, NamedNode};

use super::{Column, Declared, Kind, Reading};
use crate::finding::{Code, Finding};
use crate::model::fold;
use crate::ontology::{Colour, Datatype, OWL, RAP, RAP_STATEMENT, RDFS, SKOS, Shape, WordError};

/// What values are called in the column `range`.
const DATATYPES: [(&str, Datatype); 13] = [
    ("text", Datatype::String),
    ("string", Datatype::String),
    ("text in a language", Datatype::LangString),
    ("langString", Datatype::LangString),
    ("whole number", Datatype::Integer),
    ("integer", Datatype::Integer),
    ("number", Datatype::Decimal),
    ("decimal", Datatype::Decimal),
    ("boolean", Datatype::Boolean),
    ("address", Datatype::AnyUri),
    ("anyURI", Datatype::AnyUri),
    ("date", Datatype::Edtf),
    ("EDTF", Datatype::Edtf),
];

/// The inverse of a property, and in whose direction statements are kept: that of the row that comes first.
enum Inverse {
    None,
    Kept(String),
    Turned(String),
    /// One that cannot be, which is reported.
    Wrong,
}

impl Reading<'_> {
    /// Writes a term as Turtle. Nothing if it cannot be used, which is then reported.
    pub(super) fn term(&mut self, Declared { row, name, kind }: &Declared) -> Option<String> {
        let mut said = match kind {
            Kind::Class => self.class(*row)?,
            Kind::Property | Kind::Qualifier => self.property(*row, name, *kind)?,
            Kind::Value => self.value(*row)?,
        };
        for (number, column) in self.columns.clone().into_iter().enumerate() {
            let (property, language) = match column {
                Some(Column::Label(language)) => (format!("{RDFS}label"), language),
                Some(Column::Definition(language)) => (format!("{SKOS}definition"), language),
                _ => continue,
            };
            let text = self.text(*row, number);
            if !text.is_empty() {
                let text = Literal::new_language_tagged_literal_unchecked(text, language.to_string());
                said.push(format!("<{property}> {text}"));
            }
        }
        Some(format!("{} {} .", self.own(name), said.join(" ; ")))
    }

    fn class(&mut self, row: usize) -> Option<Vec<String>> {
        let mut said = vec![format!("a <{OWL}Class>")];
        let parents = self.values(row, Column::SubClassOf);
        let parents = if parents.is_empty() { vec!["Entity".to_owned()] } else { parents };
        for parent in parents {
            said.push(format!("<{RDFS}subClassOf> {}", self.class_of(row, Column::SubClassOf, &parent)?));
        }
        let (colour, shape) = (self.cell(row, Column::Colour), self.cell(row, Column::Shape));
        if !colour.is_empty() && Colour::parse(&colour).is_none() {
            self.report(
                row,
                Column::Colour,
                format!("`{colour}` is no colour"),
                "write # and six hexadecimal digits, as in #56B4E9",
            );
            return None;
        }
        if !shape.is_empty() && Shape::from_name(&shape).is_none() {
            let shapes = Shape::ALL.map(Shape::name).join(", ");
            self.report(row, Column::Shape, format!("`{shape}` is no shape"), format!("write one of: {shapes}"));
            return None;
        }
        for (property, text) in [("colour", colour), ("shape", shape)] {
            if !text.is_empty() {
                said.push(format!("<{RAP}{property}> {}", Literal::new_simple_literal(text)));
            }
        }
        Some(said)
    }

    fn property(&mut self, row: usize, name: &str, kind: Kind) -> Option<Vec<String>> {
        let range = self.cell(row, Column::Range);
        let datatype =
            DATATYPES.iter().find(|(word, _)| word.eq_ignore_ascii_case(&range)).map(|(_, datatype)| *datatype);
        let (class, range) = match datatype {
            Some(datatype) => ("DatatypeProperty", NamedNode::new_unchecked(datatype.iri()).to_string()),
            None if range.is_empty() => {
                let help = "write a class, such as Organization, or one of: text, text in a language, number, whole number, boolean, address, date";
                self.report(row, Column::Range, "a property without a range".to_owned(), help);
                return None;
            }
            None => ("ObjectProperty", self.class_of(row, Column::Range, &range)?),
        };
        let mut said = vec![format!("a <{OWL}{class}>"), format!("<{RDFS}range> {range}")];
        if kind == Kind::Qualifier {
            said.extend([format!("a <{RAP}Qualifier>"), format!("<{RDFS}domain> <{RAP_STATEMENT}>")]);
            return Some(said);
        }
        let domain = self.cell(row, Column::Domain);
        let domain = if domain.is_empty() { "Entity".to_owned() } else { domain };
        said.push(format!("<{RDFS}domain> {}", self.class_of(row, Column::Domain, &domain)?));
        for parent in self.values(row, Column::SubPropertyOf) {
            said.push(format!("<{RDFS}subPropertyOf> {}", self.property_of(row, &parent)?));
        }
        match self.inverse(row, name) {
            Inverse::None => {}
            Inverse::Kept(inverse) => said.push(format!("<{OWL}inverseOf> {inverse}")),
            Inverse::Turned(inverse) => {
                said.extend([format!("<{OWL}inverseOf> {inverse}"), format!("<{RAP}writtenAs> {inverse}")]);
            }
            Inverse::Wrong => return None,
        }
        Some(said)
    }

    fn value(&mut self, row: usize) -> Option<Vec<String>> {
        let class = self.cell(row, Column::SubClassOf);
        if class.is_empty() {
            let help =
                "write the class of values that it belongs to into the column subClassOf, such as Role, Status or Unit";
            self.report(row, Column::SubClassOf, "a value without a class".to_owned(), help);
            return None;
        }
        Some(vec![format!("a {}", self.class_of(row, Column::SubClassOf, &class)?)])
    }

    /// The inverse of a property: what its row names, or the row that names it.
    fn inverse(&mut self, row: usize, name: &str) -> Inverse {
        let named = self.cell(row, Column::Inverse);
        if named.is_empty() {
            return match self.naming.get(&fold(name)).map(|&number| &self.declared[number]) {
                Some(other) if other.row < row => Inverse::Turned(self.own(&other.name)),
                Some(other) => Inverse::Kept(self.own(&other.name)),
                None => Inverse::None,
            };
        }
        match self.declared_as(&named, |kind| kind == Kind::Property) {
            Some(other) if other.row < row => return Inverse::Turned(self.own(&other.name)),
            Some(other) if other.row > row => return Inverse::Kept(self.own(&other.name)),
            Some(_) | None => {}
        }
        let message = format!("`{named}` is no property of this table that could be the inverse");
        let help = "give the inverse a row of its own, with domain and range exchanged";
        self.report(row, Column::Inverse, message, help);
        Inverse::Wrong
    }

    /// The IRI of a class of this table or of the ontology.
    fn class_of(&mut self, row: usize, column: Column, word: &str) -> Option<String> {
        if let Some(declared) = self.declared_as(word, |kind| kind == Kind::Class) {
            return Some(self.own(&declared.name));
        }
        match self.ontology.class_called(word, |_| true, &[]) {
            Ok(class) => Some(NamedNode::new_unchecked(&*self.ontology.class(class).iri).to_string()),
            Err(error) => {
                let place = self.place(row, column);
                let finding = Finding::new(Code::UnknownClass, place, format!("unknown class `{word}`"));
                self.findings.push(finding.help(which(&error, "a class")));
                None
            }
        }
    }

    /// The IRI of a property of this table or of the ontology.
    fn property_of(&mut self, row: usize, word: &str) -> Option<String> {
        if let Some(declared) = self.declared_as(word, |kind| kind == Kind::Property) {
            return Some(self.own(&declared.name));
        }
        match self.ontology.property_called(word, &[]) {
            Ok(property) => Some(NamedNode::new_unchecked(&*self.ontology.property(property).iri).to_string()),
            Err(error) => {
                let place = self.place(row, Column::SubPropertyOf);
                let finding = Finding::new(Code::UnknownProperty, place, format!("unknown property `{word}`"));
                self.findings.push(finding.help(which(&error, "a property")));
                None
            }
        }
    }

    /// The term of this table that a word means, if it is of a wanted kind.
    fn declared_as(&self, word: &str, wanted: impl Fn(Kind) -> bool) -> Option<&Declared> {
        let declared = &self.declared[*self.by_name.get(&fold(word))?];
        wanted(declared.kind).then_some(declared)
    }
}

/// Help with a word that stands for no term.
fn which(error: &WordError, what: &str) -> String {
    match error {
        WordError::Ambiguous(several) => format!("write the one that is meant: `{}`", several.join("` or `")),
        WordError::Unknown(near) if near.is_empty() => {
            format!("write the name of {what} of the ontology or of this table")
        }
        WordError::Unknown(near) => format!("did you mean `{}`?", near.join("` or `")),
    }
}
