//! Gives events, axis and text of a timeline a place: one row for each event, so that nothing overlaps.
//!
//! Distances along the axis are from where reading begins; [`Column`] knows on which side that is.

use super::axis::{self, Tick};
use super::{DatedEvent, Days, Stage, Timeline};
use crate::draw::font::Font;
use crate::draw::geometry::{Point, Rect, Size, count, point, size};
use crate::draw::layout::{Column, LegendEntry, MARGIN, PlacedText};
use crate::draw::words::Words;

/// The length of the axis in pixels, and how many parts it has at most.
const AXIS: f64 = 1080.0;
const MOST_TICKS: i64 = 15;
/// How many points of a sheet a pixel has at least, so that the smallest type has seven.
const LEAST_POINTS: f64 = 7.0 / TICK_TEXT;
/// The height of marks, and the width below which a span is drawn as a point of this size.
pub(super) const MARK: f64 = 11.0;
/// Pixels between a mark and its label, and between two rows.
const GAP: f64 = 7.0;
const ROW_GAP: f64 = 5.0;
/// How many lines a label may have beside its mark.
const MOST_BESIDE: usize = 2;
/// How far the texts of divisions may reach into the margin.
const OVERHANG: f64 = 16.0;
/// Sizes of text in pixels.
const TITLE_TEXT: f64 = 18.0;
const EVENT_TEXT: f64 = 12.0;
const TICK_TEXT: f64 = 10.0;

/// The places of everything in a timeline.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PlacedTimeline {
    pub(in crate::draw) size: Size,
    /// How many points of a sheet a pixel has, where it is made for one.
    pub(in crate::draw) points: Option<f64>,
    /// How high it would have to be.
    pub(in crate::draw) height: f64,
    pub(super) title: PlacedText,
    /// The divisions of the axis, each with its text above and below.
    pub(super) ticks: Vec<(f64, [PlacedText; 2])>,
    /// The top and the bottom of the lines of the divisions.
    pub(super) lines: (f64, f64),
    pub(super) today: Option<Rect>,
    pub(super) events: Vec<PlacedEvent>,
    /// What the kinds of marks mean, those that are drawn.
    pub(super) legend: Vec<(Kind, LegendEntry)>,
    pub(super) footer: Vec<PlacedText>,
}

/// An event in its place.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct PlacedEvent {
    pub(super) mark: Rect,
    pub(super) previous: Option<Point>,
    pub(super) label: PlacedText,
}

/// What the legend explains.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Stage(Stage),
    Inexact,
    Today,
}

/// Lays out a timeline; on paper, laid the way on which all its events have room, across if both are.
pub(in crate::draw) fn place(timeline: &Timeline) -> PlacedTimeline {
    let Some(paper) = timeline.paper else { return on(timeline, None) };
    let ways: Vec<_> = paper.ways().into_iter().map(|way| on(timeline, Some(way))).collect();
    let fitting = ways.iter().position(|placed| placed.height <= placed.size.height);
    ways.into_iter().nth(fitting.unwrap_or_default()).unwrap_or_else(|| on(timeline, None))
}

/// Lays out a timeline on a sheet so wide and high in points, or on one of its own size.
fn on(timeline: &Timeline, sheet: Option<(f64, f64)>) -> PlacedTimeline {
    let given = timeline.font.as_ref();
    let points = sheet.map(|(width, _)| (width / (AXIS + 2.0 * MARGIN)).max(LEAST_POINTS));
    let length = sheet.zip(points).map_or(AXIS, |((width, _), points)| width / points - 2.0 * MARGIN);
    let axis = Axis::new(timeline, length);
    let mut column = Column::new(timeline.language.direction(), length, given);
    let title = column.paragraph(&Font::bold(TITLE_TEXT, given), &timeline.title);
    column.bottom += MARGIN;
    let above = axis.texts(&mut column);
    let top = column.bottom + ROW_GAP / 2.0;
    column.bottom = top + ROW_GAP;
    let font = Font::regular(EVENT_TEXT, given);
    let events: Vec<_> = timeline.events.iter().map(|event| axis.row(&mut column, &font, event)).collect();
    let lines = (top, column.bottom);
    column.bottom += ROW_GAP / 2.0;
    let below = axis.texts(&mut column);
    column.bottom += MARGIN;
    let ticks = axis.ticks.iter().map(|tick| column.middle(axis.at(tick.day), 0.0));
    let ticks = ticks.zip(above.into_iter().zip(below).map(|(above, below)| [above, below])).collect();
    let today = axis.today.map(|days| {
        let (start, width) = axis.span(days);
        let center = point(column.middle(start, width), f64::midpoint(lines.0, lines.1));
        Rect { center, size: size(width, lines.1 - lines.0) }
    });
    let kinds = kinds(timeline, today.is_some());
    let words = Words::of(timeline.language);
    let labels = kinds.iter().map(|kind| match kind {
        Kind::Stage(stage) => words.stage(*stage),
        Kind::Inexact => words.inexact,
        Kind::Today => words.today,
    });
    let legend = kinds.iter().copied().zip(column.legend(labels)).collect();
    let font = Font::regular(TICK_TEXT, given);
    let footer = timeline.footer.iter().map(|line| column.paragraph(&font, line)).collect();
    let height = column.bottom + MARGIN;
    let high = sheet.zip(points).map_or(height, |((_, height), points)| height / points);
    let size = size(length + 2.0 * MARGIN, high);
    PlacedTimeline { size, points, height, title, ticks, lines, today, events, legend, footer }
}

/// The kinds of marks that are drawn.
fn kinds(timeline: &Timeline, today: bool) -> Vec<Kind> {
    let stages = [Stage::Held, Stage::Planned, Stage::Postponed, Stage::Cancelled];
    let drawn = stages.into_iter().filter(|&stage| timeline.events.iter().any(|event| event.stage == stage));
    let inexact = timeline.events.iter().any(|event| !event.exact).then_some(Kind::Inexact);
    drawn.map(Kind::Stage).chain(inexact).chain(today.then_some(Kind::Today)).collect()
}

/// Where days are along the axis.
struct Axis {
    length: f64,
    ticks: Vec<Tick>,
    first: i64,
    pixels_a_day: f64,
    today: Option<Days>,
}

impl Axis {
    fn new(timeline: &Timeline, length: f64) -> Self {
        let all = timeline.events.iter().flat_map(|event| [Some(&event.span), event.previous.as_ref()]);
        let all = all.flatten().map(|span| span.days);
        let bounds = all
            .reduce(|one, other| Days { first: one.first.min(other.first), last: one.last.max(other.last) })
            .or(timeline.today);
        let ticks = bounds.map(|days| axis::ticks(days, MOST_TICKS)).unwrap_or_default();
        let (first, last) = (ticks.first().map_or(0, |tick| tick.day), ticks.last().map_or(1, |tick| tick.day));
        let today = timeline.today.filter(|days| days.first >= first && days.last < last);
        Self { length, first, pixels_a_day: length / days(last - first), ticks, today }
    }

    /// The distance of the start of a day from where the axis begins.
    fn at(&self, day: i64) -> f64 {
        days(day - self.first) * self.pixels_a_day
    }

    /// The start and the width of some days.
    fn span(&self, days: Days) -> (f64, f64) {
        let start = self.at(days.first);
        (start, self.at(days.last + 1) - start)
    }

    /// The texts of the divisions, in a line.
    fn texts(&self, column: &mut Column<'_>) -> Vec<PlacedText> {
        let font = Font::regular(TICK_TEXT, None);
        let y = column.bottom;
        let texts = self.ticks.iter().map(|tick| {
            let block = font.wrap(&tick.text, self.length);
            let size = block.size();
            let start = (self.at(tick.day) - size.width / 2.0).clamp(-OVERHANG, self.length + OVERHANG - size.width);
            column.bottom = y + size.height;
            column.block(&block, start, y + size.height / 2.0)
        });
        texts.collect()
    }

    /// The row of an event: its mark, and its name and date on the side that has room for them, or above it.
    fn row(&self, column: &mut Column<'_>, font: &Font<'_>, event: &DatedEvent) -> PlacedEvent {
        let (mut start, mut width) = self.span(event.span.days);
        if width < MARK {
            (start, width) = ((start + width / 2.0 - MARK / 2.0).clamp(0.0, self.length - MARK), MARK);
        }
        let previous = event.previous.as_ref().map(|previous| {
            let (start, width) = self.span(previous.days);
            (start + width / 2.0).clamp(MARK / 2.0, self.length - MARK / 2.0)
        });
        let taken_from = previous.map_or(start, |previous| start.min(previous - MARK / 2.0));
        let taken_to = previous.map_or(start + width, |previous| (start + width).max(previous + MARK / 2.0));
        let (before, after) = (taken_from - GAP, self.length - taken_to - GAP);
        let text = format!("{} · {}", event.node.label, event.span.text);
        let single = font.width(&text);
        let is_after = single <= after || (single > before && after >= before);
        let room = if is_after { after } else { before };
        let beside = Some(font.wrap(&text, room.max(0.0)))
            .filter(|block| block.lines.len() <= MOST_BESIDE && block.size().width <= room);
        let (label, y) = if let Some(block) = beside {
            let text_start = if is_after { taken_to + GAP } else { before - block.size().width };
            let height = block.size().height.max(MARK);
            let y = column.bottom + height / 2.0;
            column.bottom += height + ROW_GAP;
            (column.block(&block, text_start, y), y)
        } else {
            let block = font.wrap(&text, self.length);
            let Size { width, height } = block.size();
            let label = column.block(&block, start.min(self.length - width).max(0.0), column.bottom + height / 2.0);
            column.bottom += height + MARK + ROW_GAP;
            (label, column.bottom - ROW_GAP - MARK / 2.0)
        };
        PlacedEvent {
            mark: Rect { center: point(column.middle(start, width), y), size: size(width, MARK) },
            previous: previous.map(|previous| point(column.middle(previous, 0.0), y)),
            label,
        }
    }
}

/// A number of days to calculate with.
fn days(n: i64) -> f64 {
    let length = count(usize::try_from(n.unsigned_abs()).unwrap_or(usize::MAX));
    if n < 0 { -length } else { length }
}
