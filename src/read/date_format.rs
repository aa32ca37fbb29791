//! Dates as people write them, by a format such as `%d-%b-%Y`, with the names of months in the six languages of the United
//! Nations.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::model::{ascii_digits, fold};

/// A format of dates, in the words of [strftime](https://pubs.opengroup.org/onlinepubs/9799919799/functions/strftime.html).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct DateFormat(Vec<Item>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Item {
    /// `%d` or `%e`: the day of the month, of one or two digits, as an ordinal or not.
    Day,
    /// `%m`: the number of the month, of one or two digits.
    Month,
    /// `%b` or `%B`: the name of the month in any of the six languages, whole or abbreviated.
    MonthName,
    /// `%Y`: the year, of four digits.
    Year,
    /// `%y`: the last two digits of a year from 1969 to 2068.
    ShortYear,
    /// The character itself.
    Character(char),
}

/// The names of each month: English, French, Spanish, Russian (with its genitive), Arabic (of the east, of the Levant and of
/// the Maghreb; both together as the United Nations write them), Chinese.
const MONTHS: [&str; 12] = [
    "january jan; janvier janv; enero ene; январь января янв; يناير جانفي, كانون الثاني; 一月 1月",
    "february feb; février févr fév; febrero; февраль февраля фев февр; فبراير فيفري, شباط; 二月 2月",
    "march mar; mars; marzo; март марта мар; مارس, آذار; 三月 3月",
    "april apr; avril avr; abril abr; апрель апреля апр; أبريل إبريل أفريل, نيسان; 四月 4月",
    "may; mai; mayo; май мая; مايو ماي, أيار; 五月 5月",
    "june jun; juin; junio; июнь июня июн; يونيو يونيه جوان, حزيران; 六月 6月",
    "july jul; juillet juil; julio; июль июля июл; يوليو يوليه يوليوز جويلية, تموز; 七月 7月",
    "august aug; août; agosto ago; август августа авг; أغسطس غشت أوت, آب; 八月 8月",
    "september sept sep; septembre; septiembre setiembre; сентябрь сентября сен сент; سبتمبر شتنبر, أيلول; 九月 9月",
    "october oct; octobre; octubre; октябрь октября окт; أكتوبر, تشرين الأول; 十月 10月",
    "november nov; novembre; noviembre; ноябрь ноября ноя нояб; نوفمبر نونبر, تشرين الثاني; 十一月 11月",
    "december dec; décembre déc; diciembre dic; декабрь декабря дек; ديسمبر دجنبر, كانون الأول; 十二月 12月",
];

/// What makes an ordinal of the number of a day: English, French, Spanish, Russian; the dot of many others.
const ORDINALS: [&str; 13] = ["st", "nd", "rd", "th", "er", "ᵉʳ", "º", "°", "ª", "-го", "-е", "го", "."];

/// The most characters of a month's name.
const LONGEST: usize = 32;

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
        let text = ascii_digits(text);
        let mut rest = &*text;
        let mut items = self.0.iter().peekable();
        while let Some(item) = items.next() {
            match item {
                Item::Day => {
                    day = Some(number(&mut rest, 1, 2)?);
                    // What the format itself has there is no ordinal.
                    if !matches!(items.peek(), Some(Item::Character(c)) if rest.starts_with(*c)) {
                        rest = without_ordinal(rest);
                    }
                }
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

/// A text behind the number of a day, without what makes that an ordinal.
fn without_ordinal(text: &str) -> &str {
    let after = |ordinal: &&str| {
        let (start, after) = text.split_at_checked(ordinal.len())?;
        let is_ordinal =
            start.to_lowercase() == **ordinal && (*ordinal == "." || !after.starts_with(char::is_alphabetic));
        is_ordinal.then_some(after)
    };
    ORDINALS.iter().find_map(after).unwrap_or(text)
}

/// The numbers of the months by their folded names.
fn months() -> &'static BTreeMap<String, u32> {
    static MONTHS_BY_NAME: OnceLock<BTreeMap<String, u32>> = OnceLock::new();
    MONTHS_BY_NAME.get_or_init(|| {
        let mut months = BTreeMap::new();
        for (number, names) in (1..).zip(MONTHS) {
            for in_language in names.split("; ") {
                // After a comma stands the name of the Levant, which has spaces.
                let (others, levant) = in_language.split_once(", ").unwrap_or((in_language, ""));
                let both =
                    others.split(' ').flat_map(|other| [format!("{levant}/{other}"), format!("{other}/{levant}")]);
                let all = others.split(' ').chain([levant]).map(str::to_owned).chain(both);
                months.extend(all.map(|name| (fold(&name), number)));
            }
        }
        months.remove("");
        months
    })
}

/// Takes the name of a month from the start of a text: the longest that is one.
fn name(rest: &mut &str) -> Option<u32> {
    let letters = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
    let found = month(&rest[..letters]).map(|number| (number, letters));
    // The names of one month may go on behind a space or a slash.
    let goes_on = rest[letters..].starts_with([' ', '/']) || letters == 0 || found.is_none();
    let longer = || {
        let ends = rest.char_indices().map(|(at, c)| at + c.len_utf8()).take(LONGEST);
        let ends: Vec<usize> = ends.filter(|&end| is_end(&rest[..end], &rest[end..])).collect();
        ends.into_iter().rev().find_map(|end| Some((month(&rest[..end])?, end)))
    };
    let (number, end) = if goes_on { longer().or(found)? } else { found? };
    // The dot of an abbreviation belongs to it.
    *rest = rest[end..].strip_prefix('.').unwrap_or(&rest[end..]);
    Some(number)
}

fn month(name: &str) -> Option<u32> {
    // Folding drops the space around a name, which is not part of it.
    if name.ends_with(char::is_whitespace) { None } else { months().get(&fold(name)).copied() }
}

/// Tells whether a name may end between two texts: not within a word, but Chinese has no spaces.
fn is_end(before: &str, after: &str) -> bool {
    before.ends_with('月') || !after.starts_with(char::is_alphabetic)
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
            ("%d %B %Y", "7 avril 1948", Some("1948-04-07")),
            ("%d %b %Y", "1 févr. 2024", Some("2024-02-01")),
            ("%d de %B de %Y", "24 de septiembre de 2024", Some("2024-09-24")),
            ("%d %B %Y", "9 мая 1945", Some("1945-05-09")),
            ("%B %Y", "Сентябрь 2024", Some("2024-09")),
            ("%d %B %Y", "22 أيلول/سبتمبر 2024", Some("2024-09-22")),
            ("%d %B %Y", "27 مايو 2024", Some("2024-05-27")),
            ("%d %B %Y", "3 كانون الثاني 2024", Some("2024-01-03")),
            ("%d %B %Y", "3 كانون الأول/ديسمبر 2024", Some("2024-12-03")),
            ("%d %B %Y", "٧ أبريل ١٩٤٨", Some("1948-04-07")),
            ("%Y年%b%d日", "2024年十二月3日", Some("2024-12-03")),
            ("%Y年%b", "2024年11月", Some("2024-11")),
            ("%d %b %Y", "1er août 2001", Some("2001-08-01")),
            ("%d %B %Y", "2ND May 2001", Some("2001-05-02")),
            ("%B %d, %Y", "March 3rd, 2001", Some("2001-03-03")),
            ("%d of %B %Y", "4th of May 2001", Some("2001-05-04")),
            ("%d de %B de %Y", "1º de mayo de 2001", Some("2001-05-01")),
            ("%d %B %Y", "9-го мая 1945", Some("1945-05-09")),
            ("%d %b %Y", "1. May 2001", Some("2001-05-01")),
            ("%d. %b %Y", "1. May 2001", Some("2001-05-01")),
            ("%d.%m.%Y", "1..5.2001", None),
            ("%d %b %Y", "1stMay 2001", None),
            ("%d-%b-%Y", "7-Apr-48", None),
            ("%d %b %Y", "7 Aprx 1948", None),
            ("%d %b %Y", "7  1948", None),
            ("%m/%Y", "May/2024", None),
            ("%Y", "1865x", None),
        ] {
            assert_eq!(DateFormat::parse(format).unwrap().read(text).as_deref(), date, "{format} {text}");
        }
        for wrong in ["%d-%m", "%H:%M %Y", "%Y%"] {
            assert_eq!(DateFormat::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn no_name_is_that_of_two_months() {
        for (number, text) in (1..).zip(MONTHS) {
            let languages = text.split("; ").map(|names| names.split_once(", ").unwrap_or((names, "")));
            let names = languages.flat_map(|(others, levant)| others.split(' ').chain([levant]));
            for name in names.filter(|name| !name.is_empty()) {
                assert_eq!(month(name), Some(number), "{name}");
            }
        }
        assert!(months().keys().all(|name| name.chars().count() <= LONGEST));
    }
}
