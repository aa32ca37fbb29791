//! From a part of the knowledge graph to a diagram: which statements are drawn, and what is written where.

use std::collections::{BTreeMap, BTreeSet};

use super::words::Words;
use super::{Arrow, ClassStyle, Colour, Diagram, Edge, LineStyle, Node, Shape, Stated};
use crate::graph::KnowledgeGraph;
use crate::model::{Date, EntityId, Language, Object, ParagraphNumber, PropertyId, Rank, Statement, StatementId};
use crate::ontology::{Class, preferred};
use crate::rdf;

/// A part of the graph to be drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Selection {
    /// All entities that are linked, and all links.
    Whole,
    /// An entity with the links that are followed from it in a number of steps, at least one.
    Around(EntityId, usize),
    /// The links that a section of the report states, by its number.
    Section(String),
}

/// The states of what does not yet hold.
const PLANNED: [&str; 4] = ["planned", "proposed", "scheduled", "underConsideration"];
/// The colour of a class that has none.
const GREY: Colour = Colour([0x99; 3]);

/// Returns what is drawn of a part of the graph: the links, that is the statements between two entities that are not
/// deprecated, and the entities that they link. What links the same two entities in the same way is one edge. Text is in
/// the first of the languages that has it.
#[must_use]
pub fn diagram(graph: &KnowledgeGraph, selection: &Selection, languages: &[Language]) -> Diagram {
    let language = languages.first().copied().unwrap_or(graph.config().languages[0]);
    let composer = Composer { graph, languages, words: Words::of(language) };
    let links = links(graph, selection);
    let mut entities: BTreeSet<EntityId> = links.iter().flat_map(|link| [link.subject, link.object]).collect();
    if let Selection::Around(entity, _) = selection {
        entities.insert(*entity);
    }
    let entities: Vec<EntityId> = entities.into_iter().collect();
    let edges = composer.edges(&links, &entities);
    let (classes, nodes) = composer.nodes(&entities);
    let line_styles = composer.line_styles(&edges);
    let footer = composer.footer(entities.len(), links.len());
    let title = composer.title(selection);
    let description = composer.description(&title, &classes, &line_styles, &footer);
    Diagram { title, description, language, footer, classes, line_styles, nodes, edges }
}

/// A statement that links two entities.
#[derive(Debug, Clone, Copy)]
struct Link {
    id: StatementId,
    subject: EntityId,
    property: PropertyId,
    object: EntityId,
}

/// The links of a part of the graph, in the order of the statements.
fn links(graph: &KnowledgeGraph, selection: &Selection) -> Vec<Link> {
    let statements = match selection {
        Selection::Whole => graph.statements_where(|_| true),
        Selection::Section(number) => graph.statements_in_section(number),
        Selection::Around(entity, depth) => {
            let near = graph.neighbourhood(*entity, depth.saturating_sub(1));
            let links: BTreeSet<_> = near.into_iter().flat_map(|entity| graph.links_of(entity)).collect();
            links.into_iter().collect()
        }
    };
    let link = |id: StatementId| {
        let statement = graph.statement(id);
        match statement.object {
            Object::Entity(object) if statement.rank != Rank::Deprecated => {
                Some(Link { id, subject: statement.subject, property: statement.property, object })
            }
            Object::Entity(_) | Object::Value(_) | Object::Literal(..) => None,
        }
    };
    statements.into_iter().filter_map(link).collect()
}

/// Writes what is known of a graph into a diagram.
struct Composer<'a> {
    graph: &'a KnowledgeGraph,
    languages: &'a [Language],
    words: &'static Words,
}

impl<'a> Composer<'a> {
    /// One edge for all links of the same two entities, in the same direction and style.
    fn edges(&self, links: &[Link], entities: &[EntityId]) -> Vec<Edge> {
        let mut merged: BTreeMap<(EntityId, EntityId, LineStyle, Arrow), Vec<Link>> = BTreeMap::new();
        for &link in links {
            let symmetric = self.graph.ontology().property(link.property).symmetric;
            let (from, to) = (link.subject, link.object);
            let (from, to, arrow) =
                if symmetric { (from.min(to), from.max(to), Arrow::None) } else { (from, to, Arrow::Forward) };
            merged.entry((from, to, self.style(self.graph.statement(link.id)), arrow)).or_default().push(link);
        }
        let number = |entity| entities.binary_search(&entity).unwrap_or_default();
        let edge = |((from, to, style, arrow), links): (_, Vec<Link>)| {
            let mut labels: Vec<&str> = Vec::new();
            for link in &links {
                let label = self.graph.property_label(link.property, self.languages);
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
            let sentences: Vec<_> = links.iter().map(|&link| self.sentence(link)).collect();
            let statements = links.iter().map(|link| self.stated(link)).collect();
            let (label, tooltip) = (labels.join("\n"), sentences.join("\n"));
            Edge { from: number(from), to: number(to), label, tooltip, statements, style, arrow }
        };
        merged.into_iter().map(edge).collect()
    }

    /// What is planned is dashed; what ended before the date of the data is dotted.
    fn style(&self, statement: &Statement) -> LineStyle {
        let (graph, ontology) = (self.graph, self.graph.ontology());
        let qualifier = |name| graph.qualifier(statement, ontology.property_by_name(name)?);
        if let Some(Object::Value(status)) = qualifier("status")
            && PLANNED.contains(&ontology.value(status).name.as_str())
        {
            return LineStyle::Dashed;
        }
        let end = match qualifier("end") {
            Some(Object::Literal(end, _)) => Date::parse(graph.text(end)).ok(),
            Some(Object::Entity(_) | Object::Value(_)) | None => None,
        };
        let today = graph.config().date.as_deref().and_then(|date| Date::parse(date).ok());
        match (end, today) {
            (Some(end), Some(today)) if end.is_before(&today) => LineStyle::Dotted,
            _ => LineStyle::Solid,
        }
    }

    /// A statement as a line of text: its ends, what is said of it, its sources.
    fn sentence(&self, link: Link) -> String {
        let graph = self.graph;
        let (subject, object) = (graph.label(link.subject, self.languages), graph.label(link.object, self.languages));
        let property = graph.property_label(link.property, self.languages);
        let statement = graph.statement(link.id);
        format!("{subject} – {property} – {object}{}", self.remarks(statement))
    }

    /// What an edge stands for, in its parts.
    fn stated(&self, link: &Link) -> Stated {
        let statement = self.graph.statement(link.id);
        Stated {
            relation: self.graph.property_label(link.property, self.languages).to_owned(),
            remarks: self.said(statement),
            sources: self.sources(statement),
        }
    }

    /// The qualifiers of a statement in parentheses and its sources in brackets.
    fn remarks(&self, statement: &Statement) -> String {
        let (said, sources) = (self.said(statement), self.sources(statement));
        let said = if said.is_empty() { said } else { format!(" ({said})") };
        if sources.is_empty() { said } else { format!("{said} [{}]", sources.join(", ")) }
    }

    /// What cites a statement, as tables write it.
    fn sources(&self, statement: &Statement) -> Vec<String> {
        self.graph.citations(statement).iter().map(|citation| self.graph.citation_reference(citation)).collect()
    }

    /// The qualifiers of a statement.
    fn said(&self, statement: &Statement) -> String {
        let graph = self.graph;
        let said = graph.qualifiers(statement).iter().filter_map(|qualifier| {
            let value = graph.object_label(qualifier.value, self.languages);
            match qualifier.value {
                // A remark in another language would say the same twice.
                Object::Literal(_, Some(language)) => {
                    (self.languages.first() == Some(&language)).then(|| value.to_owned())
                }
                Object::Literal(_, None) | Object::Entity(_) | Object::Value(_) => {
                    Some(format!("{}: {value}", graph.property_label(qualifier.property, self.languages)))
                }
            }
        });
        said.collect::<Vec<_>>().join("; ")
    }

    /// The nodes, and the classes that they need, in the order of the classes' names.
    fn nodes(&self, entities: &[EntityId]) -> (Vec<ClassStyle>, Vec<Node>) {
        let bases: Vec<&Class> = entities.iter().map(|&entity| self.base_class(entity)).collect();
        let by_name: BTreeMap<&str, &Class> = bases.iter().map(|&class| (class.name.as_str(), class)).collect();
        let names: Vec<&str> = by_name.keys().copied().collect();
        let classes = by_name.values().map(|class| ClassStyle {
            label: self.class_label(class).to_owned(),
            shape: class.shape.as_deref().and_then(Shape::from_name).unwrap_or(Shape::Box),
            colour: class.colour.as_deref().and_then(Colour::parse).unwrap_or(GREY),
        });
        let node = |(&entity, base): (&EntityId, &Class)| Node {
            id: self.graph.id(entity).to_owned(),
            label: self.name(entity),
            class: names.binary_search(&base.name.as_str()).unwrap_or_default(),
            href: Some(rdf::Node::Entity(rdf::base_iri(self.graph), self.graph.id(entity)).to_string()),
            tooltip: self.summary(entity),
        };
        (classes.collect(), entities.iter().zip(bases).map(node).collect())
    }

    /// The class that says how an entity is drawn; its own where none does.
    fn base_class(&self, entity: EntityId) -> &'a Class {
        let (ontology, class) = (self.graph.ontology(), self.graph.entity(entity).class);
        ontology.base_class(class).unwrap_or_else(|| ontology.class(class))
    }

    fn class_label<'b>(&self, class: &'b Class) -> &'b str {
        preferred(&class.labels, self.languages).unwrap_or(&class.name)
    }

    /// The label of an entity, with its acronym if that is not in it.
    fn name(&self, entity: EntityId) -> String {
        let label = self.graph.label(entity, self.languages);
        match self.graph.acronym(entity, self.languages) {
            Some(acronym) if !label.contains(acronym) => format!("{label} ({acronym})"),
            _ => label.to_owned(),
        }
    }

    /// What is known of an entity besides its links: its class, and statements whose object is no entity.
    fn summary(&self, entity: EntityId) -> String {
        let graph = self.graph;
        let class = self.class_label(graph.ontology().class(graph.entity(entity).class));
        let mut lines = vec![format!("{} – {class}", self.name(entity))];
        for statement in &graph.statements()[graph.statements_of(entity)] {
            let foreign = matches!(statement.object, Object::Literal(_, Some(language)) if self.languages.first() != Some(&language));
            if matches!(statement.object, Object::Entity(_)) || foreign || statement.rank == Rank::Deprecated {
                continue;
            }
            let property = graph.property_label(statement.property, self.languages);
            let value = graph.object_label(statement.object, self.languages);
            lines.push(format!("{property}: {value}{}", self.remarks(statement)));
        }
        lines.join("\n")
    }

    /// What the styles of the lines that are drawn mean.
    fn line_styles(&self, edges: &[Edge]) -> Vec<(LineStyle, String)> {
        let styles = [(LineStyle::Dashed, self.words.planned), (LineStyle::Dotted, self.words.former)];
        let drawn = styles.into_iter().filter(|(style, _)| edges.iter().any(|edge| edge.style == *style));
        drawn.map(|(style, label)| (style, label.to_owned())).collect()
    }

    fn title(&self, selection: &Selection) -> String {
        match selection {
            Selection::Whole => self.dataset_title().to_owned(),
            Selection::Around(entity, depth) => self.words.around(&self.name(*entity), *depth),
            Selection::Section(number) => self.words.section(number, self.heading(number)),
        }
    }

    fn dataset_title(&self) -> &str {
        let config = self.graph.config();
        preferred(&config.title, self.languages).unwrap_or(&config.id)
    }

    /// The heading of a section: that of its first paragraph.
    fn heading(&self, section: &str) -> &str {
        let graph = self.graph;
        let of_report = |number: &str| ParagraphNumber(number).section() == section;
        let mut paragraphs = graph
            .paragraphs()
            .iter()
            .filter(|paragraph| Some(paragraph.document) == graph.report() && of_report(graph.text(paragraph.number)));
        let heading = graph.ontology().property_by_name("heading");
        let rank = |language| self.languages.iter().position(|&other| Some(other) == language).unwrap_or(usize::MAX);
        let headings = paragraphs.next().into_iter().flat_map(|paragraph| graph.paragraph_attributes(paragraph));
        let headings = headings.filter(|attribute| Some(attribute.property) == heading);
        headings.min_by_key(|attribute| rank(attribute.language)).map_or("", |attribute| graph.text(attribute.text))
    }

    /// How much of the whole is shown, the source with its date, the licence.
    fn footer(&self, n_entities: usize, n_links: usize) -> Vec<String> {
        let config = self.graph.config();
        let links = links(self.graph, &Selection::Whole).len();
        let report =
            self.graph.report().map_or(self.dataset_title(), |report| self.graph.label(report, self.languages));
        vec![
            self.words.shown((n_entities, self.graph.entities().len()), (n_links, links)),
            self.words.source(report, config.date.as_deref()),
            self.words.license(&config.license),
        ]
    }

    /// The picture in words: title, what shapes and lines mean, the footer.
    fn description(
        &self,
        title: &str,
        classes: &[ClassStyle],
        lines: &[(LineStyle, String)],
        footer: &[String],
    ) -> String {
        let shapes: Vec<_> = classes.iter().map(|class| format!("{} – {}", class.shape.name(), class.label)).collect();
        let lines: Vec<_> = lines.iter().map(|(style, label)| format!("{} – {label}", style.name())).collect();
        let mut sentences = vec![title.to_owned()];
        for (word, meanings) in [(self.words.shapes, shapes), (self.words.lines, lines)] {
            if !meanings.is_empty() {
                sentences.push(format!("{word}: {}", meanings.join(", ")));
            }
        }
        sentences.extend_from_slice(footer);
        sentences.join(". ") + "."
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::layout;
    use crate::ontology::Ontology;
    use crate::read::Source;

    fn graph() -> KnowledgeGraph {
        crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
    }

    fn drawn(graph: &KnowledgeGraph, selection: &Selection, language: &str) -> Diagram {
        diagram(graph, selection, &graph.languages(Language::parse(language).ok()))
    }

    #[test]
    fn each_link_of_the_whole_is_in_one_edge() {
        let graph = graph();
        let whole = drawn(&graph, &Selection::Whole, "en");
        let sentences: usize = whole.edges.iter().map(|edge| edge.tooltip.lines().count()).sum();
        assert_eq!(sentences, links(&graph, &Selection::Whole).len());
        assert!(whole.edges.iter().all(|edge| edge.from < whole.nodes.len() && edge.to < whole.nodes.len()));
    }

    #[test]
    fn around_an_entity_every_edge_touches_it() {
        let graph = graph();
        let undp = graph.find("undp").unwrap();
        let near = drawn(&graph, &Selection::Around(undp, 1), "en");
        let center = near.nodes.iter().position(|node| node.id == "undp").unwrap();
        assert!(!near.edges.is_empty());
        assert!(near.edges.iter().all(|edge| edge.from == center || edge.to == center));
        assert!(drawn(&graph, &Selection::Around(undp, 2), "en").edges.len() > near.edges.len());
    }

    #[test]
    fn a_section_is_drawn_in_both_languages_without_overlaps() {
        let graph = graph();
        for language in ["en", "ar"] {
            let section = drawn(&graph, &Selection::Section("4".to_owned()), language);
            assert_eq!(layout(&section).overlaps(), (0, 0));
            assert_eq!(section.language.as_str(), language);
            assert!(section.title.contains('4') && section.title.contains(": "), "{}", section.title);
        }
    }

    #[test]
    fn tooltips_cite_paragraphs() {
        let graph = graph();
        let section = drawn(&graph, &Selection::Section("2".to_owned()), "en");
        assert!(section.edges.iter().all(|edge| edge.tooltip.contains("c24#2")), "{:?}", section.edges);
    }

    #[test]
    fn what_ended_is_dotted_and_what_is_planned_is_dashed() {
        let graph = graph();
        let whole = drawn(&graph, &Selection::Whole, "en");
        for style in [LineStyle::Solid, LineStyle::Dashed, LineStyle::Dotted] {
            assert!(whole.edges.iter().any(|edge| edge.style == style), "{style:?}");
        }
        assert_eq!(whole.line_styles.len(), 2);
    }
}
