//! Numbers that look random, and are the same in every run.

/// [SplitMix64](https://doi.org/10.1145/2714064.2660195): the same numbers in every run.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from 0 to 1.
    pub(super) fn unit(&mut self) -> f64 {
        let high = (self.next() >> 32) as u32;
        f64::from(high) / f64::from(u32::MAX)
    }

    /// Shuffles as Fisher and Yates do.
    pub(super) fn shuffle(&mut self, list: &mut [usize]) {
        for last in (1..list.len()).rev() {
            #[expect(clippy::cast_possible_truncation, reason = "a remainder of a number of the list")]
            let other = (self.next() % (last as u64 + 1)) as usize;
            list.swap(last, other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shuffle_keeps_everything() {
        let mut list: Vec<usize> = (0..100).collect();
        Random(1).shuffle(&mut list);
        assert_ne!(list, (0..100).collect::<Vec<_>>());
        list.sort_unstable();
        assert_eq!(list, (0..100).collect::<Vec<_>>());
    }
}
