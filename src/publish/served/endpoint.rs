//! Where queries are asked, as a page.

use maud::html;

use super::words::QueryWords;
use super::{form, framed};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::ontology::preferred;
use crate::publish::question::{asked, questions};
use crate::publish::site::text::Text;
use crate::rdf::{self, segment};

/// A query to begin with.
const FIRST: &str = "# Which organizations lead which initiatives, and where is it said?
SELECT ?organization ?initiative ?paragraph WHERE {
  ?statement rdf:subject ?organization ;
    rdf:predicate rap:leads ;
    rdf:object ?initiative ;
    prov:hadPrimarySource ?paragraph .
}
LIMIT 100
";

/// The most examples.
const MOST_EXAMPLES: usize = 12;

/// Within which limits a query is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct QueryLimits {
    /// Seconds until it is answered.
    pub seconds: u64,
    /// Rows or triples of the answer.
    pub rows: usize,
    /// Megabytes of memory, besides what the graph takes.
    pub megabytes: usize,
}

/// Returns the page at which queries are asked, which says what is known of the data set: its prefixes, and within which
/// limits a query is answered whose answer is a page, and another. It has as examples the questions that can be asked of the
/// data set.
#[must_use]
pub(crate) fn endpoint_page(
    graph: &KnowledgeGraph,
    [pages, others]: [QueryLimits; 2],
    language: Language,
    refused: Option<usize>,
) -> String {
    let (config, words, languages) = (graph.config(), QueryWords::of(language), graph.languages(Some(language)));
    let title = preferred(&config.title, &languages).unwrap_or(&config.id);
    let limit = |limits: QueryLimits| words.limit(limits.seconds, limits.rows, limits.megabytes);
    let questions = questions(graph);
    let examples = questions.iter().filter_map(|question| Some((question, asked(graph, question, &[]).ok()?)));
    let examples: Vec<_> = examples.take(MOST_EXAMPLES).collect();
    let main = html! {
        h1 { (words.title) }
        p { (Text(title)) }
        (form(words, FIRST))
        @if !examples.is_empty() {
            h2 { (words.examples) }
            ul.rows { @for (question, query) in examples { li {
                a href={"/sparql?lang=" (words.language()) "&query=" (segment(&query))} { bdi { (Text(question.summary(&languages))) } }
            } } }
            p { a href="/questions/" { (words.questions) } }
        }
        h2 { (words.limits) }
        dl { @for (name, limits) in [(words.of_pages, pages), (words.of_others, others)] { dt { (name) } dd { (limit(limits)) } } }
        h2 { (words.prefixes) }
        table {
            thead { tr { th scope="col" { (words.prefix) } th scope="col" { (words.namespace) } } }
            tbody { @for (prefix, namespace) in rdf::prefixes(graph) { tr {
                td { code { bdi dir="ltr" { (Text(&prefix)) ":" } } } td { bdi dir="ltr" { (Text(&namespace)) } }
            } } }
        }
        h2 { (words.programs) }
        p { (words.programs_note) " " a href="/.well-known/void" { (words.void) } " " (words.void_note) }
    };
    framed(words, Some(&|tag| format!("/sparql?lang={tag}")), words.title, refused, &main)
}
