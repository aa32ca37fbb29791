//! The styles of an `OpenDocument` spreadsheet, as far as they tell how numbers are shown and which sheets are hidden.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::SheetError;
use super::number::{NumberFormat, Pattern, Precision};
use super::section::Condition;
use crate::model::{Date, Day};

/// Styles by name.
#[derive(Default)]
pub(super) struct Styles {
    /// Of cells: the style of data, and the style that says what this one does not.
    cells: BTreeMap<String, (Option<String>, Option<String>)>,
    data: BTreeMap<String, DataStyle>,
    /// The day from which numbers are counted as dates, if it is said.
    null_date: Option<Day>,
    hidden: BTreeSet<String>,
    /// The style of sheets in hand.
    sheet: Option<String>,
    /// The style of data in hand.
    making: Option<Making>,
}

/// A style of data.
struct DataStyle {
    format: NumberFormat,
    sections: Vec<Section>,
}

/// What numbers have instead of a style that fulfil a condition: the name of another.
struct Section {
    condition: Condition,
    style: String,
}

/// A style of data in hand.
struct Making {
    name: String,
    sections: Vec<Section>,
    is_elapsed: bool,
    letters: BTreeSet<char>,
    pattern: Option<Pattern>,
    before: String,
    after: String,
    is_percent: bool,
    /// Whether the text in hand is shown.
    in_text: bool,
    /// If it is shown among the digits, how many of them follow it before the point.
    among: Option<usize>,
}

/// Styles may follow from others over so many steps.
const DEEPEST: usize = 8;

/// Returns the value of an attribute.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, SheetError> {
    let Some(found) = element.try_get_attribute(name).map_err(quick_xml::Error::from)? else { return Ok(None) };
    Ok(Some(found.normalized_value(quick_xml::XmlVersion::Implicit1_0)?.into_owned()))
}

impl Styles {
    /// Takes in an element.
    pub(super) fn read(&mut self, element: &BytesStart<'_>) -> Result<(), SheetError> {
        let get = |name| attribute(element, name);
        match element.local_name().as_ref() {
            "style" => {
                let name = get("style:name")?.unwrap_or_default();
                match get("style:family")?.as_deref() {
                    Some("table-cell") => {
                        let style = (get("style:data-style-name")?, get("style:parent-style-name")?);
                        self.cells.insert(name, style);
                    }
                    Some("table") => self.sheet = Some(name),
                    Some(_) | None => {}
                }
            }
            "table-properties" if get("table:display")?.as_deref() == Some("false") => {
                self.hidden.extend(self.sheet.clone());
            }
            name if is_data_style(name) => {
                self.making = Some(Making {
                    name: get("style:name")?.unwrap_or_default(),
                    is_elapsed: get("number:truncate-on-overflow")?.as_deref() == Some("false"),
                    sections: Vec::new(),
                    letters: BTreeSet::new(),
                    pattern: None,
                    before: String::new(),
                    after: String::new(),
                    is_percent: element.local_name().as_ref() == "percentage-style",
                    in_text: false,
                    among: None,
                });
            }
            "map" => {
                let condition = get("style:condition")?.unwrap_or_default();
                if let (Some(making), Some(style)) = (&mut self.making, get("style:apply-style-name")?) {
                    making.sections.extend(Section::parse(&condition, style));
                }
            }
            "null-date" => self.null_date = get("table:date-value")?.and_then(|date| day(&date)),
            name => {
                if let Some(making) = &mut self.making {
                    making.read(name, element)?;
                }
            }
        }
        Ok(())
    }

    /// Takes in a text.
    pub(super) fn text(&mut self, text: &str) {
        if let Some(making) = self.making.as_mut().filter(|making| making.in_text) {
            making.text(text);
        }
    }

    /// Takes in the end of an element.
    pub(super) fn end(&mut self, name: &str) {
        match name {
            name if is_data_style(name) => {
                if let Some(making) = self.making.take() {
                    let (name, style) = making.finish();
                    self.data.insert(name, style);
                }
            }
            "text" | "currency-symbol" | "embedded-text" => {
                if let Some(making) = &mut self.making {
                    (making.in_text, making.among) = (false, None);
                }
            }
            "style" => self.sheet = None,
            _ => {}
        }
    }

    /// Tells whether sheets of that style are hidden.
    pub(super) fn is_hidden(&self, sheet: &str) -> bool {
        self.hidden.contains(sheet)
    }

    /// Returns how a number is shown in cells of that style: by the section of its sign where that makes a date of it, else
    /// as positive numbers are.
    pub(super) fn format(&self, cell: &str, number: f64) -> &NumberFormat {
        let Some(style) = self.data_style(cell) else { return &NumberFormat::Plain };
        let positive = if number == 0.0 { f64::MIN_POSITIVE } else { number.abs() };
        match (self.section(style, number), self.section(style, positive)) {
            (own @ (NumberFormat::Date(_) | NumberFormat::Time | NumberFormat::Duration), _) => own,
            (NumberFormat::Plain | NumberFormat::Digits(_), digits @ NumberFormat::Digits(_)) => digits,
            (NumberFormat::Plain | NumberFormat::Digits(_), _) => &NumberFormat::Plain,
        }
    }

    /// Returns the number of a date: its days from the one that the document counts from.
    #[expect(clippy::cast_precision_loss, reason = "a spreadsheet has floating-point numbers only")]
    pub(super) fn number_of(&self, date: &str) -> Option<f64> {
        Some((day(date)?.number() - self.null_date().number()) as f64)
    }

    /// Returns the date that a number is, if it is that of a day that can be written.
    #[expect(clippy::cast_possible_truncation, reason = "it is a number of days of a few thousand years")]
    pub(super) fn date_of(&self, number: f64) -> Option<Day> {
        const MOST_DAYS: f64 = 2_958_466.0;
        let is_day = (-MOST_DAYS..MOST_DAYS).contains(&number);
        let day = || Day::of_number(self.null_date().number() + number.floor() as i64);
        is_day.then(day).filter(|day| (0..10_000).contains(&day.year))
    }

    fn null_date(&self) -> Day {
        self.null_date.unwrap_or(Day { year: 1899, month: 12, day: 30 })
    }

    fn data_style(&self, cell: &str) -> Option<&DataStyle> {
        let mut name = cell;
        for _ in 0..DEEPEST {
            let (data, parent) = self.cells.get(name)?;
            if let Some(data) = data {
                return self.data.get(data);
            }
            name = parent.as_deref()?;
        }
        None
    }

    fn section<'a>(&'a self, style: &'a DataStyle, number: f64) -> &'a NumberFormat {
        let section = style.sections.iter().find(|section| section.condition.takes(number));
        let other = section.and_then(|section| self.data.get(&section.style));
        &other.unwrap_or(style).format
    }
}

fn is_data_style(name: &str) -> bool {
    // A style of text may have sections for numbers: `yyyy;@`.
    matches!(name, "number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style" | "text-style")
}

/// The day of a date in ISO 8601, with a time or not.
fn day(date: &str) -> Option<Day> {
    Date::parse(date.split('T').next()?).ok()?.earliest
}

impl Section {
    /// Reads a condition such as `value()>=0`.
    fn parse(condition: &str, style: String) -> Option<Self> {
        Some(Self { condition: Condition::parse(condition.trim().strip_prefix("value()")?)?, style })
    }
}

impl Making {
    fn read(&mut self, name: &str, element: &BytesStart<'_>) -> Result<(), SheetError> {
        let count = |name| Ok::<_, SheetError>(attribute(element, name)?.and_then(|count| count.parse().ok()));
        match name {
            "year" => drop(self.letters.insert('y')),
            "month" => drop(self.letters.insert('m')),
            "day" => drop(self.letters.insert('d')),
            "hours" | "minutes" | "seconds" | "am-pm" => drop(self.letters.insert('h')),
            "text" | "currency-symbol" => self.in_text = true,
            "embedded-text" => {
                self.in_text = true;
                self.among = count("number:position")?;
            }
            "number" => {
                let most: Option<usize> = count("number:decimal-places")?;
                let least = count("number:min-decimal-places")?.or(count("loext:min-decimal-places")?);
                let whole = count("number:min-integer-digits")?.unwrap_or(0);
                // Without a number of places, all are shown.
                if most.is_some() || whole > 1 {
                    let most = most.unwrap_or(0).min(30);
                    let least = least.unwrap_or(most).min(most);
                    self.pattern = Some(Pattern { whole: whole.min(30), least, most, ..Pattern::default() });
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let Some(places) = self.among {
            let inside = &mut self.pattern.get_or_insert_default().inside;
            // From the left; what stands at the same place stays in order.
            let at = inside.partition_point(|(before, _)| *before >= places);
            inside.insert(at, (places, text.to_owned()));
        } else if self.pattern.is_some() {
            self.after.push_str(text);
        } else {
            self.before.push_str(text);
        }
    }

    fn finish(self) -> (String, DataStyle) {
        let has = |letter| self.letters.contains(&letter);
        let format = match (has('d'), has('m'), has('y'), has('h'), self.pattern) {
            (true, ..) => NumberFormat::Date(Precision::Day),
            (_, true, ..) => NumberFormat::Date(Precision::Month),
            (_, _, true, ..) => NumberFormat::Date(Precision::Year),
            (_, _, _, true, _) if self.is_elapsed => NumberFormat::Duration,
            (_, _, _, true, _) => NumberFormat::Time,
            (.., Some(pattern)) => NumberFormat::Digits(Pattern {
                before: self.before,
                after: self.after,
                percent: self.is_percent,
                ..pattern
            }),
            (.., None) => NumberFormat::Plain,
        };
        (self.name, DataStyle { format, sections: self.sections })
    }
}
