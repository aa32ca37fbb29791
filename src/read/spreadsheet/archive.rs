//! The archive that a spreadsheet is: unpacked once, so that what follows cannot be surprised.

use std::io::{Cursor, Read as _, copy, sink};

use memchr::{memchr_iter, memmem};
use zip::ZipArchive;

use super::SheetError;

/// A spreadsheet that unpacks to more than this is refused: a small file can unpack to any size.
pub(super) const UNPACKED_LIMIT: u64 = 256 << 20;

/// Unpacks everything once: the sizes that an archive declares may lie. Returns about how many bytes of memory is taken by
/// the parts that are read as a whole: strings, styles, the lists of sheets.
pub(super) fn check_size(bytes: &[u8], limit: u64) -> Result<usize, SheetError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    // What is kept of each entry besides its name.
    let mut memory = archive.len() * ENTRY;
    let mut left = limit;
    for number in 0..archive.len() {
        let entry = archive.by_index(number)?;
        let name = entry.name()?.to_ascii_lowercase();
        let is_whole = WHOLE.iter().any(|end| name.ends_with(end));
        let mut unpacked = entry.take(left + 1);
        let size = if is_whole {
            let mut text = Vec::new();
            let size = unpacked.read_to_end(&mut text)?;
            if name.ends_with(STRINGS) {
                check_strings(&text)?;
            }
            memory = memory.saturating_add(text.len()).saturating_add(elements(&text, name.ends_with(STYLES)));
            size as u64
        } else {
            copy(&mut unpacked, &mut sink())?
        };
        left = left.checked_sub(size).ok_or(SheetError::TooLarge)?;
    }
    Ok(memory)
}

const STRINGS: &str = "sharedstrings.xml";
const STYLES: &str = "styles.xml";

/// The ends of the names of parts that are read as a whole before any sheet is.
const WHOLE: [&str; 4] = [STRINGS, STYLES, "workbook.xml", ".rels"];

/// About how many bytes are kept of an entry of an archive.
const ENTRY: usize = 512;

/// About how many bytes the elements of a part take: each may be a string, a sheet or a style. A style holds all that its
/// font, its borders and its format say.
fn elements(xml: &[u8], are_styles: bool) -> usize {
    const STRING: usize = 32;
    const STYLE: usize = 512;
    let starts = memchr_iter(b'<', xml).filter(|&at| xml.get(at + 1) != Some(&b'/'));
    let (mut count, mut longest, mut last) = (0, 0, 0);
    for at in starts {
        (count, longest, last) = (count + 1, longest.max(at - last), at);
    }
    if !are_styles {
        return count * STRING;
    }
    let styles = if xml.contains(&0) { count } else { memmem::find_iter(xml, "xf").count() };
    styles.saturating_mul(STYLE.saturating_add(longest.max(xml.len() - last).saturating_mul(2)))
}

/// How many bytes are read of the part that lists the sheets.
const LISTED: u64 = 1 << 20;

/// Tells at a glance whether a workbook may have a sheet of that name, in any case. Where the list of sheets is not found
/// where it should be, or is not in UTF-8, it may.
pub(in crate::read) fn may_have_sheet(bytes: &[u8], name: &str) -> bool {
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(part) = archive.by_name("xl/workbook.xml") else { return true };
    let mut list = Vec::new();
    if part.take(LISTED).read_to_end(&mut list).is_err() || list.contains(&0) {
        return true;
    }
    String::from_utf8_lossy(&list).to_ascii_lowercase().contains(name)
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
    fn the_list_of_sheets_tells_whether_one_may_be_there() {
        let listing = |xml| may_have_sheet(&archive(&[("xl/workbook.xml", xml)]), "terms");
        assert!(listing("<sheet name=\"Terms\"/>") && !listing("<sheet name=\"Topics\"/>"));
        assert!(may_have_sheet(&archive(&[("content.xml", "")]), "terms"), "it is elsewhere");
        assert!(!may_have_sheet(b"no archive", "terms"));
    }

    #[test]
    fn a_spreadsheet_that_unpacks_to_too_much_is_refused() {
        let bytes = archive(&[("a.xml", "123"), ("b.xml", "456")]);
        assert!(check_size(&bytes, 6).is_ok());
        assert!(matches!(check_size(&bytes, 5), Err(SheetError::TooLarge)));
    }
}
