//! Why a picture cannot be written in a format.

use std::collections::BTreeSet;
use std::error::Error;

use krilla::error::KrillaError;

use super::Format;
use super::mermaid::{MOST_CHARACTERS, MOST_EDGES};
use super::pdf::LONGEST;
use super::render::MOST_PIXELS;

/// Why a diagram cannot be written in a format.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// Programs that show Mermaid refuse so many edges.
    #[error("Mermaid draws at most {MOST_EDGES} edges, and the diagram has {0}")]
    MermaidEdges(usize),
    /// Programs that show Mermaid refuse so much text.
    #[error("Mermaid reads at most {MOST_CHARACTERS} characters, and the diagram needs {0}")]
    MermaidText(usize),
    /// The format is for graphs.
    #[error("a timeline cannot be written as {}", .0.extension())]
    Timeline(Format),
    /// The bundled font lacks these characters.
    #[error("the font of pictures has no glyph for {}", listed(.0))]
    Glyphs(BTreeSet<char>),
    /// A picture of pixels would be too large.
    #[error("the picture would be {width:.0} by {height:.0} pixels, more than {} million", MOST_PIXELS / 1e6)]
    Pixels {
        /// How wide it would be.
        width: f64,
        /// How high it would be.
        height: f64,
    },
    /// A page would be too large.
    #[error("the page would be {width:.0} by {height:.0} points, and PDF allows {LONGEST}")]
    Page {
        /// How wide it would be.
        width: f64,
        /// How high it would be.
        height: f64,
    },
    /// The picture cannot be rendered.
    #[error("cannot render the picture")]
    Render(#[source] Box<dyn Error + Send + Sync>),
    /// The page cannot be written.
    #[error("cannot write the page: {0:?}")]
    Pdf(KrillaError),
}

impl DrawError {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::MermaidEdges(_) | Self::MermaidText(_) | Self::Pixels { .. } | Self::Page { .. } => {
                "draw a smaller part, or use svg, which has no limit"
            }
            Self::Timeline(_) => "use svg, png, pdf or md, or draw without --events",
            Self::Glyphs(_) => "choose another language with --lang, or use svg, which is shown in the reader's fonts",
            Self::Render(_) | Self::Pdf(_) => "use svg, and convert it with another program",
        }
    }
}

/// The first characters, and how many more there are.
fn listed(characters: &BTreeSet<char>) -> String {
    const MOST: usize = 20;
    let first: Vec<_> = characters.iter().take(MOST).map(char::to_string).collect();
    match characters.len().saturating_sub(MOST) {
        0 => first.join(", "),
        more => format!("{} and {more} more characters", first.join(", ")),
    }
}
