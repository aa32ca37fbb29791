//! Lines and curves as the [path data](https://www.w3.org/TR/SVG2/paths.html#PathData) of SVG.

use std::fmt::Write as _;

use super::geometry::Point;
use super::layout::Curve;

pub(super) fn path(curves: &[Curve]) -> String {
    let mut path = String::new();
    let mut end = None;
    for curve in curves {
        if end != Some(curve.from) {
            path.push_str(&polyline(&[curve.from]));
        }
        if curve.is_line() {
            path.extend(["L", &place(curve.to)]);
        } else {
            path.extend(["C", &place(curve.first), " ", &place(curve.second), " ", &place(curve.to)]);
        }
        end = Some(curve.to);
    }
    path
}

pub(super) fn polyline(points: &[Point]) -> String {
    let mut path = String::new();
    for (at, place) in points.iter().enumerate() {
        path.push(if at == 0 { 'M' } else { 'L' });
        path.push_str(&self::place(*place));
    }
    path
}

fn place(place: Point) -> String {
    format!("{} {}", number(place.x), number(place.y))
}

/// A coordinate to a tenth of a pixel.
pub(super) fn number(value: f64) -> String {
    let mut text = String::new();
    if write!(text, "{value:.1}").is_ok() && text.ends_with(".0") {
        text.truncate(text.len() - 2);
    }
    if text == "-0" { "0".to_owned() } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coordinates_have_one_decimal_and_no_negative_zero() {
        assert_eq!([1.0, 1.25, -0.01, 12.34].map(number), ["1", "1.2", "0", "12.3"]);
    }
}
