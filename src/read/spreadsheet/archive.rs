//! The archive that a spreadsheet is: unpacked once, so that what follows cannot be surprised.

use std::io::{Cursor, Read as _, copy, sink};

use zip::ZipArchive;

use super::SheetError;

/// A spreadsheet that unpacks to more than this is refused: a small file can unpack to any size.
pub(super) const UNPACKED_LIMIT: u64 = 256 << 20;

/// Unpacks everything once: the sizes that an archive declares may lie.
pub(super) fn check_size(bytes: &[u8], limit: u64) -> Result<(), SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let mut left = limit;
    for number in 0..archive.len() {
        let entry = archive.by_index(number)?;
        let has_strings = entry.name()?.to_ascii_lowercase().ends_with("sharedstrings.xml");
        let mut unpacked = entry.take(left + 1);
        let size = if has_strings {
            let mut text = Vec::new();
            let size = unpacked.read_to_end(&mut text)?;
            check_strings(&text)?;
            size as u64
        } else {
            copy(&mut unpacked, &mut sink())?
        };
        left = left.checked_sub(size).ok_or(SheetError::TooLarge)?;
    }
    Ok(())
}

/// Refuses a table of strings that declares more of them than it has bytes, because room is made for what it declares.
fn check_strings(xml: &[u8]) -> Result<(), SheetError> {
    let xml = String::from_utf8_lossy(xml);
    for (at, name) in xml.match_indices("uniqueCount") {
        let value =
            xml[at + name.len()..].trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '=' | '"' | '\''));
        let digits = value.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default();
        if !digits.is_empty() && digits.parse().map_or(true, |count: usize| count > xml.len()) {
            return Err(SheetError::TooLarge);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::archive;
    use super::*;

    #[test]
    fn a_table_of_strings_that_declares_more_than_it_has_is_refused() {
        assert!(check_strings(br#"<sst count="1" uniqueCount="1"><si><t>x</t></si></sst>"#).is_ok());
        for count in ["99999", "99999999999999999999999"] {
            let xml = format!("<sst uniqueCount = '{count}'/>");
            assert!(matches!(check_strings(xml.as_bytes()), Err(SheetError::TooLarge)), "{xml}");
        }
    }

    #[test]
    fn a_spreadsheet_that_unpacks_to_too_much_is_refused() {
        let bytes = archive(&[("a.xml", "123"), ("b.xml", "456")]);
        assert!(check_size(&bytes, 6).is_ok());
        assert!(matches!(check_size(&bytes, 5), Err(SheetError::TooLarge)));
    }
}
