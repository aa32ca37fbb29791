//! Measures pictures of dense graphs, and writes them: `cargo run --release --example pictures -- FOLDER`. The table is that
//! of `docs/performance.md`; where Graphviz is installed, beside what its engines make of the same nodes and lines.

use std::error::Error;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rapporteur::draw::{Diagram, Engine, EngineError, Layout, Scene, layout, layout_by, pages, svg};
use rapporteur::graph::{KnowledgeGraph, Mode, Selection, View};
use rapporteur::ontology::Ontology;
use rapporteur::read::Source;

/// The sides of A4 in points, less margins of a centimetre.
const A4: (f64, f64) = (785.0, 538.0);

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args().nth(1).ok_or("name a folder for the pictures")?);
    std::fs::create_dir_all(&folder)?;
    let networks = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/networks");
    let open = |source: Source| Ok::<_, Box<dyn Error>>(rapporteur::open(&source, Ontology::shipped()?)?.0);
    let miserables = open(Source::Folder(networks.join("les-miserables")))?;
    let davis = open(Source::Folder(networks.join("davis")))?;
    let report = open(Source::Embedded)?;
    write_communities(&folder.join("communities"), 300)?;
    let communities = open(Source::Folder(folder.join("communities")))?;
    let of = |mode| View { mode, ..View::default() };
    let itu = report.find("itu").map_err(|_| "no ITU")?;
    let pictures = [
        ("les-miserables", &miserables, View::default()),
        ("davis-two-mode", &davis, of(Mode::TwoMode)),
        ("davis-one-mode", &davis, of(Mode::OneMode)),
        ("organizations", &report, of(Mode::OneMode)),
        ("around-itu", &report, Selection::Around(itu, 1).into()),
        ("overview", &report, View::default()),
        ("communities", &communities, of(Mode::OneMode)),
    ];
    let mut out = io::stdout().lock();
    writeln!(
        out,
        "| picture | nodes, lines | laid out by | crossings | overlaps | under boxes | empty | width : height | smallest type on A4 |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|---|---|")?;
    for (name, graph, view) in &pictures {
        rows(&folder, name, graph, view)?.iter().try_for_each(|row| writeln!(out, "{row}"))?;
    }
    Ok(())
}

/// Draws a view, writes it, and returns its rows of the table: ours, and those of engines. What is listed around an entity has no
/// lines for an engine.
fn rows(folder: &Path, name: &str, graph: &KnowledgeGraph, view: &View) -> Result<Vec<String>, Box<dyn Error>> {
    let languages = graph.languages(None);
    let pages = pages(&Scene::new(graph, view, &languages), None);
    let diagram = pages.first().ok_or("no picture")?;
    let own = layout(diagram);
    std::fs::write(folder.join(format!("{name}.svg")), svg(diagram, &own))?;
    let mut rows = vec![row(name, "rapporteur", diagram, &own)];
    for engine in [Engine::Dot, Engine::Sfdp].into_iter().filter(|_| !matches!(view.selection, Selection::Around(..))) {
        match layout_by(diagram, engine) {
            Ok(layout) => {
                std::fs::write(folder.join(format!("{name}-{}.svg", engine.name())), svg(diagram, &layout))?;
                rows.push(row(name, engine.name(), diagram, &layout));
            }
            Err(EngineError::NotRun { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(rows)
}

fn row(name: &str, by: &str, diagram: &Diagram, layout: &Layout) -> String {
    format!(
        "| {name} | {}, {} | {by} | {} | {} | {} | {:.0} % | {:.2} | {:.1} pt |",
        diagram.n_nodes(),
        diagram.n_edges(),
        layout.crossings(diagram),
        layout.overlaps().1,
        layout.hidden(diagram).0,
        100.0 * layout.empty_share(),
        layout.size.width / layout.size.height,
        layout.smallest_type(A4),
    )
}

/// Writes a data set of so many organizations in communities of thirty, each linked with its neighbours in the community
/// by events of two, and every fifth with one of another.
fn write_communities(folder: &Path, n: usize) -> Result<(), Box<dyn Error>> {
    std::fs::create_dir_all(folder)?;
    let config = "id = \"communities\"\nbase = \"https://example.org/\"\nlanguages = [\"en\"]\n\
        license = \"https://creativecommons.org/publicdomain/zero/1.0/\"\n\n[title]\nen = \"Communities\"\n";
    let mut entities = "id,class,label@en,source\nr,Report,Report,\n".to_owned();
    let mut statements = "subject,property,object,source\n".to_owned();
    for node in 0..n {
        writeln!(entities, "n{node},Organization,Organization {node},r")?;
        let within = |step: usize| node / 30 * 30 + (node + step) % 30;
        let near = [within(1), within(1 + node % 7)];
        let far = (node % 5 == 0).then_some((node * 7 + 31) % n);
        for (number, other) in near.into_iter().chain(far).enumerate().filter(|(_, other)| *other != node) {
            let event = format!("e{node}-{number}");
            writeln!(entities, "{event},Initiative,Initiative {node}-{number},r")?;
            writeln!(statements, "n{node},participatesIn,{event},r\nn{other},participatesIn,{event},r")?;
        }
    }
    std::fs::write(folder.join("dataset.toml"), config)?;
    std::fs::write(folder.join("entities.csv"), entities)?;
    Ok(std::fs::write(folder.join("statements.csv"), statements)?)
}
