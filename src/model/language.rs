//! Language tags of text.

use std::cmp::Ordering;
use std::fmt;
use std::sync::{PoisonError, RwLock};

/// A language tag in the form that [BCP 47] recommends: `en`, `zh-Hans`, `pt-BR`, `ca-valencia`.
///
/// [BCP 47]: https://www.rfc-editor.org/info/bcp47
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Language {
    /// The tag, zeros after its end; of a long one, its number among the long ones.
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
    /// More than fit into the language itself.
    Long,
}

impl Length {
    const SHORT: [Self; 10] = [
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

    fn of(text: &str) -> Self {
        Self::SHORT.into_iter().find(|length| *length as usize == text.len()).unwrap_or(Self::Long)
    }
}

/// The long tags that were ever parsed: few, if any. Their order is that of arrival, which reaches no output.
static LONG: RwLock<Vec<&'static str>> = RwLock::new(Vec::new());

/// The tags that are [registered](https://www.iana.org/assignments/language-subtag-registry) though the grammar of others
/// does not have them, as they are recommended to be written.
const IRREGULAR: [&str; 17] = [
    "en-GB-oed",
    "i-ami",
    "i-bnn",
    "i-default",
    "i-enochian",
    "i-hak",
    "i-klingon",
    "i-lux",
    "i-mingo",
    "i-navajo",
    "i-pwn",
    "i-tao",
    "i-tay",
    "i-tsu",
    "sgn-BE-FR",
    "sgn-BE-NL",
    "sgn-CH-DE",
];

/// The direction in which a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// Returns the direction as HTML's [`dir`](https://html.spec.whatwg.org/multipage/dom.html#the-dir-attribute) has it.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag")]
pub struct LanguageError(pub String);

impl Language {
    /// The six official languages of the United Nations, in the order of their English names.
    pub const UN: [&'static str; 6] = ["ar", "zh", "en", "fr", "ru", "es"];

    /// Returns these languages.
    pub(crate) fn of_the_un() -> impl Iterator<Item = Self> + Clone {
        Self::UN.into_iter().filter_map(|tag| Self::parse(tag).ok())
    }

    /// Parses a tag of [RFC 5646](https://www.rfc-editor.org/rfc/rfc5646#section-2.1), and normalizes its case: a language of
    /// two or three letters, extended or not, with script, region, variants, extensions and a private part; a private tag such
    /// as `x-priv`; or one of the irregular tags that are registered. Languages of four letters and more are not taken: none is
    /// registered, and `english` is a mistake.
    ///
    /// # Errors
    ///
    /// If the text is no such tag.
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
        normal(tag).map(|normal| Self::of(&normal)).ok_or_else(|| LanguageError(tag.to_owned()))
    }

    fn of(normal: &str) -> Self {
        let (mut bytes, length) = ([0; 11], Length::of(normal));
        if length == Length::Long {
            let mut long = LONG.write().unwrap_or_else(PoisonError::into_inner);
            let number = long.iter().position(|known| *known == normal).unwrap_or_else(|| {
                // Never given back, and bounded by the distinct tags of the data.
                long.push(String::leak(normal.to_owned()));
                long.len() - 1
            });
            bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
        } else {
            bytes[..normal.len()].copy_from_slice(normal.as_bytes());
        }
        Self { bytes, length }
    }

    /// Returns the tag.
    #[must_use]
    pub fn as_str(&self) -> &str {
        if self.length == Length::Long {
            let mut number = [0; 8];
            number.copy_from_slice(&self.bytes[..8]);
            let number = usize::try_from(u64::from_be_bytes(number)).unwrap_or_default();
            return LONG.read().unwrap_or_else(PoisonError::into_inner).get(number).copied().unwrap_or_default();
        }
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

impl PartialOrd for Language {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Language {
    /// Compares the tags as text.
    fn cmp(&self, other: &Self) -> Ordering {
        if self.length == Length::Long || other.length == Length::Long {
            return self.as_str().cmp(other.as_str());
        }
        self.bytes.cmp(&other.bytes)
    }
}

/// Returns a tag with the case that is recommended for each of its parts.
fn normal(tag: &str) -> Option<String> {
    if let Some(irregular) = IRREGULAR.into_iter().find(|irregular| irregular.eq_ignore_ascii_case(tag)) {
        return Some(irregular.to_owned());
    }
    if let Some(private) = tag.strip_prefix(['x', 'X']).and_then(|rest| rest.strip_prefix('-')) {
        let is_part = |part: &str| (1..=8).contains(&part.len()) && is_alphanumeric(part);
        return private.split('-').all(is_part).then(|| tag.to_ascii_lowercase());
    }
    let mut parts = tag.split('-').peekable();
    let language = parts.next().filter(|part| matches!(part.len(), 2 | 3) && is_alphabetic(part))?;
    let mut normal = language.to_ascii_lowercase();
    let mut push = |part: String| {
        normal.push('-');
        normal.push_str(&part);
    };
    for _ in 0..3 {
        if let Some(extended) = parts.next_if(|part| part.len() == 3 && is_alphabetic(part)) {
            push(extended.to_ascii_lowercase());
        }
    }
    if let Some(script) = parts.next_if(|part| part.len() == 4 && is_alphabetic(part)) {
        push(script[..1].to_ascii_uppercase() + &script[1..].to_ascii_lowercase());
    }
    let is_region = |part: &str| match part.len() {
        2 => is_alphabetic(part),
        3 => part.bytes().all(|byte| byte.is_ascii_digit()),
        _ => false,
    };
    if let Some(region) = parts.next_if(|part| is_region(part)) {
        push(region.to_ascii_uppercase());
    }
    let is_variant = |part: &str| match part.len() {
        4 => part.starts_with(|c: char| c.is_ascii_digit()) && is_alphanumeric(part),
        5..=8 => is_alphanumeric(part),
        _ => false,
    };
    while let Some(variant) = parts.next_if(|part| is_variant(part)) {
        push(variant.to_ascii_lowercase());
    }
    // Extensions, and last the private part, whose parts may have one character.
    while let Some(singleton) = parts.next_if(|part| part.len() == 1 && is_alphanumeric(part)) {
        let shortest = if singleton.eq_ignore_ascii_case("x") { 1 } else { 2 };
        push(singleton.to_ascii_lowercase());
        let is_part = |part: &str| (shortest..=8).contains(&part.len()) && is_alphanumeric(part);
        push(parts.next().filter(|part| is_part(part))?.to_ascii_lowercase());
        while let Some(part) = parts.next_if(|part| is_part(part)) {
            push(part.to_ascii_lowercase());
        }
    }
    parts.next().is_none().then_some(normal)
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_alphanumeric(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphanumeric())
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
pub(crate) fn is_right_to_left(character: char) -> bool {
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
        for (given, normal) in [
            ("EN", "en"),
            ("zh-hans", "zh-Hans"),
            ("pt-br", "pt-BR"),
            ("ar", "ar"),
            ("ZH-hant-tw", "zh-Hant-TW"),
            ("ca-Valencia", "ca-valencia"),
            ("es-419", "es-419"),
            ("de-ch-1996", "de-CH-1996"),
            ("sl-rozaj-biske-1994", "sl-rozaj-biske-1994"),
            ("zh-yue-Hant", "zh-yue-Hant"),
            ("en-u-ca-gregory-x-A", "en-u-ca-gregory-x-a"),
            ("X-Priv-1", "x-priv-1"),
            ("I-Klingon", "i-klingon"),
            ("en-gb-OED", "en-GB-oed"),
            ("zh-min-nan", "zh-min-nan"),
        ] {
            assert_eq!(Language::parse(given).unwrap().as_str(), normal);
        }
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for wrong in [
            "",
            "e",
            "english",
            "en_GB",
            "en-",
            "ع",
            "عر",
            "éa",
            "en-éab",
            "en-aéb",
            "en-GB-Latn",
            "xx-yyyy-zz-aa",
            "en-x",
            "en-u-a",
            "en-valencia-",
            "en-GB-x-abcdefghi",
            "i-klingonese",
            "x",
            "x-",
            "x-abcdefghi",
            "x-a--b",
        ] {
            assert!(Language::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn long_tags_are_equal_and_ordered_as_their_texts_are() {
        let tags = ["sl-rozaj-biske-1994", "hy-Latn-IT-arevela", "sl-rozaj-biske-1994", "sl", "sl-rozaj"];
        let mut languages = tags.map(|tag| Language::parse(tag).unwrap());
        assert_eq!(languages[0], languages[2]);
        languages.sort();
        assert_eq!(languages[4].primary().as_str(), "sl");
        let sorted = ["hy-Latn-IT-arevela", "sl", "sl-rozaj", "sl-rozaj-biske-1994", "sl-rozaj-biske-1994"];
        assert_eq!(languages.map(|language| language.as_str().to_owned()), sorted);
        assert_eq!(size_of::<Option<Language>>(), 12);
    }

    #[test]
    fn arabic_is_written_from_right_to_left() {
        assert_eq!(Language::parse("ar-EG").unwrap().direction(), Direction::RightToLeft);
        assert_eq!(Language::parse("ru").unwrap().direction(), Direction::LeftToRight);
    }
}
