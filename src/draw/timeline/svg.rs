//! A timeline as SVG.

use super::place::{Kind, MARK, PlacedTimeline};
use super::{Stage, Timeline};
use crate::draw::geometry::{Point, Rect, point, size};
use crate::draw::path::{number, polyline};
use crate::draw::svg::{Svg, font_size};
use crate::draw::{ClassStyle, Colour, Style};
use crate::model::Direction;

/// How far apart the lines of a hatching are.
const HATCH: f64 = 5.0;
/// The border of a span of which only some days are meant.
const DASHES: &str = " stroke-dasharray=\"3 2.5\"";

/// Returns a timeline as SVG. O(size of the output).
pub(super) fn svg(timeline: &Timeline, placed: &PlacedTimeline) -> String {
    let mut out = Svg::open(
        (&timeline.title, &timeline.description),
        timeline.language,
        (placed.size, placed.points),
        timeline.style,
    );
    let title = font_size(&placed.title) + " font-weight=\"bold\"";
    out.group("title", &title, |out| out.lines(&placed.title));
    axis(&mut out, placed);
    let colour = timeline.class.as_ref().map_or(Colour([0x99; 3]), |class: &ClassStyle| class.colour);
    out.group("events", "stroke-width=\"1.5\" stroke-linejoin=\"round\"", |out| {
        for (event, place) in timeline.events.iter().zip(&placed.events) {
            out.anchored(&event.node, |out| {
                if let Some(previous) = place.previous {
                    moved(out, previous, place.mark);
                }
                mark(out, place.mark, event.stage, event.exact, colour);
                match timeline.style {
                    Style::Colour => {}
                    // No line may strike a name out.
                    Style::Print => out.backdrop(place.label.rect.padded(2.0, 0.0)),
                }
                out.lines(&place.label);
            });
        }
    });
    if let Some((_, first)) = placed.legend.first() {
        out.group("legend", &(font_size(&first.label) + " stroke-width=\"1.5\""), |out| {
            for (kind, entry) in &placed.legend {
                sign(out, *kind, entry.sign, (colour, timeline.language.direction()));
                out.group("entry", "stroke=\"none\"", |out| out.lines(&entry.label));
            }
        });
    }
    if let Some(first) = placed.footer.first() {
        let footer = font_size(first) + &format!(" fill=\"{}\"", timeline.style.footer());
        out.group("footer", &footer, |out| placed.footer.iter().for_each(|line| out.lines(line)));
    }
    out.close()
}

/// The date of the data, the lines of the divisions, and their texts above and below.
fn axis(out: &mut Svg, placed: &PlacedTimeline) {
    out.group("axis", &format!("font-size=\"10\" fill=\"{}\"", out.style.footer()), |out| {
        if let Some(today) = placed.today {
            band(out, today);
        }
        let (top, bottom) = placed.lines;
        for (x, texts) in &placed.ticks {
            let line = polyline(&[point(*x, top), point(*x, bottom)]);
            let paint = match out.style {
                Style::Colour => "stroke=\"#DDDDDD\"",
                Style::Print => "stroke=\"#000000\" stroke-width=\"0.6\" stroke-dasharray=\"0.6 3.4\"",
            };
            out.push(&format!("<path d=\"{line}\" {paint}/>\n"));
            for text in texts {
                out.lines(text);
            }
        }
    });
}

/// The date of the data.
fn band(out: &mut Svg, rect: Rect) {
    let paint = match out.style {
        Style::Colour => "fill=\"#EEEEEE\"",
        Style::Print => "fill=\"none\" stroke=\"#000000\" stroke-dasharray=\"7 3 1.5 3\"",
    };
    rectangle(out, rect, paint);
}

/// The mark of an event: filled where it is held, hollow where it is still to come, crossed where it is called off; its
/// border broken where its days are not known, and then hatched where it is held. A span too short to see is a lozenge.
fn mark(out: &mut Svg, rect: Rect, stage: Stage, exact: bool, colour: Colour) {
    let (fill, dashes) = match (stage, exact) {
        (Stage::Held, true) => (out.style.ink(colour).to_string(), ""),
        (Stage::Held, false) => (out.style.fill(colour).to_string(), DASHES),
        (Stage::Planned | Stage::Postponed | Stage::Cancelled, true) => ("#FFFFFF".to_owned(), ""),
        (Stage::Planned | Stage::Postponed | Stage::Cancelled, false) => ("#FFFFFF".to_owned(), DASHES),
    };
    let paint = format!("fill=\"{fill}\" stroke=\"{}\"{dashes}", out.style.border(colour));
    if exact && rect.size.width <= MARK {
        let (center, half) = (rect.center, MARK / 2.0);
        let corners = [(0.0, -half), (half, 0.0), (0.0, half), (-half, 0.0)].map(|(x, y)| center.moved(x, y));
        out.push(&format!("<path d=\"{}Z\" {paint}/>\n", polyline(&corners)));
    } else {
        rectangle(out, rect, &paint);
    }
    match (stage, exact) {
        (Stage::Held, false) => hatching(out, rect, colour),
        (Stage::Cancelled, _) => cross(out, rect.center),
        (Stage::Held, true) | (Stage::Planned | Stage::Postponed, _) => {}
    }
}

/// Slanting lines in a rectangle, as a path, since pages are painted in plain colours only.
fn hatching(out: &mut Svg, rect: Rect, colour: Colour) {
    let (left, right, bottom) = (rect.left(), rect.right(), rect.bottom());
    let mut lines = String::new();
    // Where the line would meet the bottom.
    let mut foot = left + HATCH;
    while foot < right + rect.size.height {
        let above = (foot - left).min(rect.size.height);
        let beside = (foot - right).max(0.0);
        lines += &polyline(&[point(foot - beside, bottom - beside), point(foot - above, bottom - above)]);
        foot += HATCH;
    }
    let stroke = out.style.border(colour);
    out.push(&format!("<path d=\"{lines}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"0.8\"/>\n"));
}

/// The date that was given up, crossed out, with a dotted line from it to the new one.
fn moved(out: &mut Svg, previous: Point, mark: Rect) {
    let colour = out.style.line();
    let end = if previous.x < mark.center.x { mark.left() } else { mark.right() };
    let line = polyline(&[previous, point(end, mark.center.y)]);
    out.push(&format!(
        "<path d=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-dasharray=\"1.5 3.5\" stroke-linecap=\"round\"/>\n"
    ));
    cross(out, previous);
}

fn cross(out: &mut Svg, center: Point) {
    let half = MARK * 0.4;
    let line = |x: f64| polyline(&[center.moved(-half, -x), center.moved(half, x)]);
    let (falling, rising, colour) = (line(half), line(-half), out.style.line());
    out.push(&format!("<path d=\"{falling}{rising}\" fill=\"none\" stroke=\"{colour}\"/>\n"));
}

/// What the legend shows of a kind of mark; what comes first stands where reading begins.
fn sign(out: &mut Svg, kind: Kind, rect: Rect, (colour, direction): (Colour, Direction)) {
    let y = rect.center.y;
    let small = Rect { center: rect.center, size: size(rect.size.width, MARK) };
    let (left, right) = (rect.left() + MARK / 2.0, rect.right() - MARK / 2.0);
    match kind {
        Kind::Stage(Stage::Postponed) => {
            let (old, new) = match direction {
                Direction::LeftToRight => (left, right),
                Direction::RightToLeft => (right, left),
            };
            let new = Rect { center: point(new, y), size: size(MARK, MARK) };
            moved(out, point(old, y), new);
            mark(out, new, Stage::Postponed, true, colour);
        }
        Kind::Stage(stage) => mark(out, small, stage, true, colour),
        Kind::Inexact => {
            // What is held may be as imprecise as what is still to come.
            let width = rect.size.width / 2.0 - 2.0;
            for (x, stage) in [(rect.left() + width / 2.0, Stage::Held), (rect.right() - width / 2.0, Stage::Planned)] {
                let half = Rect { center: point(x, y), size: size(width, MARK) };
                mark(out, half, stage, false, colour);
            }
        }
        Kind::Today => band(out, rect),
    }
}

fn rectangle(out: &mut Svg, rect: Rect, paint: &str) {
    let (x, y) = (number(rect.left()), number(rect.top()));
    let (width, height) = (number(rect.size.width), number(rect.size.height));
    out.push(&format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" {paint}/>\n"));
}
