//! The places that an engine of Graphviz gives.
//!
//! The engine gets sizes, and numbers instead of names: no text of the data reaches it, and its fonts change nothing.
//! `dot` keeps room for labels and leads edges around boxes, so labels and edges are taken from it too. The other
//! engines only place the boxes: those that overlap are moved apart, and edges and labels are placed as in our own
//! layout.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Deserialize;

use super::separate::separate;
use super::{Body, Curve, Plan, Route, Sketch, label};
use crate::draw::geometry::{Point, Size, point};
use crate::draw::{Engine, EngineError, Shape};

/// Pixels of a picture in one inch of Graphviz, which has 72 points.
const INCH: f64 = 72.0;

/// Lays out a sketch.
pub(super) fn plan(sketch: &Sketch, engine: Engine) -> Result<Plan, EngineError> {
    if sketch.nodes.is_empty() {
        return Ok(Plan::default());
    }
    let answer = engine.places(&question(sketch, engine))?;
    let unreadable = |message: String| EngineError::Unreadable { engine: engine.name(), message };
    let answer: Answer = serde_json::from_slice(&answer).map_err(|error| unreadable(error.to_string()))?;
    let mut nodes = answer.nodes(sketch.nodes.len()).map_err(unreadable)?;
    if engine == Engine::Dot {
        let routes = answer.routes(sketch, &nodes).map_err(unreadable)?;
        return Ok(Plan { nodes, routes, ..Plan::default() });
    }
    let sizes: Vec<_> = sketch.nodes.iter().map(|body| body.size).collect();
    separate(&mut nodes, &sizes);
    Ok(label::routes(sketch, nodes))
}

/// The graph in DOT: boxes and labels of the sizes that were measured.
fn question(sketch: &Sketch, engine: Engine) -> String {
    // Only dot's edges are used; the other engines would spend time on theirs for nothing.
    let splines = if engine == Engine::Dot { "true" } else { "none" };
    let mut dot = format!(
        "digraph {{\nrankdir=LR; overlap=prism; splines={splines}; ranksep=0.4;\n\
         node [label=\"\" fixedsize=true];\nedge [dir=none];\n"
    );
    for (number, body) in sketch.nodes.iter().enumerate() {
        let shape = if body.shape == Shape::Ellipse { "ellipse" } else { "box" };
        let Size { width, height } = body.size;
        // Writing to a string does not fail.
        let _ = writeln!(dot, "{number} [shape={shape} width={:.4} height={:.4}];", width / INCH, height / INCH);
    }
    for (number, link) in sketch.links.iter().enumerate() {
        let Size { width, height } = link.label;
        let half = |node: usize| sketch.nodes[node].size.width / 2.0;
        let length = (half(link.from) + half(link.to) + width) / INCH;
        // Of all labels, only a table without text can be given a size.
        let _ = writeln!(
            dot,
            "{} -> {} [id={number} len={length:.4} label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" \
             CELLPADDING=\"0\" FIXEDSIZE=\"TRUE\" WIDTH=\"{:.0}\" HEIGHT=\"{:.0}\"><TR><TD></TD></TR></TABLE>>];",
            link.from,
            link.to,
            width.ceil(),
            height.ceil()
        );
    }
    dot.push_str("}\n");
    dot
}

/// What an engine answers, as far as it is needed. Places are in pixels with y upwards.
#[derive(Debug, Deserialize)]
struct Answer {
    #[serde(default)]
    objects: Vec<Object>,
    #[serde(default)]
    edges: Vec<Edge>,
}

#[derive(Debug, Deserialize)]
struct Object {
    name: String,
    pos: String,
}

#[derive(Debug, Deserialize)]
struct Edge {
    id: String,
    pos: Option<String>,
    lp: Option<String>,
}

impl Answer {
    /// The places of the nodes, or what is missing.
    fn nodes(&self, n: usize) -> Result<Vec<Point>, String> {
        let by_name: BTreeMap<&str, &str> =
            self.objects.iter().map(|object| (object.name.as_str(), object.pos.as_str())).collect();
        let place = |node: usize| by_name.get(node.to_string().as_str()).and_then(|pos| place(pos));
        (0..n).map(|node| place(node).ok_or_else(|| format!("no place of node {node}"))).collect()
    }

    /// The ways of the edges and the places of their labels, or what is missing.
    fn routes(&self, sketch: &Sketch, nodes: &[Point]) -> Result<Vec<Route>, String> {
        let by_id: BTreeMap<&str, &Edge> = self.edges.iter().map(|edge| (edge.id.as_str(), edge)).collect();
        let route = |(number, link): (usize, &super::Link)| {
            let edge = by_id.get(number.to_string().as_str())?;
            let mut curves = curves(edge.pos.as_deref()?)?;
            let label = edge.lp.as_deref().and_then(place);
            let label = label.or_else(|| curves.get(curves.len() / 2).map(|curve| curve.at(0.5)))?;
            let border = |node: usize, end| sketch.nodes[node].led_to(nodes[node], end);
            let first = curves.first_mut()?;
            first.from = border(link.from, first.from);
            let last = curves.last_mut()?;
            last.to = border(link.to, last.to);
            Some(Route { curves, label })
        };
        let routes = sketch.links.iter().enumerate();
        routes.map(|edge| route(edge).ok_or_else(|| format!("no way of edge {}", edge.0))).collect()
    }
}

impl Body {
    /// Where an edge ends at the border of our shape. Graphviz ends it at the border of a box.
    fn led_to(&self, center: Point, end: Point) -> Point {
        match self.shape {
            Shape::Box | Shape::Ellipse => end,
            // A point twice as far away is outside of every shape.
            Shape::Hexagon
            | Shape::Octagon
            | Shape::Note
            | Shape::House
            | Shape::Parallelogram
            | Shape::Tab
            | Shape::Folder
            | Shape::Component => self.border(center, center, center.toward(end, 2.0)),
        }
    }
}

/// A place, as `x,y`.
fn place(text: &str) -> Option<Point> {
    let (x, y) = text.split_once(',')?;
    let [x, y]: [f64; 2] = [x.parse().ok()?, y.parse().ok()?];
    (x.is_finite() && y.is_finite()).then(|| point(x, -y))
}

/// [Splines](https://graphviz.org/docs/attr-types/splineType/): the start, and three places for each curve.
fn curves(text: &str) -> Option<Vec<Curve>> {
    let mut curves = Vec::new();
    for spline in text.split(';') {
        let places: Vec<Point> = spline.split_whitespace().map(place).collect::<Option<_>>()?;
        let (&start, rest) = places.split_first()?;
        let mut from = start;
        for part in rest.chunks(3) {
            let &[first, second, to] = part else { return None };
            curves.push(Curve { from, first, second, to });
            from = to;
        }
    }
    Some(curves)
}

#[cfg(test)]
mod tests {
    use super::super::Link;
    use super::*;
    use crate::draw::geometry::size;

    fn sketch() -> Sketch {
        let body = |shape| Body { size: size(72.0, 36.0), ..Body::of(shape) };
        let link = Link { from: 0, to: 1, label: size(40.0, 12.0) };
        Sketch { nodes: vec![body(Shape::Hexagon), body(Shape::Box)], links: vec![link] }
    }

    fn answer(edge: &str) -> Answer {
        let objects = r#"[{"name": "1", "pos": "236,18"}, {"name": "0", "pos": "36,18"}]"#;
        serde_json::from_str(&format!(r#"{{"name": "%3", "objects": {objects}, "edges": [{edge}]}}"#)).unwrap()
    }

    #[test]
    fn an_engine_is_told_sizes_and_no_text() {
        let dot = question(&sketch(), Engine::Neato);
        assert!(dot.contains("0 [shape=box width=1.0000 height=0.5000];"), "{dot}");
        assert!(dot.contains("0 -> 1 [id=0 len=1.5556 ") && dot.contains("WIDTH=\"40\" HEIGHT=\"12\""), "{dot}");
    }

    #[test]
    fn ways_lead_from_shape_to_shape_with_y_downwards() {
        let answer = answer(r#"{"id": "0", "pos": "72,28 100,28 150,18 200,18", "lp": "136,30"}"#);
        let nodes = answer.nodes(2).unwrap();
        assert_eq!(nodes, [point(36.0, -18.0), point(236.0, -18.0)]);
        let routes = answer.routes(&sketch(), &nodes).unwrap();
        let [curve] = routes[0].curves[..] else { panic!("{routes:?}") };
        assert_eq!(
            (curve.first, curve.second, curve.to),
            (point(100.0, -28.0), point(150.0, -18.0), point(200.0, -18.0))
        );
        // The slope of the hexagon, on the way from its middle to the corner of the box around it.
        assert!(curve.from.x < 72.0 && curve.from.x > 60.0 && curve.from.y > -28.0, "{curve:?}");
        assert_eq!(routes[0].label, point(136.0, -30.0));
    }

    #[test]
    fn what_is_missing_is_named() {
        assert_eq!(answer("").nodes(3).unwrap_err(), "no place of node 2");
        let nodes = [Point::default(); 2];
        for edge in ["", r#"{"id": "0"}"#, r#"{"id": "0", "pos": "1,2 3,4"}"#, r#"{"id": "0", "pos": "1,nan"}"#] {
            assert_eq!(answer(edge).routes(&sketch(), &nodes).unwrap_err(), "no way of edge 0", "{edge}");
        }
    }

    #[test]
    fn an_edge_without_a_place_for_its_label_has_it_in_the_middle() {
        let answer = answer(r#"{"id": "0", "pos": "72,18 100,18 172,18 200,18"}"#);
        let routes = answer.routes(&sketch(), &answer.nodes(2).unwrap()).unwrap();
        assert_eq!(routes[0].label, point(136.0, -18.0));
    }
}
