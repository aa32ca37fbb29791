//! Reading the ontology from Turtle.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use oxrdf::{NamedOrBlankNode, Term};
use oxrdfio::{RdfFormat, RdfParseError, RdfParser};

use super::declaration::Declaration;
use super::known::{Known, Names};
use super::term::{Class, Datatype, Labels, Property, PropertyKind, Range, Value};
use super::{Colour, OWL, Ontology, RAP, RAP_STATEMENT, RDF, RDFS, SKOS, Shape, TURTLE};
use crate::model::{ClassId, Language, PropertyId, ValueId};
use crate::sort;

/// Why an ontology cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OntologyError {
    /// The text is not Turtle.
    #[error("the ontology is not valid Turtle")]
    Syntax(#[from] RdfParseError),
    /// A term is declared with a blank node.
    #[error("the ontology has a blank node, but every term needs an IRI")]
    BlankNode,
    /// Two terms of a kind have the same local name.
    #[error("two terms have the local name `{0}`")]
    DuplicateName(String),
    /// A property has no range that the program knows.
    #[error("the property `{0}` has no range, or one that is neither a declared class nor a known datatype")]
    Range(String),
    /// A class has a shape that cannot be drawn.
    #[error("the class `{class}` has the shape `{shape}`, which is none of {}", Shape::ALL.map(Shape::name).join(", "))]
    Shape {
        /// The class.
        class: String,
        /// The shape.
        shape: String,
    },
    /// A class has a colour that is written otherwise.
    #[error("the class `{class}` has the colour `{colour}`, which is not written as #RRGGBB")]
    Colour {
        /// The class.
        class: String,
        /// The colour.
        colour: String,
    },
    /// A term that the program itself needs is not declared.
    #[error("the ontology has no term `{0}`, which the program needs")]
    Missing(&'static str),
    /// The terms are longer than a text of them needs.
    #[error("the terms of the ontology have more than {} MiB together", MOST_BYTES >> 20)]
    TooMuch,
    /// A class is below more classes than are kept of each.
    #[error("the class `{0}` is below more than {MOST_ANCESTORS} others")]
    TooManyAncestors(String),
    /// There are more terms than numbers for them.
    #[error("the ontology has more than {} terms of a kind", u16::MAX)]
    TooManyTerms,
}

/// How many bytes the terms of a text may have, each counted as often as it is said.
const MOST_BYTES: usize = 256 << 20;

/// What a triple takes besides its terms.
const OF_TRIPLE: usize = 64;

/// A class may be below so many others, itself among them: each class keeps all that it is below.
const MOST_ANCESTORS: usize = 256;

/// What is said of each IRI: property IRI to objects.
type Descriptions = BTreeMap<String, BTreeMap<String, Vec<Term>>>;

impl Ontology {
    /// Returns the ontology that is part of the program.
    ///
    /// # Errors
    ///
    /// Never for the file as shipped, which a test loads.
    pub fn shipped() -> Result<Self, OntologyError> {
        Self::with(&[])
    }

    /// Returns the shipped ontology with the terms of more Turtle texts.
    ///
    /// # Errors
    ///
    /// If a text is not Turtle, or its terms cannot be used.
    ///
    /// ```
    /// use rapporteur::ontology::Ontology;
    ///
    /// let ontology = Ontology::with(&["
    ///     @prefix rap: <https://w3id.org/rapporteur/ns#> .
    ///     @prefix owl: <http://www.w3.org/2002/07/owl#> .
    ///     @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
    ///     @prefix my: <https://example.org/terms#> .
    ///     my:Petition a owl:Class ; rdfs:subClassOf rap:Document ; rdfs:label \"petition\"@en .
    /// "])?;
    /// let [petition, document] = ["Petition", "Document"].map(|name| ontology.class_by_name(name).unwrap());
    /// assert!(ontology.is_a(petition, document));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn with(more: &[&str]) -> Result<Self, OntologyError> {
        let mut descriptions = Descriptions::new();
        let texts: Vec<String> = [TURTLE].iter().chain(more).map(|text| (*text).to_owned()).collect();
        for text in &texts {
            describe(text, &mut descriptions)?;
        }
        Ok(Self { texts, declaration: Declaration::of(&descriptions), ..build(&descriptions)? })
    }
}

fn describe(turtle: &str, descriptions: &mut Descriptions) -> Result<(), OntologyError> {
    let mut bytes = 0;
    for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(turtle.as_bytes()) {
        let quad = quad.map_err(RdfParseError::from)?;
        // A short name behind a long prefix is a long IRI.
        let object = match &quad.object {
            Term::NamedNode(node) => node.as_str().len(),
            Term::Literal(literal) => literal.value().len(),
            Term::BlankNode(_) | Term::Triple(_) => 0,
        };
        bytes += object + quad.predicate.as_str().len() + OF_TRIPLE;
        if let NamedOrBlankNode::NamedNode(subject) = &quad.subject {
            bytes += subject.as_str().len();
        }
        if bytes > MOST_BYTES {
            return Err(OntologyError::TooMuch);
        }
        let NamedOrBlankNode::NamedNode(subject) = quad.subject else {
            return Err(OntologyError::BlankNode);
        };
        let description = descriptions.entry(subject.into_string()).or_default();
        description.entry(quad.predicate.into_string()).or_default().push(quad.object);
    }
    Ok(())
}

/// The terms of one kind: their IRIs sorted by local name, and the numbers they get.
struct Numbering<'a> {
    iris: Vec<&'a str>,
    by_iri: BTreeMap<&'a str, u16>,
    by_name: BTreeMap<String, u16>,
}

impl<'a> Numbering<'a> {
    fn new(mut iris: Vec<&'a str>) -> Result<Self, OntologyError> {
        sort::by_key(&mut iris, |iri| local_name(iri));
        if u16::try_from(iris.len()).is_err() {
            return Err(OntologyError::TooManyTerms);
        }
        let (mut by_iri, mut by_name) = (BTreeMap::new(), BTreeMap::new());
        for (number, iri) in (0..).zip(&iris) {
            by_iri.insert(*iri, number);
            if by_name.insert(local_name(iri).to_owned(), number).is_some() {
                return Err(OntologyError::DuplicateName(local_name(iri).to_owned()));
            }
        }
        Ok(Self { iris, by_iri, by_name })
    }
}

fn build(descriptions: &Descriptions) -> Result<Ontology, OntologyError> {
    let class_type = format!("{OWL}Class");
    let type_iri = format!("{RDF}type");
    let of_type = |wanted: BTreeSet<&str>| {
        let is_wanted = |description: &Description| iris(description, &type_iri).any(|iri| wanted.contains(iri));
        let found = descriptions.iter().filter(|(_, description)| is_wanted(description));
        found.map(|(iri, _)| iri.as_str()).collect::<Vec<_>>()
    };
    let classes = Numbering::new(of_type(BTreeSet::from([class_type.as_str()])))?;
    let property_types =
        ["ObjectProperty", "DatatypeProperty", "AnnotationProperty"].map(|name| format!("{OWL}{name}"));
    // Annotations of terms, such as their colour, describe the ontology and no entity.
    let describes_terms = |iri: &&str| {
        let domain = iris(&descriptions[*iri], &format!("{RDFS}domain")).next();
        domain.is_some_and(|domain| domain == format!("{OWL}Class") || domain == format!("{RDF}Property"))
    };
    let mut of_property_types = of_type(property_types.iter().map(String::as_str).collect());
    of_property_types.retain(|iri| !describes_terms(iri));
    let properties = Numbering::new(of_property_types)?;
    let ancestors = Ancestors::of(&classes, descriptions)?;
    let value_class = classes.by_iri.get(format!("{RAP}Value").as_str()).copied();
    let value_classes: BTreeSet<&str> = classes
        .iris
        .iter()
        .copied()
        .filter(|iri| {
            value_class
                .is_some_and(|value| ancestors.all[usize::from(classes.by_iri[iri])].contains(&ClassId::new(value)))
        })
        .collect();
    let values = Numbering::new(of_type(value_classes.clone()))?;
    let class_by_name = classes.by_name.iter().map(|(name, id)| (name.clone(), ClassId::new(*id))).collect();
    let property_by_name = properties.by_name.iter().map(|(name, id)| (name.clone(), PropertyId::new(*id))).collect();
    let value_by_name = values.by_name.iter().map(|(name, id)| (name.clone(), ValueId::new(*id))).collect();
    let known = Known::among(&Names { class: &class_by_name, property: &property_by_name, value: &value_by_name })?;
    Ok(Ontology {
        texts: Vec::new(),
        declaration: Declaration::default(),
        words: OnceLock::new(),
        classes: classes
            .iris
            .iter()
            .map(|iri| class(iri, &descriptions[*iri], &classes, &ancestors))
            .collect::<Result<_, _>>()?,
        properties: properties
            .iris
            .iter()
            .map(|iri| property(iri, &descriptions[*iri], &classes, &properties, &value_classes))
            .collect::<Result<_, _>>()?,
        values: values.iris.iter().map(|iri| value(iri, &descriptions[*iri], &classes)).collect(),
        class_by_name,
        property_by_name,
        value_by_name,
        known,
    })
}

/// Parents and all ancestors of each class, by its number.
struct Ancestors {
    parents: Vec<Vec<ClassId>>,
    all: Vec<Vec<ClassId>>,
}

impl Ancestors {
    fn of(classes: &Numbering<'_>, descriptions: &Descriptions) -> Result<Self, OntologyError> {
        let parents: Vec<Vec<ClassId>> = classes
            .iris
            .iter()
            .map(|iri| {
                let mut parents: Vec<_> = iris(&descriptions[*iri], &format!("{RDFS}subClassOf"))
                    .filter_map(|parent| classes.by_iri.get(parent).map(|id| ClassId::new(*id)))
                    .collect();
                parents.sort_unstable();
                parents.dedup();
                parents
            })
            .collect();
        let all = (0..).zip(&parents).map(|(number, _)| {
            let too_many = || OntologyError::TooManyAncestors(local_name(classes.iris[usize::from(number)]).to_owned());
            closure(ClassId::new(number), &parents).ok_or_else(too_many)
        });
        let all = all.collect::<Result<_, _>>()?;
        Ok(Self { parents, all })
    }
}

/// All classes reached from one over its parents, sorted; cycles do no harm. Nothing if they are more than a class may have.
fn closure(class: ClassId, parents: &[Vec<ClassId>]) -> Option<Vec<ClassId>> {
    let (mut found, mut next) = (BTreeSet::from([class]), vec![class]);
    while let Some(class) = next.pop() {
        for &parent in &parents[class.index()] {
            if found.insert(parent) {
                next.push(parent);
            }
            if found.len() > MOST_ANCESTORS {
                return None;
            }
        }
    }
    Some(found.into_iter().collect())
}

type Description = BTreeMap<String, Vec<Term>>;

fn class(
    iri: &str,
    description: &Description,
    classes: &Numbering<'_>,
    ancestors: &Ancestors,
) -> Result<Class, OntologyError> {
    let number = usize::from(classes.by_iri[iri]);
    let class = || local_name(iri).to_owned();
    let shape = literal(description, &format!("{RAP}shape"))
        .map(|shape| Shape::from_name(&shape).ok_or_else(|| OntologyError::Shape { class: class(), shape }));
    let colour = literal(description, &format!("{RAP}colour"))
        .map(|colour| Colour::parse(&colour).ok_or_else(|| OntologyError::Colour { class: class(), colour }));
    Ok(Class {
        iri: iri.to_owned(),
        name: local_name(iri).to_owned(),
        labels: texts(description, &format!("{RDFS}label")),
        definitions: texts(description, &format!("{SKOS}definition")),
        parents: ancestors.parents[number].clone(),
        ancestors: ancestors.all[number].clone(),
        aligned: foreign(description, &format!("{RDFS}subClassOf"), |parent| !classes.by_iri.contains_key(parent)),
        colour: colour.transpose()?,
        shape: shape.transpose()?,
    })
}

fn property(
    iri: &str,
    description: &Description,
    classes: &Numbering<'_>,
    properties: &Numbering<'_>,
    value_classes: &BTreeSet<&str>,
) -> Result<Property, OntologyError> {
    let range = iris(description, &format!("{RDFS}range")).next().and_then(|range| {
        let class = || classes.by_iri.get(range).map(|id| ClassId::new(*id));
        match Datatype::from_iri(range) {
            Some(datatype) => Some(Range::Literal(datatype)),
            None if value_classes.contains(range) => class().map(Range::Value),
            None => class().map(Range::Entity),
        }
    });
    let domain = iris(description, &format!("{RDFS}domain")).next();
    let kind = if has_type(description, &format!("{RAP}Qualifier")) {
        PropertyKind::Qualifier
    } else if range == Some(Range::Literal(Datatype::Date))
        || domain == Some(RAP_STATEMENT)
        || has_type(description, &format!("{RAP}Derived"))
    {
        PropertyKind::Computed
    } else if has_type(description, &format!("{OWL}AnnotationProperty")) {
        PropertyKind::Annotation
    } else {
        PropertyKind::Claim
    };
    let other =
        |link: &str| iris(description, link).find_map(|iri| properties.by_iri.get(iri)).map(|id| PropertyId::new(*id));
    let bounds = || ["Earliest", "Latest"].map(|suffix| format!("{iri}{suffix}"));
    Ok(Property {
        bounds: (range == Some(Range::Literal(Datatype::Edtf))).then(bounds),
        iri: iri.to_owned(),
        name: local_name(iri).to_owned(),
        labels: texts(description, &format!("{RDFS}label")),
        definitions: texts(description, &format!("{SKOS}definition")),
        kind,
        domain: domain.and_then(|domain| classes.by_iri.get(domain)).map(|id| ClassId::new(*id)),
        range: range.ok_or_else(|| OntologyError::Range(iri.to_owned()))?,
        written_as: other(&format!("{RAP}writtenAs")),
        inverse: other(&format!("{OWL}inverseOf")),
        symmetric: has_type(description, &format!("{OWL}SymmetricProperty")),
        transitive: has_type(description, &format!("{OWL}TransitiveProperty")),
        functional: has_type(description, &format!("{OWL}FunctionalProperty")),
        takes_part: literal(description, &format!("{RAP}takesPart")).is_some_and(|value| value == "true"),
        not_before: other(&format!("{RAP}notBefore")),
        aligned: foreign(description, &format!("{RDFS}subPropertyOf"), |_| true),
    })
}

fn value(iri: &str, description: &Description, classes: &Numbering<'_>) -> Value {
    let class = iris(description, &format!("{RDF}type")).find_map(|class| classes.by_iri.get(class));
    Value {
        iri: iri.to_owned(),
        name: local_name(iri).to_owned(),
        labels: texts(description, &format!("{RDFS}label")),
        definitions: texts(description, &format!("{SKOS}definition")),
        code: literal(description, &format!("{SKOS}notation")),
        class: ClassId::new(class.copied().unwrap_or_default()),
    }
}

fn local_name(iri: &str) -> &str {
    iri.rsplit(['#', '/']).next().unwrap_or(iri)
}

fn has_type(description: &Description, class: &str) -> bool {
    iris(description, &format!("{RDF}type")).any(|iri| iri == class)
}

fn iris<'a>(description: &'a Description, property: &str) -> impl Iterator<Item = &'a str> {
    description.get(property).into_iter().flatten().filter_map(|term| match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_) => None,
    })
}

fn foreign(description: &Description, property: &str, wanted: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found: Vec<_> = iris(description, property).filter(|iri| wanted(iri)).map(str::to_owned).collect();
    found.sort_unstable();
    found
}

fn literals<'a>(description: &'a Description, property: &str) -> impl Iterator<Item = &'a oxrdf::Literal> {
    description.get(property).into_iter().flatten().filter_map(|term| match term {
        Term::Literal(literal) => Some(literal),
        Term::NamedNode(_) | Term::BlankNode(_) | Term::Triple(_) => None,
    })
}

fn literal(description: &Description, property: &str) -> Option<String> {
    literals(description, property).next().map(|literal| literal.value().to_owned())
}

/// The texts by language. A text without a language, or with a malformed one, is no label and is passed over.
fn texts(description: &Description, property: &str) -> Labels {
    literals(description, property)
        .filter_map(|literal| Some((Language::parse(literal.language()?).ok()?, literal.value().to_owned())))
        .collect()
}
