//! Pieces of lines.

use crate::draw::geometry::Point;

/// A cubic Bézier curve.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Curve {
    /// Where it starts.
    pub from: Point,
    /// The first control point.
    pub first: Point,
    /// The second control point.
    pub second: Point,
    /// Where it ends.
    pub to: Point,
}

impl Curve {
    /// Returns a straight line.
    #[must_use]
    pub(crate) fn line(from: Point, to: Point) -> Self {
        Self { from, first: from, second: to, to }
    }

    /// Tells whether it is a straight line.
    #[must_use]
    pub(crate) fn is_line(&self) -> bool {
        self.from == self.first && self.second == self.to
    }

    /// Returns the curve from its end to its start.
    #[must_use]
    pub(crate) fn reversed(self) -> Self {
        Self { from: self.to, first: self.second, second: self.first, to: self.from }
    }

    /// Returns the point at a part of the way, from 0 to 1.
    #[must_use]
    pub(crate) fn at(&self, part: f64) -> Point {
        let (a, b, c) = (
            self.from.toward(self.first, part),
            self.first.toward(self.second, part),
            self.second.toward(self.to, part),
        );
        a.toward(b, part).toward(b.toward(c, part), part)
    }

    pub(super) fn map(self, change: impl Fn(Point) -> Point) -> Self {
        Self { from: change(self.from), first: change(self.first), second: change(self.second), to: change(self.to) }
    }
}
