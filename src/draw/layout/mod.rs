//! Gives everything in a diagram a place.
//!
//! Text is measured first. Then each connected part is laid out by itself: small ones in layers, larger ones by forces.
//! Then the parts are put side by side, within title, legend and footer. Neither boxes nor labels of edges overlap, and
//! lines lead around boxes. The same diagram gives the same places on every machine.

mod area;
mod clear;
mod curve;
mod engine;
mod force;
mod frame;
mod grid;
mod grow;
mod label;
mod layered;
mod measure;
mod obstacle;
mod overlap;
mod pack;
mod random;
mod sectors;
mod separate;
mod spans;
mod untangle;
mod way;

pub(crate) use curve::Curve;
pub(super) use frame::{Column, MARGIN};
pub(crate) use grow::layout_grown;

use super::geometry::{self, Point, Rect, Size, point};
use super::text::Block;
use super::{Diagram, Engine, EngineError, Paper, Shape};
use crate::model::Direction;

/// The most nodes of a connected part that is laid out in layers. Up to here a reader follows edges, so few crossings
/// matter. Beyond, distances tell more, and columns would be too high.
const LAYERED_MOST: usize = 45;

/// The greatest number of links for each node, times two, in such a part: with more, most lines would run past nodes.
const LAYERED_DENSITY: usize = 5;

/// The sides in pixels of a page on which text can be read as it is. Layers lie one below the other, instead of in the
/// direction of reading, if the picture must then be shrunk to the page by so much less.
const PAGE: (f64, f64) = (1100.0, 750.0);
const TURN: f64 = 1.1;
/// How many times as wide as high a picture is that looks like a strip.
const STRIP: f64 = 2.0;
/// How much wider than the page a part may be beside others.
const MOST_WIDER: f64 = 1.5;

/// The places of everything that is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The size of the picture.
    pub size: Size,
    /// How many points of a sheet a pixel has, if the picture is made for one.
    pub(crate) points: Option<f64>,
    /// The title.
    pub(crate) title: PlacedText,
    /// The legend, in the order of reading.
    pub(crate) legend: Vec<LegendEntry>,
    /// The lines below the legend.
    pub(crate) footer: Vec<PlacedText>,
    /// The nodes, as the diagram lists them.
    pub(crate) nodes: Vec<PlacedNode>,
    /// The edges, as the diagram lists them.
    pub(crate) edges: Vec<PlacedEdge>,
    /// The areas of groups, as the diagram lists them.
    pub(crate) areas: Vec<PlacedArea>,
    /// The panels that nodes are listed in.
    pub(crate) panels: Vec<PlacedPanel>,
    /// Lines from the node in the middle to the panels.
    pub(crate) trunk: Vec<[Point; 2]>,
}

/// A panel with its heading.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedPanel {
    /// What it fills.
    pub rect: Rect,
    /// The heading, in bold.
    pub heading: PlacedText,
}

/// The area of a group: what is around its nodes, and bands that join them.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PlacedArea {
    /// The boxes of its nodes.
    pub boxes: Vec<Rect>,
    /// Between which places the bands lead.
    pub bands: Vec<[Point; 2]>,
}

/// Lines of text in their places.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct PlacedText {
    /// What the lines fill.
    pub rect: Rect,
    /// The lines.
    pub lines: Vec<PlacedLine>,
    /// The size of the font in pixels.
    pub font_size: f64,
}

/// A line of text in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedLine {
    /// The text, in the order of reading.
    pub text: String,
    /// The direction in which it reads.
    pub direction: Direction,
    /// The middle of its base line.
    pub base: Point,
    /// How wide it is.
    pub width: f64,
}

/// A node in its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedNode {
    /// What the shape fills.
    pub rect: Rect,
    /// The label in it.
    pub label: PlacedText,
}

/// An edge in its place. The label of an edge from a node to itself stands in the node, after an arrow.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedEdge {
    /// The line from border to border; nothing for an edge from a node to itself.
    pub curves: Vec<Curve>,
    /// The label.
    pub label: PlacedText,
}

/// What a sign in the legend stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct LegendEntry {
    /// Where the sign is drawn.
    pub sign: Rect,
    /// What it stands for.
    pub label: PlacedText,
}

/// A graph as the layouts see it: boxes to be placed and joined, no words. No edge leads back to its own node.
#[derive(Debug, Clone, Default)]
struct Sketch {
    nodes: Vec<Body>,
    links: Vec<Link>,
}

/// What a node takes up.
#[derive(Debug, Clone, Copy)]
struct Body {
    shape: Shape,
    size: Size,
    /// Whether left and right are exchanged while it is laid out, and across and down: shapes are drawn the same way
    /// round in every picture.
    is_mirrored: bool,
    is_turned: bool,
    /// The group that it should be near to.
    group: Option<usize>,
}

/// An edge between two nodes, with the size of its label.
#[derive(Debug, Clone, Copy)]
struct Link {
    from: usize,
    to: usize,
    label: Size,
}

/// Where a layout puts the nodes and edges of a sketch.
#[derive(Debug, Clone, Default)]
struct Plan {
    nodes: Vec<Point>,
    routes: Vec<Route>,
    panels: Vec<Panel>,
    trunk: Vec<[Point; 2]>,
}

/// A panel: how far it reaches, and the middle of its heading.
#[derive(Debug, Clone)]
struct Panel {
    top: f64,
    bottom: f64,
    middle: Point,
    heading: Block,
}

/// The way of an edge and the middle of its label.
#[derive(Debug, Clone, Default)]
struct Route {
    curves: Vec<Curve>,
    label: Point,
}

/// How much room a layout by forces takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Room {
    /// As much as looks well.
    Ample,
    /// As little as can be, for a sheet that is too small otherwise.
    Scarce,
}

/// Lays out a diagram in each way that its sheet may lie, and returns the one with the largest type. If it cannot be read on
/// the sheet, everything is put closer together.
#[must_use]
pub fn layout(diagram: &Diagram) -> Layout {
    let larger = |one: Layout, other: Layout| if other.points > one.points { other } else { one };
    let in_all_ways = |room: Room| {
        let (long, short) = diagram.paper.map_or(PAGE, Paper::sides);
        let across = layout_for(diagram, long / short, room);
        let others = diagram.paper.into_iter().flat_map(|paper| paper.ways().into_iter().skip(1));
        others.map(|(width, height)| layout_for(diagram, width / height, room)).fold(across, larger)
    };
    let ample = in_all_ways(Room::Ample);
    if fits(&ample) { ample } else { larger(ample, in_all_ways(Room::Scarce)) }
}

/// Lays out a diagram for a page so much wider than high.
fn layout_for(diagram: &Diagram, aspect: f64, room: Room) -> Layout {
    if let Some((measured, plan)) = sectors::plan(diagram, aspect) {
        return finish(diagram, &measured, plan);
    }
    let measured = measure::measure(diagram);
    let plans = pack::parts(&measured.sketch).into_iter().map(|part| {
        let sketch = measured.sketch.part(&part);
        // What is not of this part will be put below or above it.
        let beside = measured.sketch.nodes.len() - sketch.nodes.len();
        let wider = 1.0 + geometry::count(beside) / geometry::count(sketch.nodes.len().max(1));
        let plan = plan(&sketch, aspect * wider.min(MOST_WIDER), room);
        (part, plan)
    });
    finish(diagram, &measured, pack::pack(&measured.sketch, plans.collect(), aspect))
}

/// The smallest type in points that is read on paper.
const SMALLEST_TYPE: f64 = 7.0;

/// Tells whether all type of a picture can be read on the sheet that it is made for.
pub(super) fn fits(layout: &Layout) -> bool {
    layout.points.is_none_or(|points| points * layout.smallest_pixels() >= SMALLEST_TYPE - 0.001)
}

/// Lays out a diagram as an engine of Graphviz does, with the sizes that we measure.
///
/// # Errors
///
/// If Graphviz is not installed, or gives no places.
pub fn layout_by(diagram: &Diagram, engine: Engine) -> Result<Layout, EngineError> {
    let measured = measure::measure(diagram);
    let plan = engine::plan(&measured.sketch, engine)?;
    Ok(finish(diagram, &measured, plan))
}

/// Turns a plan to the direction of reading, and puts what belongs to the picture around it.
fn finish(diagram: &Diagram, measured: &measure::Measured, mut plan: Plan) -> Layout {
    if diagram.language.direction() == Direction::RightToLeft {
        plan.mirror();
    }
    frame::frame(diagram, measured, plan)
}

/// Lays out a connected part: in layers where it is small, across or, where that would be much smaller in print, down.
fn plan(sketch: &Sketch, aspect: f64, room: Room) -> Plan {
    let n_nodes = sketch.nodes.len();
    if n_nodes > LAYERED_MOST || 2 * sketch.links.len() > LAYERED_DENSITY * n_nodes {
        return force::plan(sketch, aspect, room);
    }
    let (across, down) = (layered::plan(sketch), sketch.turned());
    let mut turned = layered::plan(&down);
    turned.map(|place| point(place.y, place.x));
    let (size, other) = (across.bounds(sketch).size, turned.bounds(sketch).size);
    // A strip leaves half of the page empty: it must not be smaller in print at all.
    let favour = if size.width > STRIP * size.height { 1.0 } else { TURN };
    if shrinking(size) <= favour * shrinking(other) { across } else { turned }
}

/// How many times a picture is larger than a page, laid across or upright; one where it is smaller.
fn shrinking(Size { width, height }: Size) -> f64 {
    let (long, short) = PAGE;
    let across = (width / long).max(height / short);
    let upright = (width / short).max(height / long);
    across.min(upright).max(1.0)
}

impl Sketch {
    /// Returns the sketch with across and down exchanged.
    fn turned(&self) -> Self {
        let turned = |size: Size| geometry::size(size.height, size.width);
        let body = |body: &Body| Body { size: turned(body.size), is_turned: !body.is_turned, ..*body };
        let link = |link: &Link| Link { label: turned(link.label), ..*link };
        Self { nodes: self.nodes.iter().map(body).collect(), links: self.links.iter().map(link).collect() }
    }
}

impl Body {
    /// A body of a shape, as it is drawn.
    #[cfg(test)]
    fn of(shape: Shape) -> Self {
        Self { shape, size: Size::default(), is_mirrored: false, is_turned: false, group: None }
    }

    /// Returns where a line from a point inside the shape to one outside leaves it, the shape being around a middle.
    fn border(&self, center: Point, inside: Point, outside: Point) -> Point {
        let side = if self.is_mirrored { -1.0 } else { 1.0 };
        let (width, height) =
            if self.is_turned { (self.size.height, self.size.width) } else { (self.size.width, self.size.height) };
        let rect = Rect { center: Point::default(), size: geometry::size(width, height) };
        let drawn = |place: Point| {
            let (x, y) = (place.x - center.x, place.y - center.y);
            if self.is_turned { point(side * y, x) } else { point(side * x, y) }
        };
        let border = self.shape.border(rect, drawn(inside), drawn(outside));
        if self.is_turned { center.moved(border.y, side * border.x) } else { center.moved(side * border.x, border.y) }
    }
}

impl Panel {
    fn rect(&self) -> Rect {
        let half = sectors::WIDTH / 2.0;
        Rect::spanning(self.middle.x - half, self.top, self.middle.x + half, self.bottom)
    }
}

impl Plan {
    /// Changes the place of everything.
    fn map(&mut self, change: impl Fn(Point) -> Point) {
        for node in &mut self.nodes {
            *node = change(*node);
        }
        for panel in &mut self.panels {
            let reach = [panel.top, panel.bottom].map(|y| change(point(panel.middle.x, y)).y);
            (panel.top, panel.bottom, panel.middle) = (reach[0], reach[1], change(panel.middle));
        }
        for place in self.trunk.iter_mut().flatten() {
            *place = change(*place);
        }
        for route in &mut self.routes {
            route.label = change(route.label);
            for curve in &mut route.curves {
                *curve = curve.map(&change);
            }
        }
    }

    /// Turns the plan from left to right into one from right to left.
    fn mirror(&mut self) {
        self.map(|place| point(-place.x, place.y));
    }

    /// Returns the smallest rectangle around everything.
    fn bounds(&self, sketch: &Sketch) -> Rect {
        let nodes = self.nodes.iter().zip(&sketch.nodes).map(|(&center, body)| Rect { center, size: body.size });
        let labels =
            self.routes.iter().zip(&sketch.links).map(|(route, link)| Rect { center: route.label, size: link.label });
        let curves = self.routes.iter().flat_map(|route| &route.curves);
        // A curve is within a pixel of the places at its eighths.
        let points = curves.flat_map(|curve| (0..=8).map(|eighth| curve.at(f64::from(eighth) / 8.0)));
        let points = points.chain(self.trunk.iter().flatten().copied());
        let points = points.map(|center| Rect { center, size: Size::default() });
        let panels = self.panels.iter().map(Panel::rect);
        nodes.chain(labels).chain(points).chain(panels).reduce(|all, one| all.union(&one)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
