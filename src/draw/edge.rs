//! Edges as SVG: lines with what they end in, and labels on them; each leads somewhere where its edge does.

use super::annotation::Notes;
use super::diagram::safe;
use super::layout::{Layout, PlacedEdge};
use super::path::{number, path};
use super::svg::{Svg, dashes};
use super::text::clean;
use super::{Diagram, Edge, mark};
use crate::export::xml;

/// How wide a line is for a pointer, in pixels.
const REACH: &str = "14";

impl Svg {
    /// The line of an edge with what it ends in: the marks of its kinds, or an arrowhead. Where the legend names it, this is
    /// the edge, told to those who listen; where its label stands on it, the label is.
    pub(super) fn line(&mut self, placed: &PlacedEdge, (edge, notes): (&Edge, &str), diagram: &Diagram) {
        let mut curves = placed.curves.clone();
        let thickness = diagram.thickness(edge.weight);
        let marks = mark::marks(diagram, edge, &mut curves, thickness);
        let colour = diagram.colour_of(edge).map(|colour| self.style.ink(colour));
        let is_labelled = !placed.label.lines.is_empty();
        if is_labelled {
            self.push(&format!("<g{notes}>"));
        } else {
            self.begin(edge, notes, "");
        }
        // Whoever listens or goes with Tab finds the edge at its label.
        let is_linked = self.lead(edge, if is_labelled { " tabindex=\"-1\" aria-hidden=\"true\"" } else { "" });
        let d = path(&curves);
        self.push(&format!("<path d=\"{d}\"{}", dashes(edge.style)));
        if edge.weight > 1 {
            self.push(&format!(" stroke-width=\"{}\"", number(thickness)));
        }
        if let Some(colour) = colour {
            self.push(&format!(" stroke=\"{colour}\""));
        }
        self.push(">");
        if is_labelled && !edge.tooltip.is_empty() && self.notes != Notes::Labels {
            self.element("title", &edge.tooltip);
        }
        self.push("</path>");
        let colour = colour.unwrap_or(self.style.line());
        for (mark, is_filled) in marks {
            let paint = if is_filled {
                format!("fill=\"{colour}\" stroke=\"none\"")
            } else {
                format!("stroke=\"{colour}\" stroke-width=\"1.6\"")
            };
            self.push(&format!("<path d=\"{mark}\" {paint}/>"));
        }
        if is_linked {
            self.push(&format!("<path d=\"{d}\" stroke-opacity=\"0\" stroke-width=\"{REACH}\"/></a>"));
        }
        self.push("</g>\n");
    }

    /// The labels of edges, over the lines and on white, so that no line strikes one out; and the edges that have no line,
    /// for those who listen.
    pub(super) fn edges(&mut self, diagram: &Diagram, layout: &Layout, notes: &[String]) {
        for ((edge, placed), notes) in diagram.edges.iter().zip(&layout.edges).zip(notes) {
            let (is_drawn, is_labelled) = (!placed.curves.is_empty(), !placed.label.lines.is_empty());
            if is_drawn && !is_labelled {
                continue;
            }
            self.begin(edge, notes, if is_labelled { " tabindex=\"0\"" } else { "" });
            let is_linked = self.lead(edge, "");
            self.push("\n");
            if is_drawn {
                self.backdrop(placed.label.rect.padded(2.0, 0.0));
            }
            self.lines(&placed.label);
            self.push(if is_linked { "</a></g>\n" } else { "</g>\n" });
        }
    }

    /// Begins the group of an edge with its title. One that leads somewhere is no symbol, for a symbol must hold no link, and
    /// its link takes the focus.
    fn begin(&mut self, edge: &Edge, notes: &str, focus: &str) {
        match safe(edge.href.as_deref()) {
            Some(_) => self.push(&format!("<g class=\"edge\"{notes} role=\"graphics-object\">")),
            None => self.push(&format!("<g class=\"edge\"{notes} role=\"graphics-symbol\"{focus}>")),
        }
        self.element("title", if edge.tooltip.is_empty() { &edge.label } else { &edge.tooltip });
    }

    /// Begins the link of an edge, if it leads anywhere.
    fn lead(&mut self, edge: &Edge, attributes: &str) -> bool {
        let Some(href) = safe(edge.href.as_deref()) else { return false };
        let name = clean(&edge.label);
        let name = if attributes.is_empty() && !edge.label.is_empty() {
            format!(" aria-label=\"{}\"", xml::content(&name.replace('\n', ", ")))
        } else {
            String::new()
        };
        self.push(&format!("<a href=\"{}\"{name}{attributes}>", xml::content(href)));
        true
    }
}
