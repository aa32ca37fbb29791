//! The A-to-Z: all labels and acronyms in a language, in sheets that load soon.

use maud::{Markup, html};

use super::frame::{Body, Page};
use super::text::{Text, best};
use super::{MOST_NAMES, Subject};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language, fold};
use crate::parallel;
use crate::sort;

/// The most letters that are listed: of a script with more, only the sheets are.
const MOST_LETTERS: usize = 60;
/// The most sheets that are listed beside other things, and the most on a page of their own.
const MOST_SHEETS: usize = 60;
pub(super) const MOST_RANGES: usize = 200;

/// Names that follow each other.
#[derive(Debug)]
pub(super) struct Sheet<'g> {
    entries: Vec<Entry<'g>>,
    /// The letters that they begin with.
    letters: Vec<char>,
}

/// A name by which an entity is looked up.
#[derive(Debug)]
struct Entry<'g> {
    folded: String,
    entity: EntityId,
    /// The acronym, where the entry is one that leads to the label.
    acronym: Option<&'g str>,
}

impl Entry<'_> {
    /// The letter that it begins with, folded: so that all with the same follow each other.
    fn letter(&self) -> char {
        self.folded.chars().next().map_or(' ', |first| if first.is_ascii_digit() { '#' } else { first })
    }
}

/// Returns the sheets of a language.
pub(super) fn sheets(graph: &KnowledgeGraph, language: Language) -> Vec<Sheet<'_>> {
    let (languages, label) = (graph.languages(Some(language)), graph.ontology().known().label);
    let key = |text: &str| fold(text.trim_start_matches(|c: char| !c.is_alphanumeric()));
    let order = |a: &Entry<'_>, b: &Entry<'_>| (&a.folded, a.entity, a.acronym).cmp(&(&b.folded, b.entity, b.acronym));
    let entities: Vec<EntityId> = graph.entity_ids().collect();
    let pieces: Vec<&[EntityId]> = parallel::shares(&entities).collect();
    let sorted = parallel::all(&pieces, |piece| {
        let mut entries = Vec::new();
        for &entity in *piece {
            let texts = graph.texts_of(entity, label);
            let name = best(graph, texts, &languages).map_or(graph.id(entity), |(text, _)| text);
            entries.push(Entry { folded: key(name), entity, acronym: None });
            if let Some(acronym) = graph.acronym(entity, &languages).filter(|acronym| !name.starts_with(acronym)) {
                entries.push(Entry { folded: key(acronym), entity, acronym: Some(acronym) });
            }
        }
        sort::by(&mut entries, order);
        entries
    });
    let mut entries: Vec<Entry<'_>> = sorted.into_iter().flatten().collect();
    // What is in order already is found, and only joined.
    sort::by(&mut entries, order);
    in_sheets(entries)
}

/// Puts entries into sheets: a letter stands on one sheet, unless it has more names than a sheet.
fn in_sheets(entries: Vec<Entry<'_>>) -> Vec<Sheet<'_>> {
    let mut sheets: Vec<Sheet<'_>> = Vec::new();
    let lengths: Vec<usize> = entries.chunk_by(|a, b| a.letter() == b.letter()).map(<[Entry<'_>]>::len).collect();
    let mut rest = entries.into_iter();
    for length in lengths {
        let mut letter = rest.by_ref().take(length).peekable();
        while let Some(first) = letter.peek().map(Entry::letter) {
            let left = length.min(MOST_NAMES);
            match sheets.last_mut().filter(|sheet| sheet.entries.len() + left <= MOST_NAMES) {
                Some(sheet) => {
                    sheet.letters.push(first);
                    sheet.entries.extend(letter.by_ref().take(left));
                }
                None => sheets.push(Sheet { entries: letter.by_ref().take(left).collect(), letters: vec![first] }),
            }
        }
    }
    sheets
}

impl Page<'_, '_> {
    pub(super) fn names(&self) -> Body {
        Body::new(self.words.names, html! { h1 { (self.words.names) } (self.letters()) (self.all_ranges()) })
    }

    /// Links to the places in the sheets where letters begin.
    pub(super) fn letters(&self) -> Markup {
        let sheets = self.site.sheets(self.language).iter().enumerate();
        let all = sheets.flat_map(|(number, sheet)| sheet.letters.iter().map(move |&letter| (letter, number)));
        let mut letters: Vec<(char, usize)> = all.collect();
        if letters.len() > MOST_LETTERS {
            // Of a letter that fills many sheets, the first.
            letters.dedup_by_key(|(letter, _)| *letter);
        }
        // A letter that fills several sheets leads to each.
        let again = |at: usize| letters.iter().take(at).filter(|(letter, _)| *letter == letters[at].0).count() + 1;
        html! {
            @if letters.len() <= MOST_LETTERS {
                nav.letters aria-label=(self.words.letters) {
                    ul { @for (at, &(letter, sheet)) in letters.iter().enumerate() { li {
                        a href={(self.href(Subject::Sheet(sheet))) "#" (anchor(letter))} {
                            bdi { (Text(&shown(letter))) } @if again(at) > 1 { " " (again(at)) }
                        }
                    } } }
                }
            } @else { (self.some_ranges()) }
        }
    }

    /// Links to the sheets, as far as they have room beside other things: of many, to some at even distances.
    fn some_ranges(&self) -> Markup {
        let sheets = self.site.sheets(self.language);
        let step = sheets.len().div_ceil(MOST_SHEETS).max(1);
        let starts = (0..sheets.len()).step_by(step);
        html! {
            ol.ranges { @for start in starts {
                (self.range(start, (start + step).min(sheets.len()) - 1))
            } }
            @if step > 1 { p { a href=(self.href(Subject::Names)) { (self.words.names) } " " span.count { (sheets.len()) } } }
        }
    }

    /// Links to all sheets, on as many pages as they need.
    fn all_ranges(&self) -> Markup {
        let first = self.address.part * MOST_RANGES;
        let end = (first + MOST_RANGES).min(self.site.sheets(self.language).len());
        html! { ol.ranges start=[(first > 0).then_some(first + 1)] { @for number in first..end { (self.range(number, number)) } } }
    }

    /// A link to the first of some sheets, by the first of their names and the last.
    fn range(&self, from: usize, to: usize) -> Markup {
        let sheets = self.site.sheets(self.language);
        let first = sheets.get(from).and_then(|sheet| sheet.entries.first());
        let last = sheets.get(to).and_then(|sheet| sheet.entries.last());
        html! {
            @if let (Some(first), Some(last)) = (first, last) {
                li { a href=(self.href(Subject::Sheet(from))) { (self.entry_name(first)) " – " (self.entry_name(last)) } }
            }
        }
    }

    fn entry_name(&self, entry: &Entry<'_>) -> Markup {
        if let Some(acronym) = entry.acronym {
            return html! { bdi { (Text(acronym)) } };
        }
        let (label, language) = self.label(entry.entity);
        self.text(label, language)
    }

    pub(super) fn sheet(&self, number: usize) -> Body {
        let sheets = self.site.sheets(self.language);
        let entries = sheets.get(number).map_or(&[][..], |sheet| sheet.entries.as_slice());
        let main = html! {
            h1 { (self.words.names) " " span.count { (self.words.part_of(number + 1, sheets.len())) } }
            (self.letters())
            @for letter in entries.chunk_by(|a, b| a.letter() == b.letter()) {
                @if let [first, ..] = letter {
                    section aria-labelledby=(anchor(first.letter())) {
                        h2 #(anchor(first.letter())) { bdi { (Text(&shown(first.letter()))) } }
                        ul.names { @for entry in letter { (self.entry(entry)) } }
                    }
                }
            }
            nav.parts aria-label=(self.words.parts) {
                @if number > 0 { a rel="prev" href=(self.href(Subject::Sheet(number - 1))) { (self.words.previous) } }
                @if number + 1 < sheets.len() { a rel="next" href=(self.href(Subject::Sheet(number + 1))) { (self.words.next) } }
            }
        };
        Body::new(self.words.names, main).with_trail(vec![(Subject::Names, html! { (self.words.names) })])
    }

    fn entry(&self, entry: &Entry<'_>) -> Markup {
        let (label, language) = self.label(entry.entity);
        let name = match entry.acronym {
            Some(acronym) => html! { bdi { (Text(acronym)) } " – " (self.text(label, language)) },
            None => self.name(entry.entity),
        };
        html! { li { a href=(self.href(Subject::Entity(entry.entity))) { (name) } } }
    }
}

/// A letter as it is shown.
fn shown(letter: char) -> String {
    letter.to_uppercase().collect()
}

/// The name of the place where a letter begins.
fn anchor(letter: char) -> String {
    format!("letter-{:x}", u32::from(letter))
}
