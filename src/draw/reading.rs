//! The order in which the words of a line are read. It differs from the order in which they are seen from left to right
//! where scripts of both directions meet.
//!
//! The glyphs of a word stay in the order of seeing, by which readers of pages know a word. Programs that extract text from a page see glyphs with their places, and guess the order of reading by a simpler rule
//! than the [bidirectional algorithm](https://www.unicode.org/reports/tr9/): a bracket, comma or space between runs of
//! two directions goes with the run that they come to first. Invisible marks of direction tell them better.

use crate::sort;
use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};

/// What stands before and after the text of a glyph.
pub(super) type Marks = (Option<char>, Option<char>);

const LEFT_TO_RIGHT_MARK: char = '\u{200E}';
const RIGHT_TO_LEFT_MARK: char = '\u{200F}';

/// A glyph as seen: its number from the left, the characters that it stands for, and where the first of them is read.
struct Seen {
    number: usize,
    first: char,
    last: char,
    place: usize,
    is_rtl: bool,
}

/// Returns the numbers of glyphs, word after word as they are read, each from left to right, with their marks; from the
/// line and the text of each glyph in the order of seeing. A glyph without text, and what isolates a direction, is left out. O(n log n).
pub(super) fn reading<'a>(line: &str, glyphs: impl Iterator<Item = &'a str>) -> Vec<(usize, Marks)> {
    let seen = seen(line, glyphs);
    let from_right = line.starts_with('\u{2067}');
    let mut marks = vec![Marks::default(); seen.len()];
    for (glyph, marks) in seen.iter().zip(&mut marks).filter(|_| from_right) {
        // A colon or comma is taken to be a part of a number wherever it stands.
        if glyph.is_rtl && matches!(bidi_class(glyph.first), BidiClass::CS | BidiClass::ES | BidiClass::ET) {
            marks.0 = Some(RIGHT_TO_LEFT_MARK);
        }
    }
    for (at, pair) in seen.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        if left.is_rtl == right.is_rtl {
            continue;
        }
        // Read from the right, what is neutral goes with what is to its right; else with what is to its left.
        let (astray, letter) = if from_right { (left, left.last) } else { (right, right.first) };
        if !is_neutral(letter) {
            continue;
        }
        let mark = Some(if astray.is_rtl { RIGHT_TO_LEFT_MARK } else { LEFT_TO_RIGHT_MARK });
        if from_right && left.is_rtl {
            marks[at + 1].0 = mark;
        } else if from_right && !letter.is_whitespace() {
            marks[at].1 = mark;
        } else if !letter.is_whitespace() {
            marks[at + 1].0 = mark;
        }
    }
    let glyphs: Vec<_> = seen.into_iter().zip(marks).collect();
    let is_space = |(glyph, _): &(Seen, Marks)| glyph.first.is_whitespace();
    let mut words: Vec<_> = glyphs.chunk_by(|left, right| !is_space(left) && !is_space(right)).collect();
    sort::by_key(&mut words, |word| word.iter().map(|(glyph, _)| glyph.place).min());
    words.into_iter().flatten().map(|(glyph, marks)| (glyph.number, *marks)).collect()
}

/// The glyphs that have text, from left to right. Where their text is not that of the line, they are taken to be read as
/// they are seen.
fn seen<'a>(line: &str, glyphs: impl Iterator<Item = &'a str>) -> Vec<Seen> {
    let bidi = BidiInfo::new(line, Some(Level::ltr()));
    let levels: Vec<Level> = bidi
        .paragraphs
        .iter()
        .flat_map(|paragraph| bidi.reordered_levels_per_char(paragraph, paragraph.range.clone()))
        .take(line.chars().count())
        .collect();
    let order = BidiInfo::reorder_visual(&levels);
    let mut used = 0;
    let mut seen = Vec::new();
    for (number, text) in glyphs.enumerate() {
        let n = text.chars().count();
        let places = order.get(used..used + n).unwrap_or_default();
        used += n;
        let (Some(first), Some(last)) = (text.chars().next(), text.chars().last()) else { continue };
        if matches!(first, '\u{2066}'..='\u{2069}') {
            continue;
        }
        let place = places.iter().copied().min().unwrap_or(number);
        let is_rtl = levels.get(place).is_some_and(Level::is_rtl);
        seen.push(Seen { number, first, last, place, is_rtl });
    }
    if used != order.len() {
        for glyph in &mut seen {
            (glyph.place, glyph.is_rtl) = (glyph.number, false);
        }
    }
    seen
}

/// Tells whether a character takes its direction from what is around it.
fn is_neutral(character: char) -> bool {
    use BidiClass::{AL, AN, EN, L, NSM, R};
    !matches!(bidi_class(character), L | R | AL | AN | EN | NSM)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of glyphs of one character each, as read, with `<` and `>` for the marks.
    fn read(line: &str, seen: &str) -> String {
        let letters: Vec<String> = seen.chars().map(String::from).collect();
        let mut text = String::new();
        for (number, (before, after)) in reading(line, letters.iter().map(String::as_str)) {
            text.extend(before);
            text.push_str(&letters[number]);
            text.extend(after);
        }
        text.replace('\u{200E}', ">").replace('\u{200F}', "<")
    }

    #[test]
    fn words_are_in_the_order_of_the_text_and_their_letters_as_seen() {
        assert_eq!(read("leads to", "leads to"), "leads to");
        assert_eq!(read("\u{2067}اب تث\u{2069}", "\u{2067}ثت با\u{2069}"), "با ثت");
        assert_eq!(read("ITU اب تث end", "ITU ثت با end"), "ITU با ثت end");
    }

    #[test]
    fn what_is_between_two_directions_is_kept_with_its_own_by_a_mark() {
        assert_eq!(read("\u{2067}اب (UN)\u{2069}", "\u{2067})UN( با\u{2069}"), "با )<UN(");
        assert_eq!(read("\u{2067}اب 6: ت\u{2069}", "\u{2067}ت :6 با\u{2069}"), "با <:<6 ت");
        assert_eq!(read("\u{2067}اب، ت\u{2069}", "\u{2067}ت ،با\u{2069}"), "<،با ت");
        assert_eq!(read("UN (اب) end", "UN (با) end"), "UN (با>) end");
    }

    #[test]
    fn glyphs_of_another_text_are_read_as_they_are_seen() {
        assert_eq!(read("\u{2067}ا\u{2069}", "abc"), "abc");
    }
}
