//! What lies on something else in a picture.

use super::Layout;
use crate::draw::geometry::{Point, Rect};
use crate::draw::{Diagram, Edge, PlacedEdge};

/// The number of straight pieces that a curve is taken for.
const PIECES: u32 = 64;
/// Pixels of a box or label that a line may touch.
const TOUCH: f64 = 0.1;

impl Layout {
    /// Returns the number of pairs of rectangles that overlap, among the boxes of nodes, and among these and the labels
    /// of edges between nodes.
    #[must_use]
    pub fn overlaps(&self) -> (usize, usize) {
        let nodes: Vec<_> = self.nodes.iter().map(|node| node.rect).collect();
        let edges = self.edges.iter().filter(|edge| !edge.curves.is_empty());
        let all: Vec<_> = nodes.iter().copied().chain(edges.map(|edge| edge.label.rect)).collect();
        let pairs = |rects: &[Rect]| {
            rects
                .iter()
                .enumerate()
                .map(|(at, rect)| rects[..at].iter().filter(|other| rect.overlaps(other)).count())
                .sum()
        };
        (pairs(&nodes), pairs(&all))
    }

    /// Returns the number of edges that lead under the box of a node that they do not join, and under the label of
    /// another edge. O(e · (n + e)).
    #[must_use]
    pub fn hidden(&self, diagram: &Diagram) -> (usize, usize) {
        let lines: Vec<_> = diagram.edges.iter().zip(&self.edges).map(|(edge, placed)| (edge, line(placed))).collect();
        let is_under_box = |(edge, line): &&(&Edge, Vec<Point>)| {
            let mut others = (0..self.nodes.len()).filter(|node| ![edge.from, edge.to].contains(node));
            others.any(|node| leads_under(line, &self.nodes[node].rect))
        };
        let is_under_label = |&(at, (_, line)): &(usize, &(&Edge, Vec<Point>))| {
            let mut others =
                self.edges.iter().enumerate().filter(|(other, edge)| *other != at && !edge.curves.is_empty());
            others.any(|(_, other)| leads_under(line, &other.label.rect))
        };
        (lines.iter().filter(is_under_box).count(), lines.iter().enumerate().filter(is_under_label).count())
    }
}

/// The places that a line leads through.
fn line(edge: &PlacedEdge) -> Vec<Point> {
    let places = || (0..=PIECES).map(|piece| f64::from(piece) / f64::from(PIECES));
    edge.curves.iter().flat_map(|curve| places().map(|part| curve.at(part))).collect()
}

fn leads_under(line: &[Point], rect: &Rect) -> bool {
    let rect = rect.padded(-TOUCH, -TOUCH);
    line.windows(2).any(|piece| rect.is_crossed_by(piece[0], piece[1]))
}

#[cfg(test)]
mod tests {
    use super::super::{Curve, layout};
    use crate::draw::samples::diagram;

    #[test]
    fn a_line_under_a_box_and_a_label_is_hidden() {
        let diagram = diagram("en", &["a", "b", "c"], &[(0, 1, "leads"), (1, 2, "leads"), (0, 2, "leads")]);
        let mut layout = layout(&diagram);
        assert_eq!(layout.hidden(&diagram), (0, 0));
        let [a, b, c] = [0, 1, 2].map(|node| layout.nodes[node].rect.center);
        layout.edges[2].curves = vec![Curve::line(a, b), Curve::line(b, c)];
        layout.edges[0].label.rect.center = a.toward(b, 0.5);
        assert_eq!(layout.hidden(&diagram), (1, 1));
    }
}
