//! What lines end in: the marks of kinds of links, one behind the other where a line is of several.

use std::fmt::Write as _;

use super::geometry::{Point, point};
use super::layout::Curve;
use super::path::polyline;
use super::{Arrow, Diagram, Edge, Ends, Kind, Mark};

/// The length and half of the width of an arrowhead.
const ARROW: (f64, f64) = (8.0, 3.5);
/// Half of the width of the other marks.
const HALF: f64 = 3.6;

/// A mark as a path, and whether it is filled.
pub(super) type Path = (String, bool);

/// Cuts the line of an edge for its marks, and returns them.
pub(super) fn marks(diagram: &Diagram, edge: &Edge, curves: &mut Vec<Curve>, thickness: f64) -> Vec<Path> {
    let kinds: Vec<&Kind> = diagram.kinds_of(edge).collect();
    if kinds.is_empty() && edge.arrow == Arrow::Forward {
        return end(Mark::Arrow, curves, thickness).into_iter().collect();
    }
    marks_of(&kinds, curves, thickness)
}

/// Cuts a line for the marks of some kinds, and returns them.
pub(super) fn marks_of(kinds: &[&Kind], curves: &mut Vec<Curve>, thickness: f64) -> Vec<Path> {
    let mut marks = Vec::new();
    for kind in kinds {
        if kind.ends != Ends::Neither {
            marks.extend(end(kind.mark, curves, thickness));
        }
        if kind.ends == Ends::Both {
            *curves = curves.iter().rev().map(|curve| curve.reversed()).collect();
            marks.extend(end(kind.mark, curves, thickness));
            *curves = curves.iter().rev().map(|curve| curve.reversed()).collect();
        }
    }
    marks
}

/// Cuts the end of a line off and returns the mark that is there instead.
fn end(mark: Mark, curves: &mut [Curve], thickness: f64) -> Option<Path> {
    // A wide line needs a wide mark.
    let factor = (1.0 + (thickness - 1.2) / 4.0).max(1.0);
    let (length, half) = match mark {
        Mark::Arrow | Mark::Vee => (ARROW.0 * factor, ARROW.1 * factor),
        Mark::Dot | Mark::Square => (2.0 * HALF * factor, HALF * factor),
        Mark::Diamond => (2.6 * HALF * factor, HALF * factor),
        Mark::Bar => (4.0 * factor, 1.3 * HALF * factor),
    };
    let last = curves.last_mut()?;
    let tip = last.to;
    let behind = if last.is_line() { last.from } else { last.second };
    let whole = behind.distance(tip).max(1e-9);
    let base = tip.toward(behind, (length / whole).min(1.0));
    *last = if last.is_line() { Curve::line(last.from, base) } else { Curve { to: base, ..*last } };
    let (x, y) = ((tip.y - behind.y) / whole * half, (behind.x - tip.x) / whole * half);
    let middle = base.toward(tip, 0.5);
    Some(match mark {
        Mark::Arrow => (closed(&[tip, base.moved(x, y), base.moved(-x, -y)]), true),
        Mark::Vee => {
            let open = line(&[base.moved(x, y), tip, base.moved(-x, -y)]);
            (open + &line(&[base, tip]), false)
        }
        Mark::Dot => (disc(middle, half), true),
        Mark::Diamond => (closed(&[tip, middle.moved(x, y), base, middle.moved(-x, -y)]), true),
        Mark::Square => (closed(&[tip.moved(x, y), base.moved(x, y), base.moved(-x, -y), tip.moved(-x, -y)]), true),
        Mark::Bar => (line(&[middle.moved(x, y), middle.moved(-x, -y)]) + &line(&[base, tip]), false),
    })
}

fn closed(corners: &[Point]) -> String {
    line(corners) + "Z"
}

fn line(places: &[Point]) -> String {
    polyline(places)
}

fn disc(center: Point, radius: f64) -> String {
    let left = point(center.x - radius, center.y);
    let mut path = line(&[left]);
    for width in [2.0 * radius, -2.0 * radius] {
        // Writing to a string does not fail.
        let _ = write!(path, "a{radius:.1} {radius:.1} 0 1 0 {width:.1} 0");
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_ends_where_its_marks_begin_and_each_mark_is_another() {
        let mut paths = Vec::new();
        for mark in Mark::ALL {
            let mut curves = vec![Curve::line(point(0.0, 0.0), point(100.0, 0.0))];
            let (path, _) = end(mark, &mut curves, 1.2).unwrap();
            assert!((85.0..100.0).contains(&curves[0].to.x), "{mark:?} {curves:?}");
            assert!(!paths.contains(&path), "{path}");
            paths.push(path);
        }
    }

    #[test]
    fn marks_at_both_ends_leave_the_line_in_its_direction() {
        let kind = |mark, ends| Kind { label: String::new(), mark, ends, colour: super::super::Colour([0; 3]) };
        let mut curves =
            vec![Curve::line(point(0.0, 0.0), point(50.0, 0.0)), Curve::line(point(50.0, 0.0), point(100.0, 0.0))];
        let (both, last) = (kind(Mark::Dot, Ends::Both), kind(Mark::Arrow, Ends::Last));
        assert_eq!(marks_of(&[&both, &last], &mut curves, 1.2).len(), 3);
        assert!(curves[0].from.x > 5.0 && curves[1].to.x < 88.0 && curves[0].to == curves[1].from, "{curves:?}");
    }
}
