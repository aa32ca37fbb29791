//! A picture as one file that can be sent: the picture, a list of all that it shows, and a script of our own that moves it,
//! searches it and shows what is said of what.
//!
//! The list holds every statement once, so that the file works without script; with it, panels are made of what stands in the
//! list, and the file can be read in the other languages of the data, which lie in it compressed. Nothing is fetched: a policy
//! in the file allows its own script and style, by their hashes, and nothing else.

mod list;
mod page;

use std::io::Read as _;
use std::sync::OnceLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use self::list::Listed;
use super::asset::MOVE;
use super::frame::Page;
use super::text::Text;
use super::words::Words;
use super::{Site, Subject};
use crate::draw::{DrawError, Picture};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language};
use crate::parallel::in_order;

/// The most entities of a picture that a browser moves without delay.
const MOST_SHOWN: usize = 2_000;
/// The most bytes of a file that mail takes anywhere.
const MOST_BYTES: usize = 3_000_000;

const STYLE: &str = concat!(include_str!("../style.css"), include_str!("alone.css"));
const SEARCH: &str = include_str!("../search.js");
const SCRIPT: &str = include_str!("alone.js");

/// Why there is no file of a picture.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AloneError {
    /// It shows more than can be moved.
    #[error("a page of a picture has at most {MOST_SHOWN} entities, and this would have {0}")]
    Entities(usize),
    /// It would be too large to send.
    #[error("a page of a picture has at most {} megabytes, and this would have {:.1}", MOST_BYTES / 1_000_000, megabytes(*.0))]
    Bytes(usize),
    /// It cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
}

#[expect(clippy::cast_precision_loss, reason = "a number of bytes, to be read")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}

/// Returns a picture as one file of HTML, in the first of the languages, and in those of the data as far as there are words
/// in them and room for them: made by `drawn`, which gives the picture for the languages in which it is read, best first.
///
/// # Errors
///
/// If it shows too many entities, would be too large, or cannot be drawn.
pub(crate) fn alone(
    graph: &KnowledgeGraph,
    drawn: impl Fn(&[Language]) -> Picture + Sync,
    languages: &[Language],
) -> Result<String, AloneError> {
    let first = drawn(languages);
    if first.n_shown() > MOST_SHOWN {
        return Err(AloneError::Entities(first.n_shown()));
    }
    let (language, title) = (first.language(), first.title().to_owned());
    let listed = Listed::new(graph, &first);
    let own = graph.languages(None).into_iter().filter(|&other| other != language && Words::of(other).is_of(other));
    let languages: Vec<(Language, Vec<Language>)> = std::iter::once((language, languages.to_vec()))
        .chain(own.map(|other| (other, graph.languages(Some(other)))))
        .collect();
    let site =
        Site::with(graph, &[], languages.iter().map(|(language, _)| *language).collect(), OnceLock::from(Vec::new()));
    let page = |(language, names): &(Language, Vec<Language>)| Page::alone(&site, *language, names.clone());
    let mut contents: Vec<Markup> = Vec::new();
    let in_language = |one: &(Language, Vec<Language>)| page(one).contents(drawn(&one.1), &listed);
    in_order(&languages, in_language, |found| found.map(|found| contents.push(found)))?;
    let pages: Vec<Page<'_, '_>> = languages.iter().map(page).collect();
    let names = names(&pages, &listed);
    // A language for which there is no room is left out, the last first.
    let with = |n: usize| file(&title, &pages[..n], &contents, &names).into_string();
    let has_room = |html: &String| html.len() <= MOST_BYTES;
    let html = (2..=pages.len()).rev().map(with).find(has_room).unwrap_or_else(|| with(1));
    if has_room(&html) { Ok(html) } else { Err(AloneError::Bytes(html.len())) }
}

/// The file: in the language of the first page, with what stands in the others compressed.
fn file(title: &str, pages: &[Page<'_, '_>], contents: &[Markup], names: &str) -> Markup {
    let tags: Vec<Language> = pages.iter().map(|page| page.language).collect();
    let others = pages.iter().zip(contents).skip(1).map(|(page, contents)| {
        let body = page.body(contents, &tags, None).into_string();
        (page.language.to_string(), json!(packed(&body)))
    });
    let others = Value::Object(others.collect());
    let script = format!("{SEARCH}{MOVE}{SCRIPT}{names}rapporteurLanguages({others});\n");
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'; \
         require-trusted-types-for 'script'; trusted-types rapporteur",
        digest(&script),
        digest(STYLE)
    );
    let first = pages.first().zip(contents.first());
    html! {
        (DOCTYPE)
        @if let Some((page, contents)) = first {
            html lang=(page.language.as_str()) dir=(page.language.direction().as_str()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    title { (Text(title)) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    style { (PreEscaped(STYLE)) }
                }
                (page.body(contents, &tags, Some(&script)))
            }
        }
    }
}

/// The names that are searched, as the search takes them: labels in the language of each page.
fn names(pages: &[Page<'_, '_>], listed: &Listed) -> String {
    let Some(page) = pages.first() else { return String::new() };
    let entities: Vec<EntityId> = listed.entities.iter().copied().collect();
    let labels = |entity: EntityId| pages.iter().map(|page| page.plain_name(entity)).collect::<Vec<_>>();
    let shown = entities.iter().map(|&entity| json!([page.href(Subject::Entity(entity)), labels(entity)]));
    let data = json!({
        "languages": pages.iter().map(|page| page.language.as_str()).collect::<Vec<_>>(),
        "said": pages.iter().map(|page| super::asset::said(page.language)).collect::<Vec<_>>(),
        "entities": shown.collect::<Vec<_>>(),
        "names": super::asset::names(page.graph(), &entities),
        "here": true,
    });
    // In a script `</` would end the element, and `<!--` begin a comment.
    format!("rapporteurNames({});\n", data.to_string().replace('<', "\\u003c"))
}

/// A text compressed as [gzip](https://www.rfc-editor.org/rfc/rfc1952), in Base64.
fn packed(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut reader = flate2::bufread::GzEncoder::new(text.as_bytes(), flate2::Compression::best());
    // Reading from memory does not fail.
    drop(reader.read_to_end(&mut bytes));
    STANDARD.encode(&bytes)
}

/// The SHA-256 of a text in Base64, as a policy names it.
fn digest(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text.as_bytes()))
}

#[cfg(test)]
mod tests;
