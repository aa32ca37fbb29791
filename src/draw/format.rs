//! The forms of pictures: those that every picture has, and those that only a network has.

/// A form that every picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// Scalable Vector Graphics.
    Svg,
    /// The text twin.
    Markdown,
    /// Pixels.
    Png,
    /// A page.
    Pdf,
}

/// A form that a network is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum NetworkFormat {
    /// One that every picture has.
    Picture(Format),
    /// The language of Graphviz.
    Dot,
    /// A flowchart within Markdown.
    Mermaid,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 4] = [Self::Svg, Self::Markdown, Self::Png, Self::Pdf];

    /// Returns the extension of its files, without a dot, which is its name too.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Markdown => "md",
            Self::Png => "png",
            Self::Pdf => "pdf",
        }
    }
}

impl NetworkFormat {
    /// All formats.
    pub const ALL: [Self; 6] = [
        Self::Picture(Format::Svg),
        Self::Dot,
        Self::Picture(Format::Markdown),
        Self::Mermaid,
        Self::Picture(Format::Png),
        Self::Picture(Format::Pdf),
    ];

    /// Returns the extension of its files, without a dot, which is its name too.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Picture(format) => format.extension(),
            Self::Dot => "dot",
            Self::Mermaid => "mmd",
        }
    }

    /// Returns the format of that extension.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.extension() == extension)
    }
}

impl From<Format> for NetworkFormat {
    fn from(format: Format) -> Self {
        Self::Picture(format)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_is_known_by_its_extension() {
        for format in NetworkFormat::ALL {
            assert_eq!(NetworkFormat::from_extension(format.extension()), Some(format));
        }
        for format in Format::ALL {
            assert_eq!(NetworkFormat::from_extension(format.extension()), Some(format.into()));
        }
        assert_eq!(NetworkFormat::from_extension("gif"), None);
    }
}
