//! What the IRIs of a file of RDF mean: by the ontology, or by the file's mapping.

use hashbrown::{HashMap, HashSet};
use toml::Spanned;

use super::mapping::RdfMapping;
use super::parse::Quads;
use crate::finding::{Code, Finding, Findings};
use crate::model::{ClassId, Language, PropertyId, Symbol, ValueId};
use crate::ontology::{Column, HeaderError, Ontology, PREFIXES, WordError, nearest};
use crate::read::config::Config;
use crate::read::text::TextFile;

/// What a property of RDF means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A property of the ontology, and the language of texts without a tag.
    Property(PropertyId, Option<Language>),
    /// Where something is said.
    Source,
    /// A day that follows from a date, which the graph makes again.
    Derived,
    /// Nothing, on purpose.
    Nothing,
}

/// What a class of RDF means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ClassMeaning {
    /// A class of the ontology.
    Class(ClassId),
    /// Nothing, on purpose.
    Nothing,
}

/// What the IRIs of a file mean. Only looked up, never walked.
#[derive(Debug)]
pub(super) struct Dictionary {
    classes: HashMap<Symbol, ClassMeaning>,
    properties: HashMap<Symbol, Meaning>,
    values: HashMap<Symbol, ValueId>,
    /// Whether what is not mapped is left out on purpose.
    leaves_out: (bool, bool),
}

impl Dictionary {
    /// Returns what the terms of a file mean by the ontology.
    pub(super) fn new(quads: &Quads, ontology: &Ontology) -> Self {
        let symbol = |iri: &str| quads.terms.symbol(&format!("<{iri}"));
        let mut properties = HashMap::new();
        for id in ontology.property_ids() {
            let property = ontology.property(id);
            properties.extend(symbol(&property.iri).map(|iri| (iri, Meaning::Property(id, None))));
        }
        // Those are declared, too.
        let bounds = ontology.property_ids().flat_map(|id| ontology.property(id).bounds.iter().flatten());
        properties.extend(bounds.filter_map(|iri| Some((symbol(iri)?, Meaning::Derived))));
        let classes =
            ontology.class_ids().filter_map(|id| Some((symbol(&ontology.class(id).iri)?, ClassMeaning::Class(id))));
        let values = ontology.value_ids().filter_map(|id| Some((symbol(&ontology.value(id).iri)?, id)));
        Self { classes: classes.collect(), properties, values: values.collect(), leaves_out: (false, false) }
    }

    /// What a class means, if it means something.
    pub(super) fn class(&self, iri: Symbol) -> Option<ClassMeaning> {
        self.classes.get(&iri).copied().or_else(|| self.leaves_out.0.then_some(ClassMeaning::Nothing))
    }

    /// What a property means, if it means something.
    pub(super) fn property(&self, iri: Symbol) -> Option<Meaning> {
        self.properties.get(&iri).copied().or_else(|| self.leaves_out.1.then_some(Meaning::Nothing))
    }

    /// The controlled value of an IRI.
    pub(super) fn value(&self, iri: Symbol) -> Option<ValueId> {
        self.values.get(&iri).copied()
    }

    /// Adds what a mapping says, and reports its mistakes.
    pub(super) fn add(&mut self, mapping: &RdfMapping, to: &Target<'_>, findings: &mut Findings) {
        for (key, name) in &mapping.classes {
            let class = to.class(name, findings);
            if key.get_ref() == "*" && name.get_ref().is_empty() {
                self.leaves_out.0 = true;
            } else if let (Some(iri), Some(class)) = (to.find(key, findings), class) {
                self.classes.insert(iri, class);
            }
        }
        for (key, name) in &mapping.properties {
            let meaning = to.meaning(name, findings);
            if key.get_ref() == "*" && name.get_ref().is_empty() {
                self.leaves_out.1 = true;
            } else if let (Some(iri), Some(meaning)) = (to.find(key, findings), meaning) {
                self.properties.insert(iri, meaning);
            }
        }
        for (key, name) in &mapping.values {
            let value = to.value(name, findings);
            if let (Some(iri), Some(value)) = (to.find(key, findings), value) {
                self.values.insert(iri, value);
            }
        }
    }
}

/// What a mapping leads from and to.
pub(super) struct Target<'a> {
    pub(super) quads: &'a Quads,
    pub(super) file: &'a str,
    /// Whether all of the file could be read.
    pub(super) is_whole: bool,
    pub(super) ontology: &'a Ontology,
    pub(super) config: &'a Config,
    pub(super) toml: &'a TextFile,
}

impl Target<'_> {
    /// Returns the IRI of a key, if the file has it; else reports that it has not.
    fn find(&self, key: &Spanned<String>, findings: &mut Findings) -> Option<Symbol> {
        let iri = self.expanded(key.get_ref());
        let found = self.quads.terms.symbol(&format!("<{iri}"));
        if found.is_none() && self.is_whole {
            let near = nearest(&iri, self.used_iris().into_iter(), 1);
            let help = match near.first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => "write the whole IRI, or one with a prefix, such as `skos:prefLabel`".to_owned(),
            };
            let message = format!("{} does not say `{iri}`", self.file);
            self.report(key, message, help, findings);
        }
        found
    }

    /// A key as an IRI: with the namespace in place of a prefix of the file, of `dataset.toml` or of a vocabulary.
    fn expanded(&self, key: &str) -> String {
        let Some((prefix, name)) = key.split_once(':').filter(|(_, name)| !name.starts_with("//")) else {
            return key.to_owned();
        };
        let of_file = self.quads.prefixes.iter().find(|(known, _)| known == prefix).map(|(_, namespace)| namespace);
        let namespace = of_file.or_else(|| self.config.prefixes.get(prefix)).map(String::as_str);
        let of_vocabulary = || PREFIXES.iter().find(|(known, _)| *known == prefix).map(|(_, namespace)| *namespace);
        namespace.or_else(of_vocabulary).map_or_else(|| key.to_owned(), |namespace| format!("{namespace}{name}"))
    }

    /// The IRIs of properties and classes that the file uses, sorted.
    fn used_iris(&self) -> Vec<&str> {
        let symbols = self.quads.all.iter().flat_map(|quad| [quad.predicate, quad.object]);
        let mut seen = HashSet::new();
        let iris = symbols.filter(|symbol| seen.insert(*symbol)).filter_map(|symbol| self.quads.iri(symbol));
        let mut iris: Vec<_> = iris.take(1 << 12).collect();
        iris.sort_unstable();
        iris
    }

    fn class(&self, name: &Spanned<String>, findings: &mut Findings) -> Option<ClassMeaning> {
        if name.get_ref().is_empty() {
            return Some(ClassMeaning::Nothing);
        }
        let entity = self.ontology.known().entity;
        let is_of_entities = |class| self.ontology.is_a(class, entity);
        let found = self.ontology.class_called(name.get_ref(), is_of_entities, &self.config.languages);
        found.map_err(|error| self.report_word(name, "class", &error, findings)).ok().map(ClassMeaning::Class)
    }

    fn value(&self, name: &Spanned<String>, findings: &mut Findings) -> Option<ValueId> {
        let found = self.ontology.value_by_name(name.get_ref());
        if found.is_none() {
            let near = nearest(name.get_ref(), self.ontology.values().iter().map(|value| value.name.as_str()), 3);
            self.report_word(name, "controlled value", &WordError::Unknown(near), findings);
        }
        found
    }

    fn meaning(&self, name: &Spanned<String>, findings: &mut Findings) -> Option<Meaning> {
        if name.get_ref().is_empty() {
            return Some(Meaning::Nothing);
        }
        let error = match self.ontology.column(name.get_ref(), &self.config.languages) {
            Ok(Column::Term(property, language)) => return Some(Meaning::Property(property, language)),
            Ok(Column::Source) => return Some(Meaning::Source),
            Ok(_) => {
                let message = format!("a property cannot stand for the column `{}`", name.get_ref());
                self.report(name, message, "write the name of a property, or `source`", findings);
                return None;
            }
            // In RDF each text has its own language, or else none is said.
            Err(HeaderError::LanguageMissing(_)) => {
                let found = self.ontology.property_called(name.get_ref(), &self.config.languages).ok();
                return found.map(|property| Meaning::Property(property, None));
            }
            Err(error) => error,
        };
        let help = match &error {
            HeaderError::Unknown { nearest, .. } if !nearest.is_empty() => {
                format!("did you mean `{}`?", nearest.join("` or `"))
            }
            HeaderError::Ambiguous { candidates, .. } => {
                format!("write the one that is meant: `{}`", candidates.join("` or `"))
            }
            HeaderError::Unknown { .. }
            | HeaderError::Language(_)
            | HeaderError::LanguageMissing(_)
            | HeaderError::LanguageUnused(_) => "write the name of a property of the ontology".to_owned(),
        };
        self.report(name, error.to_string().replace("column", "property"), help, findings);
        None
    }

    fn report_word(&self, name: &Spanned<String>, kind: &str, error: &WordError, findings: &mut Findings) {
        let help = match error {
            WordError::Ambiguous(several) => format!("write the one that is meant: `{}`", several.join("` or `")),
            WordError::Unknown(near) if near.is_empty() => format!("write the name of a {kind} of the ontology"),
            WordError::Unknown(near) => format!("did you mean `{}`?", near.join("` or `")),
        };
        self.report(name, format!("`{}` is no {kind} of the ontology", name.get_ref()), help, findings);
    }

    fn report(&self, at: &Spanned<String>, message: String, help: impl Into<String>, findings: &mut Findings) {
        findings.push(Finding::new(Code::InvalidMapping, self.toml.locate(at.span()), message).help(help));
    }
}
