//! Sheets of paper and screens that pictures are made for.

/// A sheet that a picture is to fill, laid across or upright as suits the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Paper {
    /// 297 by 210 millimetres.
    A4,
    /// 420 by 297 millimetres.
    A3,
    /// 11 by 8.5 inches.
    Letter,
    /// A slide of 16 to 9.
    Wide,
}

impl Paper {
    /// All sheets.
    pub(crate) const ALL: [Self; 4] = [Self::A4, Self::A3, Self::Letter, Self::Wide];

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::A3 => "a3",
            Self::Letter => "letter",
            Self::Wide => "16x9",
        }
    }

    /// Returns the sheet of that name.
    #[must_use]
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|paper| paper.name() == name)
    }

    /// Returns the longer and the shorter side in points.
    #[must_use]
    pub(crate) fn sides(self) -> (f64, f64) {
        match self {
            Self::A4 => (841.89, 595.28),
            Self::A3 => (1190.55, 841.89),
            Self::Letter => (792.0, 612.0),
            Self::Wide => (960.0, 540.0),
        }
    }

    /// Returns the ways to lay it, as width and height in points: slides are never upright.
    pub(super) fn ways(self) -> Vec<(f64, f64)> {
        let (long, short) = self.sides();
        match self {
            Self::A4 | Self::A3 | Self::Letter => vec![(long, short), (short, long)],
            Self::Wide => vec![(long, short)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_are_known_by_name_and_wider_than_high() {
        for paper in Paper::ALL {
            assert_eq!(Paper::from_name(paper.name()), Some(paper));
            assert!(paper.sides().0 > paper.sides().1);
        }
        assert_eq!(Paper::from_name("a5"), None);
    }
}
