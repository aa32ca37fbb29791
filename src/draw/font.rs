//! Fonts that text is measured and drawn in: `DejaVu Sans`, which is part of the program, and one that is given for what it
//! lacks. None is looked for on the machine, so that a picture is the same on every one.

use std::cell::RefCell;
use std::fmt;
use std::sync::Arc;

use rustybuzz::{Direction, Face, GlyphBuffer, Script, ShapePlan, UnicodeBuffer};
use unicode_width::UnicodeWidthChar as _;

use super::geometry::count;

/// A font that is given, for characters that `DejaVu Sans` lacks: TrueType or OpenType, or the first of a collection.
#[derive(Clone)]
pub struct FontFile(Arc<Vec<u8>>);

impl FontFile {
    /// Returns the font that some bytes are, if they are one.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Option<Self> {
        Face::from_slice(&bytes, 0).is_some().then(|| Self(Arc::new(bytes)))
    }

    /// Returns the bytes.
    pub(super) fn bytes(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.0)
    }
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FontFile({} bytes)", self.0.len())
    }
}

impl PartialEq for FontFile {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0) || self.0 == other.0
    }
}

/// A weight of `DejaVu Sans` at a size, and what is given besides: what a piece of text is set in.
pub(super) struct Font<'f> {
    face: Option<Face<'static>>,
    is_bold: bool,
    given: Option<Face<'f>>,
    pub(super) pixels: f64,
}

impl<'f> Font<'f> {
    /// Returns the regular weight.
    pub(super) fn regular(pixels: f64, given: Option<&'f FontFile>) -> Self {
        Self::new(dejavu::sans::regular(), false, pixels, given)
    }

    /// Returns the bold weight.
    pub(super) fn bold(pixels: f64, given: Option<&'f FontFile>) -> Self {
        Self::new(dejavu::sans::bold(), true, pixels, given)
    }

    fn new(bytes: &'static [u8], is_bold: bool, pixels: f64, given: Option<&'f FontFile>) -> Self {
        let given = given.and_then(|font| Face::from_slice(&font.0, 0));
        Self { face: Face::from_slice(bytes, 0), is_bold, given, pixels }
    }

    /// Tells whether a character can be shown. An invisible one needs no glyph.
    pub(super) fn has(&self, character: char) -> bool {
        is_unseen(character)
            || [&self.face, &self.given].into_iter().flatten().any(|face| face.glyph_index(character).is_some())
    }

    /// Returns the number of the glyph of a letter, as it stands by itself.
    pub(super) fn glyph(&self, letter: &str) -> u32 {
        let glyph = letter.chars().next().and_then(|letter| self.face.as_ref()?.glyph_index(letter));
        glyph.map_or(0, |glyph| u32::from(glyph.0))
    }

    /// Width of text of one direction in sizes of the font. What `DejaVu Sans` lacks is as wide as in the font that is
    /// given.
    pub(super) fn run_width(&self, run: &str) -> f64 {
        let Some(face) = &self.face else { return run.chars().map(foreign_width).sum::<f64>() };
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(run);
        buffer.guess_segment_properties();
        let shaped = shaped(face, self.is_bold, buffer);
        let widths = shaped.glyph_infos().iter().zip(shaped.glyph_positions()).map(|(glyph, position)| {
            if glyph.glyph_id != 0 {
                return f64::from(position.x_advance) / f64::from(face.units_per_em());
            }
            let lacking = run.get(glyph.cluster as usize..).and_then(|rest| rest.chars().next());
            lacking.map_or(0.0, |character| self.given_width(character).unwrap_or_else(|| foreign_width(character)))
        });
        widths.sum()
    }

    /// The width of a line in sizes of the font that is given, if it is drawn in that: where a character is lacking, the whole
    /// line is, if the font has all of it.
    pub(super) fn given_line(&self, line: &str) -> Option<f64> {
        let face = self.face.as_ref()?;
        let is_whole = line.chars().all(|character| face.glyph_index(character).is_some() || is_unseen(character));
        if is_whole { None } else { line.chars().map(|character| self.given_width(character)).sum() }
    }

    /// The width of a character in the font that is given.
    fn given_width(&self, character: char) -> Option<f64> {
        let face = self.given.as_ref()?;
        let advance = face.glyph_hor_advance(face.glyph_index(character)?)?;
        Some(f64::from(advance) / f64::from(face.units_per_em()))
    }
}

/// Tells whether a character is invisible.
fn is_unseen(character: char) -> bool {
    matches!(character, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{200B}'..='\u{200F}'
        | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Plans of shaping by weight, direction and script.
type Plans = Vec<(bool, Direction, Script, ShapePlan)>;

thread_local! {
    /// Making a plan takes longer than shaping a word by it, and pictures need the same few.
    static PLANS: RefCell<Plans> = const { RefCell::new(Vec::new()) };
}

/// Shapes text with a weight of `DejaVu Sans`.
fn shaped(face: &Face<'static>, is_bold: bool, buffer: UnicodeBuffer) -> GlyphBuffer {
    let (direction, script) = (buffer.direction(), buffer.script());
    PLANS.with_borrow_mut(|plans| {
        let known = plans.iter().position(|plan| (plan.0, plan.1, plan.2) == (is_bold, direction, script));
        let at = known.unwrap_or_else(|| {
            plans.push((is_bold, direction, script, ShapePlan::new(face, direction, known_script(script), None, &[])));
            plans.len() - 1
        });
        rustybuzz::shape_with_plan(face, &plans[at].3, buffer)
    })
}

/// A script, where there are letters of one.
fn known_script(script: Script) -> Option<Script> {
    (script != rustybuzz::script::UNKNOWN).then_some(script)
}

/// What a font lacks is taken to be as wide as other fonts make it: a character of Chinese, Japanese or Korean is square,
/// any other has the columns of a terminal.
fn foreign_width(character: char) -> f64 {
    let square = matches!(character, '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}'
        | '\u{FF01}'..='\u{FF60}' | '\u{20000}'..='\u{3FFFF}');
    if square { 1.0 } else { 0.6 * count(character.width().unwrap_or(0)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_fonts_are_fonts() {
        assert_eq!(FontFile::new(b"no font".to_vec()), None);
        assert!(FontFile::new(dejavu::sans::regular().to_vec()).is_some());
    }

    #[test]
    fn what_is_given_shows_and_measures_what_the_own_font_lacks() {
        // A monospaced font has each letter of a text as wide as any other; the own font is asked first.
        let given = FontFile::new(dejavu::sans_mono::regular().to_vec()).unwrap();
        let (own, both) = (Font::regular(10.0, None), Font::regular(10.0, Some(&given)));
        assert!((own.run_width("ill") - both.run_width("ill")).abs() < 1e-9);
        assert_eq!(both.given_width('i'), both.given_width('W'));
        assert!(both.given_width('i').is_some() && own.given_width('i').is_none());
        assert!(!both.has('国') && both.given_width('国').is_none());
        assert!(both.given_line("ITU").is_none() && both.given_line("ITU 国").is_none());
    }
}
