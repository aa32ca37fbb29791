use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;

use super::data::find;
use super::{CliError, Global, Outcome};
use crate::draw::{self, Format, Selection};
use crate::export;

/// Draw a part of the graph
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
    /// The format: svg, dot, mmd (Mermaid), or md for the text twin
    #[arg(long, short, value_name = "FORMAT", value_parser = Format::ALL.map(Format::extension))]
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
        let bytes = draw::write(&diagram, self.format()?).map_err(|error| {
            let help = error.help();
            CliError::new(error).help(help)
        })?;
        if self.output.as_os_str() == "-" {
            io::stdout().lock().write_all(&bytes)?;
        } else {
            export::write_file(&self.output, |out| Ok(out.write_all(&bytes)?))?;
        }
        Ok(Outcome::Clean)
    }

    /// The format that is asked for, else that of the extension, else SVG.
    fn format(&self) -> Result<Format, CliError> {
        let by_extension = self.output.extension().and_then(|extension| extension.to_str());
        let Some(name) = self.format.as_deref().or(by_extension) else { return Ok(Format::Svg) };
        let name = if name == "gv" { "dot" } else { name };
        Format::from_extension(name).ok_or_else(|| {
            let error = CliError::new(format!("a diagram cannot be written as `{name}`"));
            error.help(format!("use {}", Format::ALL.map(Format::extension).join(", ")))
        })
    }
}
