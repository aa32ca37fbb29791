use std::io::{self, Write as _};

use clap::Args;

use super::phrases::Phrases;
use super::text::isolated;
use super::{CliError, Global, Outcome};
use crate::model::{ClassId, Language};
use crate::ontology::{Labels, Ontology, Range, Term, preferred};

/// List the words that tables may use, or those that a word is like
///
/// Classes, properties, qualifiers and controlled values, each with its label, what it is said of and what it leads to,
/// and its meaning. Tables may use the local name, which comes first, or the label in any language.
#[derive(Debug, Args)]
pub(super) struct Words {
    /// A word, in any language: "member" finds memberOf
    #[arg(value_name = "WORD")]
    word: Option<String>,
}

impl Words {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let ontology = global.ontology_of_data()?;
        global.tell_if_unspoken();
        let terms = match &self.word {
            Some(word) => ontology.terms_like(word),
            None => ontology.terms(),
        };
        if let (Some(word), true) = (&self.word, terms.is_empty()) {
            let error = CliError::new(format!("no word is like `{word}`"));
            return Err(error.help("`rapporteur words` lists all"));
        }
        let languages: Vec<Language> = global.lang.into_iter().chain(Language::parse("en")).collect();
        let phrases = Phrases::of(global.lang);
        let listing = Listing { ontology: &ontology, languages: &languages, in_words: global.lang.is_some(), phrases };
        let mut out = io::BufWriter::new(io::stdout().lock());
        let mut heading = "";
        for term in terms {
            let group = listing.group(term);
            if group != heading {
                writeln!(out, "{}{group}", if heading.is_empty() { "" } else { "\n" })?;
                heading = group;
            }
            writeln!(out, "  {}", listing.line(term))?;
            if let Some(meaning) = listing.meaning(term) {
                writeln!(out, "      {}", isolated(meaning))?;
            }
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

/// How terms are shown.
struct Listing<'a> {
    ontology: &'a Ontology,
    languages: &'a [Language],
    /// Whether classes are named by their labels.
    in_words: bool,
    phrases: &'static Phrases,
}

impl<'a> Listing<'a> {
    fn group(&self, term: Term) -> &'static str {
        match term {
            Term::Reserved(_) => self.phrases.columns,
            Term::Class(_) => self.phrases.classes,
            Term::Value(_) => self.phrases.values,
            Term::Property(id) => self.phrases.properties(self.ontology.property(id).kind),
        }
    }

    /// The local name, the label, and what the term is or links.
    fn line(&self, term: Term) -> String {
        let ontology = self.ontology;
        let (name, labels, more) = match term {
            Term::Reserved(reserved) => {
                let tag = self.languages.first().map(ToString::to_string).unwrap_or_default();
                return format!("{} · {}", reserved.name, isolated(reserved.label(&tag)));
            }
            Term::Class(id) => {
                let class = ontology.class(id);
                let parents: Vec<_> = class.parents.iter().map(|&parent| self.class(parent)).collect();
                let is_a = (!parents.is_empty()).then(|| isolated(&self.phrases.is_a(&parents)));
                (&class.name, &class.labels, is_a)
            }
            Term::Property(id) => {
                let property = ontology.property(id);
                let from = property.domain.map_or(self.phrases.anything, |domain| self.class(domain));
                let links = format!("{} → {}", isolated(from), isolated(self.range(property.range)));
                (&property.name, &property.labels, Some(links))
            }
            Term::Value(id) => {
                let value = ontology.value(id);
                let code = value.code.as_ref().map_or_else(String::new, |code| format!(" · {code}"));
                (&value.name, &value.labels, Some(isolated(self.class(value.class)) + &code))
            }
        };
        let label = preferred(labels, self.languages).map(isolated);
        [Some(name.clone()), label, more].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    }

    fn class(&self, id: ClassId) -> &'a str {
        let class = self.ontology.class(id);
        preferred(&class.labels, self.languages).filter(|_| self.in_words).unwrap_or(&class.name)
    }

    fn range(&self, range: Range) -> &'a str {
        match range {
            Range::Entity(class) | Range::Value(class) => self.class(class),
            Range::Literal(datatype) => self.phrases.datatype(datatype),
        }
    }

    fn meaning(&self, term: Term) -> Option<&'a str> {
        let definitions: &'a Labels = match term {
            Term::Reserved(reserved) => {
                let tag = self.languages.first().map(ToString::to_string).unwrap_or_default();
                return Some(reserved.definition(&tag));
            }
            Term::Class(id) => &self.ontology.class(id).definitions,
            Term::Property(id) => &self.ontology.property(id).definitions,
            Term::Value(id) => &self.ontology.value(id).definitions,
        };
        preferred(definitions, self.languages)
    }
}
