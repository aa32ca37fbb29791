//! The titles of pictures: what of the graph they show.

use super::compose::Composer;
use crate::graph::{Mode, Section, Selection};
use crate::model::ParagraphNumber;
use crate::ontology::preferred;

impl Composer<'_> {
    /// The title: what is drawn, and the classes that it is narrowed to.
    pub(in crate::draw) fn title(&self) -> String {
        let ontology = self.graph.ontology();
        let classes: Vec<_> =
            self.view.filter.classes.iter().map(|&class| self.class_label(ontology.class(class))).collect();
        let part = self.part();
        if classes.is_empty() { part } else { format!("{part} – {}", classes.join(self.words.list)) }
    }

    fn part(&self) -> String {
        let part = match &self.view.selection {
            Selection::Whole => String::new(),
            Selection::Around(entity, depth) => self.words.around(&self.name(*entity), *depth),
            Selection::Section(section) => self.section(section),
            Selection::Path(from, to) => self.words.path(&self.name(*from), &self.name(*to)),
            Selection::Chosen(chosen) => chosen.title.clone(),
        };
        let mode = match self.view.mode {
            Mode::Statements if part.is_empty() => self.dataset_title(),
            Mode::Statements => "",
            Mode::TwoMode => self.words.two_mode,
            Mode::OneMode => self.words.organizations,
        };
        let parts = [mode, &part].into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" – ")
    }

    fn dataset_title(&self) -> &str {
        let config = self.graph.config();
        preferred(&config.title, self.languages).unwrap_or(&config.id)
    }

    /// A section with its heading, and where there are several reports, with its report.
    fn section(&self, section: &Section) -> String {
        let name = self.words.section(&section.number, self.heading(section));
        if self.graph.reports().len() > 1 { format!("{} – {name}", self.name(section.report)) } else { name }
    }

    /// The heading of a section: that of its first paragraph.
    fn heading(&self, section: &Section) -> &str {
        let graph = self.graph;
        let is_of = |number| ParagraphNumber(graph.text(number)).section() == section.number;
        let mut paragraphs = graph.paragraphs_of(section.report).filter(|(_, paragraph)| is_of(paragraph.number));
        let heading = graph.ontology().known().heading;
        let rank = |language| self.languages.iter().position(|&other| Some(other) == language).unwrap_or(usize::MAX);
        let headings = paragraphs.next().into_iter().flat_map(|(_, paragraph)| graph.paragraph_attributes(paragraph));
        let headings = headings.filter(|attribute| attribute.property == heading);
        headings.min_by_key(|attribute| rank(attribute.language)).map_or("", |attribute| graph.text(attribute.text))
    }
}
