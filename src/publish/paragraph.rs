//! What is shown of a paragraph.

use super::cited::Cited;
use crate::graph::KnowledgeGraph;
use crate::model::{Language, ParagraphId, PropertyId, StatementId};

/// What is shown of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ParagraphPage<'g> {
    /// Which it is.
    pub cited: Cited<'g>,
    /// Its heading.
    pub heading: Option<&'g str>,
    /// Why it states no link, if the data say so.
    pub no_link: Option<&'g str>,
    /// What it states.
    pub statements: Vec<StatementId>,
}

/// Returns what is shown of a paragraph, in the first of the languages that has it. O(citations).
#[must_use]
pub(crate) fn paragraph_page<'g>(
    graph: &'g KnowledgeGraph,
    id: ParagraphId,
    languages: &[Language],
) -> ParagraphPage<'g> {
    let (paragraph, known) = (graph.paragraph(id), graph.ontology().known());
    let told = |property: PropertyId| {
        let rank = |language| languages.iter().position(|&other| Some(other) == language).unwrap_or(usize::MAX);
        let texts = graph.paragraph_attributes(paragraph).iter().filter(|attribute| attribute.property == property);
        texts.min_by_key(|attribute| rank(attribute.language)).map(|attribute| graph.text(attribute.text))
    };
    ParagraphPage {
        cited: Cited::new(graph, paragraph.document, Some(id), languages),
        heading: told(known.heading),
        no_link: told(known.no_link),
        statements: graph.statements_where(|statement| {
            graph.citations(statement).iter().any(|citation| citation.paragraph == Some(id))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn what_a_paragraph_states_cites_it() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let languages = graph.languages(None);
        let all = graph.paragraph_ids().map(|id| paragraph_page(&graph, id, &languages));
        let (stating, silent): (Vec<_>, Vec<_>) = all.partition(|page| !page.statements.is_empty());
        assert!(stating.len() > 30 && !silent.is_empty());
        for page in stating {
            for id in page.statements {
                let cited = Cited::all(&graph, graph.citations(graph.statement(id)), &languages);
                assert!(cited.contains(&page.cited));
            }
        }
        assert!(silent.iter().any(|page| page.no_link.is_some()));
    }
}
