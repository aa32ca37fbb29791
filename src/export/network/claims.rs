//! What claims say, and which of them stand for their subject.

use super::Claims;
use crate::graph::KnowledgeGraph;
use crate::model::{Language, Object, Rank, Statement};
use crate::ontology::PropertyKind;

/// The text of a value that is no node: a literal's lexical form, the local name of a controlled value, an entity's id.
pub(super) fn value(graph: &KnowledgeGraph, object: Object) -> (&str, Option<Language>) {
    match object {
        Object::Entity(entity) => (graph.id(entity), None),
        Object::Value(value) => (&graph.ontology().value(value).name, None),
        Object::Literal(text, language) => (graph.text(text), language),
    }
}

/// Of claims sorted by property, those of the best rank of each; deprecated ones never, and names only stated not where
/// claims stand apart.
pub(super) fn best<'a, 'g>(
    claims: &'a [&'g Statement],
    graph: &'a KnowledgeGraph,
    held: Claims,
) -> impl Iterator<Item = &'g Statement> + use<'a, 'g> {
    let is_wanted = move |claim: &&Statement| {
        held != Claims::Apart || graph.ontology().property(claim.property).kind != PropertyKind::Annotation
    };
    let groups = claims.chunk_by(|one, other| one.property == other.property).flat_map(|same| {
        let best = same.iter().map(|claim| claim.rank).min().filter(|&rank| rank != Rank::Deprecated);
        same.iter().copied().filter(move |claim| Some(claim.rank) == best)
    });
    groups.filter(is_wanted)
}
