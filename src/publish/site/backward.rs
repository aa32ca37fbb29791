//! What leads to what: looked up once, for pages tell it from the other end.

use std::collections::BTreeMap;

use super::place;
use crate::graph::{KnowledgeGraph, Section};
use crate::model::{EntityId, ParagraphId, ParagraphNumber, StatementId};
use crate::parallel;

/// What leads to documents, paragraphs, sections and terms.
#[derive(Debug, Default)]
pub(super) struct Backward {
    /// The names of the files of paragraphs.
    pub(super) paragraphs: Vec<String>,
    pub(super) sections: Vec<(Section, String)>,
    /// The paragraphs of each section, and the section of each paragraph.
    pub(super) of_section: Vec<Vec<ParagraphId>>,
    pub(super) section_of: Vec<Option<usize>>,
    /// The statements that a paragraph states, and the entities that it names.
    pub(super) states: Vec<Vec<StatementId>>,
    pub(super) names: Vec<Vec<EntityId>>,
    /// The documents that are cited or have paragraphs, with the statements that cite them as a whole.
    pub(super) documents: BTreeMap<EntityId, Vec<StatementId>>,
    pub(super) of_class: Vec<Vec<EntityId>>,
    pub(super) of_property: Vec<Vec<StatementId>>,
}

/// One half of what is looked up.
enum Half {
    /// The names of the files of entities, and the entities by them.
    Files(Vec<String>, Vec<usize>),
    Rest(Backward),
}

/// Looks everything up, on two processors: the names of the files of entities, the entities by these, and what leads to the
/// rest. O(n log n).
pub(super) fn made(graph: &KnowledgeGraph) -> (Vec<String>, Vec<usize>, Backward) {
    let halves: [fn(&KnowledgeGraph) -> Half; 2] = [
        |graph| {
            let names = place::entities(graph);
            let by_file = place::by_file(&names);
            Half::Files(names, by_file)
        },
        |graph| Half::Rest(Backward::of(graph)),
    ];
    let mut all = (Vec::new(), Vec::new(), Backward::default());
    for half in parallel::all(&halves, |half| half(graph)) {
        match half {
            Half::Files(names, by_file) => (all.0, all.1) = (names, by_file),
            Half::Rest(backward) => all.2 = backward,
        }
    }
    all
}

impl Backward {
    fn of(graph: &KnowledgeGraph) -> Self {
        let n_paragraphs = graph.paragraphs().len();
        let mut backward = Self {
            paragraphs: place::paragraphs(graph),
            sections: place::sections(graph),
            section_of: vec![None; n_paragraphs],
            states: vec![Vec::new(); n_paragraphs],
            names: vec![Vec::new(); n_paragraphs],
            of_class: vec![Vec::new(); graph.ontology().classes().len()],
            of_property: vec![Vec::new(); graph.ontology().properties().len()],
            ..Self::default()
        };
        backward.look_up(graph);
        backward.look_up_sections(graph);
        backward
    }

    fn look_up(&mut self, graph: &KnowledgeGraph) {
        for document in graph.paragraphs().iter().map(|paragraph| paragraph.document).chain(graph.reports()) {
            self.documents.entry(document).or_default();
        }
        for (id, statement) in graph.statement_ids().zip(graph.statements()) {
            self.of_property[statement.property.index()].push(id);
            for citation in graph.citations(statement) {
                match citation.paragraph {
                    Some(paragraph) => self.states[paragraph.index()].push(id),
                    None => self.documents.entry(citation.document).or_default().push(id),
                }
            }
        }
        for entity in graph.entity_ids() {
            self.of_class[graph.entity(entity).class.index()].push(entity);
            for citation in graph.entity_citations(entity) {
                match citation.paragraph {
                    Some(paragraph) => self.names[paragraph.index()].push(entity),
                    None => drop(self.documents.entry(citation.document).or_default()),
                }
            }
        }
    }

    /// Notes which paragraphs are in which section.
    fn look_up_sections(&mut self, graph: &KnowledgeGraph) {
        self.of_section = vec![Vec::new(); self.sections.len()];
        let numbers: BTreeMap<(EntityId, &str), usize> = self
            .sections
            .iter()
            .enumerate()
            .map(|(number, (section, _))| ((section.report, section.number.as_str()), number))
            .collect();
        for (id, paragraph) in graph.paragraph_ids().zip(graph.paragraphs()) {
            let number = ParagraphNumber(graph.text(paragraph.number));
            if let Some(&number) = numbers.get(&(paragraph.document, number.section())) {
                self.of_section[number].push(id);
                self.section_of[id.index()] = Some(number);
            }
        }
    }
}
