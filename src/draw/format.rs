//! The forms of a picture: one table.

/// A form that a picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Scalable Vector Graphics.
    Svg,
    /// The language of Graphviz.
    Dot,
    /// The text twin.
    Markdown,
    /// A flowchart within Markdown.
    Mermaid,
    /// Pixels.
    Png,
    /// A page.
    Pdf,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] = [Self::Svg, Self::Dot, Self::Markdown, Self::Mermaid, Self::Png, Self::Pdf];

    /// Returns the extension of its files, without a dot, which is its name too.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Dot => "dot",
            Self::Markdown => "md",
            Self::Mermaid => "mmd",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }

    /// Tells whether it has places, for which a diagram is laid out.
    pub(super) fn is_laid_out(self) -> bool {
        match self {
            Self::Svg | Self::Dot | Self::Png | Self::Pdf => true,
            Self::Markdown | Self::Mermaid => false,
        }
    }

    /// Returns the format of that extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_known_by_its_extension() {
        for format in Format::ALL {
            assert_eq!(Format::from_extension(format.extension()), Some(format));
        }
        assert_eq!(Format::from_extension("gif"), None);
    }
}
