//! A picture, whether a network or a timeline, and the one set of writers for both.

use std::borrow::Cow;

use super::annotation::Notes;
use super::layout::{Layout, layout, layout_by};
use super::pdf::pdf;
use super::render::{Drawn, png};
use super::svg::svg_with;
use super::timeline::{self, PlacedTimeline};
use super::words::Words;
use super::{
    Diagram, DrawError, Engine, EngineError, Format, NetworkFormat, Node, Style, Timeline, dot, error, mermaid, twin,
};
use crate::model::Language;

/// A picture before it is laid out: everything that it says.
#[derive(Debug, Clone, PartialEq)]
pub enum Picture {
    /// Entities and the links between them.
    Network(Diagram),
    /// Events along a time axis.
    Timeline(Timeline),
}

/// A picture with everything at its place.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum PlacedPicture<'a> {
    /// A network, and where its nodes and edges are.
    Network(Cow<'a, Diagram>, Layout),
    /// A timeline, and where its events are.
    Timeline(Cow<'a, Timeline>, PlacedTimeline),
}

impl Picture {
    /// Returns the title.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Network(diagram) => &diagram.title,
            Self::Timeline(timeline) => &timeline.title,
        }
    }

    /// Returns what it shows, in sentences.
    #[must_use]
    pub fn description(&self) -> &str {
        match self {
            Self::Network(diagram) => &diagram.description,
            Self::Timeline(timeline) => &timeline.description,
        }
    }

    /// Returns where to see what it does not show.
    #[must_use]
    pub(crate) fn hints(&self) -> &[String] {
        match self {
            Self::Network(diagram) => &diagram.hints,
            Self::Timeline(timeline) => &timeline.hints,
        }
    }

    /// Returns how many entities have a place in it.
    #[must_use]
    pub fn n_shown(&self) -> usize {
        match self {
            Self::Network(diagram) => diagram.nodes.len(),
            Self::Timeline(timeline) => timeline.events.len(),
        }
    }

    /// Returns the language of its words.
    #[must_use]
    pub fn language(&self) -> Language {
        match self {
            Self::Network(diagram) => diagram.language,
            Self::Timeline(timeline) => timeline.language,
        }
    }

    /// Returns what relations lines stand for, each with the number of lines: that of most first.
    #[must_use]
    pub(crate) fn relations(&self) -> Vec<(String, usize)> {
        match self {
            Self::Network(diagram) => diagram.relations(),
            Self::Timeline(_) => Vec::new(),
        }
    }

    /// Returns the headings of the columns of its table: of links, or of events.
    #[must_use]
    pub(crate) fn columns(&self) -> &'static [&'static str] {
        match self {
            Self::Network(diagram) => &Words::of(diagram.language).columns,
            Self::Timeline(timeline) => &Words::of(timeline.language).event_columns,
        }
    }

    /// Paints it in another style.
    pub fn set_style(&mut self, painted: Style) {
        match self {
            Self::Network(diagram) => diagram.style = painted,
            Self::Timeline(timeline) => timeline.style = painted,
        }
    }

    /// Returns the picture with everything at its place.
    ///
    /// # Errors
    ///
    /// If there are too many nodes for a picture.
    pub(crate) fn placed(&self) -> Result<PlacedPicture<'_>, DrawError> {
        Ok(match self {
            Self::Network(diagram) => PlacedPicture::Network(Cow::Borrowed(diagram), placed(diagram, None)?),
            Self::Timeline(timeline) => PlacedPicture::Timeline(Cow::Borrowed(timeline), timeline::place(timeline)),
        })
    }

    /// Returns the picture with everything at its place, to be kept.
    ///
    /// # Errors
    ///
    /// As [`Picture::placed`].
    pub(crate) fn into_placed(self) -> Result<PlacedPicture<'static>, DrawError> {
        Ok(match self {
            Self::Network(diagram) => {
                let layout = placed(&diagram, None)?;
                PlacedPicture::Network(Cow::Owned(diagram), layout)
            }
            Self::Timeline(timeline) => {
                let placed = timeline::place(&timeline);
                PlacedPicture::Timeline(Cow::Owned(timeline), placed)
            }
        })
    }

    /// Returns the picture in a format.
    ///
    /// # Errors
    ///
    /// If there are too many nodes for a picture, or the format cannot hold it.
    pub fn write(&self, format: Format) -> Result<Vec<u8>, DrawError> {
        match format.paint() {
            None => Ok(self.twin().into_bytes()),
            Some(paint) => self.placed()?.painted(paint),
        }
    }

    /// Returns the picture in a format of networks, laid out by us, or by an engine of Graphviz. A timeline has the formats
    /// that every picture has.
    ///
    /// # Errors
    ///
    /// If the format cannot hold it, there are too many nodes for a picture, or the engine gives no places.
    pub fn write_as(&self, engine: Option<Engine>, format: NetworkFormat) -> Result<Vec<u8>, DrawError> {
        match (self, format) {
            (Self::Network(diagram), format) => write_network(diagram, engine, format),
            (Self::Timeline(_), NetworkFormat::Picture(format)) => self.write(format),
            (Self::Timeline(_), NetworkFormat::Dot | NetworkFormat::Mermaid) => Err(DrawError::NoNetwork(format)),
        }
    }

    /// Returns the text twin.
    #[must_use]
    pub fn twin(&self) -> String {
        match self {
            Self::Network(diagram) => twin(diagram),
            Self::Timeline(timeline) => timeline::twin(timeline),
        }
    }
}

impl PlacedPicture<'_> {
    /// Changes what nodes lead to and are called by, which has no part in where they are.
    #[must_use]
    pub(crate) fn with_nodes(mut self, change: impl FnMut(&mut Node)) -> Self {
        match &mut self {
            Self::Network(diagram, _) => diagram.to_mut().nodes.iter_mut().for_each(change),
            Self::Timeline(timeline, _) => {
                let timeline = timeline.to_mut();
                let dated = timeline.events.iter_mut().map(|event| &mut event.node);
                dated.chain(&mut timeline.undated).for_each(change);
            }
        }
        self
    }

    /// Returns the picture without its places.
    #[must_use]
    pub(crate) fn into_picture(self) -> Picture {
        match self {
            Self::Network(diagram, _) => Picture::Network(diagram.into_owned()),
            Self::Timeline(timeline, _) => Picture::Timeline(timeline.into_owned()),
        }
    }

    /// Returns the picture as SVG.
    #[must_use]
    pub(crate) fn svg(&self) -> String {
        self.drawn().svg
    }

    /// Returns the picture in a format.
    ///
    /// # Errors
    ///
    /// If the format cannot hold it.
    pub(crate) fn write(&self, format: Format) -> Result<Vec<u8>, DrawError> {
        match (format.paint(), self) {
            (Some(paint), _) => self.painted(paint),
            (None, Self::Network(diagram, _)) => Ok(twin(diagram).into_bytes()),
            (None, Self::Timeline(timeline, _)) => Ok(timeline::twin(timeline).into_bytes()),
        }
    }

    /// Returns the picture as SVG for a page that says all of it in words too: a line whose label stands on it has no title of
    /// its own.
    #[must_use]
    pub(crate) fn inline(&self) -> String {
        match self {
            Self::Network(diagram, layout) => svg_with(diagram, layout, Notes::Labels),
            Self::Timeline(..) => self.svg(),
        }
    }

    /// Returns the picture as SVG whose nodes and lines carry what a script asks for, as attributes `data-…`: the class of a
    /// node; the number of an edge, its ends, its statements and its relations, by their places in [`Picture::relations`].
    #[must_use]
    pub(crate) fn annotated(&self) -> String {
        match self {
            Self::Network(diagram, layout) => svg_with(diagram, layout, Notes::Data),
            Self::Timeline(..) => self.svg(),
        }
    }

    fn painted(&self, paint: Paint) -> Result<Vec<u8>, DrawError> {
        paint(self.drawn())
    }

    fn drawn(&self) -> Drawn<'_> {
        match self {
            Self::Network(diagram, layout) => Drawn::network(diagram, layout),
            Self::Timeline(timeline, placed) => timeline::drawn(timeline, placed),
        }
    }
}

/// Writes what is drawn.
type Paint = fn(Drawn<'_>) -> Result<Vec<u8>, DrawError>;

impl Format {
    /// The writer of what has places; nothing for text.
    fn paint(self) -> Option<Paint> {
        match self {
            Self::Svg => Some(|drawn| Ok(drawn.svg.into_bytes())),
            Self::Png => Some(|drawn| png(&drawn)),
            Self::Pdf => Some(|drawn| pdf(&[drawn])),
            Self::Markdown => None,
        }
    }
}

/// Returns a network in a format, laid out by us, or by an engine of Graphviz.
///
/// # Errors
///
/// If the format cannot hold it, there are too many nodes for a picture, or the engine gives no places.
pub(crate) fn write_network(
    diagram: &Diagram,
    engine: Option<Engine>,
    format: NetworkFormat,
) -> Result<Vec<u8>, DrawError> {
    let paint: Paint = match format {
        NetworkFormat::Mermaid | NetworkFormat::Picture(Format::Markdown) if engine.is_some() => {
            return Err(EngineError::Format(format.extension()).into());
        }
        NetworkFormat::Mermaid => return Ok(mermaid(diagram)?.into_bytes()),
        NetworkFormat::Dot => {
            let network = network(diagram);
            return Ok(dot(&network, &placed(&network, engine)?).into_bytes());
        }
        NetworkFormat::Picture(format) => match format.paint() {
            None => return Ok(twin(diagram).into_bytes()),
            Some(paint) => paint,
        },
    };
    if engine.is_some() {
        let network = network(diagram);
        return PlacedPicture::Network(Cow::Borrowed(&network), placed(&network, engine)?).painted(paint);
    }
    PlacedPicture::Network(Cow::Borrowed(diagram), placed(diagram, engine)?).painted(paint)
}

/// A diagram with lines instead of lists: what Graphviz lays out.
fn network(diagram: &Diagram) -> Diagram {
    Diagram { hub: None, sectors: Vec::new(), ..diagram.clone() }
}

/// Returns pictures as the pages of one PDF.
///
/// # Errors
///
/// If the format cannot hold them, or there are too many nodes for a picture.
pub(crate) fn write_pages(pictures: &[Picture]) -> Result<Vec<u8>, DrawError> {
    let placed: Vec<PlacedPicture<'_>> = pictures.iter().map(Picture::placed).collect::<Result<_, _>>()?;
    let pages: Vec<Drawn<'_>> = placed.iter().map(PlacedPicture::drawn).collect();
    pdf(&pages)
}

/// The places of a network that is not too large.
fn placed(diagram: &Diagram, engine: Option<Engine>) -> Result<Layout, DrawError> {
    if diagram.nodes.len() > error::MOST_NODES {
        return Err(DrawError::Nodes(diagram.nodes.len()));
    }
    Ok(match engine {
        None => layout(diagram),
        Some(engine) => layout_by(diagram, engine)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples;
    use super::*;

    #[test]
    fn so_many_nodes_that_none_is_found_are_written_as_a_list_but_not_drawn() {
        let diagram = samples::diagram("en", &vec!["a"; error::MOST_NODES + 1], &[]);
        for format in
            [Format::Svg, Format::Png, Format::Pdf].map(NetworkFormat::Picture).into_iter().chain([NetworkFormat::Dot])
        {
            let error = write_network(&diagram, None, format).unwrap_err();
            assert_eq!(error.to_string(), "a picture has at most 5000 entities, and this would have 5001");
        }
        assert!(Picture::Network(diagram).write(Format::Markdown).is_ok());
    }

    #[test]
    fn an_engine_is_not_asked_for_what_has_no_places() {
        let diagram = samples::diagram("en", &["a"], &[]);
        for (format, name) in [(Format::Markdown.into(), "md"), (NetworkFormat::Mermaid, "mmd")] {
            let error = write_network(&diagram, Some(Engine::Dot), format).unwrap_err();
            assert_eq!(error.to_string(), format!("nothing is laid out in {name}"));
        }
    }
}
