//! What surrounds an entity with many neighbours, sorted by relation: who is related how, instead of many lines with the
//! same word.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::compose::Composer;
use super::{Link, parts};
use crate::draw::{Arrow, Diagram, Edge, LineStyle, Scene, Sector};
use crate::graph::{Mode, Selection, View};
use crate::model::EntityId;
use crate::sort;

/// The most neighbours that are drawn around an entity as a network.
const MOST_AROUND: usize = 25;

/// A relation, and whether it leads from the entity in the middle.
type Relation<'a> = (&'a str, bool);

/// The neighbours of each relation, that of most first, with what else there is to say of each.
type Sorted<'a> = BTreeMap<(Reverse<usize>, Relation<'a>), Vec<(usize, Option<String>)>>;

/// Tells whether a view is of what surrounds an entity at one step.
pub(super) fn is_star(view: &View) -> bool {
    matches!(view.selection, Selection::Around(_, 0 | 1)) && view.mode == Mode::Statements
}

/// Returns what surrounds an entity as so many lists, with about as many neighbours on each page; nothing where it is no
/// list.
pub(in crate::draw) fn lists(scene: &Scene<'_>, n: usize) -> Option<Vec<Diagram>> {
    let composer = Composer::new(scene);
    let (entities, links) = parts(scene.graph, scene.view);
    let whole = sort(&composer, composer.filtered(&entities, &links));
    let hub = whole.hub?;
    let listed: Vec<usize> = whole.sectors.iter().flat_map(|sector| &sector.members).map(|(node, _)| *node).collect();
    if n < 2 {
        return Some(vec![whole]);
    }
    let entity = |node: usize| scene.graph.entity_by_id(&whole.nodes[node].id);
    let pages = listed.chunks(listed.len().div_ceil(n)).map(|chunk| {
        let mut wanted: Vec<EntityId> = chunk.iter().copied().chain([hub]).filter_map(entity).collect();
        wanted.sort_unstable();
        let among = |entity: EntityId| wanted.binary_search(&entity).is_ok();
        let links: Vec<Link> = links.iter().filter(|link| among(link.subject) && among(link.object)).copied().collect();
        listed_by(&composer, composer.diagram(&wanted, &links))
    });
    Some(pages.collect())
}

/// Sorts the neighbours of the entity in the middle by relation, where they are many. Each stands once, under the
/// relation that most have; what else links it is noted.
pub(super) fn sort(composer: &Composer<'_>, diagram: Diagram) -> Diagram {
    if is_star(composer.view) && diagram.nodes.len() > MOST_AROUND + 1 { listed_by(composer, diagram) } else { diagram }
}

fn listed_by(composer: &Composer<'_>, mut diagram: Diagram) -> Diagram {
    let Selection::Around(entity, _) = composer.view.selection else { return diagram };
    let id = composer.graph.id(entity);
    let Some(hub) = diagram.nodes.iter().position(|node| node.id == id) else { return diagram };
    let touches = |edge: &Edge| (edge.from == hub) != (edge.to == hub);
    if !diagram.edges.iter().all(touches) {
        return diagram;
    }
    let mut related: BTreeMap<Relation<'_>, BTreeSet<usize>> = BTreeMap::new();
    let mut relations: BTreeMap<usize, Vec<(Relation<'_>, LineStyle)>> = BTreeMap::new();
    for edge in &diagram.edges {
        let other = if edge.from == hub { edge.to } else { edge.from };
        let leads_out = edge.from == hub || edge.arrow == Arrow::None;
        for label in edge.label.lines() {
            related.entry((label, leads_out)).or_default().insert(other);
            relations.entry(other).or_default().push(((label, leads_out), edge.style));
        }
    }
    let name = composer.short_name(entity);
    let mut sectors: Sorted<'_> = BTreeMap::new();
    for (other, relations) in relations {
        let Some(&first) = relations.iter().min_by_key(|(relation, style)| (rank(&related, *relation), *style)) else {
            continue;
        };
        let others = relations.iter().filter(|relation| **relation != first);
        let others: Vec<String> = others.map(|&(relation, style)| noted(composer, relation, style, &name)).collect();
        let also = (!others.is_empty()).then(|| composer.words.also(&others.join(composer.words.list)));
        let note: Vec<String> = style(composer, first.1).map(str::to_owned).into_iter().chain(also).collect();
        let note = (!note.is_empty()).then(|| note.join(composer.words.list));
        sectors.entry(rank(&related, first.0)).or_default().push((other, note));
    }
    let nodes = &diagram.nodes;
    let sectors = sectors.into_iter().map(|((_, relation), mut members)| {
        sort::by_key(&mut members, |(node, _)| (nodes[*node].class, nodes[*node].label.clone()));
        Sector { heading: heading(relation, &name), members }
    });
    let sectors = sectors.collect();
    diagram.nodes.iter_mut().for_each(|node| (node.size, node.group) = (100, None));
    diagram.nodes[hub].size = 150;
    for edge in &mut diagram.edges {
        edge.kinds.clear();
    }
    let n_stated = diagram.edges.iter().map(|edge| edge.statements.len()).sum();
    let (listed, drawn) = composer.listed(diagram.nodes.len(), diagram.edges.len(), n_stated);
    diagram.description = diagram.description.replace(&drawn, &listed);
    diagram.footer.iter_mut().filter(|line| **line == drawn).for_each(|line| line.clone_from(&listed));
    // What the lines of a network would mean needs no explanation where there are none.
    diagram.line_styles.clear();
    (diagram.kinds, diagram.widths, diagram.sizes, diagram.groups) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    Diagram { sectors, hub: Some(hub), ..diagram }
}

/// Where a relation stands among others: that of most first.
fn rank<'a>(
    related: &BTreeMap<Relation<'a>, BTreeSet<usize>>,
    relation: Relation<'a>,
) -> (Reverse<usize>, Relation<'a>) {
    (Reverse(related.get(&relation).map_or(0, BTreeSet::len)), relation)
}

/// A relation with its subject first.
fn heading((label, leads_out): Relation<'_>, name: &str) -> String {
    if leads_out { format!("{name} – {label} – …") } else { format!("… – {label} – {name}") }
}

/// What else links an entity with the one in the middle.
fn noted(composer: &Composer<'_>, relation: Relation<'_>, line: LineStyle, name: &str) -> String {
    let heading = heading(relation, name);
    style(composer, line).map_or_else(|| heading.clone(), |style| format!("{heading} ({style})"))
}

/// What a line would tell by its dashes.
fn style(composer: &Composer<'_>, style: LineStyle) -> Option<&'static str> {
    match style {
        LineStyle::Solid => None,
        LineStyle::Dashed => Some(composer.words.planned),
        LineStyle::Dotted => Some(composer.words.former),
    }
}
