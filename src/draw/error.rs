//! Why a picture cannot be written in a format.

use super::mermaid::{MOST_CHARACTERS, MOST_EDGES};

/// Why a diagram cannot be written in a format.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DrawError {
    /// Programs that show Mermaid refuse so many edges.
    #[error("Mermaid draws at most {MOST_EDGES} edges, and the diagram has {0}")]
    MermaidEdges(usize),
    /// Programs that show Mermaid refuse so much text.
    #[error("Mermaid reads at most {MOST_CHARACTERS} characters, and the diagram needs {0}")]
    MermaidText(usize),
}

impl DrawError {
    /// Returns what to do about it.
    #[must_use]
    pub fn help(&self) -> &'static str {
        match self {
            Self::MermaidEdges(_) | Self::MermaidText(_) => "draw a smaller part, or use svg, which has no limit",
        }
    }
}
