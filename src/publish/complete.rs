//! What a query may go on with: prefixes, terms of the ontology by name or label in any language, entities by any name.

use super::explore::SearchIndex;
use crate::graph::KnowledgeGraph;
use crate::model::{Language, fold};
use crate::ontology::{Labels, preferred};
use crate::rdf;
use crate::sort;

/// The most terms, and the most entities, that are offered.
const MOST: usize = 8;

/// What may be written next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What is written: `rap:leads`, `<https://…>` or `rap:`.
    pub text: String,
    /// What it is called.
    pub label: String,
    /// What kind of thing it is.
    pub kind: CompletionKind,
}

/// A kind of completion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CompletionKind {
    /// A prefix.
    Prefix,
    /// A class.
    Class,
    /// A property or a qualifier.
    Property,
    /// An entity.
    Entity,
}

impl CompletionKind {
    /// Returns the word for it.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Prefix => "prefix",
            Self::Class => "class",
            Self::Property => "property",
            Self::Entity => "entity",
        }
    }
}

/// Returns what a word that was begun may become, terms before entities, those first that begin with it. O(terms + length
/// of all names).
#[must_use]
pub(crate) fn completions(
    graph: &KnowledgeGraph,
    index: &SearchIndex,
    word: &str,
    languages: &[Language],
) -> Vec<Completion> {
    if word.trim().is_empty() {
        return Vec::new();
    }
    let prefixes = rdf::prefixes(graph);
    let known = prefixes.iter().filter(|(prefix, _)| prefix.starts_with(word));
    let mut found: Vec<Completion> = known
        .map(|(prefix, namespace)| Completion {
            text: format!("{prefix}:"),
            label: namespace.clone(),
            kind: CompletionKind::Prefix,
        })
        .collect();
    found.extend(terms(graph, &prefixes, word, languages));
    let (hits, _) = index.find(graph, word, MOST);
    let base = rdf::base_iri(graph);
    found.extend(hits.into_iter().map(|hit| Completion {
        text: format!("<{}>", rdf::Node::Entity(base, graph.id(hit.entity)).to_iri()),
        label: graph.label(hit.entity, languages).to_owned(),
        kind: CompletionKind::Entity,
    }));
    found
}

/// The classes and properties whose name or label has the word in it.
fn terms(graph: &KnowledgeGraph, prefixes: &[(String, String)], word: &str, languages: &[Language]) -> Vec<Completion> {
    let ontology = graph.ontology();
    let classes =
        ontology.classes().iter().map(|class| (&class.iri, &class.labels, &class.name, CompletionKind::Class));
    let properties = ontology.properties().iter();
    let properties = properties.map(|one| (&one.iri, &one.labels, &one.name, CompletionKind::Property));
    let wanted = fold(word);
    let rank = |text: &str| {
        let folded = fold(text);
        if folded.starts_with(&wanted) { Some(0) } else { folded.contains(&wanted).then_some(1) }
    };
    let ranked = |short: &str, name: &str, labels: &Labels| {
        let names = [short, name].into_iter().chain(labels.values().map(String::as_str));
        names.filter_map(rank).min()
    };
    let mut found: Vec<(usize, Completion)> = classes
        .chain(properties)
        .filter_map(|(iri, labels, name, kind)| {
            let text = shortened(prefixes, iri);
            let label = preferred(labels, languages).unwrap_or(name).to_owned();
            Some((ranked(&text, name, labels)?, Completion { text, label, kind }))
        })
        .collect();
    sort::by(&mut found, |(a, one), (b, other)| {
        (a, one.text.len(), &one.text).cmp(&(b, other.text.len(), &other.text))
    });
    found.into_iter().take(MOST).map(|(_, completion)| completion).collect()
}

/// An IRI with a prefix, if what follows it may be written so.
fn shortened(prefixes: &[(String, String)], iri: &str) -> String {
    let is_plain =
        |rest: &str| !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
    let mut short =
        prefixes.iter().filter_map(|(prefix, namespace)| Some((prefix, iri.strip_prefix(namespace.as_str())?)));
    match short.find(|(_, rest)| is_plain(rest)) {
        Some((prefix, rest)) => format!("{prefix}:{rest}"),
        None => format!("<{iri}>"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn prefixes_terms_and_entities_are_offered_in_any_language() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let (index, languages) = (SearchIndex::new(&graph), graph.languages(None));
        let texts = |word: &str| -> Vec<String> {
            completions(&graph, &index, word, &languages).into_iter().map(|found| found.text).collect()
        };
        assert!(texts("ra").contains(&"rap:".to_owned()));
        assert!(texts("cooperates").contains(&"rap:cooperatesWith".to_owned()));
        assert!(texts("منظمة").contains(&"rap:Organization".to_owned()), "{:?}", texts("منظمة"));
        assert!(texts("EQUALS").contains(&"<https://w3id.org/rapporteur/c24/equals>".to_owned()));
        assert_eq!(texts(" "), Vec::<String>::new());
    }
}
