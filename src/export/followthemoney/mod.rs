//! [FollowTheMoney](https://followthemoney.tech/docs/): entities as lines of JSON, as the tools of OpenSanctions read them.
//!
//! Statements between two entities are entities too, of the schema that both ends fit. What has no property there is
//! text of the form `column: value`, in `notes` or `description`.

mod schema;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use super::Options;
use super::network::{Cell, Claims, Column, Edge, Network, Node, digest};
use crate::graph::KnowledgeGraph;
use crate::model::{Citation, Date, EntityId, Rank};
use crate::rdf;
use schema::{Link, Schema};

/// Writes a part of the graph as FollowTheMoney entities, nodes first. O(size of the output).
pub(super) fn write_followthemoney(graph: &KnowledgeGraph, options: &Options, out: &mut impl Write) -> io::Result<()> {
    let network = Network::new(graph, options, Claims::Nested);
    network.write_nodes(out, |node, out| entity(&network, node).write(graph, out))?;
    network.write_edges(out, |edge, out| link(&network, edge).write(graph, out))
}

/// How many characters the types of properties allow.
const ADDRESS: usize = 250;
const NAME: usize = 384;
const STRING: usize = 1_024;
const URL: usize = 4_096;
const TEXT: usize = 65_000;

/// An entity of FollowTheMoney, things and intervals alike.
struct Proxy<'a> {
    id: String,
    caption: &'a str,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<Cow<'a, str>>>,
}

/// What a line of the file is, in the order of the package's own.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    caption: &'a str,
    schema: &'static str,
    properties: &'a BTreeMap<&'static str, Vec<Cow<'a, str>>>,
    datasets: [&'a str; 1],
}

impl<'a> Proxy<'a> {
    /// Adds a value. Properties are sets.
    fn add(&mut self, property: &'static str, value: impl Into<Cow<'a, str>>) {
        let (values, value) = (self.properties.entry(property).or_default(), value.into());
        if !values.contains(&value) {
            values.push(value);
        }
    }

    /// Adds the values of a cell to a property, if there is one. Values that it cannot hold go to the property `rest`.
    fn add_cell(&mut self, property: Option<&'static str>, rest: &'static str, cell: &'a Cell<'_>, column: &Column) {
        for value in cell.values.iter() {
            let spelled = property.and_then(|property| Some((property, spelled(property, value)?)));
            let whole = spelled.as_ref().is_some_and(|(property, spelled)| spelled == value || is_identifier(property));
            if let Some((property, spelled)) = spelled {
                self.add(property, spelled);
            }
            if !whole {
                self.add(rest, cut(&format!("{}: {value}", column.header()), TEXT).into_owned());
            }
        }
    }

    /// Adds the paragraphs that are cited and, where they are among the nodes, their documents.
    fn cite(&mut self, network: &Network<'_>, citation: &Citation) {
        let graph = network.graph;
        let (base, document) = (rdf::base_iri(graph), graph.id(citation.document));
        let iri = match citation.paragraph {
            Some(paragraph) => {
                rdf::Node::Paragraph(base, document, graph.text(graph.paragraph(paragraph).number)).to_string()
            }
            None => rdf::Node::Entity(base, document).to_string(),
        };
        if is_url(&iri) {
            self.add("sourceUrl", iri);
        }
        if network.has(citation.document) && Schema::of(graph, citation.document) == Schema::Document {
            let document = id(graph, document);
            // No entity may refer to itself.
            if document != self.id {
                self.add("proof", document);
            }
        }
    }

    fn write(&self, graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
        let Self { id, caption, schema, properties } = self;
        let line = Line { id, caption, schema, properties, datasets: [&graph.config().id] };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }
}

/// A node as an entity.
fn entity<'a>(network: &Network<'_>, node: &'a Node<'_>) -> Proxy<'a> {
    let (graph, schema) = (network.graph, Schema::of(network.graph, node.entity));
    let mut proxy = Proxy {
        id: id(graph, graph.id(node.entity)),
        caption: node.label,
        schema: schema.name(),
        properties: BTreeMap::new(),
    };
    for property in schema.captions() {
        if let Some(label) = spelled(property, node.label) {
            proxy.add(property, label);
        }
    }
    for cell in &node.cells {
        let column = &network.node_columns()[cell.column];
        if !is_derived(&column.name) && column.name != "sources" {
            proxy.add_cell(schema.property(&column.name), "notes", cell, column);
        }
    }
    for citation in graph.entity_citations(node.entity) {
        proxy.cite(network, citation);
    }
    proxy
}

/// An edge as an entity.
fn link<'a>(network: &Network<'_>, edge: &'a Edge<'_>) -> Proxy<'a> {
    let graph = network.graph;
    let [subject, object] = edge.ends;
    let schema = |entity: EntityId| Schema::of(graph, entity);
    let link = Link::of(edge.property, schema(subject), schema(object));
    let mut proxy = Proxy {
        id: id(graph, &format!("statement-{}", edge.key)),
        caption: edge.label,
        schema: link.schema,
        properties: BTreeMap::new(),
    };
    proxy.add(link.subject.0, id(graph, graph.id(subject)));
    proxy.add(link.object.0, id(graph, graph.id(object)));
    for cell in &edge.cells {
        let column = &network.edge_columns()[cell.column];
        if !is_derived(&column.name) {
            proxy.add_cell(link.property(&column.name), "description", cell, column);
        }
        if column.name == "rank" && cell.values.iter().any(|rank| rank == Rank::Deprecated.name()) {
            proxy.add("status", Rank::Deprecated.name());
        }
    }
    for &statement in &edge.statements {
        for citation in graph.citations(graph.statement(statement)) {
            proxy.cite(network, citation);
        }
    }
    proxy
}

/// Tells whether a column only says what others say.
fn is_derived(column: &str) -> bool {
    matches!(column, "validFrom" | "validTo" | "year")
}

/// A value as the type of a property has it, if it can hold it.
fn spelled<'a>(property: &str, value: &'a str) -> Option<Cow<'a, str>> {
    match property {
        "startDate" | "endDate" | "incorporationDate" | "inceptionDate" | "dissolutionDate" | "publishedAt"
        | "date" => prefix(value).map(Into::into),
        "website" | "sourceUrl" => is_url(value).then_some(value.into()),
        "wikidataId" => wikidata(value).map(Into::into),
        "full" => Some(cut(value, ADDRESS)),
        "name" | "alias" | "abbreviation" | "weakAlias" => Some(cut(value, NAME)),
        "title" | "fileName" | "role" | "status" | "recordId" => Some(cut(value, STRING)),
        _ => Some(cut(value, TEXT)),
    }
}

/// Shortens a text to so many characters. A shortened text ends in `…`.
fn cut(text: &str, most: usize) -> Cow<'_, str> {
    if text.len() <= most || text.chars().count() <= most {
        return text.into();
    }
    text.chars().take(most - 1).chain(['…']).collect::<String>().into()
}

/// Tells whether the value of a property says as much as the IRI that it is made of.
fn is_identifier(property: &str) -> bool {
    property == "wikidataId"
}

/// The day, month or year that a date lies in, if there is one, as
/// [prefix dates](https://github.com/pudo/prefixdate) have it: years 1000 to 2999.
fn prefix(text: &str) -> Option<String> {
    let date = Date::parse(text).ok()?;
    let (first, last) = date.earliest.zip(date.latest)?;
    if first.year != last.year || !(1000..=2999).contains(&first.year) {
        return None;
    }
    let day = first.to_string();
    Some(match (first.month == last.month, first.day == last.day) {
        (true, true) => day,
        (true, false) => day[..7].to_owned(),
        (false, _) => day[..4].to_owned(),
    })
}

/// Tells whether a text is an address of the web.
fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        text.len() <= URL && rest.contains('.') && !rest.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

/// The identifier of an item of Wikidata.
fn wikidata(iri: &str) -> Option<&str> {
    let address = iri.strip_prefix("https://").or_else(|| iri.strip_prefix("http://"))?;
    let item = address.strip_prefix("www.wikidata.org/entity/")?;
    let digits = item.strip_prefix('Q')?;
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(item)
}

/// The name of an entity, with that of the data set before it, so that data sets can be merged: ASCII letters, digits,
/// and between them `-` and `.`; other names become a hash.
fn id(graph: &KnowledgeGraph, name: &str) -> String {
    let id = format!("{}-{name}", graph.config().id);
    let legal = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let ends = id.bytes().next().into_iter().chain(id.bytes().last());
    let is_legal =
        id.len() <= 200 && id.bytes().all(legal) && ends.into_iter().all(|byte| byte.is_ascii_alphanumeric());
    if is_legal { id } else { digest(&id) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_the_prefix_that_all_their_days_share() {
        for (date, expected) in [
            ("2024-05-27", "2024-05-27"),
            ("2024-05-27/2024-05-30", "2024-05"),
            ("2024-05", "2024-05"),
            ("2024-05/2024-06", "2024"),
            ("2023~", "2023"),
            ("2023/2024", "-"),
            ("2023-11/..", "-"),
            ("0999", "-"),
            ("3000", "-"),
        ] {
            assert_eq!(prefix(date).unwrap_or("-".to_owned()), expected, "{date}");
        }
    }

    #[test]
    fn texts_are_cut_at_a_character_where_their_type_ends() {
        assert_eq!(cut("قمة", 3), "قمة");
        assert_eq!(cut("قمة المستقبل", 5), "قمة …");
    }

    #[test]
    fn items_of_wikidata_are_identifiers_and_other_iris_are_not() {
        assert_eq!(wikidata("https://www.wikidata.org/entity/Q376150"), Some("Q376150"));
        for other in ["https://www.wikidata.org/entity/P1", "https://www.wikidata.org/entity/Q", "https://ror.org/Q1"] {
            assert_eq!(wikidata(other), None, "{other}");
        }
    }

    #[test]
    fn a_schema_is_taken_only_where_both_ends_fit() {
        let schema = |property, subject, object| Link::of(property, subject, object).schema;
        assert_eq!(schema("memberOf", Schema::Person, Schema::PublicBody), "Membership");
        assert_eq!(schema("memberOf", Schema::Person, Schema::Project), "ProjectParticipant");
        assert_eq!(schema("memberOf", Schema::Position, Schema::PublicBody), "UnknownLink");
        assert_eq!(schema("leads", Schema::Organization, Schema::Organization), "Directorship");
        assert_eq!(schema("leads", Schema::Organization, Schema::Project), "ProjectParticipant");
        assert_eq!(schema("holdsPost", Schema::Person, Schema::Position), "Occupancy");
        assert_eq!(schema("references", Schema::Document, Schema::Event), "Documentation");
        assert_eq!(schema("references", Schema::Event, Schema::Document), "UnknownLink");
    }
}
