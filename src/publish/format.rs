//! The forms of pictures: those that are drawn, and the page that a picture stands alone on.

use super::site::{AloneError, alone};
use crate::draw::{DrawError, Engine, EngineError, NetworkFormat, Picture};
use crate::graph::KnowledgeGraph;
use crate::model::Language;

/// A form that a picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum PictureFormat {
    /// One that is drawn.
    Drawn(NetworkFormat),
    /// A page that a picture stands alone on, to be looked around in.
    Html,
}

impl PictureFormat {
    /// Returns all formats.
    #[must_use]
    pub fn all() -> Vec<Self> {
        NetworkFormat::ALL.into_iter().map(Self::Drawn).chain([Self::Html]).collect()
    }

    /// Returns the extension of its files, without a dot, which is its name too.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Drawn(format) => format.extension(),
            Self::Html => "html",
        }
    }

    /// Returns the format of that extension.
    ///
    /// ```
    /// use rapporteur::publish::PictureFormat;
    ///
    /// assert_eq!(PictureFormat::from_extension("html"), Some(PictureFormat::Html));
    /// assert_eq!(PictureFormat::from_extension("gif"), None);
    /// ```
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::all().into_iter().find(|format| format.extension() == extension)
    }

    /// Returns a picture in the format, laid out by us, or by an engine of Graphviz; a page is in the first of the languages.
    ///
    /// # Errors
    ///
    /// If the format cannot hold it, or the engine gives no places.
    pub fn write(
        self,
        graph: &KnowledgeGraph,
        picture: Picture,
        languages: &[Language],
        engine: Option<Engine>,
    ) -> Result<Vec<u8>, AloneError> {
        match (self, engine) {
            (Self::Drawn(format), engine) => Ok(picture.write_as(engine, format)?),
            (Self::Html, None) => Ok(alone(graph, picture, languages)?.into_bytes()),
            (Self::Html, Some(_)) => Err(DrawError::Engine(EngineError::Format(self.extension())).into()),
        }
    }
}
