use std::io::{self, Write};

use clap::Args;
use serde_json::{Map, Value, json};

use super::figures::{Figures, FiguresFormat, short, write_json};
use super::{CliError, Global, Outcome};
use crate::graph::{CutOff, Cuts, KnowledgeGraph, ParagraphCoverage, Part, ReportCoverage, Structure};
use crate::model::{EntityId, Language};

/// Count entities and statements, and show how they are connected and how far paragraphs and languages are covered
///
/// Density is the part of the pairs that could be linked which is, reciprocity the part of the links that has one back. An
/// articulation point is an entity, a bridge a link without which others could no longer be reached; links known to be
/// wrong do not count.
#[derive(Debug, Args)]
pub(super) struct Stats {
    /// How it is written
    #[arg(long, short = 'F', value_name = "FORMAT", default_value = "table")]
    format: FiguresFormat,
}

impl Stats {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let structures = graph.structures();
        let mut out = io::BufWriter::new(io::stdout().lock());
        match self.format {
            FiguresFormat::Table => {
                write_stats(&graph, &mut out)?;
                write_structures(&graph, &structures, &graph.languages(global.lang), &mut out)?;
            }
            FiguresFormat::Csv => figures(&graph, &structures).write_csv(&mut out)?,
            FiguresFormat::Json => write_json(&whole(&graph, &structures), &mut out)?,
        }
        out.flush()?;
        Ok(Outcome::Clean)
    }
}

/// How many of the entities with the most links are named, and of the articulation points and bridges that cut off most.
const MOST_LINKED: usize = 5;
/// How many reports are counted one by one.
const MOST_REPORTS: usize = 30;
/// How many of those that would be cut off a table names.
const NAMED: usize = 3;
/// How many of those that would be cut off JSON names: of a long chain, all of all would be too many.
const LISTED: usize = 100;

/// Writes the counts and the coverage, as `build` does too.
pub(super) fn write_stats(graph: &KnowledgeGraph, out: &mut impl Write) -> io::Result<()> {
    let counts = graph.counts();
    let classes: Vec<_> = counts.by_class.iter().map(|(class, count)| format!("{class} {count}")).collect();
    writeln!(out, "entities    {:>6}  {}", counts.entities, classes.join(", "))?;
    let ranks: Vec<_> = counts.by_rank.iter().map(|(rank, count)| format!("{} {count}", rank.name())).collect();
    writeln!(out, "statements  {:>6}  {} link two entities; {}", counts.statements, counts.links, ranks.join(", "))?;
    writeln!(out, "citations   {:>6}  of {} paragraphs and documents", counts.citations, counts.sources)?;
    let connectivity = graph.connectivity();
    if let Some(largest) = connectivity.components.first() {
        writeln!(out, "components  {:>6}  the largest of {largest} entities", connectivity.components.len())?;
        let most =
            connectivity.degrees.iter().take(MOST_LINKED).map(|(id, degree)| format!("{} {degree}", graph.id(*id)));
        writeln!(out, "most linked         {}", most.collect::<Vec<_>>().join(", "))?;
    }
    let paragraphs = graph.paragraph_coverage();
    if paragraphs.all > 0 {
        writeln!(out, "paragraphs  {:>6}  {}", paragraphs.all, covered(&paragraphs))?;
        if !paragraphs.uncovered.is_empty() {
            writeln!(out, "                    not covered: {}", paragraphs.uncovered.join(", "))?;
        }
    }
    let reports = graph.report_coverage();
    for report in reports.iter().take(if reports.len() > 1 { MOST_REPORTS } else { 0 }) {
        let ReportCoverage { sections, statements, paragraphs, .. } = report;
        let (id, all, covered) = (graph.id(report.report), paragraphs.all, covered(paragraphs));
        writeln!(
            out,
            "                    {id}: {all} in {sections} sections, {covered}; {statements} statements cite it"
        )?;
    }
    if reports.len() > MOST_REPORTS {
        writeln!(out, "                    and {} more reports", reports.len() - MOST_REPORTS)?;
    }
    let languages: Vec<_> =
        graph.language_coverage().iter().map(|(language, count)| format!("{language} {count}")).collect();
    writeln!(out, "labels              {}", languages.join(", "))
}

/// How far paragraphs are covered, in words.
fn covered(paragraphs: &ParagraphCoverage) -> String {
    let covered = paragraphs.cited + paragraphs.without_link;
    format!("{covered} covered: {} cited, {} without a link", paragraphs.cited, paragraphs.without_link)
}

/// Writes how the graph and its parts hang together, and on what.
fn write_structures(
    graph: &KnowledgeGraph,
    structures: &[(Part, Structure)],
    languages: &[Language],
    out: &mut impl Write,
) -> io::Result<()> {
    let rows = structures.iter().map(|(part, structure)| {
        let largest = structure.components.first();
        vec![
            json!(part_name(graph, *part)),
            json!(structure.entities),
            json!(structure.links),
            json!(structure.density),
            json!(structure.reciprocity),
            json!(structure.components.len()),
            json!(largest),
            json!(structure.cuts.points.len()),
            json!(structure.cuts.bridges.len()),
        ]
    });
    let columns =
        ["part", "entities", "linked pairs", "density", "reciprocity", "components", "largest", "points", "bridges"];
    writeln!(out)?;
    Figures { columns: &columns, rows: rows.collect() }.write_table(out)?;
    let Some((_, Structure { cuts, .. })) = structures.first() else { return Ok(()) };
    let name = |entity: EntityId| short(graph.label(entity, languages));
    let whom = |cut_off: &CutOff| {
        let all = cuts.cut_off(cut_off);
        let named: Vec<_> = all.iter().take(NAMED).map(|&entity| name(entity)).collect();
        let more = if all.len() > NAMED { format!(" and {} more", all.len() - NAMED) } else { String::new() };
        vec![json!(all.len()), json!(named.join("; ") + &more)]
    };
    let points = cuts.points.iter().take(MOST_LINKED);
    let points = points.map(|point| [vec![json!(name(point.entity))], whom(&point.cut_off)].concat());
    let bridges = cuts.bridges.iter().take(MOST_LINKED);
    let bridges =
        bridges.map(|bridge| [vec![json!(bridge.ends.map(name).join(" – "))], whom(&bridge.cut_off)].concat());
    for (first, rows) in [("without", points.collect::<Vec<_>>()), ("without the link", bridges.collect())] {
        if !rows.is_empty() {
            writeln!(out)?;
            Figures { columns: &[first, "cut off", "whom"], rows }.write_table(out)?;
        }
    }
    Ok(())
}

/// The name of a part: that of its mode or class.
fn part_name(graph: &KnowledgeGraph, part: Part) -> String {
    match part {
        Part::Mode(mode) => mode.name().to_owned(),
        Part::Class(class) => graph.ontology().class(class).name.clone(),
    }
}

/// All figures, one in a row.
fn figures(graph: &KnowledgeGraph, structures: &[(Part, Structure)]) -> Figures<'static> {
    let mut rows: Vec<Vec<Value>> = Vec::new();
    let mut add = |measure: &str, of: &str, value: Value| rows.push(vec![json!(measure), json!(of), value]);
    let counts = graph.counts();
    for (measure, value) in [
        ("entities", counts.entities),
        ("statements", counts.statements),
        ("links", counts.links),
        ("citations", counts.citations),
        ("sources", counts.sources),
    ] {
        add(measure, "", json!(value));
    }
    for (rank, count) in counts.by_rank {
        add("statements", rank.name(), json!(count));
    }
    for (part, structure) in structures {
        let of = part_name(graph, *part);
        for (measure, value) in structure_figures(structure) {
            add(measure, &of, value);
        }
    }
    if let Some((_, Structure { cuts, .. })) = structures.first() {
        for point in &cuts.points {
            add("cutOffWithout", graph.id(point.entity), json!(point.cut_off.count()));
        }
        for bridge in &cuts.bridges {
            add("cutOffWithoutLink", &bridge.ends.map(|end| graph.id(end)).join(" "), json!(bridge.cut_off.count()));
        }
    }
    for (measure, value) in coverage_figures(&graph.paragraph_coverage()) {
        add(measure, "", json!(value));
    }
    for report in graph.report_coverage() {
        let id = graph.id(report.report);
        add("sections", id, json!(report.sections));
        add("statements", id, json!(report.statements));
        for (measure, value) in coverage_figures(&report.paragraphs) {
            add(measure, id, json!(value));
        }
    }
    for (language, count) in graph.language_coverage() {
        add("labels", language.as_str(), json!(count));
    }
    Figures { columns: &["measure", "of", "value"], rows }
}

fn coverage_figures(paragraphs: &ParagraphCoverage) -> [(&'static str, usize); 3] {
    [
        ("paragraphs", paragraphs.all),
        ("citedParagraphs", paragraphs.cited),
        ("paragraphsWithoutLink", paragraphs.without_link),
    ]
}

fn structure_figures(structure: &Structure) -> [(&'static str, Value); 8] {
    [
        ("entities", json!(structure.entities)),
        ("linkedPairs", json!(structure.links)),
        ("density", json!(structure.density)),
        ("reciprocity", json!(structure.reciprocity)),
        ("components", json!(structure.components.len())),
        ("largestComponent", json!(structure.components.first())),
        ("articulationPoints", json!(structure.cuts.points.len())),
        ("bridges", json!(structure.cuts.bridges.len())),
    ]
}

/// All figures as one object.
fn whole(graph: &KnowledgeGraph, structures: &[(Part, Structure)]) -> Value {
    let (counts, paragraphs) = (graph.counts(), graph.paragraph_coverage());
    let ranks: Map<String, Value> =
        counts.by_rank.iter().map(|(rank, count)| (rank.name().to_owned(), json!(count))).collect();
    let labels: Map<String, Value> =
        graph.language_coverage().iter().map(|(language, count)| (language.to_string(), json!(count))).collect();
    let parts = structures.iter().map(|(part, structure)| {
        let mut object: Map<String, Value> =
            structure_figures(structure).into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        object.insert("part".to_owned(), json!(part_name(graph, *part)));
        object.insert("articulationPoints".to_owned(), points(graph, &structure.cuts));
        object.insert("bridges".to_owned(), bridges(graph, &structure.cuts));
        Value::Object(object)
    });
    let all = graph.report_coverage();
    let reports = all.iter().map(|report| {
        json!({
            "id": graph.id(report.report),
            "sections": report.sections,
            "statements": report.statements,
            "paragraphs": coverage(&report.paragraphs),
        })
    });
    json!({
        "entities": counts.entities,
        "byClass": counts.by_class,
        "statements": counts.statements,
        "links": counts.links,
        "byRank": ranks,
        "citations": counts.citations,
        "sources": counts.sources,
        "paragraphs": coverage(&paragraphs),
        "reports": reports.collect::<Vec<_>>(),
        "labels": labels,
        "parts": parts.collect::<Vec<_>>(),
    })
}

fn coverage(paragraphs: &ParagraphCoverage) -> Value {
    json!({
        "all": paragraphs.all,
        "cited": paragraphs.cited,
        "withoutLink": paragraphs.without_link,
        "uncovered": paragraphs.uncovered,
    })
}

fn points(graph: &KnowledgeGraph, cuts: &Cuts) -> Value {
    let points = cuts.points.iter().map(|point| {
        json!({ "id": graph.id(point.entity), "cutOff": point.cut_off.count(), "whom": whom(graph, cuts, &point.cut_off) })
    });
    points.collect()
}

fn bridges(graph: &KnowledgeGraph, cuts: &Cuts) -> Value {
    let bridges = cuts.bridges.iter().map(|bridge| {
        let ends = bridge.ends.map(|end| graph.id(end));
        json!({ "ends": ends, "cutOff": bridge.cut_off.count(), "whom": whom(graph, cuts, &bridge.cut_off) })
    });
    bridges.collect()
}

/// The first of those that would be cut off, by id.
fn whom<'a>(graph: &'a KnowledgeGraph, cuts: &Cuts, cut_off: &CutOff) -> Vec<&'a str> {
    cuts.cut_off(cut_off).into_iter().take(LISTED).map(|entity| graph.id(entity)).collect()
}
