//! RDF as tables: what a file says of entities, statements and paragraphs, in rows like those of any other table.
//!
//! A thing of a class that is known is an entity. What nodes of statements say, with qualifiers, ranks and sources, are
//! statements, and so are plain triples that no such node says. What is neither known to the ontology nor mapped is counted
//! and told.

mod dictionary;
mod left_out;
mod mapping;
mod node;
mod parse;
mod reading;
mod shown;
mod table;
mod told;
mod xml;

pub(super) use mapping::RdfMapping;
pub(crate) use shown::{Becomes, Shown, Thing};
pub(super) use table::RdfTable;
pub(super) use told::Told;

use std::collections::BTreeMap;
use std::sync::Arc;

use hashbrown::{HashMap, HashSet};
use oxrdfio::RdfFormat;
use sha2::{Digest as _, Sha256};

use self::dictionary::{Dictionary, Target};
use self::left_out::{Count, LeftOut};
use self::node::Node;
use self::parse::{Parsed, Quad, Quads, parse};
use self::reading::{Kind, Reading, Words};
use self::table::{Draft, Header};
use super::Setting;
use super::budget::{Budget, TooMuch};
use super::template::slug;
use super::text::TextFile;
use crate::finding::{Code, Finding, Findings, Location};
use crate::model::{Symbol, hexadecimal, is_id};
use crate::ontology::VOID_DATASET;
use crate::read::toml_string;

/// What a file of RDF holds.
#[derive(Debug, Default)]
pub(super) struct Held {
    pub(super) tables: Vec<RdfTable>,
    /// What it says of the data set.
    pub(super) told: Told,
    /// What comes out of its first things, if it is mapped.
    pub(super) shown: Option<Shown>,
}

/// Reads a file. What is left out, and what cannot be read, is reported.
pub(super) fn tables(
    file: TextFile,
    format: RdfFormat,
    (setting, budget): (&Setting<'_>, &Budget),
    findings: &mut Findings,
) -> Held {
    let mapping = setting.mappings.rdf.get(file.name());
    let base = setting.described.base.as_str();
    // An export that lies beside what it was made from says nothing new.
    let unwanted = (setting.has_tables && mapping.is_none()).then_some(base);
    let mut quads = match parse(&file, format, (base, unwanted), budget, findings) {
        Parsed::Quads(quads) => quads,
        Parsed::Nothing => return Held::default(),
        Parsed::Described => {
            let message = format!("the file `{}` is not read: it is made from the tables beside it", file.name());
            let finding = Finding::new(Code::UnreadFile, Location::file(file.name()), message);
            let help = format!(
                "take it out of the folder, or name it in dataset.toml to read it: [rdf.{}]",
                toml_string(file.name())
            );
            findings.push(finding.help(help));
            return Held::default();
        }
    };
    // A stable sort: what is said of one thing keeps its order.
    quads.all.sort_by_key(|quad| quad.subject);
    let mut dictionary = Dictionary::new(&quads, setting.ontology);
    if let Some(mapping) = mapping {
        let (ontology, config, toml) = (setting.ontology, setting.described, setting.config);
        // What a file says that cannot be read nobody knows.
        let is_whole = findings.kept().iter().all(|finding| finding.code != Code::InvalidRdf);
        let file = file.name();
        dictionary.add(mapping, &Target { quads: &quads, file, is_whole, ontology, config, toml }, findings);
    }
    let file = Arc::new(file);
    let held = rows(&quads, &dictionary, &file, mapping, (setting, budget), findings);
    held.unwrap_or_else(|too_much| {
        findings.push(too_much.finding(Location::file(file.name())));
        Held::default()
    })
}

/// Puts what the nodes of a file say into rows.
fn rows(
    quads: &Quads,
    dictionary: &Dictionary,
    file: &Arc<TextFile>,
    mapping: Option<&RdfMapping>,
    (setting, budget): (&Setting<'_>, &Budget),
    findings: &mut Findings,
) -> Result<Held, TooMuch> {
    let own_document = slug(file.name());
    let source = mapping.and_then(|mapping| mapping.source.as_deref());
    let mut reading = Reading {
        quads,
        words: Words::of(quads),
        dictionary,
        ontology: setting.ontology,
        file,
        base: &setting.described.base,
        ids: HashMap::new(),
        cited: HashMap::new(),
        stated: HashSet::new(),
        fallback: (source.unwrap_or(&own_document), 0, 0),
        entities: Draft::new(&["id", "class"], budget.left()),
        statements: Draft::new(&["subject", "property", "object"], budget.left()),
        left_out: Count::default(),
        findings: Findings::default(),
    };
    let nodes: Vec<Node<'_>> =
        quads.all.chunk_by(|a, b| a.subject == b.subject).map(|node| (reading.kind(node), node)).collect();
    let of = |wanted: Kind| nodes.iter().filter(move |(kind, _)| *kind == wanted).map(|(_, node)| *node);
    let described = of(Kind::Dataset).next().map(|node| node.first().map(|quad| quad.subject));
    let told = of(Kind::Dataset).next().map(|node| Told::of(node, quads, &mut reading.left_out)).unwrap_or_default();
    reading.base = told.base.as_deref().filter(|base| base.ends_with(['/', '#'])).unwrap_or(&setting.described.base);
    reading.ids = ids(&nodes, &reading, mapping.and_then(|mapping| mapping.base.as_deref()));
    let paragraphs: Vec<_> = of(Kind::Paragraph).collect();
    let cited = paragraphs.iter().filter_map(|node| {
        let (document, number) = reading.paragraph(node)?;
        Some((node.first()?.subject, format!("{document}#{number}")))
    });
    reading.cited = cited.collect();
    // A deprecated claim has no plain triple: where there is one, something else says it.
    let holds = |node: &&[Quad]| !reading.is_deprecated(node);
    reading.stated = of(Kind::Statement).filter(holds).filter_map(|node| reading.said(node).ok()).collect();
    let paragraphs = reading.paragraphs(&paragraphs, budget.left());
    let shown = mapping.map(|_| reading.shown(&nodes));
    for (kind, node) in &nodes {
        match kind {
            Kind::Dataset if Some(node.first().map(|quad| quad.subject)) != described => {
                reading.left_out.add(LeftOut::Class(VOID_DATASET.to_owned()), node.first().map_or(0, |quad| quad.line));
            }
            Kind::Entity(class) => reading.entity(node, *class),
            Kind::Statement => reading.statement(node),
            Kind::Other => reading.leave_out(node),
            Kind::Paragraph | Kind::Dataset => {}
        }
    }
    if source.is_none() && reading.fallback.1 > 0 {
        add_document(&mut reading, &own_document, setting, findings);
    }
    let Reading { entities, statements, left_out, findings: more, .. } = reading;
    findings.append(more);
    findings.extend(left_out.findings(file));
    let drafts = [entities, statements, paragraphs].into_iter().filter(|draft| !draft.is_empty());
    let tables = drafts.map(|draft| draft.finish(file, setting.ontology, budget)).collect::<Result<_, _>>()?;
    Ok(Held { tables, told, shown })
}

/// Adds the document that the file itself is, for what cites nothing else.
fn add_document<'a>(reading: &mut Reading<'a>, id: &'a str, setting: &Setting<'a>, findings: &mut Findings) {
    let (_, count, line) = reading.fallback;
    let name = reading.file.name();
    let statements = if count == 1 { "1 statement".to_owned() } else { format!("{count} statements") };
    let message = format!("no source of {statements} is said: the document `{id}` is made of {name}");
    let finding = Finding::new(Code::CreatedEntity, reading.file.locate_line(line), message);
    let help = format!("say in dataset.toml where they come from: [rdf.{}] source = \"…\"", toml_string(name));
    findings.push(finding.help(help).about(id));
    let ontology = setting.ontology;
    reading.entities.push(Header::Word("id"), id, line);
    reading.entities.push(Header::Word("class"), ontology.class(ontology.known().document).name.as_str(), line);
    for language in &setting.described.required_languages {
        reading.entities.push(Header::Term(ontology.known().label, Some(*language)), name.to_owned(), line);
    }
    reading.entities.end_row(line);
}

/// Returns the ids of entities whose IRIs do not end in one behind the base: made of the last part of the IRI, with a hash
/// of the whole where several would have the same.
fn ids(nodes: &[Node<'_>], reading: &Reading<'_>, theirs: Option<&str>) -> HashMap<Symbol, String> {
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut made: Vec<(Symbol, &str, String)> = Vec::new();
    let entities = nodes.iter().filter(|(kind, _)| matches!(kind, Kind::Entity(_)));
    for subject in entities.filter_map(|(_, node)| Some(node.first()?.subject)) {
        let Some(iri) = reading.quads.iri(subject) else { continue };
        if let Some(id) = iri.strip_prefix(reading.base).filter(|id| is_id(id)) {
            *taken.entry(id.to_owned()).or_default() += 1;
            continue;
        }
        let rest = theirs.and_then(|base| iri.strip_prefix(base));
        let id = match rest {
            Some(id) if is_id(id) => id.to_owned(),
            Some(rest) => slug(rest),
            None => slug(iri.trim_end_matches(['/', '#']).rsplit(['/', '#', ':']).next().unwrap_or_default()),
        };
        *taken.entry(id.clone()).or_default() += 1;
        made.push((subject, iri, id));
    }
    let distinct = |(subject, iri, id): (Symbol, &str, String)| {
        let is_alone = !id.is_empty() && taken.get(&id) == Some(&1);
        (subject, if is_alone { id } else { with_hash(&id, iri) })
    };
    made.into_iter().map(distinct).collect()
}

fn with_hash(id: &str, iri: &str) -> String {
    let digits = hexadecimal(&Sha256::digest(iri.as_bytes())[..5]);
    if id.is_empty() { format!("x{digits}") } else { format!("{id}-{digits}") }
}
