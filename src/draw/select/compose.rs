//! Writes what is known of a part of the graph into a diagram: labels, tooltips, legend, title, footer.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::{Contents, GREY, Link, ids, is_dense, is_drawn, kind};
use crate::draw::words::Words;
use crate::draw::{
    Arrow, ClassStyle, Diagram, Edge, FontFile, Grouping, Hint, Hints, Keep, Kind, LineStyle, Node, Scene, Stated,
    Style, Weight,
};
use crate::graph::{KnowledgeGraph, Measure, View, when};
use crate::model::{Date, EntityId, Language, Object, Rank, Statement, StatementId, WrittenDate};
use crate::ontology::{Class, Shape, preferred};
use crate::rdf;
use crate::sort;

/// The most documents that the source of a picture names; of the others it says how many they are.
const MOST_SOURCES: usize = 3;

/// Writes what is known of a graph into a diagram.
pub(in crate::draw) struct Composer<'a> {
    pub(in crate::draw) graph: &'a KnowledgeGraph,
    pub(in crate::draw) languages: &'a [Language],
    pub(in crate::draw) language: Language,
    pub(in crate::draw) words: &'static Words,
    pub(in crate::draw) view: &'a View,
    hints: Hints,
    pub(super) size_by: Option<Measure>,
    pub(super) keep: Keep,
    grouping: Grouping,
    pub(in crate::draw) font: Option<FontFile>,
    /// What ended before this date is former. It is the filter's date, else that of the data.
    today: Option<Date>,
}

impl<'a> Composer<'a> {
    pub(in crate::draw) fn new(scene: &Scene<'a>) -> Self {
        let Scene { graph, view, languages, hints, size_by, keep, grouping, font } = *scene;
        let wanted = languages.first().copied().unwrap_or(graph.config().languages[0]);
        let words = Words::of(wanted);
        let language = words.language(wanted);
        let data = graph.config().date.as_ref().map(WrittenDate::date);
        let font = font.cloned();
        let today = view.filter.as_of.or(data);
        Self { graph, languages, language, words, view, hints, size_by, keep, grouping, font, today }
    }

    /// A diagram of entities, sorted, and of the links among them.
    pub(in crate::draw) fn diagram(&self, entities: &[EntityId], links: &[Link]) -> Diagram {
        let edges = self.edges(links, entities);
        self.composed(entities, (edges, Vec::new()), &ids(links), Weight::Stated)
    }

    /// The same without what is not to be drawn.
    pub(in crate::draw) fn filtered(&self, entities: &[EntityId], links: &[Link]) -> Diagram {
        if self.keep == Keep::default() {
            return self.diagram(entities, links);
        }
        let number = |entity| entities.binary_search(&entity).unwrap_or_default();
        let weight = |link: &Link| self.graph.weight(self.graph.statement(link.id));
        let weighed: Vec<_> =
            links.iter().map(|link| (number(link.subject), number(link.object), weight(link))).collect();
        let (kept, said) = self.keep.kept(entities.len(), &weighed, self);
        let links: Vec<Link> = links.iter().zip(kept).filter_map(|(link, kept)| kept.then_some(*link)).collect();
        let ends = links.iter().flat_map(|link| [link.subject, link.object]).chain(self.view.selection.named());
        let entities: Vec<EntityId> = ends.collect::<BTreeSet<_>>().into_iter().collect();
        let mut diagram = self.diagram(&entities, &links);
        diagram.say(said);
        diagram
    }

    /// A diagram of entities, sorted, and of edges that stand for some statements, of some kinds.
    pub(in crate::draw) fn composed(
        &self,
        entities: &[EntityId],
        (edges, kinds): (Vec<Edge>, Vec<Kind>),
        drawn: &BTreeSet<StatementId>,
        weight: Weight,
    ) -> Diagram {
        let footer = vec![self.shown(entities.len(), edges.len(), drawn.len())];
        let is_part = entities.len() < self.graph.entities().len();
        let hints = is_part.then(|| self.rest(Hint::Unlinked)).flatten().into_iter().collect();
        let (classes, nodes) = self.nodes(entities);
        self.framed(self.title(), (footer, hints), Contents { classes, nodes, edges, kinds, weight }, drawn)
    }

    /// Where the rest is to be seen: of the whole in one way, of a view in another.
    pub(in crate::draw) fn rest(&self, of_the_whole: Hint) -> Option<String> {
        self.hint(if *self.view == View::default() { of_the_whole } else { Hint::Rest })
    }

    /// Where something is to be seen, in the language of the picture.
    pub(in crate::draw) fn hint(&self, hint: Hint) -> Option<String> {
        (self.hints)(hint, self.language).map(str::to_owned)
    }

    /// A diagram with its title and footer: of edges, and the statements that they stand for. What says how much is shown
    /// comes first in the footer, then the source; hints are beside the picture. Where no kinds of links are given, they are found.
    pub(in crate::draw) fn framed(
        &self,
        title: String,
        (mut footer, hints): (Vec<String>, Vec<String>),
        contents: Contents,
        drawn: &BTreeSet<StatementId>,
    ) -> Diagram {
        let Contents { classes, mut nodes, mut edges, kinds, weight } = contents;
        let is_dense = is_dense(nodes.len(), edges.len());
        let are_sought = kinds.is_empty() && weight == Weight::Stated;
        let kinds = if are_sought { kind::kinds(&mut edges, is_dense) } else { kinds };
        let is_network = weight != Weight::Links && is_dense;
        let sizes = if is_network { self.sized(&mut nodes, &edges) } else { Vec::new() };
        let is_grouped = match self.grouping {
            Grouping::Dense => is_network,
            Grouping::Always => weight != Weight::Links,
            Grouping::Never => false,
        };
        let groups = if is_grouped { self.grouped(&mut nodes, &edges) } else { Vec::new() };
        let widths = kind::widths(&edges, self.words, weight);
        let line_styles = self.line_styles(&edges);
        footer.extend(self.origin(drawn));
        let mut diagram = Diagram {
            title,
            description: String::new(),
            language: self.language,
            footer,
            hints,
            classes,
            line_styles,
            kinds,
            widths,
            sizes,
            groups,
            hub: None,
            sectors: Vec::new(),
            nodes,
            edges,
            style: Style::Colour,
            paper: None,
            font: self.font.clone(),
        };
        diagram.description = self.description(&diagram);
        diagram
    }

    /// The acronym of an entity, else its label.
    pub(in crate::draw) fn short_name(&self, entity: EntityId) -> String {
        self.graph.short_label(entity, self.languages).to_owned()
    }

    /// One edge for all links of the same two entities, in the same direction and style.
    pub(in crate::draw) fn edges(&self, links: &[Link], entities: &[EntityId]) -> Vec<Edge> {
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
            let weight = links.iter().map(|link| self.graph.weight(self.graph.statement(link.id))).max().unwrap_or(1);
            let (from, to) = (number(from), number(to));
            Edge { from, to, label, tooltip, statements, style, arrow, weight, kinds: Vec::new(), href: None }
        };
        merged.into_iter().map(edge).collect()
    }

    /// What is planned is dashed; what ended before the date of the data is dotted.
    fn style(&self, statement: &Statement) -> LineStyle {
        let (graph, known) = (self.graph, self.graph.ontology().known());
        if let Some(Object::Value(status)) = graph.qualifier(statement, known.status_of_statement)
            && known.is_planned(status)
        {
            return LineStyle::Dashed;
        }
        let end = when::term(graph, statement).end;
        match (end, self.today) {
            (Some(end), Some(today)) if end.is_before(&today) => LineStyle::Dotted,
            _ => LineStyle::Solid,
        }
    }

    /// A statement as a line of text: its ends, what is said of it, its sources.
    pub(in crate::draw) fn sentence(&self, link: Link) -> String {
        let graph = self.graph;
        let (subject, object) = (graph.label(link.subject, self.languages), graph.label(link.object, self.languages));
        let property = graph.property_label(link.property, self.languages);
        let statement = graph.statement(link.id);
        format!("{subject} – {property} – {object}{}", self.remarks(statement))
    }

    /// What an edge stands for, in its parts.
    pub(in crate::draw) fn stated(&self, link: &Link) -> Stated {
        let statement = self.graph.statement(link.id);
        Stated {
            relation: self.graph.property_label(link.property, self.languages).to_owned(),
            remarks: self.said(statement),
            sources: self.sources(statement),
            ids: vec![link.id],
        }
    }

    /// The qualifiers of a statement in parentheses and its sources in brackets.
    pub(in crate::draw) fn remarks(&self, statement: &Statement) -> String {
        let said = self.said(statement);
        let said = if said.is_empty() { said } else { format!(" ({said})") };
        said + &self.bracketed(statement)
    }

    /// The sources of a statement in brackets.
    pub(in crate::draw) fn bracketed(&self, statement: &Statement) -> String {
        let sources = self.sources(statement);
        if sources.is_empty() { String::new() } else { format!(" [{}]", sources.join(", ")) }
    }

    /// What cites a statement, as tables write it.
    fn sources(&self, statement: &Statement) -> Vec<String> {
        self.graph.citations(statement).iter().map(|citation| self.graph.citation_reference(citation)).collect()
    }

    /// The qualifiers of a statement.
    fn said(&self, statement: &Statement) -> String {
        let graph = self.graph;
        let said = graph.qualifiers_as_read(statement).into_iter().filter_map(|qualifier| {
            let value = graph.object_label(qualifier.value, self.languages);
            match qualifier.value {
                // A remark in another language would say the same twice.
                Object::Literal(_, Some(language)) => {
                    (self.languages.first() == Some(&language)).then(|| value.to_owned())
                }
                Object::Literal(_, None) | Object::Entity(_) | Object::Value(_) => {
                    Some(self.words.named(graph.property_label(qualifier.property, self.languages), value))
                }
            }
        });
        said.collect::<Vec<_>>().join(self.words.list)
    }

    /// The nodes, and the classes that they need, in the order of the classes' names.
    pub(in crate::draw) fn nodes(&self, entities: &[EntityId]) -> (Vec<ClassStyle>, Vec<Node>) {
        let bases: Vec<&Class> = entities.iter().map(|&entity| self.base_class(entity)).collect();
        let by_name: BTreeMap<&str, &Class> = bases.iter().map(|&class| (class.name.as_str(), class)).collect();
        let names: Vec<&str> = by_name.keys().copied().collect();
        let classes = by_name.values().map(|class| ClassStyle {
            label: self.class_label(class).to_owned(),
            shape: class.shape.unwrap_or(Shape::Box),
            colour: class.colour.unwrap_or(GREY),
        });
        let node = |(&entity, base): (&EntityId, &Class)| Node {
            id: self.graph.id(entity).to_owned(),
            label: self.name(entity),
            class: names.binary_search(&base.name.as_str()).unwrap_or_default(),
            href: Some(rdf::Node::Entity(rdf::base_iri(self.graph), self.graph.id(entity)).to_string()),
            tooltip: self.summary(entity),
            size: 100,
            group: None,
        };
        (classes.collect(), entities.iter().zip(bases).map(node).collect())
    }

    /// The class that says how an entity is drawn; its own where none does.
    fn base_class(&self, entity: EntityId) -> &'a Class {
        let (ontology, class) = (self.graph.ontology(), self.graph.entity(entity).class);
        ontology.base_class(class).unwrap_or_else(|| ontology.class(class))
    }

    pub(super) fn class_label<'b>(&self, class: &'b Class) -> &'b str {
        preferred(&class.labels, self.languages).unwrap_or(&class.name)
    }

    /// The label of an entity, with its acronym if that is not in it.
    pub(in crate::draw) fn name(&self, entity: EntityId) -> String {
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
        for statement in graph.statements_of(entity).map(|statement| graph.statement(statement)) {
            let foreign = matches!(statement.object, Object::Literal(_, Some(language)) if self.languages.first() != Some(&language));
            if matches!(statement.object, Object::Entity(_)) || foreign || statement.rank == Rank::Deprecated {
                continue;
            }
            let property = graph.property_label(statement.property, self.languages);
            let value = graph.object_label(statement.object, self.languages);
            lines.push(self.words.named(property, value) + &self.remarks(statement));
        }
        lines.join("\n")
    }

    /// What the styles of the lines that are drawn mean.
    pub(in crate::draw) fn line_styles(&self, edges: &[Edge]) -> Vec<(LineStyle, String)> {
        let styles = [(LineStyle::Dashed, self.words.planned), (LineStyle::Dotted, self.words.former)];
        let drawn = styles.into_iter().filter(|(style, _)| edges.iter().any(|edge| edge.style == *style));
        drawn.map(|(style, label)| (style, label.to_owned())).collect()
    }

    /// How much of the whole is shown.
    pub(in crate::draw) fn shown(&self, n_entities: usize, n_lines: usize, n_stated: usize) -> String {
        let all = self.graph.statements_where(is_drawn).len();
        self.words.shown((n_entities, self.graph.entities().len()), n_lines, (n_stated, all))
    }

    /// How much of the whole is shown in a list; and as it would be said of so many lines.
    pub(in crate::draw) fn listed(&self, n_entities: usize, n_lines: usize, n_stated: usize) -> (String, String) {
        let (entities, all) = (self.graph.entities().len(), self.graph.statements_where(is_drawn).len());
        let listed = self.words.listed((n_entities, entities), (n_stated, all));
        (listed, self.shown(n_entities, n_lines, n_stated))
    }

    /// The date of the filter, the source of what is drawn, the licence.
    pub(in crate::draw) fn origin(&self, drawn: &BTreeSet<StatementId>) -> Vec<String> {
        let as_of = self.view.filter.as_of.map(|date| self.words.as_of(&date));
        let license = self.words.license(&self.graph.config().license);
        as_of.into_iter().chain(self.source(drawn)).chain([license]).collect()
    }

    /// The documents that statements cite, and no others: the one that most of them cite first. Where nothing is cited, no
    /// source is named.
    fn source(&self, drawn: &BTreeSet<StatementId>) -> Option<String> {
        let mut cited: BTreeMap<EntityId, usize> = BTreeMap::new();
        for &id in drawn {
            // Citations are sorted by their documents.
            let citations = self.graph.citations(self.graph.statement(id)).iter();
            let mut documents: Vec<EntityId> = citations.map(|citation| citation.document).collect();
            documents.dedup();
            for document in documents {
                *cited.entry(document).or_default() += 1;
            }
        }
        let mut documents: Vec<(EntityId, usize)> = cited.into_iter().collect();
        sort::by_key(&mut documents, |&(document, n)| (Reverse(n), document));
        let named = documents.iter().take(MOST_SOURCES);
        let named: Vec<_> = named.map(|&(document, _)| self.graph.label(document, self.languages)).collect();
        let more = documents.len() - named.len();
        let date = self.graph.config().date.as_ref().map(WrittenDate::text);
        (!named.is_empty()).then(|| self.words.source(&named, more, date))
    }

    /// The date of the data.
    pub(in crate::draw) fn data_date(&self) -> Option<Date> {
        self.graph.config().date.as_ref().map(WrittenDate::date)
    }

    /// The picture in words: title, what shapes and lines mean, the footer.
    fn description(&self, diagram: &Diagram) -> String {
        let words = self.words;
        let shapes = diagram.classes.iter().filter(|class| !class.label.is_empty());
        let shapes: Vec<_> = shapes.map(|class| format!("{} – {}", words.shape(class.shape), class.label)).collect();
        let kinds = diagram.kinds.iter().map(|kind| kind.label.clone()).filter(|label| !label.is_empty());
        let styles = diagram.line_styles.iter().map(|(style, label)| format!("{} – {label}", words.line(*style)));
        let lines: Vec<_> = kinds.chain(styles).collect();
        let groups: Vec<_> = diagram.groups.iter().map(|group| group.label.clone()).collect();
        let signs = [(words.shapes, shapes), (words.lines, lines)];
        let signs = signs.into_iter().filter(|(_, meanings)| !meanings.is_empty());
        let signs: Vec<_> = signs.map(|(word, meanings)| words.named(word, &meanings.join(words.list))).collect();
        let sentences = [&diagram.title].into_iter().chain(&signs).chain(&groups).chain(&diagram.footer);
        let sentences: Vec<_> = sentences.map(String::as_str).collect();
        words.sentences(&sentences)
    }
}
