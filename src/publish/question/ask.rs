//! A question with its values, as a query.

use super::fill::Filled;
use super::{Kind, Parameter, Question};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::{FindError, find};
use crate::rdf::{Node, base_iri};

/// Why a question cannot be asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AskError {
    /// It has no such parameter.
    #[error("the question `{question}` has no parameter `{name}`; it has {known}")]
    Parameter {
        /// The question.
        question: String,
        /// What was named.
        name: String,
        /// What there is.
        known: String,
    },
    /// There is no such entity.
    #[error(transparent)]
    Entity(#[from] FindError),
    /// The entity is none of the class.
    #[error("`{name}` takes {class}, and `{value}` is none")]
    Class {
        /// The parameter.
        name: String,
        /// The class.
        class: String,
        /// What was given.
        value: String,
    },
    /// The value is none of its kind.
    #[error("`{name}` takes {expected}, not `{value}`")]
    Value {
        /// The parameter.
        name: String,
        /// What it takes.
        expected: String,
        /// What was given.
        value: String,
    },
}

/// Returns the query that a question is with these values; where none is given, with the value to begin with.
///
/// # Errors
///
/// If there is no such parameter, or a value is none of its kind.
///
/// ```
/// # use rapporteur::{ontology::Ontology, read::Source};
/// # let (graph, _) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
/// use rapporteur::publish::{asked, questions};
///
/// let questions = questions(&graph);
/// let members = questions.iter().find(|question| question.name == "members-of-a-body").unwrap();
/// let query = asked(&graph, members, &[("body".to_owned(), "G20".to_owned())])?;
/// assert!(query.contains("<https://w3id.org/rapporteur/c24/g20>"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn asked(graph: &KnowledgeGraph, question: &Question, values: &[(String, String)]) -> Result<String, AskError> {
    let is_known = |name: &str| question.parameters.iter().any(|parameter| parameter.name == name);
    if let Some((name, _)) = values.iter().find(|(name, _)| !is_known(name)) {
        let known: Vec<_> = question.parameters.iter().map(|parameter| parameter.name.as_str()).collect();
        return Err(AskError::Parameter {
            question: question.name.clone().into_owned(),
            name: name.clone(),
            known: known.join(", "),
        });
    }
    let terms = question.parameters.iter().map(|parameter| {
        let given = values.iter().rev().find(|(name, _)| *name == parameter.name);
        let value = given.map_or(parameter.value.as_str(), |(_, value)| value.trim());
        Ok((parameter.variable(), term(graph, parameter, value)?))
    });
    let terms = terms.collect::<Result<Vec<_>, AskError>>()?;
    let known = |variable: &str| terms.iter().find(|(name, _)| name == variable).map(|(_, term)| term.clone());
    Ok(Filled::new(&question.text, known).query)
}

impl AskError {
    /// Returns the names most like the one that is none, nearest first; of a name that several have, their ids.
    #[must_use]
    pub fn near(&self) -> &[String] {
        match self {
            Self::Entity(FindError::Unknown { near, .. }) => near,
            Self::Entity(FindError::Ambiguous { ids, .. }) => ids,
            Self::Parameter { .. } | Self::Class { .. } | Self::Value { .. } => &[],
        }
    }
}

/// A value as a term of a query.
pub(super) fn term(graph: &KnowledgeGraph, parameter: &Parameter, value: &str) -> Result<String, AskError> {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (fits, expected) = match &parameter.kind {
        Kind::Entity(class) => return entity(graph, parameter, class, value),
        Kind::Year => (value.len() == 4 && digits(value), "a year".to_owned()),
        Kind::Date => {
            let fits = value.split('-').map(str::len).eq([4, 2, 2].into_iter().take(value.split('-').count()))
                && value.split('-').all(digits);
            (fits, "a date, such as 2024-03-01 or 2024".to_owned())
        }
        Kind::Number => (value.parse::<f64>().is_ok_and(f64::is_finite), "a number".to_owned()),
        Kind::Text => (true, String::new()),
        Kind::Language => (Language::parse(value).is_ok(), "a language, such as ar".to_owned()),
        Kind::Choice(words) => (words.iter().any(|word| word == value), format!("one of {}", words.join(", "))),
    };
    if fits {
        return Ok(oxrdf::Literal::from(value).to_string());
    }
    Err(AskError::Value { name: parameter.name.clone(), expected, value: value.to_owned() })
}

fn entity(graph: &KnowledgeGraph, parameter: &Parameter, class: &str, value: &str) -> Result<String, AskError> {
    let entity = find(graph, value)?;
    let ontology = graph.ontology();
    let is_one = ontology.class_by_name(class).is_some_and(|class| ontology.is_a(graph.entity(entity).class, class));
    if !is_one {
        let (name, class) = (parameter.name.clone(), class.to_owned());
        return Err(AskError::Class { name, class, value: value.to_owned() });
    }
    Ok(format!("<{}>", Node::Entity(base_iri(graph), graph.id(entity))))
}
