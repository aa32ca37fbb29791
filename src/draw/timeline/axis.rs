//! Where an axis is divided.

use super::Days;
use crate::model::Day;

/// How many months the parts of an axis may have.
const STEPS: [i64; 11] = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1_200, 6_000];

/// A division of the axis: the day where it stands, and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tick {
    pub(super) day: i64,
    pub(super) text: String,
}

/// Returns divisions that include all the days, at most so many: the first of months, or of years.
pub(super) fn ticks(days: Days, most: i64) -> Vec<Tick> {
    let (first, last) = (month_of(days.first), month_of(days.last) + 1);
    let step = STEPS.into_iter().find(|step| (last - first) / step <= most).unwrap_or(60_000);
    let (first, last) = (first.div_euclid(step), (last + step - 1).div_euclid(step));
    (first..=last).map(|part| tick(part * step)).collect()
}

/// A division at the start of a month, counted from the year 0.
fn tick(months: i64) -> Tick {
    let (year, month) = (months.div_euclid(12), months.rem_euclid(12));
    let text = if month == 0 { format!("{year:04}") } else { format!("{year:04}-{:02}", month + 1) };
    Tick { day: start_of(months), text }
}

fn start_of(months: i64) -> i64 {
    let month = u8::try_from(months.rem_euclid(12) + 1).unwrap_or(1);
    Day { year: months.div_euclid(12), month, day: 1 }.number()
}

/// Returns the year in which a day is.
pub(super) fn year(day: i64) -> i64 {
    month_of(day).div_euclid(12)
}

/// The month in which a day is, counted from the year 0.
fn month_of(day: i64) -> i64 {
    // A mean month is 146,097 / 4,800 days; the guess is one off at most.
    let mut months = (day + 719_528) * 4_800 / 146_097;
    while start_of(months) > day {
        months -= 1;
    }
    while start_of(months + 1) <= day {
        months += 1;
    }
    months
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(year: i64, month: u8, day: u8) -> Day {
        Day { year, month, day }
    }

    #[test]
    fn an_axis_is_divided_at_months_or_years() {
        let texts = |from: Day, to: Day, most| {
            let days = Days { first: from.number(), last: to.number() };
            ticks(days, most).into_iter().map(|tick| tick.text).collect::<Vec<_>>()
        };
        assert_eq!(texts(day(2023, 12, 31), day(2024, 1, 1), 12), ["2023-12", "2024", "2024-02"]);
        assert_eq!(
            texts(day(2023, 2, 1), day(2024, 8, 5), 10),
            ["2023", "2023-04", "2023-07", "2023-10", "2024", "2024-04", "2024-07", "2024-10"]
        );
        assert_eq!(
            texts(day(1865, 1, 1), day(2024, 1, 1), 10),
            ["1860", "1880", "1900", "1920", "1940", "1960", "1980", "2000", "2020", "2040"]
        );
    }

    proptest! {
        #[test]
        fn divisions_include_all_days_and_are_not_too_many(first in -800_000_i64..800_000, length in 0_i64..300_000) {
            let days = Days { first, last: first + length };
            let ticks = ticks(days, 12);
            prop_assert!(ticks[0].day <= first && ticks[ticks.len() - 1].day > days.last);
            prop_assert!(ticks.len() <= 15);
        }
    }
}
