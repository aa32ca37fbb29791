//! Bounds of XML: entities, with which a short file can declare any amount of text, and elements within elements, of which
//! the parser looks at all that are open at each.

use std::collections::BTreeMap;

use memchr::memmem::{find, find_iter};
use memchr::{memchr, memchr_iter};

use crate::finding::{Code, Finding};
use crate::read::text::TextFile;

/// The most bytes that an entity may stand for.
const MOST_OF_ONE: usize = 1 << 16;
/// The most bytes that all uses of entities may stand for: this and eight times the file.
const MOST: usize = 1 << 24;

const DECLARATION: &str = "<!ENTITY";

/// How deep elements may lie within others.
const DEEPEST: usize = 256;

/// Refuses a file that would take much more time or memory than its length lets expect. O(length of the file).
pub(super) fn check(file: &TextFile) -> Result<(), Box<Finding>> {
    check_entities(file)?;
    check_depth(file)
}

fn check_depth(file: &TextFile) -> Result<(), Box<Finding>> {
    let text = file.text().as_bytes();
    let (mut at, mut depth) = (0, 0_usize);
    while let Some(start) = memchr(b'<', &text[at..]).map(|start| at + start) {
        let rest = &text[start..];
        let end = |of: &[u8]| find(rest, of).map_or(text.len(), |end| start + end + of.len());
        at = if rest.starts_with(b"<!--") {
            end(b"-->")
        } else if rest.starts_with(b"<![CDATA[") {
            end(b"]]>")
        } else if rest.starts_with(b"<!") || rest.starts_with(b"<?") {
            start + 2
        } else {
            let end = start + end_of_tag(rest);
            if rest.starts_with(b"</") {
                depth = depth.saturating_sub(1);
            } else if !text[..end].ends_with(b"/>") {
                depth += 1;
            }
            end
        };
        if depth > DEEPEST {
            let message = format!("elements lie more than {DEEPEST} deep within others");
            let finding = Finding::new(Code::InvalidRdf, file.locate(start..start + 1), message);
            return Err(Box::new(finding.help("describe each thing for itself, and refer to it by its IRI")));
        }
    }
    Ok(())
}

/// The length of the tag that a text begins with, whatever stands in its quotes.
fn end_of_tag(text: &[u8]) -> usize {
    let mut quote = None;
    for (at, &byte) in text.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            (None | Some(_), _) => {}
        }
    }
    text.len()
}

/// Refuses a file whose entities would make it much larger.
fn check_entities(file: &TextFile) -> Result<(), Box<Finding>> {
    let text = file.text();
    if find(text.as_bytes(), DECLARATION.as_bytes()).is_none() {
        return Ok(());
    }
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    for at in find_iter(text.as_bytes(), DECLARATION.as_bytes()) {
        let Some((name, value)) = declaration(&text[at + DECLARATION.len()..]) else { continue };
        let size = value.len().saturating_add(uses(value, &sizes).map(|(_, size)| size).sum());
        if size > MOST_OF_ONE {
            return Err(too_large(file, at..at + DECLARATION.len()));
        }
        sizes.insert(name, size);
    }
    let (mut sum, most) = (0, MOST + text.len().saturating_mul(8));
    for (at, size) in uses(text, &sizes) {
        sum += size;
        if sum > most {
            return Err(too_large(file, at..at + 1));
        }
    }
    Ok(())
}

fn too_large(file: &TextFile, range: std::ops::Range<usize>) -> Box<Finding> {
    let message = "the entities of this file stand for more text than is taken from them";
    let finding = Finding::new(Code::InvalidRdf, file.locate(range), message);
    Box::new(finding.help("write the text itself in place of the entities"))
}

/// The name and the value of a declaration, from what follows its first word.
fn declaration(rest: &str) -> Option<(&str, &str)> {
    let (name, rest) = rest.trim_start().split_once(char::is_whitespace)?;
    let rest = rest.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    Some((name, rest[1..].split(quote).next().unwrap_or_default()))
}

/// Where a text uses an entity that is declared, and how many bytes that stands for.
fn uses<'t>(text: &'t str, sizes: &'t BTreeMap<&str, usize>) -> impl Iterator<Item = (usize, usize)> + 't {
    /// Longer names than this are none that somebody uses.
    const NAME: usize = 256;
    memchr_iter(b'&', text.as_bytes()).filter_map(|at| {
        let rest = &text.as_bytes()[at + 1..];
        let end = rest.iter().take(NAME).position(|&byte| byte == b';')?;
        Some((at, *sizes.get(text.get(at + 1..at + 1 + end)?)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Option<String> {
        check(&TextFile::new("a.rdf", text.to_owned())).err().map(|finding| finding.location.to_string())
    }

    #[test]
    fn names_of_namespaces_are_taken() {
        let text = "<!DOCTYPE rdf:RDF [\n<!ENTITY owl \"http://www.w3.org/2002/07/owl#\">\n]>\n<a b=\"&owl;x\"/>";
        assert_eq!(place(text), None);
        assert_eq!(place("<a>&amp;</a>"), None);
    }

    #[test]
    fn an_entity_that_grows_is_refused() {
        let mut text = "<!DOCTYPE a [\n<!ENTITY e0 \"haha\">\n".to_owned();
        for number in 1..10 {
            text.push_str(
                &["<!ENTITY e", &number.to_string(), " \"", &format!("&e{};", number - 1).repeat(10), "\">\n"].concat(),
            );
        }
        assert_eq!(place(&(text + "]><a>&e9;</a>")).as_deref(), Some("a.rdf:6:1"));
    }

    #[test]
    fn many_uses_of_one_are_refused() {
        let text = format!("<!DOCTYPE a [<!ENTITY e \"{}\">]>\n{}", "x".repeat(60_000), "&e;".repeat(500));
        assert!(place(&text).is_some_and(|place| place.starts_with("a.rdf:2:")));
    }

    #[test]
    fn elements_in_a_row_are_not_deep() {
        let text = "<!-- <a> --><?xml?><a b=\"/>\"><b c='>'/><![CDATA[<a>]]></a>".repeat(1000);
        assert_eq!(place(&text), None);
        assert_eq!(place(&"<a>\n".repeat(1000)).as_deref(), Some("a.rdf:257:1"));
    }
}
