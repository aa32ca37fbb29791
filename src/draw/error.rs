//! Why a picture cannot be written in a format.

use std::collections::BTreeSet;
use std::error::Error;

use krilla::error::KrillaError;

use super::NetworkFormat;
use super::graphviz::EngineError;
use super::mermaid::{MOST_CHARACTERS, MOST_EDGES};
use super::pdf::LONGEST;
use super::render::MOST_PIXELS;

/// The most nodes of a picture that is laid out.
pub(super) const MOST_NODES: usize = 5_000;

/// A text that no font can write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unwritable {
    /// Whose it is: the id of an entity, the relation of a link with the ids of its ends, or a part of the picture.
    pub place: String,
    /// The text.
    pub text: String,
    /// The characters that are lacking.
    pub characters: BTreeSet<char>,
}

/// Why a diagram cannot be written in a format.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DrawError {
    /// Programs that show Mermaid refuse so many edges.
    #[error("Mermaid draws at most {MOST_EDGES} edges, and the diagram has {0}")]
    MermaidEdges(usize),
    /// Programs that show Mermaid refuse so much text.
    #[error("Mermaid reads at most {MOST_CHARACTERS} characters, and the diagram needs {0}")]
    MermaidText(usize),
    /// There are more nodes than anyone can read.
    #[error("a picture has at most {MOST_NODES} entities, and this would have {0}")]
    Nodes(usize),
    /// Graphviz gave no places.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The bundled font, and the one that is given, lack characters of these texts.
    #[error("the font of pictures has no glyph for {}", listed(.0))]
    Glyphs(Vec<Unwritable>),
    /// A timeline is no network.
    #[error("a timeline cannot be written as {}", .0.extension())]
    NoNetwork(NetworkFormat),
    /// The file that is given is no font.
    #[error("it is no font that can be read: TrueType, OpenType, or a collection of these")]
    Font,
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

/// How many characters without a glyph are named, and in how many texts: the others are counted.
const MOST_NAMED: (usize, usize) = (20, 10);

/// The characters without a glyph, and then where they stand.
fn listed(texts: &[Unwritable]) -> String {
    let characters: BTreeSet<char> = texts.iter().flat_map(|text| &text.characters).copied().collect();
    let named: Vec<_> = characters.iter().take(MOST_NAMED.0).map(char::to_string).collect();
    let places = texts.iter().take(MOST_NAMED.1).map(|text| format!("in {} ({})", text.place, text.text));
    let places: Vec<_> = places.collect();
    let more = |all: usize, named: usize, what: &str| match all - named {
        0 => String::new(),
        more => format!(" and {more} more{what}"),
    };
    let (characters, texts) = (more(characters.len(), named.len(), ""), more(texts.len(), places.len(), " texts"));
    format!("{}{characters}: {}{texts}", named.join(", "), places.join("; "))
}
