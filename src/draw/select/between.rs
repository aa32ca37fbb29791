//! Organizations, linked by what two of them have in common.

use std::collections::BTreeSet;

use super::compose::Composer;
use super::{Link, kind, link};
use crate::draw::{Arrow, Diagram, Edge, LineStyle, Stated, Weight};
use crate::graph::Shared;
use crate::model::{EntityId, StatementId};

/// Returns the organizations that have something in common, each two of them linked by one edge that says how many
/// things these are.
pub(super) fn organizations(composer: &Composer<'_>) -> Diagram {
    let shared: Vec<Shared> = composer.graph.sharing(composer.view).pairs().collect();
    let entities: BTreeSet<EntityId> = shared.iter().flat_map(|pair| [pair.one, pair.other]).collect();
    let entities: Vec<EntityId> = entities.into_iter().collect();
    let number = |entity| entities.binary_search(&entity).unwrap_or_default();
    let used: BTreeSet<StatementId> =
        shared.iter().flat_map(|pair| &pair.things).flat_map(|(_, statements)| statements).copied().collect();
    let edges = shared.iter().map(|pair| edge(composer, pair, (number(pair.one), number(pair.other)))).collect();
    let kinds = vec![kind::kind(0, composer.words.shares, Arrow::None)];
    composer.composed(&entities, (edges, kinds), &used, Weight::Shared)
}

/// The edge between two organizations that have something in common.
fn edge(composer: &Composer<'_>, pair: &Shared, (from, to): (usize, usize)) -> Edge {
    let graph = composer.graph;
    let (one, other) = (composer.name(pair.one), composer.name(pair.other));
    let mut tooltip = vec![composer.words.shared(&one, &other, pair.things.len())];
    let mut statements = Vec::new();
    for (thing, ids) in &pair.things {
        let links: Vec<Link> = ids.iter().filter_map(|&id| link(graph, id)).collect();
        let sentences: Vec<String> = links.iter().map(|&link| composer.sentence(link)).collect();
        let sources: BTreeSet<String> = links.iter().flat_map(|link| composer.stated(link).sources).collect();
        let relation = graph.label(*thing, composer.languages).to_owned();
        tooltip.push(format!("• {relation}"));
        tooltip.extend(sentences.iter().map(|sentence| format!("   {sentence}")));
        let (remarks, sources) = (sentences.join(composer.words.list), sources.into_iter().collect());
        statements.push(Stated { relation, remarks, sources });
    }
    Edge {
        from,
        to,
        label: pair.things.len().to_string(),
        tooltip: tooltip.join("\n"),
        statements,
        style: LineStyle::Solid,
        arrow: Arrow::None,
        weight: pair.things.len(),
        kinds: vec![0],
    }
}
