//! What organizations have in common, as links between them: whoever has a part in the same initiative, event or
//! document works with the other in it.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::Composer;
use super::{Filter, Link, Selection, links};
use crate::draw::{Arrow, Diagram, Edge, LineStyle, Stated};
use crate::model::{ClassId, EntityId};

/// The classes of what organizations can have in common.
const SHARED: [&str; 3] = ["Initiative", "Event", "Document"];

/// Returns the organizations that have something in common, each two of them linked by one edge that says how many
/// things these are. O(things × the square of the organizations of each).
pub(super) fn organizations(composer: &Composer<'_>, filter: &Filter) -> Diagram {
    let graph = composer.graph;
    let parts = parts(composer, filter);
    let mut shared: BTreeMap<(EntityId, EntityId), Vec<EntityId>> = BTreeMap::new();
    for (&thing, organizations) in &parts {
        for &one in organizations.keys() {
            for (&other, _) in organizations.range((std::ops::Bound::Excluded(one), std::ops::Bound::Unbounded)) {
                shared.entry((one, other)).or_default().push(thing);
            }
        }
    }
    let entities: BTreeSet<EntityId> = shared.keys().flat_map(|&(one, other)| [one, other]).collect();
    let entities: Vec<EntityId> = entities.into_iter().collect();
    let number = |entity| entities.binary_search(&entity).unwrap_or_default();
    let mut used = BTreeSet::new();
    let mut edges = Vec::new();
    for ((one, other), things) in &shared {
        let mut statements = Vec::new();
        let mut tooltip = vec![composer.words.shared(&composer.name(*one), &composer.name(*other), things.len())];
        for thing in things {
            let links: Vec<Link> = [one, other].into_iter().flat_map(|end| &parts[thing][end]).copied().collect();
            used.extend(links.iter().map(|link| link.id));
            let sentences: Vec<String> = links.iter().map(|&link| composer.sentence(link)).collect();
            let sources: BTreeSet<String> = links.iter().flat_map(|link| composer.stated(link).sources).collect();
            let relation = graph.label(*thing, composer.languages).to_owned();
            tooltip.push(format!("• {relation}"));
            tooltip.extend(sentences.iter().map(|sentence| format!("   {sentence}")));
            let (remarks, sources) = (sentences.join("; "), sources.into_iter().collect());
            statements.push(Stated { relation, remarks, sources });
        }
        edges.push(Edge {
            from: number(*one),
            to: number(*other),
            label: things.len().to_string(),
            tooltip: tooltip.join("\n"),
            statements,
            style: LineStyle::Solid,
            arrow: Arrow::None,
            weight: things.len(),
        });
    }
    composer.composed(&Selection::Organizations, &entities, edges, used.len())
}

/// For each thing that can be shared, the organizations that have a part in it, with the links that say so.
fn parts(composer: &Composer<'_>, filter: &Filter) -> BTreeMap<EntityId, BTreeMap<EntityId, Vec<Link>>> {
    let (graph, ontology) = (composer.graph, composer.graph.ontology());
    let is_a = |entity: EntityId, class: Option<ClassId>| {
        class.is_some_and(|class| ontology.is_a(graph.entity(entity).class, class))
    };
    let (organization, shared) =
        (ontology.class_by_name("Organization"), SHARED.map(|name| ontology.class_by_name(name)));
    let mut parts: BTreeMap<EntityId, BTreeMap<EntityId, Vec<Link>>> = BTreeMap::new();
    for link in links(graph, &Selection::Whole) {
        for (one, thing) in [(link.subject, link.object), (link.object, link.subject)] {
            if is_a(one, organization)
                && shared.iter().any(|&class| is_a(thing, class))
                && filter.keeps(graph, thing)
                && filter.keeps_statement(graph, link.id)
            {
                parts.entry(thing).or_default().entry(one).or_default().push(link);
            }
        }
    }
    parts
}
