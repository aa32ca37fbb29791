//! Organizations, linked by what two of them have in common.

use std::collections::{BTreeMap, BTreeSet};

use super::compose::Composer;
use super::keep::{Keep, leave_crowd};
use super::{Link, kind, link};
use crate::draw::{Arrow, Diagram, Edge, LineStyle, Stated, Weight};
use crate::graph::{Selection, Shared};
use crate::model::{EntityId, StatementId};
use crate::sort;

/// How many pairs of organizations are looked at for a picture, before anything is left out by what they share.
const MOST_PAIRS: usize = 1 << 17;

/// Returns the organizations that have something in common, each two of them linked by one edge that says how many
/// things these are.
pub(super) fn organizations(composer: &Composer<'_>) -> Diagram {
    let sharing = composer.graph.sharing(composer.view).within(MOST_PAIRS);
    let pairs: Vec<Shared> = sharing.pairs().collect();
    let (shared, left_out) = kept(composer, pairs, sharing.left_out());
    let mut entities: BTreeSet<EntityId> = shared.iter().flat_map(|pair| [pair.one, pair.other]).collect();
    if let (Selection::Chosen(chosen), true, []) =
        (&composer.view.selection, composer.keep == Keep::default(), left_out.as_slice())
    {
        // What something else has chosen is drawn, whether it shares anything or not.
        let organization = composer.graph.ontology().known().organization;
        entities.extend(chosen.entities.iter().filter(|&&one| composer.graph.is_of(one, &[organization])));
    }
    let entities: Vec<EntityId> = entities.into_iter().collect();
    let number = |entity| entities.binary_search(&entity).unwrap_or_default();
    let used: BTreeSet<StatementId> = shared.iter().flat_map(Shared::statements).collect();
    let all = stated(composer, &shared);
    let ends = |pair: &Shared| (number(pair.one), number(pair.other));
    // What no line stands for is in no legend.
    let in_common = shared.iter().any(|pair| !pair.things.is_empty()).then_some(composer.words.shares);
    let labels = in_common.into_iter().chain(all.iter().map(String::as_str));
    let kinds = labels.zip(0..).map(|(label, at)| kind::kind(at, label, Arrow::None)).collect();
    let first = usize::from(in_common.is_some());
    let edges = shared.iter().map(|pair| edge(composer, pair, ends(pair), (&all, first))).collect();
    let mut diagram = composer.composed(&entities, (edges, kinds), &used, Weight::Shared);
    diagram.say(left_out);
    diagram
}

/// The relations that are stated between organizations, by their labels: those of most lines first.
fn stated(composer: &Composer<'_>, shared: &[Shared]) -> Vec<String> {
    let mut n_lines: BTreeMap<String, usize> = BTreeMap::new();
    for pair in shared {
        let relations: BTreeSet<String> = pair.stated.iter().filter_map(|&id| relation(composer, id)).collect();
        for relation in relations {
            *n_lines.entry(relation).or_default() += 1;
        }
    }
    let mut all: Vec<(String, usize)> = n_lines.into_iter().collect();
    sort::by(&mut all, |(one, n), (other, m)| m.cmp(n).then_with(|| one.cmp(other)));
    all.into_iter().map(|(relation, _)| relation).collect()
}

fn relation(composer: &Composer<'_>, id: StatementId) -> Option<String> {
    let link = link(composer.graph, id)?;
    Some(composer.graph.property_label(link.property, composer.languages).to_owned())
}

/// The pairs that are drawn, and what is said of the others, and of organizations that are left out already.
fn kept(composer: &Composer<'_>, pairs: Vec<Shared>, left_out: usize) -> (Vec<Shared>, Vec<String>) {
    let ends: BTreeSet<EntityId> = pairs.iter().flat_map(|pair| [pair.one, pair.other]).collect();
    let ends: Vec<EntityId> = ends.into_iter().collect();
    let number = |entity: EntityId| ends.binary_search(&entity).unwrap_or_default();
    let lines: Vec<_> = pairs.iter().map(|pair| (number(pair.one), number(pair.other), pair.weight())).collect();
    let (mut kept, mut said) = composer.keep.kept(ends.len(), &lines, composer);
    let n = leave_crowd(ends.len(), &lines, &mut kept) + left_out;
    said.extend((n > 0).then(|| composer.words.left_top(n)));
    (pairs.into_iter().zip(kept).filter_map(|(pair, kept)| kept.then_some(pair)).collect(), said)
}

/// The edge between two organizations that have something in common; with all relations that are stated, and the number of the
/// first among the kinds.
fn edge(composer: &Composer<'_>, pair: &Shared, (from, to): (usize, usize), (all, first): (&[String], usize)) -> Edge {
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
        statements.push(Stated { relation, remarks, sources, ids: ids.clone() });
    }
    for link in pair.stated.iter().filter_map(|&id| link(graph, id)) {
        tooltip.push(composer.sentence(link));
        statements.push(composer.stated(&link));
    }
    let shares = (!pair.things.is_empty()).then_some(0);
    let relations: BTreeSet<String> = pair.stated.iter().filter_map(|&id| relation(composer, id)).collect();
    let number = |relation: &String| all.iter().position(|other| other == relation).map(|at| at + first);
    let kinds = shares.into_iter().chain(relations.iter().filter_map(number)).collect();
    Edge {
        from,
        to,
        label: pair.weight().to_string(),
        tooltip: tooltip.join("\n"),
        statements,
        style: LineStyle::Solid,
        arrow: Arrow::None,
        weight: pair.weight(),
        kinds,
        href: None,
    }
}
