//! The styles of an `OpenDocument` spreadsheet, as far as they tell how numbers are shown and which sheets are hidden.

use std::collections::{BTreeMap, BTreeSet};

use quick_xml::events::BytesStart;

use super::SheetError;
use super::number::{NumberFormat, Pattern, Precision};

/// Styles by name.
#[derive(Default)]
pub(super) struct Styles {
    /// Of cells: the style of data, and the style that says what this one does not.
    cells: BTreeMap<String, (Option<String>, Option<String>)>,
    data: BTreeMap<String, NumberFormat>,
    /// For a style of data, the one that positive numbers have instead.
    positive: BTreeMap<String, String>,
    hidden: BTreeSet<String>,
    /// The style of sheets in hand.
    sheet: Option<String>,
    /// The style of data in hand.
    making: Option<Making>,
}

/// A style of data in hand.
struct Making {
    name: String,
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
            "number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style" => {
                self.making = Some(Making {
                    name: get("style:name")?.unwrap_or_default(),
                    is_elapsed: get("number:truncate-on-overflow")?.as_deref() == Some("false"),
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
                if let (Some(making), Some(other)) = (&self.making, get("style:apply-style-name")?)
                    && condition.replace("value()", "").trim().starts_with('>')
                {
                    self.positive.insert(making.name.clone(), other);
                }
            }
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
            "number-style" | "currency-style" | "percentage-style" | "date-style" | "time-style" => {
                if let Some(making) = self.making.take() {
                    let (name, format) = making.format();
                    self.data.insert(name, format);
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

    /// Returns how numbers are shown in cells of that style.
    pub(super) fn format(&self, cell: &str) -> &NumberFormat {
        let mut name = cell;
        for _ in 0..DEEPEST {
            let Some((data, parent)) = self.cells.get(name) else { break };
            if let Some(data) = data {
                let shown = self.positive.get(data).unwrap_or(data);
                return self.data.get(shown).unwrap_or(&NumberFormat::Plain);
            }
            let Some(parent) = parent else { break };
            name = parent;
        }
        &NumberFormat::Plain
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

    fn format(self) -> (String, NumberFormat) {
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
        (self.name, format)
    }
}
