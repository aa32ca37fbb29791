//! The picture around the graph: title above, legend and footer below.

use super::area;
use super::measure::Measured;
use super::{Layout, LegendEntry, Panel, PlacedEdge, PlacedLine, PlacedNode, PlacedPanel, PlacedText, Plan};
use crate::draw::font::Font;
use crate::draw::geometry::{Point, Rect, Size, count, point, size};
use crate::draw::text::{Block, direction};
use crate::draw::{Diagram, FontFile, Paper};
use crate::model::Direction;

/// Pixels around everything.
pub(in crate::draw) const MARGIN: f64 = 20.0;
/// The least width of title, legend and footer.
const LEAST_WIDTH: f64 = 440.0;
/// Sizes of text in pixels.
const TITLE_TEXT: f64 = 18.0;
const LEGEND_TEXT: f64 = 11.0;
const FOOTER_TEXT: f64 = 10.0;
/// The width and height of a sign in the legend, and the room after it and after its text.
const SIGN: (f64, f64) = (34.0, 18.0);
const SIGN_GAP: f64 = 6.0;
const ENTRY_GAP: f64 = 18.0;
/// From this width on the text around the graph grows with it, up to this factor, so that it can be read on a poster.
const FULL_WIDTH: f64 = 1600.0;
const MOST_SCALE: f64 = 4.0;
/// How far below the middle of a line its base is, in sizes of the font.
const BASE: f64 = 0.35;

/// Puts a planned graph between title, legend and footer; on paper, so that it fills the sheet.
pub(super) fn frame(diagram: &Diagram, measured: &Measured, mut plan: Plan) -> Layout {
    let bounds = plan.bounds(&measured.sketch);
    let sheet = diagram.paper.and_then(|paper| sheet(diagram, bounds.size, paper));
    let inner = sheet.map_or(bounds.size.width.max(LEAST_WIDTH), |(_, size)| size.width - 2.0 * MARGIN);
    let picture = diagram.language.direction();
    let scale = if sheet.is_some() { SHEET_SCALE } else { (inner / FULL_WIDTH).clamp(1.0, MOST_SCALE) };
    let spare = sheet.map_or(0.0, |(_, size)| size.height - bounds.size.height - around(diagram, inner));
    let given = diagram.font.as_ref();
    let mut column = Column { scale, ..Column::new(picture, inner, given) };
    let title = column.paragraph(&Font::bold(TITLE_TEXT * scale, given), &diagram.title);
    column.bottom += MARGIN + spare / 2.0;
    let (x, y) = (MARGIN + (inner - bounds.size.width) / 2.0 - bounds.left(), column.bottom - bounds.top());
    plan.map(|place| place.moved(x, y));
    column.bottom += bounds.size.height + MARGIN + spare / 2.0;
    let legend = column.legend(diagram.signs().map(|(_, label)| label));
    let font = Font::regular(FOOTER_TEXT * scale, given);
    let footer = diagram.footer.iter().map(|line| column.paragraph(&font, line)).collect();
    let nodes = nodes(measured, &plan, picture);
    let edges = edges(diagram, measured, &plan, &nodes, picture);
    let areas = area::areas(diagram, &nodes);
    let panels = plan.panels.iter().map(|panel| panel_of(panel, picture)).collect();
    let trunk = plan.trunk;
    let size = sheet.map_or(size(inner + 2.0 * MARGIN, column.bottom + MARGIN), |(_, size)| size);
    let points = sheet.map(|(points, _)| points);
    Layout { size, points, title, legend, footer, nodes, edges, areas, panels, trunk }
}

/// How much larger the text around the graph is on a sheet: as large as that in it, so that both are small together.
const SHEET_SCALE: f64 = 1.2;
/// How large type may become on paper, in points for a pixel; and how much is added to the width of a picture that is too
/// high for its sheet, at a time and at most.
const LARGEST: f64 = 1.2;
const WIDER: f64 = 1.02;
const MOST_WIDER: u32 = 400;

/// The way to lay a sheet on which a graph is largest: how many points a pixel has, and its size in pixels.
fn sheet(diagram: &Diagram, graph: Size, paper: Paper) -> Option<(f64, Size)> {
    let on = |(width, height): (f64, f64)| {
        let mut pixels = (graph.width + 2.0 * MARGIN).max(width / LARGEST).max(graph.height * width / height);
        for _ in 0..MOST_WIDER {
            let high = pixels * height / width;
            if graph.height + around(diagram, pixels - 2.0 * MARGIN) <= high {
                return Some((width / pixels, size(pixels, high)));
            }
            pixels *= WIDER;
        }
        None
    };
    paper.ways().into_iter().filter_map(on).max_by(|(a, _), (b, _)| a.total_cmp(b))
}

/// The height of everything around a graph on a sheet of an inner width.
fn around(diagram: &Diagram, inner: f64) -> f64 {
    let given = diagram.font.as_ref();
    let mut column = Column { scale: SHEET_SCALE, ..Column::new(diagram.language.direction(), inner, given) };
    column.paragraph(&Font::bold(TITLE_TEXT * SHEET_SCALE, given), &diagram.title);
    column.legend(diagram.signs().map(|(_, label)| label));
    for line in &diagram.footer {
        column.paragraph(&Font::regular(FOOTER_TEXT * SHEET_SCALE, given), line);
    }
    column.bottom + 3.0 * MARGIN
}

fn panel_of(panel: &Panel, picture: Direction) -> PlacedPanel {
    PlacedPanel { rect: panel.rect(), heading: middle(&panel.heading, panel.middle, picture) }
}

fn nodes(measured: &Measured, plan: &Plan, picture: Direction) -> Vec<PlacedNode> {
    let bodies = plan.nodes.iter().zip(&measured.sketch.nodes);
    let texts = measured.nodes.iter().zip(&measured.loops);
    let placed = bodies.zip(texts).map(|((&center, body), (block, loops))| {
        let rect = Rect { center, size: body.size };
        let label = body.shape.text_center(rect).moved(0.0, -loops.height / 2.0);
        PlacedNode { rect, label: middle(block, label, picture) }
    });
    placed.collect()
}

/// Places the labels of edges; those of edges from a node to itself under the label of the node.
fn edges(
    diagram: &Diagram,
    measured: &Measured,
    plan: &Plan,
    nodes: &[PlacedNode],
    picture: Direction,
) -> Vec<PlacedEdge> {
    let mut below: Vec<f64> = nodes.iter().map(|node| node.label.rect.bottom()).collect();
    let all = diagram.edges.iter().zip(&measured.edges).zip(&measured.links);
    let placed = all.map(|((edge, block), link)| {
        if let Some(link) = *link {
            let route = &plan.routes[link];
            return PlacedEdge { curves: route.curves.clone(), label: middle(block, route.label, picture) };
        }
        let height = block.size().height;
        let center = point(nodes[edge.from].label.rect.center.x, below[edge.from] + height / 2.0);
        below[edge.from] += height;
        PlacedEdge { curves: Vec::new(), label: middle(block, center, picture) }
    });
    placed.collect()
}

/// Lines one below the other around a middle.
fn middle(block: &Block, center: Point, picture: Direction) -> PlacedText {
    let rect = Rect { center, size: block.size() };
    place(block, rect, picture, |_| center.x)
}

/// Lines one below the other in a rectangle, each centred by itself. The text as a whole has one direction.
fn place(block: &Block, rect: Rect, picture: Direction, x: impl Fn(f64) -> f64) -> PlacedText {
    let text: Vec<&str> = block.lines.iter().map(|line| line.text.as_str()).collect();
    let direction = direction(&text.join(" "), picture);
    let lines = block.lines.iter().enumerate().map(|(number, line)| {
        let y = rect.top() + (count(number) + 0.5) * block.line_height() + BASE * block.font_size;
        PlacedLine { text: line.text.clone(), direction, base: point(x(line.width), y), width: line.width }
    });
    PlacedText { rect, lines: lines.collect(), font_size: block.font_size }
}

/// What is put one below the other, from the side where reading begins.
pub(in crate::draw) struct Column<'f> {
    given: Option<&'f FontFile>,
    direction: Direction,
    width: f64,
    pub(in crate::draw) bottom: f64,
    scale: f64,
}

impl<'f> Column<'f> {
    pub(in crate::draw) fn new(direction: Direction, width: f64, given: Option<&'f FontFile>) -> Self {
        Self { given, direction, width, bottom: MARGIN, scale: 1.0 }
    }

    /// The middle of something that begins at a distance from where lines begin.
    pub(in crate::draw) fn middle(&self, distance: f64, width: f64) -> f64 {
        let from_start = distance + width / 2.0;
        match self.direction {
            Direction::LeftToRight => MARGIN + from_start,
            Direction::RightToLeft => MARGIN + self.width - from_start,
        }
    }

    /// Puts a paragraph below what is there.
    pub(in crate::draw) fn paragraph(&mut self, font: &Font<'_>, text: &str) -> PlacedText {
        let block = font.wrap(text, self.width);
        let height = block.size().height;
        let mut text = self.block(&block, 0.0, self.bottom + height / 2.0);
        // A sentence reads in the direction of the picture, whatever name it begins with.
        text.lines.iter_mut().for_each(|line| line.direction = self.direction);
        self.bottom += height;
        text
    }

    /// Lines that begin at a distance from where lines begin, around a height.
    pub(in crate::draw) fn block(&self, block: &Block, distance: f64, y: f64) -> PlacedText {
        let center = point(self.middle(distance, block.size().width), y);
        let rect = Rect { center, size: block.size() };
        place(block, rect, self.direction, |width| self.middle(distance, width))
    }

    /// Signs with what they stand for, in as many rows as they need.
    pub(in crate::draw) fn legend<'a>(&mut self, labels: impl Iterator<Item = &'a str>) -> Vec<LegendEntry> {
        let font = Font::regular(LEGEND_TEXT * self.scale, self.given);
        let sign = size(SIGN.0 * self.scale, SIGN.1 * self.scale);
        let (sign_gap, entry_gap) = (SIGN_GAP * self.scale, ENTRY_GAP * self.scale);
        let mut used = 0.0;
        let mut entries = Vec::new();
        for label in labels {
            let block = font.wrap(label, self.width - sign.width - sign_gap);
            let text = block.size();
            let width = sign.width + sign_gap + text.width;
            if used > 0.0 && used + width > self.width {
                self.bottom += sign.height + sign_gap;
                used = 0.0;
            }
            let y = self.bottom + sign.height.max(text.height) / 2.0;
            let sign_rect = Rect { center: point(self.middle(used, sign.width), y), size: sign };
            let center = point(self.middle(used + sign.width + sign_gap, text.width), y);
            entries.push(LegendEntry { sign: sign_rect, label: middle(&block, center, self.direction) });
            self.bottom += (text.height - sign.height).max(0.0);
            used += width + entry_gap;
        }
        if !entries.is_empty() {
            self.bottom += sign.height + 2.0 * sign_gap;
        }
        entries
    }
}
