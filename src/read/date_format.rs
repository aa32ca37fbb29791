//! Dates as people write them, by a format such as `%d-%b-%Y`.

/// A format of dates, in the words of [strftime](https://pubs.opengroup.org/onlinepubs/9799919799/functions/strftime.html).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateFormat(Vec<Item>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// `%d` or `%e`: the day of the month, of one or two digits.
    Day,
    /// `%m`: the number of the month, of one or two digits.
    Month,
    /// `%b` or `%B`: the English name of the month, whole or its first three letters.
    MonthName,
    /// `%Y`: the year, of four digits.
    Year,
    /// `%y`: the last two digits of a year from 1969 to 2068.
    ShortYear,
    /// The character itself.
    Character(char),
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl DateFormat {
    /// Parses a format. Returns nothing if it has another letter after `%`, or no year.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mut items, mut chars) = (Vec::new(), text.chars());
        while let Some(c) = chars.next() {
            items.push(match c {
                '%' => match chars.next()? {
                    'd' | 'e' => Item::Day,
                    'm' => Item::Month,
                    'b' | 'B' => Item::MonthName,
                    'Y' => Item::Year,
                    'y' => Item::ShortYear,
                    '%' => Item::Character('%'),
                    _ => return None,
                },
                c => Item::Character(c),
            });
        }
        items.iter().any(|item| matches!(item, Item::Year | Item::ShortYear)).then_some(Self(items))
    }

    /// Returns a date of this format as EDTF, at the precision that it has.
    pub(super) fn read(&self, text: &str) -> Option<String> {
        let (mut year, mut month, mut day) = (None, None, None);
        let mut rest = text;
        for item in &self.0 {
            match item {
                Item::Day => day = Some(number(&mut rest, 1, 2)?),
                Item::Month => month = Some(number(&mut rest, 1, 2)?),
                Item::MonthName => month = Some(name(&mut rest)?),
                Item::Year => year = Some(number(&mut rest, 4, 4)?),
                Item::ShortYear => {
                    let short = number(&mut rest, 2, 2)?;
                    year = Some(short + if short < 69 { 2000 } else { 1900 });
                }
                Item::Character(c) => rest = rest.strip_prefix(*c)?,
            }
        }
        let year = year.filter(|_| rest.is_empty())?;
        match (month, day) {
            (Some(month), Some(day)) => Some(format!("{year:04}-{month:02}-{day:02}")),
            (Some(month), None) => Some(format!("{year:04}-{month:02}")),
            (None, None) => Some(format!("{year:04}")),
            (None, Some(_)) => None,
        }
    }
}

/// Takes a number of so many digits from the start of a text.
fn number(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    if digits < least {
        return None;
    }
    let (number, after) = rest.split_at(digits);
    *rest = after;
    number.parse().ok()
}

/// Takes the name of a month from the start of a text.
fn name(rest: &mut &str) -> Option<u32> {
    let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (name, after) = rest.split_at(letters);
    let name = name.to_ascii_lowercase();
    let is_it = |month: &&str| {
        **month == name || (name.len() >= 3 && (month[..3] == name || name == "sept" && month[..3] == *"sep"))
    };
    let (number, _) = (1..).zip(MONTHS).find(|(_, month)| is_it(month))?;
    // The dot of an abbreviation belongs to it.
    *rest = after.strip_prefix('.').unwrap_or(after);
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_at_its_precision() {
        for (format, text, date) in [
            ("%d-%b-%Y", "7-Apr-1948", Some("1948-04-07")),
            ("%d %B %Y", "24 October 1945", Some("1945-10-24")),
            ("%m/%Y", "5/2024", Some("2024-05")),
            ("%Y", "1865", Some("1865")),
            ("%d.%m.%y", "01.02.24", Some("2024-02-01")),
            ("%b %Y", "Sept. 2024", Some("2024-09")),
            ("%d-%b-%Y", "7-Apr-48", None),
            ("%m/%Y", "May/2024", None),
            ("%Y", "1865x", None),
        ] {
            assert_eq!(DateFormat::parse(format).unwrap().read(text).as_deref(), date, "{format} {text}");
        }
        for wrong in ["%d-%m", "%H:%M %Y", "%Y%"] {
            assert_eq!(DateFormat::parse(wrong), None, "{wrong}");
        }
    }
}
