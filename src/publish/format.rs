//! The forms of pictures: those that are drawn, and the page that a picture stands alone on.

use crate::draw::NetworkFormat;

/// A form that a picture is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum PictureFormat {
    /// One that is drawn.
    Drawn(NetworkFormat),
    /// A page that a picture stands alone on, to be looked around in.
    Html,
}

impl PictureFormat {
    /// Returns all formats.
    #[must_use]
    pub(crate) fn all() -> Vec<Self> {
        NetworkFormat::ALL.into_iter().map(Self::Drawn).chain([Self::Html]).collect()
    }

    /// Returns the extension of its files, without a dot, which is its name too.
    #[must_use]
    pub(crate) fn extension(self) -> &'static str {
        match self {
            Self::Drawn(format) => format.extension(),
            Self::Html => "html",
        }
    }

    /// Returns the format of that extension.
    #[must_use]
    pub(crate) fn from_extension(extension: &str) -> Option<Self> {
        Self::all().into_iter().find(|format| format.extension() == extension)
    }
}
