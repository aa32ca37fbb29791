//! Dates at the precision that is known, in the Extended Date/Time Format.

use std::fmt;

use edtf_core::{Bound, Edtf};

/// A date, an interval or an imprecise date, of [EDTF] level 0 or 1, by the days that it may mean.
///
/// [EDTF]: https://www.loc.gov/standards/datetime/
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Date {
    /// The earliest day, or nothing where it is open or unknown.
    pub earliest: Option<Day>,
    /// The latest day, or nothing where it is open or unknown.
    pub latest: Option<Day>,
}

/// A date as it is written, with what it may mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrittenDate {
    text: String,
    date: Date,
}

impl WrittenDate {
    /// Keeps a text that is a date.
    ///
    /// # Errors
    ///
    /// As [`Date::parse`].
    pub fn parse(text: &str) -> Result<Self, DateError> {
        Date::parse(text).map(|date| Self { text: text.to_owned(), date })
    }

    /// Returns the text, which is EDTF.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the days that it may mean.
    #[must_use]
    pub fn date(&self) -> Date {
        self.date
    }
}

/// A day of the proleptic Gregorian calendar; written as an `xsd:date`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day {
    /// Year, where 0 is the year before year 1.
    pub year: i64,
    /// Month from 1 to 12.
    pub month: u8,
    /// Day of the month from 1 to 31.
    pub day: u8,
}

/// A text that is no date of EDTF level 0 or 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// Not EDTF at all.
    #[error("{message}")]
    Syntax {
        /// What is wrong, from the parser.
        message: &'static str,
        /// The byte of the text where it is wrong.
        offset: usize,
    },
    /// EDTF of level 2, which no reader of our output need know.
    #[error("sets and other expressions of EDTF level 2 are not used here")]
    Level,
}

impl Date {
    /// Parses a date such as `2024`, `2024-03`, `2024-05-27/2024-05-30`, `2023~` or `2023-11/..`.
    ///
    /// # Errors
    ///
    /// If the text is not EDTF of level 0 or 1, or an interval ends before it starts.
    ///
    /// ```
    /// use rapporteur::model::Date;
    ///
    /// let may = Date::parse("2024-05")?;
    /// let day = |text: &str| Date::parse(text).map(|date| date.earliest);
    /// assert_eq!(may.earliest, day("2024-05-01")?);
    /// assert_eq!(may.latest, day("2024-05-31")?);
    /// assert!(Date::parse("May 2024").is_err());
    /// # Ok::<(), rapporteur::model::DateError>(())
    /// ```
    pub fn parse(text: &str) -> Result<Self, DateError> {
        let edtf =
            Edtf::parse(text).map_err(|error| DateError::Syntax { message: error.message, offset: error.offset })?;
        if edtf.level() > 1 {
            return Err(DateError::Level);
        }
        let bounds = edtf.bounds();
        Ok(Self { earliest: day(bounds.earliest), latest: day(bounds.latest) })
    }

    /// Tells whether every day that `self` may mean is before every day that `other` may mean.
    ///
    /// ```
    /// use rapporteur::model::Date;
    ///
    /// let (spring, may, year) = (Date::parse("2024-04")?, Date::parse("2024-05")?, Date::parse("2024")?);
    /// assert!(spring.is_before(&may));
    /// assert!(!spring.is_before(&year), "the year may mean a day before April");
    /// # Ok::<(), rapporteur::model::DateError>(())
    /// ```
    #[must_use]
    pub fn is_before(&self, other: &Self) -> bool {
        matches!((self.latest, other.earliest), (Some(latest), Some(earliest)) if latest < earliest)
    }
}

impl Day {
    /// Returns the number of days from 1 January 1970.
    #[must_use]
    pub fn number(self) -> i64 {
        // Years begin in March here, so that the leap day is the last; an era is 400 years, after which the calendar
        // repeats.
        let month = (i64::from(self.month) + 9) % 12;
        let year = self.year - i64::from(self.month <= 2);
        let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
        let day_of_year = (153 * month + 2) / 5 + i64::from(self.day) - 1;
        era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
    }

    /// Returns the day of a number of days from 1 January 1970.
    #[must_use]
    pub(crate) fn of_number(number: i64) -> Self {
        let (era, day) = ((number + 719_468).div_euclid(146_097), (number + 719_468).rem_euclid(146_097));
        let year = (day - day / 1_460 + day / 36_524 - day / 146_096) / 365;
        let day_of_year = day - (365 * year + year / 4 - year / 100);
        let month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month + 2) / 5 + 1;
        let month = if month < 10 { month + 3 } else { month - 9 };
        let small = |number| u8::try_from(number).unwrap_or_default();
        Self { year: era * 400 + year + i64::from(month <= 2), month: small(month), day: small(day) }
    }
}

fn day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(date) => Some(Day { year: date.year, month: date.month, day: date.day }),
        Bound::NegativeInfinity | Bound::PositiveInfinity | Bound::Unknown => None,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.unsigned_abs(), self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounds(text: &str) -> (String, String) {
        let date = Date::parse(text).unwrap();
        let show = |day: Option<Day>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
        (show(date.earliest), show(date.latest))
    }

    #[test]
    fn a_date_means_all_its_days() {
        for (text, earliest, latest) in [
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2023~", "2023-01-01", "2023-12-31"),
            ("2024-05-27/2024-05-30", "2024-05-27", "2024-05-30"),
            ("2023-11/..", "2023-11-01", "-"),
        ] {
            assert_eq!(bounds(text), (earliest.to_owned(), latest.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for wrong in ["", "2024-13", "2024-02-30", "May 2024", "2024-05-30/2024-05-27", "[2023,2024]"] {
            assert!(Date::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        let day = |year, month, day| Day { year, month, day };
        for (given, expected) in
            [(day(1970, 1, 1), 0), (day(2000, 3, 1), 11_017), (day(2024, 2, 29), 19_782), (day(0, 1, 1), -719_528)]
        {
            assert_eq!(given.number(), expected);
        }
        for number in (-800_000..3_000_000).step_by(73) {
            assert_eq!(Day::of_number(number).number(), number);
        }
    }

    #[test]
    fn before_means_no_day_in_common() {
        let date = |text| Date::parse(text).unwrap();
        assert!(date("2023-12").is_before(&date("2024")));
        assert!(!date("2024").is_before(&date("2024-05")));
    }
}
