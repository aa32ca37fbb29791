//! Three of petgraph's algorithms on the links of the shipped report: `cargo run --example petgraph`.

use std::error::Error;
use std::io::{self, Write as _};

use rapporteur::petgraph::algo::{articulation_points::articulation_points, astar, connected_components};
use rapporteur::petgraph::visit::UndirectedAdaptor;
use rapporteur::{ontology::Ontology, read::Source};

fn main() -> Result<(), Box<dyn Error>> {
    let (graph, _findings) = rapporteur::open(&Source::Embedded, Ontology::shipped()?)?;
    let (links, languages) = (graph.petgraph(), graph.languages(None));
    let name = |node| graph.label(links[node], &languages);
    let mut out = io::stdout();

    // How many parts are there that nothing links?
    writeln!(out, "{} parts", connected_components(links))?;

    // How is one body connected with another, whichever way the links lead?
    let (from, to) = (graph.node(graph.find("ITU")?), graph.node(graph.find("UNESCO")?));
    if let Some((hops, path)) = astar(UndirectedAdaptor(links), from, |node| node == to, |_| 1, |_| 0) {
        writeln!(out, "{hops} hops: {}", path.into_iter().map(name).collect::<Vec<_>>().join(" – "))?;
    }

    // Without whom would others be cut off?
    let mut points: Vec<_> = articulation_points(UndirectedAdaptor(links)).into_iter().collect();
    points.sort_unstable();
    let first = points.first().map_or("nobody", |&node| name(node));
    writeln!(out, "{} entities, the first of them {first}", points.len())?;
    Ok(())
}
