//! An entity with many neighbours, as a list in columns: a panel for each relation with its heading, and in it those that
//! are so related, below each other. A trunk leads from the entity to every panel.
//!
//! Panels are filled from column to column, like the text of a newspaper; one that does not end in a column is continued
//! in the next, under the same heading.

use super::measure::{self, Measured};
use super::{Body, Panel, Plan, Sketch};
use crate::draw::font::Font;
use crate::draw::geometry::{Point, Size, count, point, size};
use crate::draw::text::Block;
use crate::draw::{Diagram, Sector};
use crate::model::Direction;

/// The width of a column and the room between two, in pixels.
const COLUMN: f64 = 210.0;
const GUTTER: f64 = 30.0;
/// Pixels within panels, between entities, and between panels.
const PADDING: f64 = 9.0;
const GAP: f64 = 5.0;
const PANEL_GAP: f64 = 14.0;
/// The sizes of headings and of the text of entities.
const HEADING_TEXT: f64 = 12.0;
const TEXT: f64 = 12.0;
/// How far the trunk is below the entity in the middle, and what is below it.
const TRUNK: f64 = 18.0;
/// How far from a column its branch of the trunk is.
const BRANCH: f64 = 14.0;

/// What stands in a column: a heading, or an entity of the panel.
struct Item {
    sector: usize,
    node: usize,
    size: Size,
}

/// Measures and places everything, for a page so much wider than high. Nothing where the diagram has no sectors.
pub(super) fn plan(diagram: &Diagram, aspect: f64) -> Option<(Measured, Plan)> {
    let hub = diagram.hub?;
    let mut measured = unlinked(diagram);
    let items = items(diagram, hub, &mut measured);
    let heading_font = Font::bold(HEADING_TEXT, diagram.font.as_ref());
    let headings: Vec<Block> =
        diagram.sectors.iter().map(|sector| heading_font.wrap(&sector.heading, inner())).collect();
    let height = column_height(&items, &headings, aspect);
    let top = measured.sketch.nodes[hub].size.height + 2.0 * TRUNK;
    let mut plan = Plan { nodes: vec![Point::default(); diagram.nodes.len()], ..Plan::default() };
    let (mut column, mut y, mut open): (usize, f64, Option<usize>) = (0, 0.0, None);
    for item in &items {
        let heading = &headings[item.sector];
        let opens = open != Some(item.sector);
        let needed = item.size.height + if opens { heading.size().height + 2.0 * PADDING + GAP } else { GAP };
        let is_full = y > 0.0 && y + needed > height;
        if is_full {
            (column, y, open) = (column + 1, 0.0, None);
        }
        let left = count(column) * (COLUMN + GUTTER);
        if open != Some(item.sector) {
            y += if y > 0.0 { PANEL_GAP } else { 0.0 };
            let start = point(left + COLUMN / 2.0, top + y + PADDING + heading.size().height / 2.0);
            plan.panels.push(Panel { top: top + y, bottom: top + y, middle: start, heading: heading.clone() });
            y += PADDING + heading.size().height;
            open = Some(item.sector);
        }
        y += GAP;
        plan.nodes[item.node] = point(left + COLUMN / 2.0, top + y + item.size.height / 2.0);
        y += item.size.height + PADDING;
        if let Some(panel) = plan.panels.last_mut() {
            panel.bottom = top + y;
        }
        y -= PADDING;
        if is_last(&items, item) {
            y += PADDING;
        }
    }
    trunk(&mut plan, hub, column, top);
    Some((measured, plan))
}

/// Tells whether an item is the last one of its sector.
fn is_last(items: &[Item], item: &Item) -> bool {
    items.iter().rfind(|other| other.sector == item.sector).is_some_and(|last| last.node == item.node)
}

/// The width of what is in a panel.
fn inner() -> f64 {
    COLUMN - 2.0 * PADDING
}

/// The measures of a diagram whose edges are neither drawn nor labelled.
fn unlinked(diagram: &Diagram) -> Measured {
    let nothing = |_| Block { lines: Vec::new(), font_size: TEXT };
    Measured {
        sketch: Sketch::default(),
        nodes: diagram.nodes.iter().map(|node| measure::label(node, diagram.font.as_ref())).collect(),
        loops: vec![Size::default(); diagram.nodes.len()],
        edges: diagram.edges.iter().map(nothing).collect(),
        links: vec![None; diagram.edges.len()],
    }
}

/// The entities in the order of their sectors, each as wide as its column.
fn items(diagram: &Diagram, hub: usize, measured: &mut Measured) -> Vec<Item> {
    let is_mirrored = diagram.language.direction() == Direction::RightToLeft;
    for (number, node) in diagram.nodes.iter().enumerate() {
        let shape = measure::shape(diagram.classes.get(node.class));
        let is_hub = number == hub;
        let size = if is_hub {
            shape.around(measured.nodes[number].size())
        } else {
            let note = diagram.sectors.iter().find_map(|sector| sector.note(number));
            let text = note.map_or_else(|| node.label.clone(), |note| format!("{}\n{note}", node.label));
            let room = inner() - shape.around(Size::default()).width - 8.0;
            let block = Font::regular(TEXT, diagram.font.as_ref()).wrap(&text, room / shape.stretch());
            let around = shape.around(block.size());
            measured.nodes[number] = block;
            size(inner().max(around.width), around.height)
        };
        measured.sketch.nodes.push(Body { shape, size, is_mirrored, is_turned: false, group: None });
    }
    let members = |(sector, members): (usize, &Sector)| -> Vec<Item> {
        let item =
            |(node, _): &(usize, Option<String>)| Item { sector, node: *node, size: measured.sketch.nodes[*node].size };
        members.members.iter().map(item).collect()
    };
    diagram.sectors.iter().enumerate().flat_map(members).collect()
}

/// How high columns are, so that all together are so much wider than high, and the last is about as full as the others.
fn column_height(items: &[Item], headings: &[Block], aspect: f64) -> f64 {
    let entities: f64 = items.iter().map(|item| item.size.height + GAP).sum();
    let panels: f64 = headings.iter().map(|block| block.size().height + 2.0 * PADDING + PANEL_GAP).sum();
    let all = entities + panels;
    // n columns of a height h hold all where n · h is all, and are of the shape where n · width is aspect · h.
    let n_columns = (all * aspect / (COLUMN + GUTTER)).sqrt().round().max(1.0);
    let mut height = all / n_columns;
    while n_full(items, headings, height) > n_columns {
        height *= 1.02;
    }
    height
}

/// How many columns of a height are needed.
fn n_full(items: &[Item], headings: &[Block], height: f64) -> f64 {
    let (mut columns, mut y, mut open) = (1.0, 0.0, None);
    for item in items {
        let heading = headings[item.sector].size().height + 2.0 * PADDING + GAP;
        let needed = item.size.height + if open == Some(item.sector) { GAP } else { heading };
        if y > 0.0 && y + needed > height {
            (columns, y, open) = (columns + 1.0, 0.0, None);
        }
        if open != Some(item.sector) {
            y += heading + if y > 0.0 { PANEL_GAP } else { 0.0 };
            open = Some(item.sector);
        }
        y += item.size.height + GAP;
    }
    columns
}

/// Puts the entity in the middle above everything, and leads the trunk to each panel, before its heading.
fn trunk(plan: &mut Plan, hub: usize, last_column: usize, top: f64) {
    let start = |column: usize| count(column) * (COLUMN + GUTTER) - BRANCH;
    let middle = (start(0) + start(last_column) + COLUMN + BRANCH) / 2.0;
    let height = top - 2.0 * TRUNK;
    plan.nodes[hub] = point(middle, height / 2.0);
    let y = top - TRUNK;
    plan.trunk.push([point(middle, height), point(middle, y)]);
    plan.trunk.push([point(start(0), y), point(start(last_column).max(middle), y)]);
    for column in 0..=last_column {
        let x = start(column);
        let here = |panel: &&Panel| (panel.middle.x - COLUMN / 2.0 - x - BRANCH).abs() < 1.0;
        let rows: Vec<f64> = plan.panels.iter().filter(here).map(|panel| panel.middle.y).collect();
        let lowest = rows.iter().copied().fold(y, f64::max);
        plan.trunk.push([point(x, y), point(x, lowest)]);
        plan.trunk.extend(rows.into_iter().map(|row| [point(x, row), point(x + BRANCH, row)]));
    }
}

/// The width of a panel.
pub(super) const WIDTH: f64 = COLUMN;
