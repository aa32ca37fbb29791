//! How the nodes of a class look: shapes and colours.

use std::fmt;

/// A shape of nodes, by the name that [Graphviz](https://graphviz.org/doc/info/shapes.html) gives it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Shape {
    /// A rectangle.
    Box,
    /// An ellipse.
    Ellipse,
    /// A hexagon with a corner at the left and right.
    Hexagon,
    /// A rectangle with its corners cut off.
    Octagon,
    /// A sheet with a corner folded.
    Note,
    /// A rectangle with a roof.
    House,
    /// A rectangle that leans to the right.
    Parallelogram,
    /// A rectangle with a tab on top.
    Tab,
    /// A rectangle with a wider tab on top.
    Folder,
    /// A rectangle with two plugs at its side.
    Component,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 10] = [
        Self::Box,
        Self::Ellipse,
        Self::Hexagon,
        Self::Octagon,
        Self::Note,
        Self::House,
        Self::Parallelogram,
        Self::Tab,
        Self::Folder,
        Self::Component,
    ];

    /// Returns the name, as Graphviz spells it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Box => "box",
            Self::Ellipse => "ellipse",
            Self::Hexagon => "hexagon",
            Self::Octagon => "octagon",
            Self::Note => "note",
            Self::House => "house",
            Self::Parallelogram => "parallelogram",
            Self::Tab => "tab",
            Self::Folder => "folder",
            Self::Component => "component",
        }
    }

    /// Returns the shape of that name, if it is one of ours.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|shape| shape.name() == name)
    }
}

/// A colour in sRGB: red, green, blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Colour(pub [u8; 3]);

impl Colour {
    /// Parses `#RRGGBB`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()))?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        (digits.len() == 6).then_some(Self([part(0)?, part(2)?, part(4)?]))
    }

    /// Returns the colour mixed with white: five parts of white to one of colour, so that black text is read on it.
    #[must_use]
    pub(crate) fn tint(self) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "a mean of numbers below 256")]
        Self(self.0.map(|part| ((5 * 255 + u16::from(part)) / 6) as u8))
    }

    /// Returns the colour mixed with black, three parts to two, so that a thin line of it stands out from white.
    #[must_use]
    pub(crate) fn shade(self) -> Self {
        #[expect(clippy::cast_possible_truncation, reason = "less than what it is made of")]
        Self(self.0.map(|part| (u16::from(part) * 3 / 5) as u8))
    }
}

impl fmt::Display for Colour {
    /// Writes `#RRGGBB`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02X}{green:02X}{blue:02X}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_known_by_name() {
        assert!(Shape::ALL.iter().all(|&shape| Shape::from_name(shape.name()) == Some(shape)));
        assert_eq!(Shape::from_name("star"), None);
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(Colour::parse("#56b4E9").map(|colour| colour.to_string()).as_deref(), Some("#56B4E9"));
        assert_eq!(Colour::parse("#000000").map(Colour::tint), Colour::parse("#D4D4D4"));
        for wrong in ["56B4E9", "#56B4E", "#56B4E90", "#56B4EG", "#é56B4", "#+56B4E", "#äöü", "red"] {
            assert_eq!(Colour::parse(wrong), None, "{wrong}");
        }
    }
}
