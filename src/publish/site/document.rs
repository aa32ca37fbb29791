//! Pages of documents, their sections and their paragraphs: what each states.

use std::collections::BTreeSet;

use maud::{Markup, html};

use super::frame::{Body, Page};
use super::text::{Text, best};
use super::{Address, MOST_NAMES, Site, Subject};
use crate::model::{EntityId, ParagraphId, PropertyId, StatementId};

impl Site<'_> {
    /// How many rows the page of a document has: its paragraphs, and what cites it as a whole.
    pub(super) fn document_rows(&self, document: EntityId) -> usize {
        self.paragraphs_of(document).len() + self.backward.documents().get(&document).map_or(0, Vec::len)
    }

    pub(super) fn paragraph_at(&self, number: usize) -> Option<ParagraphId> {
        let number = u32::try_from(number).ok().filter(|_| number < self.graph.paragraphs().len())?;
        Some(ParagraphId::new(number))
    }
}

/// A row on the page of a document.
#[derive(Clone, Copy)]
enum Row {
    Paragraph(ParagraphId),
    Statement(StatementId),
}

impl Page<'_, '_> {
    pub(super) fn documents(&self) -> Body {
        let all: Vec<EntityId> = self.site.backward.documents().keys().copied().collect();
        let shown = all.chunks(MOST_NAMES).nth(self.address.part).unwrap_or_default();
        let main = html! {
            h1 { (self.words.documents) }
            ul.tree { @for &document in shown { li {
                a href=(self.href(Subject::Document(document))) { (self.name(document)) } " "
                @let n = self.site.paragraphs_of(document).len();
                @if n > 0 { span.count { (self.words.n_paragraphs) ": " (n) } }
            } } }
        };
        Body::new(self.words.documents, main)
    }

    pub(super) fn document(&self, document: EntityId) -> Body {
        let site = self.site;
        let paragraphs = site.paragraphs_of(document).filter_map(|at| site.paragraph_at(at)).map(Row::Paragraph);
        let whole = site.backward.documents().get(&document).into_iter().flatten().map(|&id| Row::Statement(id));
        let rows: Vec<Row> = paragraphs.chain(whole).collect();
        let shown = self.part_of(&rows);
        let cited: Vec<StatementId> = shown
            .iter()
            .filter_map(|row| match row {
                Row::Statement(id) => Some(*id),
                Row::Paragraph(_) => None,
            })
            .collect();
        let main = html! {
            h1 { (self.name(document)) }
            p { a href=(self.href(Subject::Entity(document))) { (self.words.all_of_it) } }
            @if self.address.part == 0 { (self.sections_of(document)) }
            @if shown.iter().any(|row| matches!(row, Row::Paragraph(_))) {
                section aria-labelledby="paragraphs" {
                    h2 #paragraphs { (self.words.n_paragraphs) }
                    ul.rows { @for row in shown { @if let Row::Paragraph(id) = row { (self.paragraph_row(*id)) } } }
                }
            }
            @if !cited.is_empty() {
                section aria-labelledby="whole" {
                    h2 #whole { (self.words.cited_as_whole) }
                    ul.rows { @for id in cited { (self.sentence(id)) } }
                }
            }
        };
        Body::new(self.plain_name(document), main)
            .with_trail(vec![(Subject::Documents, html! { (self.words.documents) })])
    }

    fn sections_of(&self, document: EntityId) -> Markup {
        let of = |(number, (section, _)): (usize, &(crate::graph::Section, String))| {
            (section.report == document).then_some(number)
        };
        let numbers: Vec<usize> = self.site.backward.paragraphs().sections.iter().enumerate().filter_map(of).collect();
        html! {
            @if !numbers.is_empty() {
                section aria-labelledby="sections" {
                    h2 #sections { (self.words.sections) }
                    ul.rows { @for number in numbers { li {
                        a href=(self.href(Subject::Section(number))) { (self.section_name(number)) }
                    } } }
                }
            }
        }
    }

    /// A section's number and heading.
    pub(super) fn section_name(&self, number: usize) -> Markup {
        let Some((section, _)) = self.site.backward.paragraphs().sections.get(number) else { return Markup::default() };
        let first = self.site.backward.paragraphs().of_section(number).first().copied();
        let heading = first.map(|first| self.heading_of(first));
        html! { (self.words.section) " " bdi dir="ltr" { (Text(&section.number)) } @if let Some(heading) = heading { " " (heading) } }
    }

    /// What the data say of a paragraph, in the best language.
    pub(super) fn told(&self, paragraph: ParagraphId, property: PropertyId) -> Option<Markup> {
        let graph = self.graph();
        let attributes = graph.paragraph_attributes(graph.paragraph(paragraph)).iter();
        let (text, language) =
            best(graph, attributes.filter(|attribute| attribute.property == property), &self.languages)?;
        Some(self.text(text, language))
    }

    pub(super) fn heading_of(&self, paragraph: ParagraphId) -> Markup {
        html! { @if let Some(heading) = self.told(paragraph, self.graph().ontology().known().heading) { (heading) } }
    }

    /// A paragraph in a list: its number, its heading, how much it states.
    fn paragraph_row(&self, id: ParagraphId) -> Markup {
        let n = self.site.backward.paragraphs().states(id).len();
        html! {
            li {
                a href=(self.href(Subject::Paragraph(id))) { bdi dir="ltr" { (Text(self.graph().text(self.graph().paragraph(id).number))) } }
                " " (self.heading_of(id))
                @if n > 0 { " " span.count { (self.words.statements) ": " (n) } }
            }
        }
    }

    pub(super) fn section(&self, number: usize) -> Body {
        let Some((section, _)) = self.site.backward.paragraphs().sections.get(number) else {
            return Body::new("", Markup::default());
        };
        let paragraphs = self.site.backward.paragraphs().of_section(number);
        let picture = self.site.pictures().iter().position(|picture| picture.is_of(section));
        let main = html! {
            h1 { (self.section_name(number)) }
            @if let Some(picture) = picture {
                p { a href=(self.href(Subject::Picture(picture))) { (self.words.picture_of_this) } }
            }
            ul.rows { @for &id in self.part_of(paragraphs) { (self.paragraph_row(id)) } }
        };
        let title = format!("{} {}", self.words.section, section.number);
        let trail = vec![
            (Subject::Documents, html! { (self.words.documents) }),
            (Subject::Document(section.report), self.name(section.report)),
        ];
        Body::new(title, main).with_trail(trail)
    }

    pub(super) fn paragraph(&self, id: ParagraphId) -> Body {
        let (graph, known, first) = (self.graph(), self.graph().ontology().known(), self.address.part == 0);
        let paragraph = graph.paragraph(id);
        let number = graph.text(paragraph.number);
        let states = self.site.backward.paragraphs().states(id);
        let main = html! {
            h1 { (self.words.paragraph) " " bdi dir="ltr" { (Text(number)) } " " (self.heading_of(id)) }
            p.kind { a href=(self.href(Subject::Document(paragraph.document))) { (self.name(paragraph.document)) } }
            (self.neighbours(id))
            @if first { (self.picture_of_statements(&format!("{} {number}", self.words.paragraph), states)) }
            @if !states.is_empty() {
                section aria-labelledby="states" {
                    h2 #states { (self.words.states) " " span.count { (states.len()) } }
                    ul.rows { @for &statement in self.part_of(states) { (self.sentence(statement)) } }
                }
            }
            @if let Some(reason) = self.told(id, known.no_link) {
                section aria-labelledby="none" { h2 #none { (self.words.no_link) } p { (reason) } }
            }
            @if first { (self.named_by(id)) }
        };
        let mut trail = vec![
            (Subject::Documents, html! { (self.words.documents) }),
            (Subject::Document(paragraph.document), self.name(paragraph.document)),
        ];
        let section = self.site.backward.paragraphs().section_of.get(id.index()).copied().flatten();
        trail.extend(section.map(|section| (Subject::Section(section), self.section_name(section))));
        Body::new(format!("{} {number}", self.words.paragraph), main).with_trail(trail)
    }

    /// The paragraphs before and after.
    fn neighbours(&self, id: ParagraphId) -> Markup {
        let document = self.graph().paragraph(id).document;
        let within = self.site.paragraphs_of(document);
        let at = |number: Option<usize>| self.site.paragraph_at(number.filter(|number| within.contains(number))?);
        let (before, after) = (at(id.index().checked_sub(1)), at(Some(id.index() + 1)));
        let link = |to: ParagraphId| self.link_to(Address { subject: Subject::Paragraph(to), part: 0 });
        let number =
            |of: ParagraphId| html! { bdi dir="ltr" { (Text(self.graph().text(self.graph().paragraph(of).number))) } };
        html! {
            @if before.is_some() || after.is_some() {
                nav.neighbours aria-label=(self.words.neighbours) {
                    @if let Some(before) = before { a rel="prev" href=(link(before)) { (self.words.previous) " " (number(before)) } }
                    @if let Some(after) = after { a rel="next" href=(link(after)) { (self.words.next) " " (number(after)) } }
                }
            }
        }
    }

    /// The entities that a paragraph names.
    fn named_by(&self, id: ParagraphId) -> Markup {
        let named: BTreeSet<EntityId> =
            self.site.backward.paragraphs().names.get(id.index()).into_iter().flatten().copied().collect();
        html! {
            @if !named.is_empty() {
                section aria-labelledby="named" {
                    h2 #named { (self.words.names_whom) " " span.count { (named.len()) } }
                    ul.names { @for &entity in named.iter().take(MOST_NAMES) { li { (self.entity_link(entity)) } } }
                    @if named.len() > MOST_NAMES { p { (self.words.part_of(MOST_NAMES, named.len())) } }
                }
            }
        }
    }
}
