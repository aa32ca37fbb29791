//! What is looked at, to be taken along: a picture, a feed of it, or a table of what is said.

use std::borrow::Cow;

use super::Exploration;
use crate::draw::{self, Diagram, DrawError, Layout, NetworkFormat, PlacedPicture, Scene};
use crate::export::{self, ExportError, Format, Options, Shape};
use crate::graph::{Chosen, KnowledgeGraph, Mode, Selection, View};
use crate::model::{Language, Object};
use crate::publish::statement::Remarks;

/// A form in which a view can be taken along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    /// The picture.
    Picture(NetworkFormat),
    /// The graph.
    Feed(Format),
    /// The statements with their paragraphs, as a table.
    Evidence,
}

/// The most entities that the title of a picture names.
const MOST_NAMED: usize = 4;

/// Why a view cannot be taken along.
#[derive(Debug, thiserror::Error)]
pub(crate) enum TakeError {
    /// It shows nothing.
    #[error("nothing is shown")]
    Nothing,
    /// The picture cannot be drawn.
    #[error(transparent)]
    Draw(#[from] DrawError),
    /// The feed cannot be written.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// The table cannot be written.
    #[error("cannot write the table")]
    Table(#[from] std::io::Error),
}

impl Taken {
    /// Returns what files with an extension hold. `csv` is the table of statements; feeds that are folders have none.
    #[must_use]
    pub(crate) fn from_extension(extension: &str) -> Option<Self> {
        if extension == "csv" {
            return Some(Self::Evidence);
        }
        if let Some(format) = NetworkFormat::from_extension(extension) {
            return Some(Self::Picture(format));
        }
        let is_file = |format: &Format| !matches!(format.shape(), Shape::Folder(_));
        Format::ALL.into_iter().filter(is_file).find(|format| format.extension() == extension).map(Self::Feed)
    }

    /// Returns the [media type](https://www.iana.org/assignments/media-types/media-types.xhtml).
    #[must_use]
    pub(crate) fn media_type(self) -> &'static str {
        match self {
            Self::Picture(NetworkFormat::Picture(draw::Format::Svg)) => "image/svg+xml",
            Self::Picture(NetworkFormat::Picture(draw::Format::Png)) => "image/png",
            Self::Picture(NetworkFormat::Picture(draw::Format::Pdf)) => "application/pdf",
            Self::Picture(NetworkFormat::Picture(draw::Format::Markdown)) => "text/markdown",
            Self::Picture(NetworkFormat::Dot) => "text/vnd.graphviz",
            Self::Picture(NetworkFormat::Mermaid) => "text/vnd.mermaid",
            Self::Feed(format) => format.media_type(),
            Self::Evidence => "text/csv",
        }
    }
}

impl Exploration {
    /// Returns the picture, grown step by step: what it says, and where everything is. Nothing if it shows nothing.
    #[must_use]
    pub(crate) fn picture(&self, graph: &KnowledgeGraph, languages: &[Language]) -> Option<(Diagram, Layout)> {
        let explored = self.explored(graph);
        let drawn = |chosen: Chosen| {
            let view = explored.view(chosen, self.title(graph, languages));
            draw::diagram(&Scene { grouping: self.grouping, ..Scene::new(graph, &view, languages) })
        };
        let mut diagrams: Vec<Diagram> = explored.chosen().into_iter().map(drawn).collect();
        let layout = draw::layout_grown(&diagrams)?;
        Some((diagrams.pop().filter(|diagram| !diagram.nodes.is_empty())?, layout))
    }

    /// Returns what is looked at in words: what was looked for.
    #[must_use]
    pub(crate) fn title(&self, graph: &KnowledgeGraph, languages: &[Language]) -> String {
        let all = self.named();
        let names: Vec<&str> =
            all.iter().take(MOST_NAMED).map(|&entity| graph.short_label(entity, languages)).collect();
        let more = if all.len() > MOST_NAMED { " …" } else { "" };
        names.join(" · ") + more
    }

    /// Returns what is looked at, to be taken along.
    ///
    /// # Errors
    ///
    /// If it shows nothing, or the format cannot hold it.
    pub(crate) fn taken(
        &self,
        graph: &KnowledgeGraph,
        taken: Taken,
        languages: &[Language],
    ) -> Result<Vec<u8>, TakeError> {
        match taken {
            Taken::Picture(format) => {
                let (diagram, layout) = self.picture(graph, languages).ok_or(TakeError::Nothing)?;
                Ok(match format {
                    NetworkFormat::Dot => draw::dot(&diagram, &layout).into_bytes(),
                    NetworkFormat::Mermaid => draw::mermaid(&diagram)?.into_bytes(),
                    NetworkFormat::Picture(format) => {
                        PlacedPicture::Network(Cow::Borrowed(&diagram), layout).write(format)?
                    }
                })
            }
            Taken::Feed(format) => {
                let explored = self.explored(graph);
                let mut chosen = explored.chosen().pop().ok_or(TakeError::Nothing)?;
                let mut mode = self.mode;
                if mode == Mode::OneMode && Format::rdf().any(|rdf| rdf == format) {
                    // RDF holds what is stated, not what follows: here the statements that lines stand for.
                    chosen.entities.clone_from(explored.entities());
                    chosen.statements.clone_from(explored.statements());
                    mode = Mode::Statements;
                }
                chosen.title = self.title(graph, languages);
                let view = View { mode, ..View::from(Selection::Chosen(chosen)) };
                let options = Options { view, languages: languages.to_vec(), ..Options::default() };
                let mut out = Vec::new();
                export::write_graph(graph, format, &options, &mut out)?;
                Ok(out)
            }
            Taken::Evidence => self.evidence(graph, languages),
        }
    }

    /// The statements between what is shown as CSV that no spreadsheet takes for formulas, each with its paragraphs.
    fn evidence(&self, graph: &KnowledgeGraph, languages: &[Language]) -> Result<Vec<u8>, TakeError> {
        let mut out = Vec::new();
        let head = ["subject", "subject name", "property", "object", "object name", "said of it", "rank", "sources"];
        export::csv_line(&mut out, head.into_iter().map(Cow::from))?;
        for &id in self.explored(graph).statements() {
            let statement = graph.statement(id);
            let Object::Entity(object) = statement.object else { continue };
            let remarks = Remarks::of(graph, statement, languages);
            let said = remarks.said.iter().map(|remark| match remark.property {
                Some(property) => format!("{property}: {}", remark.value),
                None => remark.value.to_owned(),
            });
            let fields: [Cow<'_, str>; 8] = [
                graph.id(statement.subject).into(),
                graph.label(statement.subject, languages).into(),
                graph.property_label(statement.property, languages).into(),
                graph.id(object).into(),
                graph.label(object, languages).into(),
                said.collect::<Vec<_>>().join("; ").into(),
                remarks.rank.unwrap_or_default().into(),
                remarks.sources.join(" ").into(),
            ];
            export::csv_line(&mut out, fields.into_iter())?;
        }
        Ok(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn a_view_is_taken_along_in_every_form() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let languages = graph.languages(None);
        let exploration = Exploration::read(&graph, [("open", "equals")]).unwrap();
        for (extension, media_type, begin) in [
            ("svg", "image/svg+xml", "<svg "),
            ("png", "image/png", "\u{89}PNG"),
            ("pdf", "application/pdf", "%PDF"),
            ("dot", "text/vnd.graphviz", "digraph"),
            ("ttl", "text/turtle", "@prefix"),
            ("gexf", "application/gexf+xml", "<?xml"),
            ("csv", "text/csv", "subject,"),
        ] {
            let taken = Taken::from_extension(extension).unwrap();
            assert_eq!(taken.media_type(), media_type);
            let bytes = exploration.taken(&graph, taken, &languages).unwrap();
            let start: String = bytes.iter().take(8).map(|&byte| char::from(byte)).collect();
            assert!(start.starts_with(&begin[..begin.len().min(8)]), "{extension}: {start}");
        }
        let table = exploration.taken(&graph, Taken::Evidence, &languages).unwrap();
        let table = String::from_utf8(table).unwrap();
        let rows: Vec<&str> = table.lines().skip(1).collect();
        assert_eq!(rows.len(), exploration.explored(&graph).statements().len());
        assert!(!rows.is_empty() && rows.iter().all(|row| !row.ends_with(',')), "{table}");
        assert!(Taken::from_extension("exe").is_none() && Taken::from_extension("parquet").is_none());
        let nothing = Exploration::default().taken(&graph, Taken::from_extension("svg").unwrap(), &languages);
        assert!(matches!(nothing, Err(TakeError::Nothing)));
    }
}
