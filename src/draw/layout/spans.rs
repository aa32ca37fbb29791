//! Many rectangles, asked which of them are near to one: compared several at a time.

use crate::draw::geometry::{Point, Rect};

/// How many are compared before it is looked which of them are near.
const TOGETHER: usize = 8;

/// The sides of rectangles, each in a list of its own, so that a processor compares several with one instruction.
#[derive(Debug, Clone, Default)]
pub(super) struct Spans {
    left: Vec<f64>,
    right: Vec<f64>,
    top: Vec<f64>,
    bottom: Vec<f64>,
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
        for span in spans {
            all.left.push(span.left);
            all.right.push(span.right);
            all.top.push(span.top);
            all.bottom.push(span.bottom);
        }
        all
    }

    /// Replaces one.
    pub(super) fn set(&mut self, at: usize, span: Span) {
        self.left[at] = span.left;
        self.right[at] = span.right;
        self.top[at] = span.top;
        self.bottom[at] = span.bottom;
    }

    /// Returns the numbers of those that have a point in common with one, in order.
    pub(super) fn near(&self, span: Span) -> impl Iterator<Item = usize> {
        let sides = self.left.chunks(TOGETHER).zip(self.right.chunks(TOGETHER));
        let sides = sides.zip(self.top.chunks(TOGETHER).zip(self.bottom.chunks(TOGETHER)));
        sides.enumerate().flat_map(move |(chunk, ((left, right), (top, bottom)))| {
            let mut found = 0_u32;
            for (at, ((left, right), (top, bottom))) in left.iter().zip(right).zip(top.iter().zip(bottom)).enumerate() {
                let is_near =
                    (*right >= span.left) & (*left <= span.right) & (*bottom >= span.top) & (*top <= span.bottom);
                found |= u32::from(is_near) << at;
            }
            Bits(found).map(move |bit| chunk * TOGETHER + bit)
        })
    }
}

/// The places of the bits that are set, the lowest first.
struct Bits(u32);

impl Iterator for Bits {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        if self.0 == 0 {
            return None;
        }
        let bit = self.0.trailing_zeros();
        self.0 &= self.0 - 1;
        Some(bit as usize)
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
