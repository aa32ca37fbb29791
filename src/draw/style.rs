//! The colours of a picture on the screen, and on paper.

use super::Colour;

/// How a picture is painted. Shapes and lines tell everything that colours tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Style {
    /// In the colours of the classes, for the screen.
    #[default]
    Colour,
    /// In black on white, for paper.
    Print,
}

impl Style {
    /// Returns what a shape, or the area of a group, of a colour is filled with.
    pub(super) fn fill(self, colour: Colour) -> Colour {
        match self {
            Self::Colour => colour.tint(),
            Self::Print => Colour([0xFF; 3]),
        }
    }

    /// Returns what panels are filled with.
    pub(super) fn panel(self) -> Colour {
        match self {
            Self::Colour => Colour([0xF6; 3]),
            Self::Print => Colour([0xFF; 3]),
        }
    }

    /// Returns the border of a shape of a colour.
    pub(super) fn border(self, colour: Colour) -> Colour {
        self.ink(colour.shade())
    }

    /// Returns the colour of lines.
    pub(super) fn line(self) -> Colour {
        self.ink(Colour([0x5A; 3]))
    }

    /// Returns the colour of text on lines.
    pub(super) fn label(self) -> Colour {
        self.ink(Colour([0x30; 3]))
    }

    /// Returns the colour of small print.
    pub(super) fn footer(self) -> Colour {
        self.ink(Colour([0x55; 3]))
    }

    /// Returns a colour, or black.
    pub(super) fn ink(self, colour: Colour) -> Colour {
        match self {
            Self::Colour => colour,
            Self::Print => Colour([0; 3]),
        }
    }
}
