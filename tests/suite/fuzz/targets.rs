//! What is tried, and what must hold of it.

use std::fs;
use std::io::{Cursor, Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::time::Duration;

use parquet::file::reader::{FileReader as _, SerializedFileReader};
use rapporteur::export::{self, Format, Options};
use rapporteur::finding::{MessageFormat, Severity, Style, write_findings};
use rapporteur::graph::KnowledgeGraph;
use rapporteur::model::{Date, Language, WrittenDate};
use rapporteur::ontology::{Colour, Ontology};
use rapporteur::query::{self, Engine};
use rapporteur::read::Source;

use crate::repository;

/// What is tried: a name, texts to start from, and what must not fail on any.
pub(super) struct Target<'a> {
    pub(super) name: String,
    pub(super) seeds: Vec<Vec<u8>>,
    pub(super) run: Run<'a>,
}

/// What must not fail on any text.
pub(super) type Run<'a> = Box<dyn Fn(&[u8]) + 'a>;

/// Read once: it is most of the work of opening a small data set.
static SHIPPED: LazyLock<Ontology> = LazyLock::new(|| Ontology::shipped().unwrap());

/// Opens a data set, shows its findings in every format, and returns its graph if there are no violations.
fn opened(source: &Source) -> Option<KnowledgeGraph> {
    let (graph, findings) = rapporteur::open(source, SHIPPED.clone()).ok()?;
    for format in [MessageFormat::Human, MessageFormat::Short, MessageFormat::Json, MessageFormat::Sarif] {
        write_findings(&findings, Style { format, color: false, all: true, hint: "" }, &mut Vec::new()).unwrap();
    }
    findings.iter().all(|finding| finding.severity() != Severity::Violation).then_some(graph)
}

fn written(graph: &KnowledgeGraph, format: Format) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    export::write_graph(graph, format, &Options::default(), &mut out).ok()?;
    Some(out)
}

/// Writes a graph in every format, and reads back what others would.
fn round_trip(graph: &KnowledgeGraph, folder: &Path) {
    for format in Format::ALL {
        let Some(bytes) = written(graph, format) else { continue };
        match format.name() {
            "jsonld" | "cytoscape" | "cx2" | "nodelink" => {
                drop(serde_json::from_slice::<serde_json::Value>(&bytes).unwrap());
            }
            "graphml" | "gexf" | "rdfxml" => {
                let text = std::str::from_utf8(&bytes).unwrap();
                roxmltree::Document::parse(text).unwrap_or_else(|error| panic!("{}: {error}", format.name()));
            }
            _ => {}
        }
        assert_eq!(written(graph, format).as_ref(), Some(&bytes), "{} twice", format.name());
    }
    let triples = written(graph, Format::NTriples).unwrap();
    for (format, name) in [(Format::Csv, "csv"), (Format::Xlsx, "t.xlsx"), (Format::Turtle, "t.ttl")] {
        let path = folder.join(name);
        export::write_to(graph, format, &Options::default(), &path).unwrap();
        let source = if path.is_dir() { Source::Folder(path) } else { Source::File(path) };
        let again = opened(&source).unwrap_or_else(|| panic!("what is written as {name} has violations"));
        assert!(written(&again, Format::NTriples).unwrap() == triples, "{name} comes in as another graph");
    }
    read_tables(graph, folder);
}

/// Reads the feeds that are tables, and counts what is in them.
fn read_tables(graph: &KnowledgeGraph, folder: &Path) {
    let [parquet, neo4j] = [(Format::Parquet, "parquet"), (Format::Neo4j, "neo4j")].map(|(format, name)| {
        let path = folder.join(name);
        export::write_to(graph, format, &Options::default(), &path).unwrap();
        path
    });
    let file = fs::File::open(parquet.join("nodes.parquet")).unwrap();
    let rows = SerializedFileReader::new(file).unwrap().metadata().file_metadata().num_rows();
    assert_eq!(usize::try_from(rows).unwrap(), graph.entities().len());
    let mut nodes = 0;
    for entry in fs::read_dir(neo4j).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            let rows: Vec<_> = csv::Reader::from_path(&path).unwrap().records().map(Result::unwrap).collect();
            nodes += if path.file_name().is_some_and(|name| name == "nodes.csv") { rows.len() } else { 0 };
        }
    }
    assert_eq!(nodes, graph.entities().len());
}

/// Changes a member of an archive.
fn with_member(archive: &[u8], name: &str, text: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..archive.len() {
        let mut member = archive.by_index(number).unwrap();
        let called = member.name().unwrap().into_owned();
        out.start_file(called.as_str(), zip::write::SimpleFileOptions::default()).unwrap();
        let mut bytes = Vec::new();
        member.read_to_end(&mut bytes).unwrap();
        out.write_all(if called == name { text } else { &bytes }).unwrap();
    }
    out.finish().unwrap().into_inner()
}

fn member(archive: &[u8], name: &str) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    let mut bytes = Vec::new();
    archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
    bytes
}

/// A workbook with numbers, a date, a formula, and texts that its cells share.
fn workbook() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm");
    for (column, header) in (0..).zip(["id", "class", "label@en", "partOf", "startDate"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, id) in (1..).zip(["itu", "un", "who"]) {
        sheet.write_string(row, 0, id).unwrap();
        sheet.write_string(row, 1, "Organization").unwrap();
        sheet.write_string(row, 2, " The body | of it ").unwrap();
        sheet.write_formula(row, 3, "=A3").unwrap();
        sheet.write_number_with_format(row, 4, 45_000.5, &date).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

const ODS: &str = r#"<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="organizations"><table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell><table:table-cell><text:p>class</text:p></table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>label@en</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="float" office:value="1.5"><text:p>itu<text:s text:c="3"/></text:p></table:table-cell></table:table-row></table:table></office:spreadsheet></office:body></office:document-content>"#;

/// Every file of a folder in the repository with one of these extensions.
fn seeds(folder: &str, extensions: &[&str]) -> Vec<Vec<u8>> {
    let entries = fs::read_dir(repository(folder)).into_iter().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let wanted = |path: &PathBuf| path.extension().is_some_and(|found| extensions.iter().any(|one| found == *one));
    paths.into_iter().filter(wanted).map(|path| fs::read(path).unwrap()).collect()
}

/// All targets; files are made in a folder.
#[expect(clippy::too_many_lines, reason = "a list of targets is as long as it is")]
pub(super) fn targets<'a>(folder: &'a Path, graph: &'a KnowledgeGraph, engine: &'a Engine) -> Vec<Target<'a>> {
    let config = fs::read(folder.join("dataset.toml")).unwrap();
    let table =
        b"id,class,label@en,partOf,startDate\nitu,Organization,ITU,un,1865\nun,Organization,UN,,1945-10-24\n".to_vec();
    let mut targets: Vec<Target<'a>> = Vec::new();
    let mut add = |name: &str, kept: &[&str], mut seeds_of: Vec<Vec<u8>>, run: Run<'a>| {
        seeds_of.extend(seeds("fuzz/corpus", kept));
        targets.push(Target { name: name.to_owned(), seeds: seeds_of, run });
    };
    let in_folder = |name: &'static str| {
        move |bytes: &[u8]| {
            fs::write(folder.join(name), bytes).unwrap();
            let graph = opened(&Source::Folder(folder.to_owned()));
            fs::remove_file(folder.join(name)).unwrap();
            drop(graph);
        }
    };
    let csv = [seeds("tests/hostile", &["csv"]), seeds("tests/mistakes", &["csv"]), vec![table.clone()]].concat();
    add("csv", &["csv"], csv.clone(), Box::new(in_folder("t.csv")));
    let tsv = csv.iter().map(|text| String::from_utf8_lossy(text).replace(',', "\t").into_bytes()).collect();
    add("tsv", &["tsv"], tsv, Box::new(in_folder("t.tsv")));
    let json = [
        b"[{\"id\": \"itu\", \"class\": \"Organization\", \"label\": {\"en\": [\"ITU\", \"Union\"]}}]".to_vec(),
        b"{\"n\": 1, \"in\": {\"items\": [\n {\"id\": \"un\", \"class\": \"Organization\"}, 5]}}".to_vec(),
    ];
    // JSON is read where a mapping names it.
    let mapped = [&config[..], b"[table.\"t.json\"]\ncolumns = { \"label.en\" = \"label@en\" }\n"].concat();
    let (unmapped, read_json) = (config.clone(), in_folder("t.json"));
    add(
        "json",
        &["json"],
        json.into(),
        Box::new(move |bytes| {
            fs::write(folder.join("dataset.toml"), &mapped).unwrap();
            read_json(bytes);
            fs::write(folder.join("dataset.toml"), &unmapped).unwrap();
        }),
    );
    add("jsonl", &["jsonl"], seeds("tests/mistakes", &["jsonl"]), Box::new(in_folder("t.jsonl")));
    let tomls = [
        seeds("tests/hostile", &["toml"]),
        seeds("tests/reports", &["toml"]),
        seeds("tests/foreign/ror", &["toml"]),
        vec![config.clone()],
    ];
    add(
        "dataset.toml",
        &["toml"],
        tomls.concat(),
        Box::new(move |bytes| {
            fs::write(folder.join("dataset.toml"), bytes).unwrap();
            fs::write(folder.join("t.csv"), &table).unwrap();
            drop(opened(&Source::Folder(folder.to_owned())));
            fs::remove_file(folder.join("t.csv")).unwrap();
            fs::write(folder.join("dataset.toml"), &config).unwrap();
        }),
    );
    for format in Format::rdf() {
        let path = folder.join("alone").join(format!("g.{}", format.extension()));
        let run = move |bytes: &[u8]| {
            fs::write(&path, bytes).unwrap();
            drop(opened(&Source::File(path.clone())));
            fs::remove_file(&path).unwrap();
        };
        add(format.name(), &[format.extension()], written(graph, format).into_iter().collect(), Box::new(run));
    }
    let workbook = workbook();
    let mut ods = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", ODS)] {
        ods.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        ods.write_all(text.as_bytes()).unwrap();
    }
    let ods = ods.finish().unwrap().into_inner();
    for (archive, part, file) in [
        (workbook.clone(), "xl/worksheets/sheet1.xml", "t.xlsx"),
        (workbook.clone(), "xl/sharedStrings.xml", "t.xlsx"),
        (workbook, "xl/workbook.xml", "t.xlsx"),
        (ods, "content.xml", "t.ods"),
    ] {
        let start = member(&archive, part);
        let read = in_folder(file);
        add(part, &[], vec![start], Box::new(move |bytes| read(&with_member(&archive, part, bytes))));
    }
    let more = vec![fs::read(repository("ontology/rapporteur.ttl")).unwrap()[..6_000].to_vec(), b"@prefix rap: <https://w3id.org/rapporteur/ns#> . rap:knows a <http://www.w3.org/2002/07/owl#ObjectProperty> .".to_vec()];
    add(
        "ontology",
        &["ttl"],
        more,
        Box::new(|bytes| {
            if let Ok(text) = std::str::from_utf8(bytes) {
                drop(Ontology::with(&[text]));
            }
        }),
    );
    let dates = ["2024", "2024-05-27/2024-05-30", "2023~", "../2024-03?", "199X", "2021-21", "zh-Hans", "#a0b1c2"]
        .map(Into::into);
    add(
        "words",
        &["txt"],
        dates.into(),
        Box::new(|bytes| {
            let text = String::from_utf8_lossy(bytes);
            drop((WrittenDate::parse(&text), Date::parse(&text), Language::parse(&text), Colour::parse(&text)));
        }),
    );
    let id = |text: &[u8]| serde_json::json!({"id": String::from_utf8_lossy(text), "class": "Organization", "label@en": "x"});
    let ids = ["itu", "ITU-R/SG 5", "اتحاد", "a%2F..#b", "e\u{301}", "x:y", "http://example.org/a"].map(Into::into);
    add(
        "ids",
        &["txt"],
        ids.into(),
        Box::new(move |bytes| {
            fs::write(folder.join("t.jsonl"), id(bytes).to_string()).unwrap();
            let graph = opened(&Source::Folder(folder.to_owned()));
            fs::remove_file(folder.join("t.jsonl")).unwrap();
            if let Some(graph) = graph.filter(|graph| !graph.entities().is_empty()) {
                round_trip(&graph, &folder.join("alone"));
            }
        }),
    );
    let queries =
        [seeds("tests/competency", &["rq"]), seeds("tests/queries", &["rq"]), seeds("benches/queries", &["rq"])];
    add(
        "sparql",
        &["rq"],
        queries.concat(),
        Box::new(move |bytes| {
            let text = String::from_utf8_lossy(bytes);
            let options = query::Options {
                timeout: Some(Duration::from_millis(300)),
                max_rows: Some(1_000),
                ..query::Options::default()
            };
            match engine.run(&text, &options) {
                Err(error) => drop(query::render(&error, &text, false)),
                Ok(answer) => {
                    for format in query::Format::ALL {
                        drop(query::write(&answer, format, &[], &mut Vec::new()));
                    }
                }
            }
        }),
    );
    add(
        "round trips",
        &["csv"],
        csv,
        Box::new(move |bytes| {
            fs::write(folder.join("t.csv"), bytes).unwrap();
            let graph = opened(&Source::Folder(folder.to_owned()));
            fs::remove_file(folder.join("t.csv")).unwrap();
            if let Some(graph) = graph {
                round_trip(&graph, &folder.join("alone"));
            }
        }),
    );
    targets
}
