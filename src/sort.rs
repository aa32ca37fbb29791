//! Sorting where little is sorted, or seldom: one sort, compiled once.
//!
//! The sort of the standard library is compiled for each type and each order anew, five kilobytes of machine code at a
//! time. Here the numbers of the items are sorted, and the items follow. Where rows or statements are sorted, the
//! standard library's is faster.

use std::cmp::Ordering;

/// Sorts items; what is equal keeps its order. O(n log n) comparisons, with a number for each item.
pub(crate) fn by<T>(items: &mut [T], order: impl Fn(&T, &T) -> Ordering) {
    let mut numbers: Vec<usize> = (0..items.len()).collect();
    sort_numbers(&mut numbers, &|one, other| order(&items[one], &items[other]));
    arrange(items, &mut numbers);
}

/// Sorts items by a key, which is made for each comparison; what is equal keeps its order. As [`by`].
pub(crate) fn by_key<T, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    by(items, |one, other| key(one).cmp(&key(other)));
}

fn sort_numbers(numbers: &mut [usize], order: &dyn Fn(usize, usize) -> Ordering) {
    numbers.sort_by(|&one, &other| order(one, other));
}

/// Puts items in the order of their numbers.
fn arrange<T>(items: &mut [T], numbers: &mut [usize]) {
    for start in 0..numbers.len() {
        // Those that take each other's places are a ring.
        let mut place = start;
        loop {
            let from = std::mem::replace(&mut numbers[place], place);
            if from == start {
                break;
            }
            items.swap(place, from);
            place = from;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn items_are_sorted_as_the_standard_library_sorts_them(items in prop::collection::vec((0..20_u8, any::<u16>()), 0..200)) {
            let (mut ours, mut theirs) = (items.clone(), items);
            by_key(&mut ours, |(key, _)| *key);
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(&ours, &theirs);
            by(&mut ours, |one, other| other.cmp(one));
            theirs.sort_by(|one, other| other.cmp(one));
            prop_assert_eq!(ours, theirs);
        }
    }
}
