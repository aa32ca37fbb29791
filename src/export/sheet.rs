//! The tables that analysts read, as CSV and as XLSX: one for each base class that occurs, then one of all statements,
//! links and claims, with the names of both ends filled in.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::described::{described, term_statements};
use super::network::{Cell, Cells, Claims, Column, Kind, Network, Values};
use super::{ExportError, Options};
use crate::graph::{KnowledgeGraph, View};
use crate::model::{Attribute, ClassId, EntityId, ParagraphId};
use crate::ontology::Ontology;
use crate::rdf;
use crate::read::{CONFIG_SHEET, KeyValue, TERMS_SHEET, TERMS_TURTLE};

/// The table of what organizations share.
const SHARED: &str = "shared";
/// The table of all statements.
const STATEMENTS: &str = "statements";
/// The table of paragraphs.
const PARAGRAPHS: &str = "paragraphs";
/// What is added to a name that another table has.
const AGAIN: &str = "-2";

/// What tables are written to.
pub(super) trait Book {
    /// Begins a table; its name is of letters, digits and `-`, and no other's in any case.
    fn begin(&mut self, name: &str, columns: &[Column]) -> Result<(), ExportError>;
    /// Adds a row: the cells that have a value, in the order of the columns.
    fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), ExportError>;
}

/// Writes the tables of a part of the graph. O(size of the output).
pub(super) fn write_tables(graph: &KnowledgeGraph, options: &Options, book: &mut impl Book) -> Result<(), ExportError> {
    let network = Network::new(graph, options, Claims::Apart);
    let mut names = BTreeSet::from([SHARED, STATEMENTS, PARAGRAPHS, CONFIG_SHEET, TERMS_SHEET].map(str::to_owned));
    for ((base, _), classes) in bases(&network) {
        let mut name = in_kebab_case(base);
        while !names.insert(name.clone()) {
            name.push_str(AGAIN);
        }
        entities(&network, &name, &classes, book)?;
    }
    if !network.directed {
        shared(&network, book)?;
    }
    statements(&network, book)?;
    paragraphs(&network, options, book)
}

/// Writes the table of what `dataset.toml` says.
pub(super) fn write_config(graph: &KnowledgeGraph, book: &mut impl Book) -> Result<(), ExportError> {
    book.begin(CONFIG_SHEET, &["key", "value"].map(|name| Column::new(name, Kind::Text)))?;
    for (key, value) in described(graph) {
        let value = match value {
            KeyValue::One(text) => text,
            KeyValue::Several(texts) => texts.join("|"),
        };
        let cells = [key, value].into_iter().enumerate();
        let cells = cells.map(|(column, text)| Cell { column, values: Values::One(text.into()) });
        book.row(&cells.collect::<Vec<_>>())?;
    }
    Ok(())
}

/// Writes the table of the terms that the data set adds to the ontology, if it does.
pub(super) fn write_terms(graph: &KnowledgeGraph, book: &mut impl Book) -> Result<(), ExportError> {
    for (number, statement) in term_statements(graph).into_iter().enumerate() {
        if number == 0 {
            book.begin(TERMS_SHEET, &[Column::new(TERMS_TURTLE, Kind::Text)])?;
        }
        book.row(&[Cell { column: 0, values: Values::One(statement.into()) }])?;
    }
    Ok(())
}

/// The text of a cell: that of its only value.
pub(super) fn text<'a>(cell: &'a Cell<'_>) -> &'a str {
    cell.values.first().map_or("", |value| value)
}

/// The values of a cell as one text, as a table of a data set has them: `|` between them, and `\` before one that belongs to
/// a value. A space keeps a backslash at the end of a value from doing that to the next.
fn listed<'a>(values: &[Cow<'a, str>]) -> Cow<'a, str> {
    if let [value] = values
        && !value.contains('|')
    {
        return value.clone();
    }
    let mut text = String::new();
    for value in values {
        if !text.is_empty() {
            text.push_str(if text.ends_with('\\') { " |" } else { "|" });
        }
        text.push_str(&value.replace('|', "\\|"));
    }
    text.into()
}

/// Tells whether a table may have that name.
pub(super) fn is_table(ontology: &Ontology, name: &str) -> bool {
    let name = name.trim_end_matches(AGAIN);
    [SHARED, STATEMENTS, PARAGRAPHS].contains(&name)
        || ontology.classes().iter().any(|class| in_kebab_case(&class.name) == name)
}

/// The classes of nodes by the name and IRI of their base class.
fn bases<'g>(network: &Network<'g>) -> BTreeMap<(&'g str, &'g str), BTreeSet<ClassId>> {
    let ontology = network.graph.ontology();
    let mut bases: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
    for id in network.classes() {
        let base = ontology.base_class(id).unwrap_or(ontology.class(id));
        bases.entry((base.name.as_str(), base.iri.as_str())).or_default().insert(id);
    }
    bases
}

/// The entities of a base class.
fn entities(
    network: &Network<'_>,
    name: &str,
    classes: &BTreeSet<ClassId>,
    book: &mut impl Book,
) -> Result<(), ExportError> {
    let graph = network.graph;
    let nodes = || network.nodes_where(|entity| classes.contains(&graph.entity(entity).class));
    let used = used(nodes().map(|node| node.cells), network.node_columns().len());
    let layout = Layout::new(&["id", "label"], network.node_columns(), |number| used[number]);
    book.begin(name, &layout.columns)?;
    for node in nodes() {
        book.row(&layout.row(&[Some(graph.id(node.entity)), Some(node.label)], &node.cells))?;
    }
    Ok(())
}

/// What two organizations share.
fn shared(network: &Network<'_>, book: &mut impl Book) -> Result<(), ExportError> {
    let columns = network.edge_columns();
    let used = used(network.edges().map(|edge| edge.cells), columns.len());
    let own = ["one", "oneLabel", "property", "label", "other", "otherLabel"];
    let layout = Layout::new(&own, columns, |number| used[number]);
    book.begin(SHARED, &layout.columns)?;
    for edge in network.edges() {
        let [one, other] = edge.ends.map(|entity| end(network, entity));
        let own = [one.0, one.1, edge.property, edge.label, other.0, other.1].map(Some);
        book.row(&layout.row(&own, &edge.cells))?;
    }
    Ok(())
}

/// All statements: the links, then the claims.
fn statements(network: &Network<'_>, book: &mut impl Book) -> Result<(), ExportError> {
    let own = ["subject", "subjectLabel", "property", "label", "object", "objectLabel", "value", "language"];
    let layout = Layout::new(&own, network.claim_columns(), |_| true);
    book.begin(STATEMENTS, &layout.columns)?;
    if network.directed {
        for edge in network.edges() {
            let [subject, object] = edge.ends.map(|entity| end(network, entity));
            let own = [subject.0, subject.1, edge.property, edge.label, object.0, object.1].map(Some);
            book.row(&layout.row(&own, &edge.cells))?;
        }
    }
    for node in network.nodes() {
        let subject = end(network, node.entity);
        for claim in &node.claims {
            let language = claim.language.map(|language| language.to_string());
            let label = claim.label;
            // One text, whatever it has: only what would be taken for an escaped character is escaped.
            let value = claim.value.replace("\\|", "\\\\|");
            let own = [
                Some(subject.0),
                Some(subject.1),
                Some(claim.property),
                Some(label),
                None,
                None,
                Some(&value),
                language.as_deref(),
            ];
            book.row(&layout.row(&own, &claim.cells))?;
        }
    }
    Ok(())
}

/// The paragraphs: all of the whole graph, or those that are cited in a part.
fn paragraphs(network: &Network<'_>, options: &Options, book: &mut impl Book) -> Result<(), ExportError> {
    let graph = network.graph;
    let paragraphs: Vec<ParagraphId> = if options.view == View::default() {
        graph.paragraph_ids().collect()
    } else {
        network.cited_paragraphs().into_iter().collect()
    };
    let attributes = |paragraph: ParagraphId| graph.paragraph_attributes(graph.paragraph(paragraph)).iter();
    let key = |attribute: &Attribute| (attribute.property, attribute.language);
    let used: BTreeSet<_> = paragraphs.iter().flat_map(|&paragraph| attributes(paragraph).map(key)).collect();
    if paragraphs.is_empty() {
        return Ok(());
    }
    let own = ["document", "number", "iri"];
    let mut columns = own.map(|name| Column::new(name, Kind::Text)).to_vec();
    columns.extend(used.iter().map(|(property, language)| Column {
        language: *language,
        ..Column::new(&graph.ontology().property(*property).name, Kind::Text)
    }));
    book.begin(PARAGRAPHS, &columns)?;
    for id in paragraphs {
        let paragraph = graph.paragraph(id);
        let (document, number) = (graph.id(paragraph.document), graph.text(paragraph.number));
        let iri = rdf::Node::Paragraph(rdf::base_iri(graph), document, number).to_iri();
        let texts = [document.into(), number.replace("\\|", "\\\\|").into(), iri.into()].into_iter().enumerate();
        let mut cells: Cells<'_> = texts.map(|(column, text)| Cell { column, values: Values::One(text) }).collect();
        for (number, wanted) in used.iter().enumerate() {
            let texts = attributes(id).filter(|attribute| key(attribute) == *wanted);
            let texts: Vec<Cow<'_, str>> = texts.map(|attribute| graph.text(attribute.text).into()).collect();
            if !texts.is_empty() {
                cells.push(Cell { column: own.len() + number, values: Values::One(listed(&texts)) });
            }
        }
        book.row(&cells)?;
    }
    Ok(())
}

/// The id of an entity and its name in the chosen language.
fn end<'g>(network: &Network<'g>, entity: EntityId) -> (&'g str, &'g str) {
    (network.graph.id(entity), network.graph.label(entity, &network.languages))
}

/// Which columns any of the rows has a value in.
fn used<'g>(rows: impl Iterator<Item = Cells<'g>>, columns: usize) -> Vec<bool> {
    let mut used = vec![false; columns];
    for cell in rows.flatten() {
        used[cell.column] = true;
    }
    used
}

/// Where the columns of a network are in a table that has columns of its own before them.
struct Layout {
    columns: Vec<Column>,
    places: Vec<Option<usize>>,
}

impl Layout {
    /// Puts the columns that are wanted after the table's own. `property` and `label` are not wanted again; another that
    /// is called like one of the table's own gets a `_`.
    fn new(own: &[&str], others: &[Column], wanted: impl Fn(usize) -> bool) -> Self {
        let mut columns: Vec<Column> = own.iter().map(|name| Column::new(name, Kind::Text)).collect();
        let mut places = vec![None; others.len()];
        for (number, column) in others.iter().enumerate() {
            let header = column.header();
            if !wanted(number) || matches!(header.as_str(), "property" | "label") {
                continue;
            }
            let mut column = column.clone();
            if own.contains(&header.as_str()) {
                column.name.push('_');
            }
            places[number] = Some(columns.len());
            columns.push(column);
        }
        Self { columns, places }
    }

    /// The cells of a row, its own first. Empty ones at the end may be left out.
    fn row<'a>(&self, own: &[Option<&'a str>], others: &[Cell<'a>]) -> Cells<'a> {
        let own = own.iter().copied().enumerate();
        let own = own.filter_map(|(column, value)| Some(Cell { column, values: Values::One(Cow::Borrowed(value?)) }));
        let others = others.iter().filter_map(|cell| {
            Some(Cell { column: self.places[cell.column]?, values: Values::One(listed(&cell.values)) })
        });
        own.chain(others).collect()
    }
}

/// The name of a class as one of a file and of a sheet: `AdvisoryBody` is `advisory-body`. Both have to be short.
fn in_kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars().take(24) {
        if c.is_uppercase() && !kebab.is_empty() && !kebab.ends_with('-') {
            kebab.push('-');
        }
        if c.is_alphanumeric() {
            kebab.extend(c.to_lowercase());
        } else if !kebab.ends_with('-') {
            kebab.push('-');
        }
    }
    kebab
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tables_are_words_with_hyphens() {
        assert_eq!(in_kebab_case("Organization"), "organization");
        assert_eq!(in_kebab_case("AdvisoryBody"), "advisory-body");
        assert_eq!(in_kebab_case("a:b/C*[x]"), "a-b-c-x-");
    }

    #[test]
    fn a_column_called_like_one_of_the_tables_own_gets_another_name() {
        let others = [Column::new("value", Kind::Text), Column::new("label", Kind::Text)];
        let layout = Layout::new(&["id", "value"], &others, |_| true);
        assert_eq!(layout.columns.iter().map(Column::header).collect::<Vec<_>>(), ["id", "value", "value_"]);
        let cell = |column, value: &'static str| Cell { column, values: Values::One(value.into()) };
        let row = layout.row(&[Some("a"), None], &[cell(0, "b"), cell(1, "c")]);
        assert_eq!(row, [cell(0, "a"), cell(2, "b")]);
    }
}
