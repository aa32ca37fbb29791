//! The legend as SVG: a sign for each thing that it explains, with its words.

use super::diagram::Sign;
use super::geometry::Point;
use super::layout::{Curve, Layout};
use super::path::{number, path};
use super::svg::{NODE_TEXT, Svg, dashes};
use super::{Colour, Diagram, mark};

/// The size in pixels of the text of the legend in a picture that is not large.
const LEGEND_TEXT: f64 = 11.0;

impl Svg {
    /// Draws the legend.
    pub(super) fn legend(&mut self, diagram: &Diagram, layout: &Layout) {
        for ((sign, _), entry) in diagram.signs().zip(&layout.legend) {
            let (from, to, y) = (entry.sign.left(), entry.sign.right(), entry.sign.center.y);
            let mut curves = vec![Curve::line(Point { x: from, y }, Point { x: to, y })];
            let line = self.style.line();
            match sign {
                Sign::Class(class) => {
                    self.push("<g stroke-width=\"1.5\">");
                    self.shape(Some(class), entry.sign);
                }
                Sign::Line(style) => self.sample(&curves, &format!("{} stroke-width=\"1.2\"", dashes(style)), line),
                Sign::Width(weight) => {
                    let thickness = number(diagram.thickness(weight));
                    self.sample(&curves, &format!(" stroke-width=\"{thickness}\""), line);
                }
                Sign::Kind(kind) => {
                    let marks = mark::marks_of(&[kind], &mut curves, 1.2);
                    let colour = self.style.ink(kind.colour);
                    self.sample(&curves, " stroke-width=\"1.2\"", colour);
                    for (path, is_filled) in marks {
                        let fill = if is_filled { colour.to_string() } else { "none".to_owned() };
                        self.push(&format!("<path d=\"{path}\" fill=\"{fill}\" stroke=\"{colour}\"/>"));
                    }
                }
                Sign::Size(size) => {
                    let pixels = number(f64::from(size) / 100.0 * NODE_TEXT * entry.label.font_size / LEGEND_TEXT);
                    let (x, y) = (number(entry.sign.center.x), number(y + 5.0));
                    self.push(&format!("<g><text x=\"{x}\" y=\"{y}\" font-size=\"{pixels}\">Aa</text>"));
                }
                Sign::Group(colour) => {
                    let rect = entry.sign.padded(-6.0, -6.0);
                    let (x, y) = (number(rect.left()), number(rect.top()));
                    let (width, height) = (number(rect.size.width), number(rect.size.height));
                    let (fill, stroke) = (self.style.fill(colour), self.style.border(colour));
                    self.push(&format!(
                        "<g><rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"5\" \
                         fill=\"{fill}\" stroke=\"{stroke}\"/>"
                    ));
                }
            }
            self.lines(&entry.label);
            self.push("</g>\n");
        }
    }

    /// Begins the entry of a line in the legend.
    fn sample(&mut self, curves: &[Curve], attributes: &str, colour: Colour) {
        let path = path(curves);
        self.push(&format!("<g><path d=\"{path}\"{attributes} fill=\"none\" stroke=\"{colour}\"/>"));
    }
}
