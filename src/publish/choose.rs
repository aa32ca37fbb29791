//! What the answer to a query chooses of a graph: for a picture or a feed of it.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::Term;

use crate::graph::{Chosen, KnowledgeGraph};
use crate::model::{EntityId, Language, Object, ParagraphId, StatementId};
use crate::ontology::PARAGRAPH_PATH;
use crate::query::Answer;
use crate::rdf::{Node, base_iri, statement_hash};

/// Why the answer to a query chooses nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum ChooseError {
    /// It is yes or no.
    #[error("the query answers yes or no, and chooses nothing")]
    Boolean,
    /// No term of it is an entity, a statement or a paragraph.
    #[error("the answer has no entity, no statement and no paragraph of the graph among its {terms} terms")]
    Nothing {
        /// How many terms it has.
        terms: usize,
    },
}

/// Returns what the answer to a query chooses: each of its terms that is an entity, the node of a statement, or a
/// paragraph, which stands for all that it states. Where only entities are chosen, so are the statements between them, and
/// what is claimed of them. O(terms log n), and O(statements) if any is chosen by its node.
///
/// # Errors
///
/// If the answer chooses nothing.
pub(crate) fn chosen(graph: &KnowledgeGraph, answer: &Answer, title: String) -> Result<Chosen, ChooseError> {
    let terms: Vec<Option<&str>> = match answer {
        Answer::Boolean(_) => return Err(ChooseError::Boolean),
        Answer::Solutions { rows, .. } => rows.iter().flatten().flatten().map(iri).collect(),
        Answer::Graph(triples) => triples
            .iter()
            .flat_map(|triple| {
                let subject = match &triple.subject {
                    oxrdf::NamedOrBlankNode::NamedNode(node) => Some(node.as_str()),
                    oxrdf::NamedOrBlankNode::BlankNode(_) => None,
                };
                [subject, iri(&triple.object)]
            })
            .collect(),
    };
    let mut chosen = Chosen { title, ..Chosen::default() };
    let mut nodes = BTreeSet::new();
    let mut paragraphs = BTreeSet::new();
    let base = base_iri(graph);
    for name in terms.iter().flatten().filter_map(|iri| iri.strip_prefix(base)) {
        if let Some(hash) = name.strip_prefix("statement/") {
            nodes.insert(hash);
        } else if name.contains(PARAGRAPH_PATH) {
            paragraphs.insert(name);
        } else {
            chosen.entities.extend(graph.entity_by_id(name));
        }
    }
    if !nodes.is_empty() {
        let of_node = |id: &StatementId| nodes.contains(statement_hash(graph, graph.statement(*id)).as_str());
        chosen.statements.extend(graph.statement_ids().filter(of_node));
    }
    chosen.statements.extend(stated(graph, &paragraphs));
    if chosen.entities.is_empty() && chosen.statements.is_empty() {
        return Err(ChooseError::Nothing { terms: terms.len() });
    }
    if chosen.statements.is_empty() {
        chosen.statements = among(graph, &chosen.entities);
    }
    Ok(chosen)
}

/// Returns what a query says of itself: the comment in its first lines, in the best language where each says which it is
/// in (`# en: Who leads?`).
#[must_use]
pub(crate) fn query_title(query: &str, languages: &[Language]) -> Option<String> {
    let comments = query.lines().map_while(|line| line.trim().strip_prefix('#')).map(str::trim);
    let comments: Vec<&str> = comments.filter(|comment| !comment.is_empty()).collect();
    let tagged: BTreeMap<Language, &str> = comments
        .iter()
        .filter_map(|comment| {
            let (tag, text) = comment.split_once(':')?;
            Some((Language::parse(tag).ok()?, text.trim()))
        })
        .collect();
    let best = languages.iter().find_map(|language| tagged.get(language));
    best.or_else(|| comments.first()).map(|title| (*title).to_owned())
}

fn iri(term: &Term) -> Option<&str> {
    match term {
        Term::NamedNode(node) => Some(node.as_str()),
        Term::BlankNode(_) | Term::Literal(_) | Term::Triple(_) => None,
    }
}

/// The statements that paragraphs state, by the paths of these.
fn stated(graph: &KnowledgeGraph, names: &BTreeSet<&str>) -> Vec<StatementId> {
    if names.is_empty() {
        return Vec::new();
    }
    let base = base_iri(graph);
    let is_named = |id: &ParagraphId| {
        let paragraph = graph.paragraph(*id);
        let node = Node::Paragraph(base, graph.id(paragraph.document), graph.text(paragraph.number)).to_iri();
        node.strip_prefix(base).is_some_and(|name| names.contains(name))
    };
    let paragraphs: BTreeSet<ParagraphId> = graph.paragraph_ids().filter(is_named).collect();
    graph.statements_where(|statement| {
        let mut cited = graph.citations(statement).iter().filter_map(|citation| citation.paragraph);
        cited.any(|paragraph| paragraphs.contains(&paragraph))
    })
}

/// The statements between some entities, and what is claimed of them.
fn among(graph: &KnowledgeGraph, entities: &BTreeSet<EntityId>) -> BTreeSet<StatementId> {
    let said = entities.iter().flat_map(|&entity| graph.statements_of(entity));
    said.filter(|&id| match graph.statement(id).object {
        Object::Entity(object) => entities.contains(&object),
        Object::Value(_) | Object::Literal(..) => true,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::ontology::Ontology;
    use crate::query::{Engine, Options};
    use crate::rdf::Profile;
    use crate::read::Source;

    fn ask(query: &str) -> (Arc<KnowledgeGraph>, Result<Chosen, ChooseError>) {
        let graph = Arc::new(crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0);
        let engine = Engine::new(Arc::clone(&graph), Profile::Statements).unwrap();
        let answer = engine.run(query, &Options::default()).unwrap();
        let chosen = chosen(&graph, &answer, String::new());
        (graph, chosen)
    }

    #[test]
    fn entities_come_with_what_is_between_them() {
        let (graph, chosen) = ask("SELECT ?body { VALUES ?body { c24:itu c24:undp c24:dpi } }");
        let chosen = chosen.unwrap();
        assert!(chosen.entities.len() > 1 && !chosen.statements.is_empty());
        for &id in &chosen.statements {
            let statement = graph.statement(id);
            assert!(chosen.entities.contains(&statement.subject));
            if let Object::Entity(object) = statement.object {
                assert!(chosen.entities.contains(&object));
            }
        }
    }

    #[test]
    fn statements_are_chosen_by_their_nodes_and_by_their_paragraphs() {
        let (graph, nodes) = ask("SELECT ?s { ?s rdf:predicate rap:leads ; rdf:subject c24:itu }");
        let leads = graph.ontology().property_by_name("leads").unwrap();
        let itu = graph.find("itu").unwrap();
        let wanted = graph.statements_where(|statement| statement.property == leads && statement.subject == itu);
        assert_eq!(nodes.unwrap().statements.into_iter().collect::<Vec<_>>(), wanted);
        let (graph, paragraphs) = ask("SELECT ?p { ?p a rap:Paragraph ; rap:number \"7\" }");
        let chosen = paragraphs.unwrap();
        assert!(!chosen.statements.is_empty());
        for &id in &chosen.statements {
            let cited = graph.citations(graph.statement(id)).iter();
            assert!(cited.map(|citation| graph.citation_reference(citation)).any(|source| source == "c24#7"));
        }
    }

    #[test]
    fn triples_choose_their_ends_and_what_chooses_nothing_is_an_error() {
        let (_, built) = ask("CONSTRUCT { ?a rap:leads ?b } WHERE { ?a rap:leads ?b }");
        assert!(built.unwrap().entities.len() > 5);
        assert_eq!(ask("ASK { ?a rap:leads ?b }").1, Err(ChooseError::Boolean));
        let (_, names) = ask("SELECT ?name { c24:itu rdfs:label ?name }");
        assert!(matches!(names, Err(ChooseError::Nothing { terms: 6.. })), "{names:?}");
    }

    #[test]
    fn a_query_is_called_what_its_first_comment_says() {
        let languages = [Language::parse("ar").unwrap(), Language::parse("en").unwrap()];
        let query = "# en: Who leads?\n# ar: من يقود؟\n#\nSELECT * {}\n# not this";
        assert_eq!(query_title(query, &languages).as_deref(), Some("من يقود؟"));
        assert_eq!(query_title(query, &languages[1..]).as_deref(), Some("Who leads?"));
        assert_eq!(query_title("# Funds: all\nSELECT * {}", &languages).as_deref(), Some("Funds: all"));
        assert_eq!(query_title("SELECT * {} # x", &languages), None);
    }
}
