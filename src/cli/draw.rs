use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::data::find;
use super::{CliError, Global, Outcome};
use crate::draw::{self, Selection};
use crate::export;

/// Draw a part of the graph as SVG or DOT
///
/// The format is that of the output's extension, or the one named with -f. No other program is needed.
#[derive(Debug, Args)]
pub(super) struct Draw {
    /// Draw what surrounds an entity
    #[arg(long, value_name = "NAME", conflicts_with = "section")]
    around: Option<String>,
    /// How many steps away from it
    #[arg(long, value_name = "STEPS", default_value_t = 1, requires = "around")]
    depth: usize,
    /// Draw what a section of the report states
    #[arg(long, value_name = "NUMBER")]
    section: Option<String>,
    /// The format: svg or dot
    #[arg(long, short, value_name = "FORMAT", value_parser = ["svg", "dot"])]
    format: Option<String>,
    /// The file to write, or - for stdout
    #[arg(long, short, value_name = "FILE", default_value = "-")]
    output: PathBuf,
}

impl Draw {
    pub(super) fn run(&self, global: &Global) -> Result<Outcome, CliError> {
        let graph = global.open_for_reading()?;
        let selection = match (&self.around, &self.section) {
            (Some(name), _) => Selection::Around(find(&graph, name)?, self.depth),
            (None, Some(section)) => {
                if !graph.sections().iter().any(|known| known.number == *section) {
                    let known: Vec<_> = graph.sections().into_iter().map(|section| section.number).collect();
                    let error = CliError::new(format!("the report has no section `{section}`"));
                    return Err(error.help(format!("its sections are {}", known.join(", "))));
                }
                Selection::Section(section.clone())
            }
            (None, None) => Selection::Whole,
        };
        let diagram = draw::diagram(&graph, &selection, &graph.languages(global.lang));
        let by_extension = self.output.extension().and_then(|extension| extension.to_str());
        let text = match self.format.as_deref().or(by_extension) {
            Some("dot" | "gv") => draw::dot(&diagram, &draw::layout(&diagram)),
            Some("svg") | None => draw::svg(&diagram, &draw::layout(&diagram)),
            Some(other) => {
                let error = CliError::new(format!("a diagram cannot be written as `{other}`"));
                return Err(error.help("use svg or dot"));
            }
        };
        if self.output.as_os_str() == "-" {
            io::stdout().lock().write_all(text.as_bytes())?;
        } else {
            export::write_file(&self.output, |out| Ok(out.write_all(text.as_bytes())?))?;
        }
        Ok(Outcome::Clean)
    }
}
