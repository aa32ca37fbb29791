//! Folding of names, so that two spellings of one name are found to be the same.

use unicode_normalization::{IsNormalized, UnicodeNormalization as _, is_nfkc_quick};

use crate::model::is_invisible;

/// Returns a name without the differences that writers of it do not mean: case, compatibility forms, accents of
/// Arabic (tashkeel), tatweel, the forms of alef, ya and ta marbuta, invisible marks of direction, and space.
///
/// ```
/// use rapporteur::model::fold;
///
/// assert_eq!(fold("  United   NATIONS "), fold("united nations"));
/// assert_eq!(fold("الأمم المتّحدة"), fold("الامم المتحده"));
/// ```
#[must_use]
pub fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    push_folded(name, &mut folded);
    folded
}

/// Returns the words of a folded text: letters and digits, in any script.
pub(crate) fn words(folded: &str) -> impl Iterator<Item = &str> {
    folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty())
}

/// Appends a name as [`fold`] returns it.
pub(crate) fn push_folded(name: &str, out: &mut String) {
    if !name.is_ascii() {
        return if is_compatible(name) {
            out.extend(Folded::of(name.chars().flat_map(without_case)));
        } else {
            out.extend(Folded::of(compatible(name)));
        };
    }
    // The same, word by word.
    let start = out.len();
    for (number, word) in name.split_whitespace().enumerate() {
        out.push_str(if number == 0 { "" } else { " " });
        out.push_str(word);
    }
    out[start..].make_ascii_lowercase();
}

/// Tells whether a name is the same as a folded one, most often from its first characters.
pub(crate) fn folds_to(name: &str, folded: &str) -> bool {
    let wanted = folded.chars();
    if name.is_ascii() { Folded::of(in_lower_case(name)).eq(wanted) } else { Folded::of(compatible(name)).eq(wanted) }
}

/// What [`compatible`] makes of ASCII, at a tenth of the cost.
fn in_lower_case(name: &str) -> impl Iterator<Item = char> {
    name.chars().map(|c| c.to_ascii_lowercase())
}

/// Tells whether compatibility forms are out of the question, as in most names: looking costs far less than replacing them.
fn is_compatible(name: &str) -> bool {
    is_nfkc_quick(name.chars()) == IsNormalized::Yes
}

fn compatible(name: &str) -> impl Iterator<Item = char> {
    name.nfkc().flat_map(without_case)
}

/// A character without its case: the lower case of the upper case of the lower case, which joins what
/// [full case folding](https://www.unicode.org/Public/UCD/latest/ucd/CaseFolding.txt) joins, such as ß with ss and ς with
/// σ. The dotless i of Turkish is a letter of its own.
fn without_case(c: char) -> impl Iterator<Item = char> {
    let dotless = (c == 'ı').then_some(c);
    let folded = dotless.is_none().then(|| c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase));
    dotless.into_iter().chain(folded.into_iter().flatten())
}

/// Folded characters, with one space wherever there is space between them.
struct Folded<I> {
    chars: I,
    begun: bool,
    /// What follows the space that was given out.
    waiting: Option<char>,
}

impl<I: Iterator<Item = char>> Folded<I> {
    fn of(chars: I) -> Self {
        Self { chars, begun: false, waiting: None }
    }
}

impl<I: Iterator<Item = char>> Iterator for Folded<I> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        if let Some(c) = self.waiting.take() {
            return Some(c);
        }
        let mut space = false;
        loop {
            let c = self.chars.next()?;
            if c.is_whitespace() {
                space = true;
            } else if let Some(c) = fold_char(c) {
                if std::mem::replace(&mut self.begun, true) && space {
                    self.waiting = Some(c);
                    return Some(' ');
                }
                return Some(c);
            }
        }
    }
}

fn fold_char(c: char) -> Option<char> {
    match c {
        // Tashkeel, the superscript alef, tatweel; then zero-width joiners.
        '\u{64B}'..='\u{65F}' | '\u{670}' | '\u{640}' | '\u{200C}' | '\u{200D}' => None,
        c if is_invisible(c) => None,
        'أ' | 'إ' | 'آ' | 'ٱ' => Some('ا'),
        'ى' | 'ی' => Some('ي'),
        'ة' => Some('ه'),
        'ک' => Some('ك'),
        '\u{2018}' | '\u{2019}' | '\u{2BC}' => Some('\''),
        '\u{2010}'..='\u{2015}' => Some('-'),
        _ => Some(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_fold_to_the_same() {
        for (one, other) in [
            ("الأمم المتحدة", "الامم المتحده"),
            ("التعددية الفعّالة", "التعددية الفعالة"),
            ("الاتحـــاد", "الاتحاد"),
            ("  Itu \u{200F} Council", "ITU\u{A0}council"),
            ("Secretary-General’s Envoy", "secretary‑general's envoy"),
            ("مستشفى", "مستشفي"),
            ("Straße", "STRASSE"),
            ("Στάθης", "ΣΤΆΘΗΣ"),
            ("GROẞ", "groß"),
            ("co\u{AD}operation", "cooperation"),
        ] {
            assert_eq!(fold(one), fold(other));
            assert!(folds_to(one, &fold(other)));
        }
    }

    #[test]
    fn different_names_stay_different() {
        assert_ne!(fold("الاتفاق الرقمي العالمي"), fold("الميثاق الرقمي العالمي"));
        assert_ne!(fold("TDAG"), fold("TSAG"));
        assert_ne!(fold("Diyarbakır"), fold("Diyarbakir"));
        for longer in ["TDAG 2", "التعددية 2"] {
            let shorter = longer.trim_end_matches(" 2");
            assert!(!folds_to(longer, &fold(shorter)) && !folds_to(shorter, &fold(longer)));
        }
    }

    #[test]
    fn ascii_folds_as_other_text_does() {
        let ascii: String = (0..=0x7F_u8).map(char::from).collect();
        let long = Folded::of(compatible(&ascii)).collect::<String>();
        assert_eq!(fold(&ascii), long);
        assert!(folds_to(&ascii, &long));
    }

    #[test]
    fn names_that_need_no_compatibility_forms_fold_without_them() {
        for name in ["الاتحاد الدولي للاتصالات 5", "Größe", "Союз ", "国际电联", "ﷲ", "e\u{301}", "\u{1E9B}"]
        {
            assert_eq!(fold(name), Folded::of(compatible(name)).collect::<String>(), "{name}");
        }
        assert!(is_compatible("الاتحاد الدولي للاتصالات 5") && !is_compatible("ﷲ") && !is_compatible("e\u{301}"));
    }

    #[test]
    fn folding_twice_changes_nothing() {
        let once = fold("ﷲ ﻻ Ä İ ");
        assert_eq!(fold(&once), once);
    }
}
