//! Text for pictures: cleaned, measured with the bundled font, wrapped by words, isolated by direction.
//!
//! Text is shaped with `DejaVu Sans`, which has Latin, Cyrillic, Greek and Arabic in one font, so that boxes are as wide
//! as what stands in them. Where lines may break is the rule of [UAX #14](https://www.unicode.org/reports/tr14/).

use unicode_linebreak::{BreakOpportunity, linebreaks};
use unicode_width::UnicodeWidthChar as _;

use super::font::Font;
use super::geometry::{Size, count, size};
use crate::model::{Direction, is_right_to_left};

/// The height of a line, in sizes of the font.
const LINE_HEIGHT: f64 = 1.25;
/// Pixels up to which a word is not broken, even where lines are shorter.
const LONGEST_WORD: f64 = 330.0;

/// Lines of text of one size.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Block {
    /// The lines, without the characters that isolate their direction.
    pub lines: Vec<Line>,
    /// The size of the font in pixels.
    pub font_size: f64,
}

/// A line of text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Line {
    /// The text, in the order of reading.
    pub text: String,
    /// How wide it is in pixels.
    pub width: f64,
}

impl Font<'_> {
    /// Returns the width of a line in pixels. O(length).
    pub(super) fn width(&self, line: &str) -> f64 {
        let ems = self.given_line(line).unwrap_or_else(|| runs(line).map(|run| self.run_width(run)).sum::<f64>());
        ems * self.pixels
    }

    /// Returns the text in as few lines as fit in a width, and these as equal as can be. A word is broken only where it
    /// is very long: where one is wider than the lines, so is the block. O(length).
    pub(super) fn wrap(&self, text: &str, width: f64) -> Block {
        let mut lines = Vec::new();
        for paragraph in clean(text).split('\n') {
            let words = words(paragraph).flat_map(|word| self.pieces(word, width.max(LONGEST_WORD)));
            let words: Vec<_> = words.collect();
            let fewest = fill(&words, width).count();
            let mut narrowest = width;
            while narrowest > width / 4.0 && fill(&words, narrowest - self.pixels / 4.0).count() == fewest {
                narrowest -= self.pixels / 4.0;
            }
            for line in fill(&words, narrowest) {
                let text: String = line.iter().map(|(word, _)| *word).collect();
                let text = text.trim_end();
                lines.push(Line { text: text.to_owned(), width: self.width(text) });
            }
        }
        Block { lines, font_size: self.pixels }
    }

    /// A word and its width; one that is wider than a line is halved until its pieces fit. O(length · log length).
    fn pieces<'a>(&self, word: &'a str, line: f64) -> Vec<(&'a str, f64)> {
        let width = self.width(word);
        let middle = word.char_indices().find(|&(at, c)| at >= word.len() / 2 && at > 0 && c.width() != Some(0));
        match middle {
            Some((middle, _)) if width > line => {
                let (first, second) = word.split_at(middle);
                [self.pieces(first, line), self.pieces(second, line)].concat()
            }
            _ => vec![(word, width)],
        }
    }
}

impl Block {
    /// Returns the size of the lines together.
    #[must_use]
    pub(crate) fn size(&self) -> Size {
        let width = self.lines.iter().map(|line| line.width).fold(0.0, f64::max);
        size(width, self.line_height() * count(self.lines.len()))
    }

    /// Returns the distance between two lines.
    #[must_use]
    pub(crate) fn line_height(&self) -> f64 {
        self.font_size * LINE_HEIGHT
    }
}

/// Splits a paragraph after each place where a line may end.
fn words(paragraph: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    linebreaks(paragraph)
        .filter(|&(_, kind)| kind != BreakOpportunity::Mandatory)
        .map(|(end, _)| end)
        .chain([paragraph.len()])
        .map(move |end| {
            let word = &paragraph[start..end];
            start = end;
            word
        })
}

/// Puts words into lines from the first to the last, each line as full as it may be; at least one.
fn fill<'a>(words: &'a [(&'a str, f64)], width: f64) -> impl Iterator<Item = &'a [(&'a str, f64)]> {
    let mut rest = Some(words);
    std::iter::from_fn(move || {
        let words = rest?;
        let mut used = 0.0;
        let fits = |(_, word): &&(&str, f64)| {
            used += word;
            used <= width
        };
        let n = words.iter().take_while(fits).count().max(1).min(words.len());
        let (line, after) = words.split_at(n);
        rest = (!after.is_empty()).then_some(after);
        Some(line)
    })
}

/// Splits a line where letters written from right to left begin or end. Other characters belong to the part before
/// them.
fn runs(line: &str) -> impl Iterator<Item = &str> {
    let mut rest = line;
    std::iter::from_fn(move || {
        let first = rest.chars().find(|c| c.is_alphabetic())?;
        let end = rest
            .char_indices()
            .find(|&(_, c)| c.is_alphabetic() && is_right_to_left(c) != is_right_to_left(first))
            .map_or(rest.len(), |(at, _)| at);
        let (run, after) = rest.split_at(end);
        rest = after;
        Some(run)
    })
    .chain(line.chars().all(|c| !c.is_alphabetic()).then_some(line))
}

/// Returns a text without what no picture can hold: control characters and noncharacters, which XML forbids, and
/// characters that embed or isolate a direction, which could reach beyond the text. White space becomes one space;
/// `\n` stays a line break.
pub(super) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => {
                clean.truncate(clean.trim_end_matches(' ').len());
                clean.push('\n');
            }
            '\u{A0}' => clean.push(c),
            c if c.is_whitespace() => {
                if !clean.is_empty() && !clean.ends_with([' ', '\n']) {
                    clean.push(' ');
                }
            }
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FDD0}'..='\u{FDEF}' => {}
            c if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => {}
            c => clean.push(c),
        }
    }
    clean.truncate(clean.trim_end().len());
    clean
}

/// Returns the direction of a text in a picture of a direction. In a picture from right to left, one letter of such a
/// script is enough; in one from left to right, the text must begin with one.
pub(super) fn direction(text: &str, picture: Direction) -> Direction {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let right_to_left = match picture {
        Direction::RightToLeft => letters.any(is_right_to_left),
        Direction::LeftToRight => letters.next().is_some_and(is_right_to_left),
    };
    if right_to_left { Direction::RightToLeft } else { Direction::LeftToRight }
}

/// Returns a line within characters that isolate its direction, so that programs that know only left to right order it
/// rightly. Within it, what is joined by a dash or slash and has a digit, such as a range of years or the symbol of a
/// document, is isolated from left to right.
pub(super) fn isolated(line: &str, direction: Direction) -> String {
    if direction == Direction::LeftToRight {
        return line.to_owned();
    }
    let mut text = String::from('\u{2067}');
    let mut rest = line;
    while let Some(start) = rest.find(is_left_to_right) {
        let (before, after) = rest.split_at(start);
        let end = after.find(|c| !is_left_to_right(c) && !is_joiner(c)).unwrap_or(after.len());
        let token = &after[..end];
        // An interval may be open: `2023-11/..`.
        let open = token.ends_with("/..");
        let token = if open { token } else { token.trim_end_matches(|c| is_joiner(c) && c != '/') };
        text.push_str(before);
        if token.contains(is_joiner) && token.contains(|c: char| c.is_ascii_digit()) {
            text.extend(["\u{2066}", token, "\u{2069}"]);
        } else {
            text.push_str(token);
        }
        rest = &after[token.len()..];
    }
    text.push_str(rest);
    text.push('\u{2069}');
    text
}

/// Tells whether a character is a digit or a letter of a script that is written from left to right.
fn is_left_to_right(c: char) -> bool {
    c.is_ascii_digit() || (c.is_alphabetic() && !is_right_to_left(c))
}

fn is_joiner(c: char) -> bool {
    matches!(
        c,
        '-' | '\u{2010}'..='\u{2014}' | '/' | '.' | ':' | ',' | '&' | '+' | '#' | '_' | '=' | '?' | '%' | '~' | '@'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, width: f64) -> Vec<String> {
        Font::regular(12.0, None).wrap(text, width).lines.into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn lines_break_between_words_and_are_balanced() {
        assert_eq!(lines("Summit of the Future", 100.0), ["Summit of", "the Future"]);
        assert_eq!(lines("leads\nhosts", 100.0), ["leads", "hosts"]);
        assert_eq!(lines("Internationalization", 20.0), ["Internationalization"]);
        assert_eq!(lines("", 20.0), [""]);
    }

    #[test]
    fn a_word_wider_than_any_line_is_broken() {
        let broken = lines(&"م".repeat(1_000), 100.0);
        assert!(broken.len() > 10 && broken.concat() == "م".repeat(1_000));
        assert!(broken.iter().all(|line| Font::regular(12.0, None).width(line) <= LONGEST_WORD));
        let accents = "e\u{301}".repeat(300);
        assert!(lines(&accents, 500.0).iter().all(|line| line.starts_with('e')));
    }

    #[test]
    fn no_character_is_lost_in_wrapping() {
        let text = "فريق العمل التابع للمجلس والمعني بالقمة العالمية لمجتمع المعلومات (WSIS) 2024-2025";
        assert_eq!(lines(text, 120.0).join(" "), text);
    }

    #[test]
    fn arabic_is_narrower_joined_than_letter_by_letter() {
        let font = Font::regular(12.0, None);
        let text = "الاتحاد الدولي للاتصالات";
        let letters: f64 = text.chars().map(|c| font.width(&c.to_string())).sum();
        let joined = font.width(text);
        assert!(joined > 100.0 && joined < 0.9 * letters, "{joined} {letters}");
    }

    #[test]
    fn a_mixed_line_is_as_wide_as_its_parts() {
        let font = Font::regular(12.0, None);
        let sum = font.width("ITU ") + font.width("الاتحاد 2024 ") + font.width("end");
        assert!((font.width("ITU الاتحاد 2024 end") - sum).abs() < 0.01);
    }

    #[test]
    fn what_the_font_lacks_is_as_wide_as_in_other_fonts() {
        let font = Font::regular(12.0, None);
        assert!((font.width("联合国：") - 48.0).abs() < 0.01);
        assert!((font.width("😀") - 14.4).abs() < 0.01 || font.has('😀'));
    }

    #[test]
    fn what_xml_forbids_is_dropped() {
        assert_eq!(clean(" a\u{0}\t\u{202E}b \n c\u{FFFE}\r\n"), "a b\nc");
    }

    #[test]
    fn ranges_of_years_are_isolated_within_arabic() {
        assert_eq!(
            isolated("خطة 2024-2027، الفقرة 3", Direction::RightToLeft),
            "\u{2067}خطة \u{2066}2024-2027\u{2069}، الفقرة 3\u{2069}"
        );
        assert_eq!(
            isolated("الوثيقة C24/67.", Direction::RightToLeft),
            "\u{2067}الوثيقة \u{2066}C24/67\u{2069}.\u{2069}"
        );
        assert_eq!(isolated("2023-11/..", Direction::RightToLeft), "\u{2067}\u{2066}2023-11/..\u{2069}\u{2069}");
        assert_eq!(isolated("2024-2027", Direction::LeftToRight), "2024-2027");
    }

    #[test]
    fn the_first_letter_or_the_picture_gives_the_direction() {
        let (ltr, rtl) = (Direction::LeftToRight, Direction::RightToLeft);
        assert_eq!(direction("ITU الاتحاد", ltr), ltr);
        assert_eq!(direction("ITU الاتحاد", rtl), rtl);
        assert_eq!(direction("ITU 2024", rtl), ltr);
    }
}
