//! Points, sizes and rectangles, in pixels with y downwards.
//!
//! This stage uses only additions, multiplications, divisions and square roots. IEEE 754 gives them the same value on
//! every machine, which it does not promise for sines and exponentials.

/// A place in the picture.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Point {
    /// Pixels from the left.
    pub x: f64,
    /// Pixels from the top.
    pub y: f64,
}

/// A width and a height.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Pixels across.
    pub width: f64,
    /// Pixels down.
    pub height: f64,
}

/// An upright rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Rect {
    /// The middle.
    pub center: Point,
    /// Width and height.
    pub size: Size,
}

/// Returns a point.
pub(super) fn point(x: f64, y: f64) -> Point {
    Point { x, y }
}

/// Returns a size.
pub(super) fn size(width: f64, height: f64) -> Size {
    Size { width, height }
}

/// Returns a number of things as a number to calculate with.
pub(super) fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

impl Point {
    /// Returns the point moved by some pixels.
    #[must_use]
    pub(crate) fn moved(self, x: f64, y: f64) -> Self {
        point(self.x + x, self.y + y)
    }

    /// Returns the point that divides the way to another: 0 is here, 1 is there.
    #[must_use]
    pub(crate) fn toward(self, other: Self, part: f64) -> Self {
        self.moved((other.x - self.x) * part, (other.y - self.y) * part)
    }

    /// Returns the distance to another point.
    #[must_use]
    pub(crate) fn distance(self, other: Self) -> f64 {
        let (x, y) = (other.x - self.x, other.y - self.y);
        (x * x + y * y).sqrt()
    }
}

impl Size {
    /// Returns the size with a margin on each side.
    #[must_use]
    pub fn padded(self, horizontal: f64, vertical: f64) -> Self {
        size(self.width + 2.0 * horizontal, self.height + 2.0 * vertical)
    }
}

impl Rect {
    /// Returns the rectangle with these corners.
    pub(super) fn spanning(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        let center = point(f64::midpoint(left, right), f64::midpoint(top, bottom));
        Self { center, size: size(right - left, bottom - top) }
    }

    /// Returns the left edge.
    #[must_use]
    pub(crate) fn left(&self) -> f64 {
        self.center.x - self.size.width / 2.0
    }

    /// Returns the right edge.
    #[must_use]
    pub(crate) fn right(&self) -> f64 {
        self.center.x + self.size.width / 2.0
    }

    /// Returns the top edge.
    #[must_use]
    pub(crate) fn top(&self) -> f64 {
        self.center.y - self.size.height / 2.0
    }

    /// Returns the bottom edge.
    #[must_use]
    pub(crate) fn bottom(&self) -> f64 {
        self.center.y + self.size.height / 2.0
    }

    /// Returns the rectangle with a margin on each side.
    #[must_use]
    pub(crate) fn padded(self, horizontal: f64, vertical: f64) -> Self {
        Self { size: self.size.padded(horizontal, vertical), ..self }
    }

    /// Returns the smallest rectangle around both.
    #[must_use]
    pub(crate) fn union(&self, other: &Self) -> Self {
        Self::spanning(
            self.left().min(other.left()),
            self.top().min(other.top()),
            self.right().max(other.right()),
            self.bottom().max(other.bottom()),
        )
    }

    /// Tells whether both share more than a border.
    #[must_use]
    pub(crate) fn overlaps(&self, other: &Self) -> bool {
        let (x, y) = self.penetration(other);
        x > 0.0 && y > 0.0
    }

    /// Returns how far the two must be moved apart, across and down; zero or less if they already are.
    pub(super) fn penetration(&self, other: &Self) -> (f64, f64) {
        let x = f64::midpoint(self.size.width, other.size.width) - (self.center.x - other.center.x).abs();
        let y = f64::midpoint(self.size.height, other.size.height) - (self.center.y - other.center.y).abs();
        (x, y)
    }

    /// Tells whether a straight line between two points passes through the inside.
    pub(super) fn is_crossed_by(&self, from: Point, to: Point) -> bool {
        // Most lines that are asked about are far away.
        let (half_width, half_height) = (self.size.width / 2.0, self.size.height / 2.0);
        let (x, y) = ((from.x - self.center.x, to.x - self.center.x), (from.y - self.center.y, to.y - self.center.y));
        if x.0.min(x.1) > half_width
            || -x.0.max(x.1) > half_width
            || y.0.min(y.1) > half_height
            || -y.0.max(y.1) > half_height
        {
            return false;
        }
        // The part of the line between the left and right edges and between the top and bottom ones: Liang and Barsky.
        let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
        for (start, end, low, high) in
            [(from.x, to.x, self.left(), self.right()), (from.y, to.y, self.top(), self.bottom())]
        {
            let way = end - start;
            if way.abs() < f64::EPSILON {
                if start <= low || start >= high {
                    return false;
                }
                continue;
            }
            let (a, b) = ((low - start) / way, (high - start) / way);
            enter = enter.max(a.min(b));
            leave = leave.min(a.max(b));
        }
        enter < leave
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rectangles_that_touch_do_not_overlap() {
        let rect = |left, right| Rect::spanning(left, 0.0, right, 1.0);
        assert!(!rect(0.0, 1.0).overlaps(&rect(1.0, 2.0)));
        assert!(rect(0.0, 1.5).overlaps(&rect(1.0, 2.0)));
    }

    #[test]
    fn a_line_crosses_what_it_enters() {
        let rect = Rect::spanning(0.0, 0.0, 2.0, 2.0);
        assert!(rect.is_crossed_by(point(-1.0, 1.0), point(3.0, 1.0)));
        assert!(rect.is_crossed_by(point(1.0, 1.0), point(1.0, 9.0)));
        assert!(!rect.is_crossed_by(point(-1.0, 1.0), point(-0.5, 1.0)));
        assert!(!rect.is_crossed_by(point(-1.0, 0.5), point(0.5, -1.0)));
        assert!(!rect.is_crossed_by(point(-1.0, 2.0), point(3.0, 2.0)));
    }
}
