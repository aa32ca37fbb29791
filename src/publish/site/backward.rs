//! What leads to what, for pages that tell it from the other end: looked up when the first of them is asked for.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::place;
use crate::graph::{KnowledgeGraph, Section};
use crate::model::{ClassId, EntityId, ParagraphId, ParagraphNumber, PropertyId, StatementId};

/// What leads to documents, paragraphs, sections and terms.
#[derive(Debug)]
pub(super) struct Backward<'g> {
    graph: &'g KnowledgeGraph,
    documents: OnceLock<BTreeMap<EntityId, Vec<StatementId>>>,
    paragraphs: OnceLock<Paragraphs>,
    of_class: OnceLock<Vec<Vec<EntityId>>>,
    of_property: OnceLock<Vec<Vec<StatementId>>>,
}

/// Paragraphs and sections with the names of their files, and what leads to them.
#[derive(Debug)]
pub(super) struct Paragraphs {
    /// The names of the files of paragraphs.
    pub(super) files: Vec<String>,
    pub(super) sections: Vec<(Section, String)>,
    /// The paragraphs of each section, and the section of each paragraph.
    pub(super) of_section: Vec<Vec<ParagraphId>>,
    pub(super) section_of: Vec<Option<usize>>,
    /// The statements that a paragraph states, and the entities that it names.
    pub(super) states: Vec<Vec<StatementId>>,
    pub(super) names: Vec<Vec<EntityId>>,
}

impl<'g> Backward<'g> {
    pub(super) fn new(graph: &'g KnowledgeGraph) -> Self {
        Self {
            graph,
            documents: OnceLock::new(),
            paragraphs: OnceLock::new(),
            of_class: OnceLock::new(),
            of_property: OnceLock::new(),
        }
    }

    /// The documents that are cited or have paragraphs, with the statements that cite them as a whole.
    pub(super) fn documents(&self) -> &BTreeMap<EntityId, Vec<StatementId>> {
        self.documents.get_or_init(|| {
            let graph = self.graph;
            let mut documents: BTreeMap<EntityId, Vec<StatementId>> = BTreeMap::new();
            let with_paragraphs = graph.paragraphs().chunk_by(|a, b| a.document == b.document);
            for document in with_paragraphs.map(|of_one| of_one[0].document).chain(graph.reports()) {
                documents.entry(document).or_default();
            }
            for (id, statement) in graph.statement_ids().zip(graph.statements()) {
                for citation in graph.citations(statement).iter().filter(|citation| citation.paragraph.is_none()) {
                    documents.entry(citation.document).or_default().push(id);
                }
            }
            for citation in graph.entity_ids().flat_map(|entity| graph.entity_citations(entity)) {
                if citation.paragraph.is_none() {
                    documents.entry(citation.document).or_default();
                }
            }
            documents
        })
    }

    /// Paragraphs and sections, and what leads to them.
    pub(super) fn paragraphs(&self) -> &Paragraphs {
        self.paragraphs.get_or_init(|| Paragraphs::of(self.graph))
    }

    /// The entities of just a class.
    pub(super) fn of_class(&self, class: ClassId) -> &[EntityId] {
        let all = self.of_class.get_or_init(|| {
            let mut all = vec![Vec::new(); self.graph.ontology().classes().len()];
            for entity in self.graph.entity_ids() {
                all[self.graph.entity(entity).class.index()].push(entity);
            }
            all
        });
        all.get(class.index()).map_or(&[], Vec::as_slice)
    }

    /// The statements with a property.
    pub(super) fn of_property(&self, property: PropertyId) -> &[StatementId] {
        let all = self.of_property.get_or_init(|| {
            let mut all = vec![Vec::new(); self.graph.ontology().properties().len()];
            for (id, statement) in self.graph.statement_ids().zip(self.graph.statements()) {
                all[statement.property.index()].push(id);
            }
            all
        });
        all.get(property.index()).map_or(&[], Vec::as_slice)
    }
}

impl Paragraphs {
    fn of(graph: &KnowledgeGraph) -> Self {
        let n = graph.paragraphs().len();
        let (mut states, mut names) = (vec![Vec::new(); n], vec![Vec::new(); n]);
        for (id, statement) in graph.statement_ids().zip(graph.statements()) {
            let cited = graph.citations(statement).iter().filter_map(|citation| citation.paragraph);
            cited.for_each(|paragraph| states[paragraph.index()].push(id));
        }
        for entity in graph.entity_ids() {
            let cited = graph.entity_citations(entity).iter().filter_map(|citation| citation.paragraph);
            cited.for_each(|paragraph| names[paragraph.index()].push(entity));
        }
        let sections = place::sections(graph);
        let (of_section, section_of) = by_section(graph, &sections);
        Self { files: place::paragraphs(graph), sections, of_section, section_of, states, names }
    }

    /// The statements that a paragraph states.
    pub(super) fn states(&self, paragraph: ParagraphId) -> &[StatementId] {
        self.states.get(paragraph.index()).map_or(&[], Vec::as_slice)
    }

    /// The paragraphs of a section, by its number among all.
    pub(super) fn of_section(&self, number: usize) -> &[ParagraphId] {
        self.of_section.get(number).map_or(&[], Vec::as_slice)
    }
}

/// Which paragraphs are in which section.
fn by_section(graph: &KnowledgeGraph, sections: &[(Section, String)]) -> (Vec<Vec<ParagraphId>>, Vec<Option<usize>>) {
    let mut of_section = vec![Vec::new(); sections.len()];
    let mut section_of = vec![None; graph.paragraphs().len()];
    let numbered = sections.iter().enumerate();
    let numbers: BTreeMap<(EntityId, &str), usize> =
        numbered.map(|(number, (section, _))| ((section.report, section.number.as_str()), number)).collect();
    for (id, paragraph) in graph.paragraph_ids().zip(graph.paragraphs()) {
        let number = ParagraphNumber(graph.text(paragraph.number));
        if let Some(&number) = numbers.get(&(paragraph.document, number.section())) {
            of_section[number].push(id);
            section_of[id.index()] = Some(number);
        }
    }
    (of_section, section_of)
}
