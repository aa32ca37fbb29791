//! Many rectangles, asked which of them are near to one: compared several at a time.

use crate::draw::geometry::{Point, Rect};

/// How many are compared at once.
const TOGETHER: usize = 8;

/// Rectangles, some of them together.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans(Vec<Group>);

/// The sides of some rectangles, each kind in a list of its own and as many of each, so that a processor compares several
/// with one instruction.
#[derive(Debug, Clone)]
struct Group {
    left: [f64; TOGETHER],
    right: [f64; TOGETHER],
    top: [f64; TOGETHER],
    bottom: [f64; TOGETHER],
}

/// The sides of one rectangle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Span {
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
}

impl Span {
    /// What a straight line takes up.
    pub(super) fn line(from: Point, to: Point) -> Self {
        Self { left: from.x.min(to.x), right: from.x.max(to.x), top: from.y.min(to.y), bottom: from.y.max(to.y) }
    }

    /// What a rectangle takes up, and a little more, so that no rounding leaves out what touches it.
    pub(super) fn around(rect: &Rect) -> Self {
        const MORE: f64 = 1e-3;
        Self {
            left: rect.left() - MORE,
            right: rect.right() + MORE,
            top: rect.top() - MORE,
            bottom: rect.bottom() + MORE,
        }
    }
}

impl Spans {
    pub(super) fn new(spans: impl Iterator<Item = Span>) -> Self {
        let mut all = Self::default();
        for (at, span) in spans.enumerate() {
            if at % TOGETHER == 0 {
                all.0.push(Group::nowhere());
            }
            all.set(at, span);
        }
        all
    }

    /// Replaces one.
    pub(super) fn set(&mut self, at: usize, span: Span) {
        let (group, at) = (&mut self.0[at / TOGETHER], at % TOGETHER);
        group.left[at] = span.left;
        group.right[at] = span.right;
        group.top[at] = span.top;
        group.bottom[at] = span.bottom;
    }

    /// Returns the numbers of those that have a point in common with one, in order.
    pub(super) fn near(&self, span: Span) -> impl Iterator<Item = usize> {
        let groups = self.0.iter().enumerate();
        groups.flat_map(move |(group, sides)| sides.near(&span).map(move |at| group * TOGETHER + at))
    }
}

impl Group {
    /// Rectangles that nothing is near to.
    fn nowhere() -> Self {
        let (far, none) = ([f64::INFINITY; TOGETHER], [f64::NEG_INFINITY; TOGETHER]);
        Self { left: far, right: none, top: far, bottom: none }
    }

    #[inline]
    fn near(&self, span: &Span) -> Bytes {
        let mut near = [0; TOGETHER];
        for (at, near) in near.iter_mut().enumerate() {
            // Numbers instead of conditions, for there must be no branch: all are compared together.
            let across = u8::from(self.right[at] >= span.left) & u8::from(self.left[at] <= span.right);
            let down = u8::from(self.bottom[at] >= span.top) & u8::from(self.top[at] <= span.bottom);
            *near = across & down;
        }
        Bytes(u64::from_le_bytes(near))
    }
}

/// The places of the bytes that are one, of bytes that are one or zero.
struct Bytes(u64);

impl Iterator for Bytes {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(bit as usize / 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::geometry::point;

    #[test]
    fn those_that_touch_are_near_and_no_others() {
        let line = |n: usize| Span::line(point(f64::from(u8::try_from(n).unwrap()) * 10.0, 5.0), point(0.0, 0.0));
        let mut spans = Spans::new((0..21).map(line));
        let asked = Span::line(point(150.0, 4.0), point(500.0, 9.0));
        assert_eq!(spans.near(asked).collect::<Vec<_>>(), (15..21).collect::<Vec<_>>());
        spans.set(16, line(2));
        assert_eq!(spans.near(asked).collect::<Vec<_>>(), [15, 17, 18, 19, 20]);
        assert_eq!(spans.near(Span::line(point(0.0, 5.1), point(900.0, 9.0))).count(), 0);
    }
}
