//! What lies on something else in a picture.

use super::Layout;
use super::untangle::cross;
use crate::draw::geometry::{Point, Rect, Size, count, point, size};
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

/// How many squares the picture is divided in, across and down, to see how much of it is empty.
const SQUARES: (u32, u32) = (30, 20);

impl Layout {
    /// Returns how often lines of edges cross that have no node in common. O(e²).
    #[must_use]
    pub fn crossings(&self, diagram: &Diagram) -> usize {
        let lines: Vec<_> = self.edges.iter().map(|placed| (line(placed), bounds(&line(placed)))).collect();
        let mut n = 0;
        for (at, (edge, (line, rect))) in diagram.edges.iter().zip(&lines).enumerate() {
            for (other, (other_line, other_rect)) in diagram.edges[..at].iter().zip(&lines) {
                let joined = [edge.from, edge.to].iter().any(|end| [other.from, other.to].contains(end));
                if joined || !rect.padded(1.0, 1.0).overlaps(&other_rect.padded(1.0, 1.0)) {
                    continue;
                }
                let pieces = line.windows(2).flat_map(|one| other_line.windows(2).map(move |other| (one, other)));
                n += pieces.filter(|(one, other)| cross(one[0], one[1], other[0], other[1])).count();
            }
        }
        n
    }

    /// Returns the share of the picture that is empty: of squares of a thirtieth of its width and a twentieth of its height
    /// on which nothing is drawn or written.
    #[must_use]
    pub fn empty_share(&self) -> f64 {
        let texts = self.footer.iter().chain(self.legend.iter().map(|entry| &entry.label)).chain([&self.title]);
        let boxes: Vec<Rect> = self.nodes.iter().map(|node| node.rect).chain(texts.map(|text| text.rect)).collect();
        let lines: Vec<Vec<Point>> = self.edges.iter().map(line).collect();
        let size = size(self.size.width / f64::from(SQUARES.0), self.size.height / f64::from(SQUARES.1));
        let squares = (0..SQUARES.0).flat_map(|x| (0..SQUARES.1).map(move |y| (f64::from(x), f64::from(y))));
        let is_empty = |&(x, y): &(f64, f64)| {
            let rect = Rect { center: point((x + 0.5) * size.width, (y + 0.5) * size.height), size };
            let crossed = |line: &Vec<Point>| line.windows(2).any(|piece| rect.is_crossed_by(piece[0], piece[1]));
            !boxes.iter().any(|other| rect.overlaps(other)) && !lines.iter().any(crossed)
        };
        let n_empty = squares.filter(is_empty).count();
        count(n_empty) / f64::from(SQUARES.0 * SQUARES.1)
    }

    /// Returns the size in points of the smallest text where the picture is printed as large as a page allows, whose sides
    /// are given in points.
    #[must_use]
    pub fn smallest_type(&self, (long, short): (f64, f64)) -> f64 {
        let fit = |width: f64, height: f64| (width / self.size.width).min(height / self.size.height);
        let scale = fit(long, short).max(fit(short, long));
        scale * self.smallest_pixels()
    }

    /// The size in pixels of the smallest text.
    pub(in crate::draw) fn smallest_pixels(&self) -> f64 {
        let labels = self.nodes.iter().map(|node| &node.label).chain(self.edges.iter().map(|edge| &edge.label));
        let written = labels.chain(&self.footer).filter(|text| !text.lines.is_empty());
        written.map(|text| text.font_size).fold(f64::INFINITY, f64::min)
    }
}

/// The smallest rectangle around the places of a line.
fn bounds(line: &[Point]) -> Rect {
    let points = line.iter().map(|&center| Rect { center, size: Size::default() });
    points.reduce(|all, one| all.union(&one)).unwrap_or_default()
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
    use super::super::point;
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

    #[test]
    fn lines_that_cross_and_what_is_empty_are_counted() {
        let diagram = diagram("en", &["a", "b", "c", "d"], &[(0, 1, "x"), (2, 3, "x"), (0, 3, "x")]);
        let mut layout = layout(&diagram);
        let [left, top, right, bottom] = [(0.0, 5.0), (5.2, 0.0), (10.0, 5.3), (5.1, 10.0)].map(|(x, y)| point(x, y));
        layout.edges[0].curves = vec![Curve::line(left, right)];
        layout.edges[1].curves = vec![Curve::line(top, bottom)];
        layout.edges[2].curves = vec![Curve::line(top, bottom)];
        // The third shares a node with each of the others.
        assert_eq!(layout.crossings(&diagram), 1);
        let share = layout.empty_share();
        assert!(share > 0.0 && share < 1.0);
        layout.size.width *= 10.0;
        assert!(layout.empty_share() > share);
        assert!(layout.smallest_type((842.0, 595.0)) < 8.0);
    }
}
