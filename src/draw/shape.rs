//! The shapes of nodes: how much room text needs in each, and where lines meet their border.

use super::geometry::{Point, Rect, Size, point, size};
use crate::ontology::Shape;

/// Pixels between text and the border of a box, across and down.
const PADDING: (f64, f64) = (10.0, 6.0);
/// Pixels that a corner, slope, roof or tab takes.
const CUT: f64 = 10.0;

impl Shape {
    /// Returns the size of the shape around text of a size.
    pub(super) fn around(self, text: Size) -> Size {
        let padded = text.padded(PADDING.0, PADDING.1);
        match self {
            Self::Box | Self::Octagon => padded,
            Self::Note => padded.padded(CUT / 4.0, 0.0),
            Self::Hexagon | Self::Component => padded.padded(CUT / 2.0, 0.0),
            Self::Parallelogram => padded.padded(CUT, 0.0),
            Self::House | Self::Tab | Self::Folder => size(padded.width, padded.height + CUT),
            // The corners of the text are on the ellipse: (1/1.75)² + (1/1.22)² is 1.
            Self::Ellipse => size(text.width * 1.22 + PADDING.0, text.height * 1.75),
        }
    }

    /// Returns how much wider than its text the shape is, padding aside.
    pub(super) fn stretch(self) -> f64 {
        match self {
            Self::Ellipse => 1.22,
            Self::Box
            | Self::Hexagon
            | Self::Octagon
            | Self::Note
            | Self::House
            | Self::Parallelogram
            | Self::Tab
            | Self::Folder
            | Self::Component => 1.0,
        }
    }

    /// Returns the middle of the text in a shape that fills a rectangle.
    pub(super) fn text_center(self, rect: Rect) -> Point {
        match self {
            Self::House | Self::Tab | Self::Folder => rect.center.moved(0.0, CUT / 2.0),
            Self::Box
            | Self::Ellipse
            | Self::Hexagon
            | Self::Octagon
            | Self::Note
            | Self::Parallelogram
            | Self::Component => rect.center,
        }
    }

    /// Returns the corners of the shape in a rectangle, clockwise. Those of an ellipse are many.
    pub(super) fn outline(self, rect: Rect) -> Vec<Point> {
        let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
        let middle = rect.center;
        match self {
            Self::Box | Self::Component => rectangle(left, top, right, bottom),
            Self::Ellipse => ellipse(rect),
            Self::Hexagon => vec![
                point(left + CUT, top),
                point(right - CUT, top),
                point(right, middle.y),
                point(right - CUT, bottom),
                point(left + CUT, bottom),
                point(left, middle.y),
            ],
            Self::Octagon => {
                let cut = CUT * 0.7;
                vec![
                    point(left + cut, top),
                    point(right - cut, top),
                    point(right, top + cut),
                    point(right, bottom - cut),
                    point(right - cut, bottom),
                    point(left + cut, bottom),
                    point(left, bottom - cut),
                    point(left, top + cut),
                ]
            }
            Self::Note => vec![
                point(left, top),
                point(right - CUT, top),
                point(right, top + CUT),
                point(right, bottom),
                point(left, bottom),
            ],
            Self::House => vec![
                point(left, top + CUT),
                point(middle.x, top),
                point(right, top + CUT),
                point(right, bottom),
                point(left, bottom),
            ],
            Self::Parallelogram => vec![
                point(left + 2.0 * CUT, top),
                point(right, top),
                point(right - 2.0 * CUT, bottom),
                point(left, bottom),
            ],
            Self::Tab => tabbed(rect, 0.4),
            Self::Folder => tabbed(rect, 0.7),
        }
    }

    /// Returns the lines that are drawn within the outline.
    pub(super) fn strokes(self, rect: Rect) -> Vec<Vec<Point>> {
        let (left, top, right) = (rect.left(), rect.top(), rect.right());
        match self {
            Self::Note => vec![vec![point(right - CUT, top), point(right - CUT, top + CUT), point(right, top + CUT)]],
            Self::Tab => vec![vec![point(left, top + CUT), point(left + rect.size.width * 0.4, top + CUT)]],
            Self::Folder => vec![vec![point(left, top + CUT), point(left + rect.size.width * 0.7, top + CUT)]],
            Self::Component => [-0.2, 0.2]
                .into_iter()
                .map(|at| rect.center.y + at * rect.size.height)
                .map(|y| {
                    let (x, half) = (left + CUT / 2.0, CUT / 4.0);
                    vec![point(left, y - half), point(x, y - half), point(x, y + half), point(left, y + half)]
                })
                .collect(),
            Self::Box | Self::Ellipse | Self::Hexagon | Self::Octagon | Self::House | Self::Parallelogram => Vec::new(),
        }
    }

    /// Returns where a line from a point inside a rectangle's shape to one outside leaves the shape; the point outside
    /// where it never does. O(number of corners).
    pub(super) fn border(self, rect: Rect, inside: Point, outside: Point) -> Point {
        let corners = self.outline(rect);
        let sides = corners.iter().zip(corners.iter().cycle().skip(1));
        let parts = sides.filter_map(|(&a, &b)| crossing(inside, outside, a, b));
        parts.reduce(f64::max).map_or(outside, |part| inside.toward(outside, part))
    }
}

fn rectangle(left: f64, top: f64, right: f64, bottom: f64) -> Vec<Point> {
    vec![point(left, top), point(right, top), point(right, bottom), point(left, bottom)]
}

fn tabbed(rect: Rect, part: f64) -> Vec<Point> {
    let (left, top, right, bottom) = (rect.left(), rect.top(), rect.right(), rect.bottom());
    let tab = left + rect.size.width * part;
    vec![
        point(left, top),
        point(tab, top),
        point(tab, top + CUT),
        point(right, top + CUT),
        point(right, bottom),
        point(left, bottom),
    ]
}

/// 48 points of the ellipse in a rectangle, by the rational form of the circle, ((1 − t²) / (1 + t²), 2t / (1 + t²)).
fn ellipse(rect: Rect) -> Vec<Point> {
    let quarter: Vec<_> = (0..12)
        .map(|step| {
            let t = f64::from(step) / 12.0;
            ((1.0 - t * t) / (1.0 + t * t), 2.0 * t / (1.0 + t * t))
        })
        .collect();
    let turns = [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)];
    let circle = turns.into_iter().flat_map(|(c, s)| quarter.iter().map(move |&(x, y)| (c * x - s * y, s * x + c * y)));
    circle.map(|(x, y)| rect.center.moved(x * rect.size.width / 2.0, y * rect.size.height / 2.0)).collect()
}

/// Where two lines cross, as a part of the first.
fn crossing(from: Point, to: Point, a: Point, b: Point) -> Option<f64> {
    let (way, side) = ((to.x - from.x, to.y - from.y), (b.x - a.x, b.y - a.y));
    let across = way.0 * side.1 - way.1 * side.0;
    if across == 0.0 {
        return None;
    }
    let offset = (a.x - from.x, a.y - from.y);
    let part = (offset.0 * side.1 - offset.1 * side.0) / across;
    let along = (offset.0 * way.1 - offset.1 * way.0) / across;
    ((0.0..=1.0).contains(&part) && (0.0..=1.0).contains(&along)).then_some(part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_in_every_shape() {
        for shape in Shape::ALL {
            for text in [size(40.0, 15.0), size(160.0, 15.0), size(160.0, 75.0)] {
                let rect = Rect { center: Point::default(), size: shape.around(text) };
                let middle = shape.text_center(rect);
                for (x, y) in [(-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5), (0.5, 0.5)] {
                    let corner = middle.moved(x * text.width, y * text.height);
                    let end = middle.toward(corner, 100.0);
                    let border = shape.border(rect, middle, end);
                    assert!(middle.distance(border) >= middle.distance(corner) - 0.5, "{shape:?} {text:?}");
                }
            }
        }
    }

    #[test]
    fn outlines_stay_in_their_rectangle() {
        let rect = Rect::spanning(0.0, 0.0, 200.0, 60.0);
        for shape in Shape::ALL {
            for corner in shape.outline(rect).into_iter().chain(shape.strokes(rect).into_iter().flatten()) {
                assert!(rect.padded(1e-9, 1e-9).overlaps(&Rect { center: corner, size: Size::default() }), "{shape:?}");
            }
        }
    }
}
