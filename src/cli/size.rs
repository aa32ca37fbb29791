//! Sizes as people write them: `200MB`, `1GiB`, `500kB`.

/// Reads a number of bytes.
pub(super) fn size(text: &str) -> Result<u64, String> {
    let wrong = || "it is no size such as 500kB, 200MB or 1GB".to_owned();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let factor: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "k" | "kb" => 1_000,
        "m" | "mb" => 1_000_000,
        "g" | "gb" => 1_000_000_000,
        "t" | "tb" => 1_000_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        "tib" => 1 << 40,
        _ => return Err(wrong()),
    };
    let bytes = number.parse::<u64>().ok().and_then(|number| number.checked_mul(factor));
    bytes.filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_read_as_people_write_them() {
        for (text, bytes) in [
            ("200MB", 200_000_000),
            ("1GiB", 1 << 30),
            ("500kB", 500_000),
            ("64 MiB", 64 << 20),
            ("7", 7),
            ("2 GiB", 2 << 30),
        ] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        for text in ["", "MB", "0", "0MB", "-1", "1.5GB", "2 parts", "99999999999GB", "99999999999TB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
