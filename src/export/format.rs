//! The table of formats.

use std::path::Path;

/// A format that a graph can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// [RDF 1.2 Turtle](https://www.w3.org/TR/rdf12-turtle/)
    Turtle,
    /// [RDF 1.2 TriG](https://www.w3.org/TR/rdf12-trig/)
    TriG,
    /// [RDF 1.2 N-Triples](https://www.w3.org/TR/rdf12-n-triples/)
    NTriples,
    /// [RDF 1.2 N-Quads](https://www.w3.org/TR/rdf12-n-quads/)
    NQuads,
    /// [RDF/XML](https://www.w3.org/TR/rdf-syntax-grammar/)
    RdfXml,
    /// [JSON-LD 1.1](https://www.w3.org/TR/json-ld11/)
    JsonLd,
    /// [GraphML](http://graphml.graphdrawing.org/specification.html)
    GraphMl,
    /// [GEXF 1.3](https://gexf.net/)
    Gexf,
    /// [Cytoscape.js JSON](https://js.cytoscape.org/#notation/elements-json)
    Cytoscape,
    /// [CX2](https://cytoscape.org/cx/cx2/specification/cytoscape-exchange-format-specification-(version-2)/)
    Cx2,
    /// [Node-link JSON](https://networkx.org/documentation/stable/reference/readwrite/json_graph.html)
    NodeLink,
    /// [Parquet](https://parquet.apache.org/docs/file-format/) tables of nodes, edges and claims
    Parquet,
    /// [FollowTheMoney](https://followthemoney.tech/docs/) entities
    FollowTheMoney,
    /// [CSV](https://www.rfc-editor.org/rfc/rfc4180) tables for analysts
    Csv,
    /// [Office Open XML](https://ecma-international.org/publications-and-standards/standards/ecma-376/) tables
    Xlsx,
    /// [CSV for Neo4j's bulk import](https://neo4j.com/docs/operations-manual/current/import/)
    Neo4j,
    /// [Cypher 5](https://neo4j.com/docs/cypher-manual/5/)
    Cypher,
}

/// The media type of a workbook.
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// All that is known of a format.
struct Facts {
    name: &'static str,
    media_type: &'static str,
    extension: &'static str,
    shape: Shape,
    readers: &'static str,
}

/// What a format writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// A file of RDF.
    Rdf {
        /// Whether it can hold named graphs.
        named_graphs: bool,
        /// Whether it can hold triple terms.
        triple_terms: bool,
    },
    /// A file for a tool that knows nodes and edges.
    File,
    /// A folder of such files.
    Folder(FolderFormat),
}

/// A format that is a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FolderFormat {
    /// [`Format::Csv`]
    Csv,
    /// [`Format::Neo4j`]
    Neo4j,
    /// [`Format::Parquet`]
    Parquet,
}

impl Format {
    /// All formats, those of RDF first.
    pub const ALL: [Self; 17] = [
        Self::Turtle,
        Self::TriG,
        Self::NTriples,
        Self::NQuads,
        Self::RdfXml,
        Self::JsonLd,
        Self::GraphMl,
        Self::Gexf,
        Self::Cytoscape,
        Self::Cx2,
        Self::NodeLink,
        Self::Parquet,
        Self::FollowTheMoney,
        Self::Csv,
        Self::Xlsx,
        Self::Neo4j,
        Self::Cypher,
    ];

    fn facts(self) -> Facts {
        let rdf = |name, media_type, extension, named_graphs, triple_terms| Facts {
            name,
            media_type,
            extension,
            shape: Shape::Rdf { named_graphs, triple_terms },
            readers: "any RDF tool",
        };
        let file =
            |name, media_type, extension, readers| Facts { name, media_type, extension, shape: Shape::File, readers };
        let folder = |name, media_type, readers, format| Facts {
            name,
            media_type,
            extension: name,
            shape: Shape::Folder(format),
            readers,
        };
        match self {
            Self::Turtle => rdf("turtle", "text/turtle", "ttl", false, true),
            Self::TriG => rdf("trig", "application/trig", "trig", true, true),
            Self::NTriples => rdf("ntriples", "application/n-triples", "nt", false, true),
            Self::NQuads => rdf("nquads", "application/n-quads", "nq", true, true),
            Self::RdfXml => rdf("rdfxml", "application/rdf+xml", "rdf", false, true),
            Self::JsonLd => rdf("jsonld", "application/ld+json", "jsonld", true, false),
            Self::GraphMl => file("graphml", "application/graphml+xml", "graphml", "networkx, igraph, yEd, Gephi"),
            Self::Gexf => file("gexf", "application/gexf+xml", "gexf", "Gephi, networkx"),
            Self::Cytoscape => file("cytoscape", "application/json", "cyjs", "Cytoscape.js, Cytoscape, networkx"),
            Self::Cx2 => file("cx2", "application/json", "cx2", "Cytoscape, Cytoscape Web, NDEx"),
            Self::NodeLink => file("nodelink", "application/json", "json", "networkx, D3"),
            Self::Parquet => folder(
                "parquet",
                "application/vnd.apache.parquet",
                "DuckDB, Spark with GraphFrames, pandas, pyarrow",
                FolderFormat::Parquet,
            ),
            Self::FollowTheMoney => file(
                "followthemoney",
                "application/json+ftm",
                "ftm.json",
                "followthemoney and the other tools of OpenSanctions",
            ),
            Self::Csv => folder("csv", "text/csv", "spreadsheets, pandas, R, DuckDB", FolderFormat::Csv),
            Self::Xlsx => file("xlsx", XLSX, "xlsx", "Excel, LibreOffice, openpyxl"),
            Self::Neo4j => folder("neo4j", "text/csv", "neo4j-admin database import full", FolderFormat::Neo4j),
            Self::Cypher => file("cypher", "application/x-cypher-query", "cypher", "cypher-shell, Neo4j Browser"),
        }
    }

    /// Returns the name, as the command line takes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.facts().name
    }

    /// Returns the [media type](https://www.iana.org/assignments/media-types), registered or in use.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        self.facts().media_type
    }

    /// Returns the extension of its files, without a dot; of a folder, what its name ends in.
    #[must_use]
    pub fn extension(self) -> &'static str {
        self.facts().extension
    }

    /// Returns what it writes.
    #[must_use]
    pub(crate) fn shape(self) -> Shape {
        self.facts().shape
    }

    /// Returns the tools that read it.
    #[must_use]
    pub(crate) fn readers(self) -> &'static str {
        self.facts().readers
    }

    /// Returns the formats of RDF.
    pub fn rdf() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| matches!(format.shape(), Shape::Rdf { .. }))
    }

    /// Returns the formats of graph tools.
    pub fn feeds() -> impl Iterator<Item = Self> {
        Self::ALL.into_iter().filter(|format| !matches!(format.shape(), Shape::Rdf { .. }))
    }

    /// Tells whether it can hold named graphs.
    #[must_use]
    pub fn holds_named_graphs(self) -> bool {
        matches!(self.shape(), Shape::Rdf { named_graphs: true, .. })
    }

    /// Tells whether it can hold triple terms.
    #[must_use]
    pub fn holds_triple_terms(self) -> bool {
        matches!(self.shape(), Shape::Rdf { triple_terms: true, .. })
    }

    /// Returns the format in whose extension the name of a file ends, in letters of either case; of several the one with
    /// the longest: `graph.ftm.json` is no `json`.
    ///
    /// ```
    /// use std::path::Path;
    /// use rapporteur::export::Format;
    ///
    /// assert_eq!(Format::from_path(Path::new("out/graph.gexf")), Some(Format::Gexf));
    /// assert_eq!(Format::from_path(Path::new("graph")), None);
    /// ```
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let fits = |format: &Self| name.strip_suffix(format.extension()).is_some_and(|rest| rest.ends_with('.'));
        Self::ALL.into_iter().filter(fits).max_by_key(|format| format.extension().len())
    }

    /// Returns the format of that name or extension.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name || format.extension() == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_known_by_how_their_names_end() {
        for (name, format) in
            [("x.TTL", Some(Format::Turtle)), ("json", None), ("x.ftm.json", Some(Format::FollowTheMoney))]
        {
            assert_eq!(Format::from_path(Path::new(name)), format, "{name}");
        }
    }

    #[test]
    fn names_and_extensions_lead_to_one_format_each() {
        for format in Format::ALL {
            assert_eq!(Format::from_name(format.name()), Some(format));
            assert_eq!(Format::from_name(format.extension()), Some(format));
            assert_eq!(Format::from_path(Path::new(&format!("a.b/x.{}", format.extension()))), Some(format));
        }
    }
}
