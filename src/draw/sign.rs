//! The sign of a class by itself, for a legend beside a picture.

use super::geometry::{Point, Rect, Size};
use super::svg::Svg;
use super::{ClassStyle, Style};

impl ClassStyle {
    /// Returns the sign of the class as SVG by itself, for a legend beside a picture.
    #[must_use]
    pub(crate) fn sign(&self) -> String {
        let mut out = Svg::empty(Style::Colour);
        out.push("<svg class=\"sign\" viewBox=\"0 0 30 18\" width=\"30\" height=\"18\" aria-hidden=\"true\" stroke-width=\"1.5\">");
        let rect = Rect { center: Point { x: 15.0, y: 9.0 }, size: Size { width: 27.0, height: 15.0 } };
        out.shape(Some(self), rect);
        out.close()
    }
}
