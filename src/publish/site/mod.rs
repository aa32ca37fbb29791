//! The graph as a site: a page for each entity, paragraph, document, section, class, property and picture, in each
//! language, that works from a folder, without script.
//!
//! [`Site::page`] is a function of an address and a language, without state: a build writes what it returns into files,
//! a server may send it. Pages name each other by [`Site::path`]. They fetch nothing from elsewhere, and hold neither
//! script nor style; what [`Site::assets`] returns stands beside them.

mod alone;
mod asset;
mod backward;
mod class;
mod data;
mod document;
mod entity;
mod explore;
mod frame;
mod names;
mod ontology;
mod picture;
mod place;
mod property;
mod refused;
mod report;
mod row;
mod said;
mod start;
mod table;
pub(super) mod text;
mod words;
mod write;

pub(crate) use alone::{AloneError, alone};
pub(crate) use explore::Looking;
pub(super) use ontology::{ONTOLOGY_STYLE, ontology_page};
pub(crate) use refused::RefusedData;
pub(super) use refused::refused_note;
pub use write::Written;
pub(super) use write::{files, write};

use std::sync::OnceLock;

use self::backward::Backward;
use self::names::Sheet;
use self::picture::{NamedPicture, PlacedPictures};
use self::place::Files;
use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, EntityId, Language, ParagraphId, PropertyId, StatementId};
use crate::parallel;
use crate::sort;

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// The data set.
    Start,
    /// The beginnings of the A-to-Z.
    Names,
    /// A sheet of the A-to-Z, by its number.
    Sheet(usize),
    /// An entity.
    Entity(EntityId),
    /// All documents that are cited.
    Documents,
    /// A document: its sections and paragraphs.
    Document(EntityId),
    /// A section of a report, by its number among all.
    Section(usize),
    /// A paragraph of a document.
    Paragraph(ParagraphId),
    /// All classes.
    Classes,
    /// A class.
    Class(ClassId),
    /// All properties.
    Properties,
    /// A property.
    Property(PropertyId),
    /// All named pictures.
    Pictures,
    /// A picture, by its number.
    Picture(usize),
    /// What the check of the data found.
    Findings,
    /// How far paragraphs are covered.
    Coverage,
}

/// The address of a page, in any language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Address {
    /// What it is about.
    pub subject: Subject,
    /// Which part of it, from 0: what is long stands on several pages.
    pub part: usize,
}

/// The most rows of statements, or of what takes as much room, on a page.
const MOST_ROWS: usize = 150;
/// The most rows of the table of a picture: one may tell of all that two have in common.
const MOST_LINES: usize = 75;
/// The most names in a list on a page.
const MOST_NAMES: usize = 250;

/// A graph as a site. It only looks things up: pages depend on nothing else.
#[derive(Debug)]
pub(crate) struct Site<'g> {
    graph: &'g KnowledgeGraph,
    findings: &'g [Finding],
    languages: Vec<Language>,
    /// The names of the files of entities.
    files: Files,
    backward: Backward<'g>,
    /// What is made when it is first asked for: a server answers before.
    pictures: OnceLock<Vec<NamedPicture>>,
    /// The titles of pictures, by language: to know them, pictures are composed, which takes time in a large graph.
    titles: Vec<OnceLock<Vec<Option<String>>>>,
    /// The pictures, by language.
    placed: Vec<PlacedPictures>,
    /// The sheets of the A-to-Z, by language.
    sheets: Vec<OnceLock<Vec<Sheet<'g>>>>,
    /// What the explorer begins with.
    beginning: OnceLock<explore::Beginning>,
    /// Whether a server sends the pages, which answers more than them.
    is_served: bool,
}

impl<'g> Site<'g> {
    /// Returns the site of a graph in some languages, with what the check of the data found. O(n log n).
    #[must_use]
    pub(crate) fn new(graph: &'g KnowledgeGraph, findings: &'g [Finding], languages: Vec<Language>) -> Self {
        Self::with(graph, findings, languages, OnceLock::new())
    }

    /// Returns the site as a server sends it: its pages lead to what only a server answers.
    #[must_use]
    pub(crate) fn served(self) -> Self {
        Self { is_served: true, ..self }
    }

    fn with(
        graph: &'g KnowledgeGraph,
        findings: &'g [Finding],
        languages: Vec<Language>,
        pictures: OnceLock<Vec<NamedPicture>>,
    ) -> Self {
        Self {
            graph,
            findings,
            files: Files::of(graph),
            backward: Backward::new(graph),
            pictures,
            sheets: languages.iter().map(|_| OnceLock::new()).collect(),
            titles: languages.iter().map(|_| OnceLock::new()).collect(),
            placed: languages.iter().map(|_| OnceLock::new()).collect(),
            beginning: OnceLock::new(),
            languages,
            is_served: false,
        }
    }

    /// The statements of others that lead to an entity, by property.
    fn incoming(&self, entity: EntityId) -> Vec<StatementId> {
        let mut incoming: Vec<_> = self.graph.links_to(entity).collect();
        sort::by_key(&mut incoming, |&id| (self.graph.statement(id).property, id));
        incoming
    }

    /// Returns the languages.
    #[must_use]
    pub(crate) fn languages(&self) -> &[Language] {
        &self.languages
    }

    /// Returns the addresses of all pages in a language.
    #[must_use]
    pub(crate) fn addresses(&self, language: Language) -> Vec<Address> {
        let ontology = self.graph.ontology();
        let fixed = [
            Subject::Start,
            Subject::Names,
            Subject::Documents,
            Subject::Classes,
            Subject::Properties,
            Subject::Pictures,
            Subject::Findings,
            Subject::Coverage,
        ];
        let subjects = fixed.into_iter();
        let subjects = subjects.chain((0..self.sheets(language).len()).map(Subject::Sheet));
        let subjects = subjects.chain(self.graph.entity_ids().map(Subject::Entity));
        let subjects = subjects.chain(self.backward.documents().keys().map(|&document| Subject::Document(document)));
        let subjects = subjects.chain((0..self.backward.paragraphs().sections.len()).map(Subject::Section));
        let subjects = subjects.chain(self.graph.paragraph_ids().map(Subject::Paragraph));
        let subjects = subjects.chain(ontology.class_ids().map(Subject::Class));
        let subjects = subjects.chain(ontology.property_ids().map(Subject::Property));
        let subjects = subjects.chain((0..self.pictures().len()).map(Subject::Picture));
        subjects
            .flat_map(|subject| (0..self.n_parts(subject, language)).map(move |part| Address { subject, part }))
            .collect()
    }

    /// Returns how many pages something has in a language.
    fn n_parts(&self, subject: Subject, language: Language) -> usize {
        let (rows, most) = match subject {
            Subject::Entity(entity) => {
                (self.graph.statements_of(entity).len() + self.graph.links_to(entity).count(), MOST_ROWS)
            }
            Subject::Document(document) => (self.document_rows(document), MOST_ROWS),
            Subject::Section(number) => (self.backward.paragraphs().of_section(number).len(), MOST_ROWS),
            Subject::Paragraph(paragraph) => (self.backward.paragraphs().states(paragraph).len(), MOST_ROWS),
            Subject::Class(class) => (self.backward.of_class(class).len(), MOST_NAMES),
            Subject::Property(property) => (self.backward.of_property(property).len(), MOST_ROWS),
            Subject::Documents => (self.backward.documents().len(), MOST_NAMES),
            Subject::Findings => (self.findings.len(), MOST_ROWS),
            Subject::Coverage => (self.graph.paragraphs().len(), MOST_NAMES),
            Subject::Picture(number) => (self.pictures().get(number).map_or(0, |picture| picture.n_rows), MOST_LINES),
            Subject::Names => (self.sheets(language).len(), names::MOST_RANGES),
            Subject::Start | Subject::Sheet(_) | Subject::Classes | Subject::Properties | Subject::Pictures => (1, 1),
        };
        rows.div_ceil(most).max(1)
    }

    fn pictures(&self) -> &[NamedPicture] {
        self.pictures.get_or_init(|| picture::named(self.graph))
    }

    /// The titles of pictures in a language, of those that it has.
    fn titles(&self, language: Language) -> &[Option<String>] {
        self.of_language(&self.titles, language).map_or(&[], |titles| {
            titles.get_or_init(|| {
                let languages = self.graph.languages(Some(language));
                parallel::all(self.pictures(), |picture| picture.title(self.graph, &languages))
            })
        })
    }

    fn sheets(&self, language: Language) -> &[Sheet<'g>] {
        let made = self.of_language(&self.sheets, language);
        made.map_or(&[], |sheets| sheets.get_or_init(|| names::sheets(self.graph, language)))
    }

    /// What is made for each language, of one.
    fn of_language<'a, T>(&self, all: &'a [T], language: Language) -> Option<&'a T> {
        all.get(self.languages.iter().position(|&other| other == language)?)
    }

    /// Returns a page as HTML.
    #[must_use]
    pub(crate) fn page(&self, address: Address, language: Language) -> String {
        frame::Page::new(self, address, language).html()
    }
}
