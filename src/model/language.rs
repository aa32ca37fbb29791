//! Language tags of text.

use std::fmt;

/// A language tag of up to eleven characters, in the form that [BCP 47] recommends: `en`, `zh-Hans`, `pt-BR`.
///
/// [BCP 47]: https://www.rfc-editor.org/info/bcp47
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Language {
    bytes: [u8; 11],
    length: Length,
}

/// How many characters a tag has. Not a number, so that whatever has a language or none takes no more room than one that
/// has: statements are many.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Length {
    Two = 2,
    Three,
    Four,
    Five,
    Six,
    Seven,
    Eight,
    Nine,
    Ten,
    Eleven,
}

impl Length {
    const ALL: [Self; 10] = [
        Self::Two,
        Self::Three,
        Self::Four,
        Self::Five,
        Self::Six,
        Self::Seven,
        Self::Eight,
        Self::Nine,
        Self::Ten,
        Self::Eleven,
    ];

    fn of(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|length| *length as usize == text.len())
    }
}

/// The direction in which a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag")]
pub struct LanguageError(pub String);

impl Language {
    /// The six official languages of the United Nations, in the order of their English names.
    pub const UN: [&'static str; 6] = ["ar", "zh", "en", "fr", "ru", "es"];

    /// Parses a tag of a language with an optional script and region, and normalizes its case.
    ///
    /// # Errors
    ///
    /// If the text is not `language[-Script][-REGION]` with two or three letters of language.
    ///
    /// ```
    /// use rapporteur::model::{Direction, Language};
    ///
    /// let arabic = Language::parse("AR-eg")?;
    /// assert_eq!(arabic.as_str(), "ar-EG");
    /// assert_eq!(arabic.direction(), Direction::RightToLeft);
    /// assert_eq!(arabic.primary(), Language::parse("ar")?);
    /// # Ok::<(), rapporteur::model::LanguageError>(())
    /// ```
    pub fn parse(tag: &str) -> Result<Self, LanguageError> {
        let wrong = || LanguageError(tag.to_owned());
        if !tag.is_ascii() {
            return Err(wrong());
        }
        let mut parts = tag.split('-');
        let language = parts.next().filter(|part| matches!(part.len(), 2 | 3)).ok_or_else(wrong)?;
        let mut normal = language.to_ascii_lowercase();
        let mut last = 0;
        for part in parts {
            let kind = match part.len() {
                4 => 1,
                2 => 2,
                _ => return Err(wrong()),
            };
            if kind <= last {
                return Err(wrong());
            }
            last = kind;
            normal.push('-');
            if kind == 1 {
                normal.push_str(&part[..1].to_ascii_uppercase());
                normal.push_str(&part[1..].to_ascii_lowercase());
            } else {
                normal.push_str(&part.to_ascii_uppercase());
            }
        }
        if !normal.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-') {
            return Err(wrong());
        }
        let mut bytes = [0; 11];
        bytes.get_mut(..normal.len()).ok_or_else(wrong)?.copy_from_slice(normal.as_bytes());
        let length = Length::of(&normal).ok_or_else(wrong)?;
        Ok(Self { bytes, length })
    }

    /// Returns the tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length as usize]).unwrap_or_default()
    }

    /// Returns the language alone, in whatever script or region: `zh` of `zh-Hans`.
    #[must_use]
    pub fn primary(&self) -> Self {
        let tag = self.as_str();
        tag.split('-').next().and_then(|primary| Self::parse(primary).ok()).unwrap_or(*self)
    }

    /// Returns the direction in which the language is written.
    #[must_use]
    pub fn direction(&self) -> Direction {
        match self.primary().as_str() {
            "ar" | "fa" | "he" | "ur" | "ps" | "yi" | "ckb" | "ug" | "sd" | "dv" => Direction::RightToLeft,
            _ => Direction::LeftToRight,
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

/// Tells whether a character is in a block that Unicode
/// [keeps for scripts written from right to left](https://www.unicode.org/reports/tr9/#Bidi_Types).
#[must_use]
pub fn is_right_to_left(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}'
            | '\u{1E800}'..='\u{1EFFF}'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_written_as_bcp_47_recommends() {
        for (given, normal) in [("EN", "en"), ("zh-hans", "zh-Hans"), ("pt-br", "pt-BR"), ("ar", "ar")] {
            assert_eq!(Language::parse(given).unwrap().as_str(), normal);
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for wrong in
            ["", "e", "english", "en_GB", "en-", "ع", "عر", "éa", "en-éab", "en-aéb", "en-GB-Latn", "xx-yyyy-zz-aa"]
        {
            assert!(Language::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn arabic_is_written_from_right_to_left() {
        assert_eq!(Language::parse("ar-EG").unwrap().direction(), Direction::RightToLeft);
        assert_eq!(Language::parse("ru").unwrap().direction(), Direction::LeftToRight);
    }
}
