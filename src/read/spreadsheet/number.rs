//! Number formats: what a spreadsheet shows of a number.
//!
//! A date is known as precisely as it is shown: `mmm-yy` says nothing of a day. A number in a column of text is the text
//! shown (`007`, `2.10`), save for what groups its digits, which differs from country to country.

/// How a number is shown, as far as it tells what the number means.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) enum NumberFormat {
    /// As the shortest text that is the number.
    #[default]
    Plain,
    /// By a pattern of digits.
    Digits(Pattern),
    /// As a date.
    Date(Precision),
    /// As a time of day.
    Time,
    /// As a length of time.
    Duration,
}

/// How much of a date is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Precision {
    Day,
    Month,
    Year,
}

/// A pattern of digits.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Pattern {
    /// The text before the number.
    pub(super) before: String,
    /// How many digits there are at least before the point.
    pub(super) whole: usize,
    /// How many there are at least after it.
    pub(super) least: usize,
    /// How many there are at most after it.
    pub(super) most: usize,
    /// The texts among the digits before the point (`00-00`), from the left, each with how many places follow it there.
    pub(super) inside: Vec<(usize, String)>,
    /// Whether the number is shown a hundred times as large.
    pub(super) percent: bool,
    /// The text after the number.
    pub(super) after: String,
}

/// More digits than this are not shown, whatever a format asks for.
const MOST_DIGITS: usize = 30;

impl NumberFormat {
    /// Reads a section of a [format code](https://learn.microsoft.com/office/vba/api/excel.range.numberformat) such as
    /// `mmm-yy` or `0.00`. Sections of scientific notation, fractions and text are plain.
    pub(super) fn of_code(code: &str) -> Self {
        let tokens = tokens(code);
        if tokens.contains(&Token::Elapsed) {
            return Self::Duration;
        }
        let letters: Vec<(char, usize)> = tokens.iter().filter_map(Token::letters).collect();
        if !letters.is_empty() {
            return date(&letters);
        }
        Pattern::of(&tokens).map_or(Self::Plain, Self::Digits)
    }
}

/// A part of a format code.
#[derive(Debug, PartialEq, Eq)]
enum Token {
    /// Text as it is.
    Text(char),
    /// A run of one of the letters `y m d h s`, or of `a` for a half of the day.
    Letters(char, usize),
    /// `[h]` and the like.
    Elapsed,
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// What makes groups of digits.
    Group,
    /// A percent sign.
    Percent,
    /// Anything that we do not show: `General`, exponents, fractions, `@`.
    Other,
}

impl Token {
    fn letters(&self) -> Option<(char, usize)> {
        match self {
            Self::Letters(letter, count) => Some((*letter, *count)),
            Self::Text(_)
            | Self::Elapsed
            | Self::Digit(_)
            | Self::Point
            | Self::Group
            | Self::Percent
            | Self::Other => None,
        }
    }
}

/// Splits a section of a code.
fn tokens(code: &str) -> Vec<Token> {
    let code = code.replace("General", "@").replace("Standard", "@").replace("AM/PM", "a").replace("A/P", "a");
    let mut tokens = Vec::new();
    let mut chars = code.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' => tokens.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Text)),
            '\\' => tokens.extend(chars.next().map(Token::Text)),
            '_' | '*' => drop(chars.next()),
            '[' => {
                let inside: String = chars.by_ref().take_while(|c| *c != ']').collect();
                match inside.strip_prefix('$') {
                    Some(currency) => {
                        tokens.extend(currency.split('-').next().unwrap_or_default().chars().map(Token::Text));
                    }
                    None if inside.to_ascii_lowercase().trim_matches(['h', 'm', 's']).is_empty() => {
                        tokens.push(Token::Elapsed);
                    }
                    // A colour or a condition.
                    None => {}
                }
            }
            '0' | '#' | '?' => tokens.push(Token::Digit(c)),
            '.' => tokens.push(Token::Point),
            ',' => tokens.push(Token::Group),
            '%' => tokens.push(Token::Percent),
            '@' => tokens.push(Token::Other),
            'E' | 'e' if matches!(chars.peek(), Some('+' | '-')) => tokens.push(Token::Other),
            '/' if matches!(tokens.last(), Some(Token::Digit(_))) => tokens.push(Token::Other),
            'a' | 'd' | 'h' | 'm' | 's' | 'y' | 'D' | 'H' | 'M' | 'S' | 'Y' => {
                let letter = c.to_ascii_lowercase();
                let mut count = 1;
                while chars.next_if(|c| c.to_ascii_lowercase() == letter).is_some() {
                    count += 1;
                }
                tokens.push(Token::Letters(letter, count));
            }
            c => tokens.push(Token::Text(c)),
        }
    }
    tokens
}

/// What runs of letters show: an `m` or `mm` beside hours or seconds means minutes.
fn date(letters: &[(char, usize)]) -> NumberFormat {
    let letter = |at: Option<usize>| at.and_then(|at| letters.get(at)).map(|(letter, _)| *letter);
    let is_month = |at: usize, count: usize| {
        count > 2 || (letter(at.checked_sub(1)) != Some('h') && letter(Some(at + 1)) != Some('s'))
    };
    let has = |wanted: char| letters.iter().any(|(letter, _)| *letter == wanted);
    let month = letters.iter().enumerate().any(|(at, &(letter, count))| letter == 'm' && is_month(at, count));
    match (has('d'), month, has('y')) {
        (true, ..) => NumberFormat::Date(Precision::Day),
        (false, true, _) => NumberFormat::Date(Precision::Month),
        (false, false, true) => NumberFormat::Date(Precision::Year),
        (false, false, false) => NumberFormat::Time,
    }
}

impl Pattern {
    /// Reads the places for digits and the texts around them. Returns nothing for what is shown in another way.
    fn of(tokens: &[Token]) -> Option<Self> {
        let is_place = |token: &Token| matches!(token, Token::Digit(_) | Token::Point | Token::Group);
        let first = tokens.iter().position(is_place)?;
        let last = tokens.iter().rposition(is_place)?;
        let mut pattern = Self {
            before: text(&tokens[..first])?,
            after: text(&tokens[last + 1..])?,
            percent: tokens.contains(&Token::Percent),
            ..Self::default()
        };
        let (mut after_point, mut places) = (false, 0);
        for token in &tokens[first..=last] {
            match token {
                Token::Point => after_point = true,
                Token::Text(c) if !after_point => pattern.inside.push((places, c.to_string())),
                Token::Group => {}
                Token::Digit(c) if after_point => {
                    pattern.most += 1;
                    if *c == '0' {
                        pattern.least = pattern.most;
                    }
                }
                Token::Digit(c) => {
                    places += 1;
                    pattern.whole += usize::from(*c == '0');
                }
                Token::Text(_) | Token::Letters(..) | Token::Elapsed | Token::Percent | Token::Other => return None,
            }
        }
        // So far it is how many come before.
        pattern.inside.iter_mut().for_each(|(at, _)| *at = places - *at);
        (pattern.most <= MOST_DIGITS && places <= MOST_DIGITS).then_some(pattern)
    }

    /// Returns what is shown of a number.
    pub(super) fn show(&self, number: f64) -> String {
        let text = plain(if self.percent { number * 100.0 } else { number });
        let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |digits| ("-", digits));
        let (whole, fraction) = rounded(digits, self.most);
        let whole = self.among_digits(&format!("{whole:0>width$}", width = self.whole));
        let kept = fraction.trim_end_matches('0').len().max(self.least);
        let fraction = format!("{fraction:0<width$}", width = self.least);
        let point = if kept > 0 { "." } else { "" };
        format!("{sign}{}{whole}{point}{}{}", self.before, &fraction[..kept], self.after)
    }

    /// Puts the texts among the digits before the point. Where there are fewer digits than places, they stand at the front.
    fn among_digits(&self, digits: &str) -> String {
        let (mut shown, mut done) = (String::new(), 0);
        for (places, text) in &self.inside {
            let end = digits.len().saturating_sub(*places).max(done);
            shown += &digits[done..end];
            shown += text;
            done = end;
        }
        shown + &digits[done..]
    }
}

/// The text of tokens that are nothing but text; a percent sign is one too.
fn text(tokens: &[Token]) -> Option<String> {
    let character = |token: &Token| match token {
        Token::Text(c) => Some(*c),
        Token::Percent => Some('%'),
        Token::Letters(..) | Token::Elapsed | Token::Digit(_) | Token::Point | Token::Group | Token::Other => None,
    };
    tokens.iter().map(character).collect()
}

/// Rounds decimal digits as a spreadsheet does, a half away from zero; the part before and the part after the point.
fn rounded(digits: &str, places: usize) -> (String, String) {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let Some(next) = fraction.as_bytes().get(places) else {
        return (whole.to_owned(), fraction.to_owned());
    };
    let mut kept: Vec<u8> = whole.bytes().chain(fraction.bytes().take(places)).collect();
    if *next >= b'5' {
        let nines = kept.iter().rev().take_while(|digit| **digit == b'9').count();
        let turn = kept.len() - nines;
        kept[turn..].fill(b'0');
        match turn.checked_sub(1) {
            Some(at) => kept[at] += 1,
            None => kept.insert(0, b'1'),
        }
    }
    let kept = String::from_utf8_lossy(&kept);
    let (whole, fraction) = kept.split_at(kept.len() - places);
    (whole.to_owned(), fraction.to_owned())
}

/// Returns the shortest text of a number as a spreadsheet keeps it: in fifteen digits, so that the binary tail of a sum
/// such as 0.1 + 0.2 is not seen.
pub(super) fn plain(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse().unwrap_or(number);
    // Negative zero is zero.
    if rounded == 0.0 { "0".to_owned() } else { rounded.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, number: f64) -> String {
        match NumberFormat::of_code(code) {
            NumberFormat::Digits(pattern) => pattern.show(number),
            NumberFormat::Plain => plain(number),
            NumberFormat::Date(_) | NumberFormat::Time | NumberFormat::Duration => code.to_owned(),
        }
    }

    #[test]
    fn a_date_is_known_as_precisely_as_it_is_shown() {
        use NumberFormat::{Date, Duration, Time};
        for (code, format) in [
            ("mmm-yy", Date(Precision::Month)),
            ("mmmm yyyy", Date(Precision::Month)),
            ("[$-409]mmmm\\ yyyy", Date(Precision::Month)),
            ("yyyy", Date(Precision::Year)),
            ("dd/mm/yyyy", Date(Precision::Day)),
            ("d-mmm", Date(Precision::Day)),
            ("m/d/yy h:mm", Date(Precision::Day)),
            ("yyyy\"年\"m\"月\"", Date(Precision::Month)),
            ("h:mm AM/PM", Time),
            ("mm:ss", Time),
            ("[h]:mm:ss", Duration),
            ("[mm]:ss", Duration),
        ] {
            assert_eq!(NumberFormat::of_code(code), format, "{code}");
        }
    }

    #[test]
    fn a_number_is_the_text_shown() {
        for (code, number, text) in [
            ("0.00", 2.1, "2.10"),
            ("000", 7.0, "007"),
            ("General", 2.5, "2.5"),
            ("@", 7.0, "7"),
            ("#,##0.00", 1234.5, "1234.50"),
            ("0.0#", 2.10, "2.1"),
            ("0", 2.5, "3"),
            ("0.0", 9.96, "10.0"),
            ("0.00", -2.675, "-2.68"),
            ("\"Res. \"0", 78.0, "Res. 78"),
            ("0%", 0.5, "50%"),
            ("00-00", 1234.0, "12-34"),
            ("00-00", 5.0, "00-05"),
            ("0\"/\"0\\.00", 1234.0, "1/2.34"),
            ("(000) 000-0000", 41_227_305_111.0, "(4122) 730-5111"),
            ("###-####", 123.0, "-123"),
            ("00-00.0", 123.46, "01-23.5"),
            ("[$€-407]0.00", 5.0, "€5.00"),
            ("0.00E+00", 1500.0, "1500"),
            ("# ?/?", 0.5, "0.5"),
        ] {
            assert_eq!(shown(code, number), text, "{code}");
        }
    }

    #[test]
    fn a_computed_number_has_no_binary_tail() {
        for (number, text) in [
            (0.1 + 0.2, "0.3"),
            (1.1 * 3.0, "3.3"),
            (-0.0, "0"),
            (2024.0, "2024"),
            (1e15, "1000000000000000"),
            (123_456_789_012_345_680.0, "123456789012346000"),
        ] {
            assert_eq!(plain(number), text);
        }
    }
}
