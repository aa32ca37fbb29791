//! Runs Graphviz for those who want its layouts. No other module starts a program.
//!
//! An engine is started by its name, without a shell. It reads a graph from its standard input and writes the places to
//! its standard output.

use std::io::{self, Write as _};
use std::process::{Command, Stdio};

/// A [layout engine](https://graphviz.org/docs/layouts/) of Graphviz, by the name of its program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// In layers.
    Dot,
    /// By springs.
    Neato,
    /// By forces.
    Fdp,
    /// By forces, for large graphs.
    Sfdp,
    /// In rings around a node.
    Twopi,
    /// In circles.
    Circo,
}

/// Why Graphviz gave no picture.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// It is not installed, or the system does not let it run.
    #[error("cannot run `{engine}`")]
    NotRun {
        /// The program.
        engine: &'static str,
        /// What the system says.
        source: io::Error,
    },
    /// It ended with an error.
    #[error("`{engine}` failed: {message}")]
    Failed {
        /// The program.
        engine: &'static str,
        /// What it said.
        message: String,
    },
    /// What it wrote cannot be read as places.
    #[error("what `{engine}` wrote cannot be read: {message}")]
    Unreadable {
        /// The program.
        engine: &'static str,
        /// What was not found.
        message: String,
    },
    /// The format has no places.
    #[error("nothing is laid out in {}", .0)]
    Format(&'static str),
}

impl Engine {
    /// All engines.
    pub const ALL: [Self; 6] = [Self::Dot, Self::Neato, Self::Fdp, Self::Sfdp, Self::Twopi, Self::Circo];

    /// Returns the name of the program.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dot => "dot",
            Self::Neato => "neato",
            Self::Fdp => "fdp",
            Self::Sfdp => "sfdp",
            Self::Twopi => "twopi",
            Self::Circo => "circo",
        }
    }

    /// Returns the engine of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|engine| engine.name() == name)
    }
}

impl Engine {
    /// Returns a graph in DOT with the places that the engine gives it, as
    /// [JSON](https://graphviz.org/docs/outputs/json/).
    ///
    /// # Errors
    ///
    /// If Graphviz is not installed, or fails.
    pub(super) fn places(self, dot: &str) -> Result<Vec<u8>, EngineError> {
        run(Command::new(self.name()), self, "-Tjson0", dot)
    }
}

fn run(mut program: Command, engine: Engine, language: &str, dot: &str) -> Result<Vec<u8>, EngineError> {
    let failed = |source| EngineError::NotRun { engine: engine.name(), source };
    let program = program.arg(language).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = program.spawn().map_err(failed)?;
    let input = child.stdin.take();
    // The input is written while the output is read, so that neither side waits for the other with a full pipe.
    let output = std::thread::scope(|scope| {
        scope.spawn(move || {
            // A program that closes its input has an exit code that says more.
            drop(input.map(|mut input| input.write_all(dot.as_bytes())));
        });
        child.wait_with_output()
    });
    let output = output.map_err(failed)?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let message = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(EngineError::Failed { engine: engine.name(), message })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_that_is_not_installed_is_named() {
        let error = run(Command::new("no-such-program-as-this"), Engine::Sfdp, "-Tsvg", "").unwrap_err();
        assert_eq!(error.to_string(), "cannot run `sfdp`");
    }

    #[test]
    fn a_program_that_fails_is_told_with_what_it_says() {
        let error = run(Command::new("cat"), Engine::Dot, "--no-such-option", "").unwrap_err();
        assert!(matches!(error, EngineError::Failed { engine: "dot", message } if message.contains("no-such-option")));
    }

    #[test]
    fn a_graph_larger_than_a_pipe_goes_in_and_its_picture_comes_out() {
        let graph = "digraph {}".repeat(100_000);
        assert_eq!(run(Command::new("cat"), Engine::Dot, "-", &graph).unwrap(), graph.as_bytes());
    }

    #[test]
    fn engines_are_known_by_their_names() {
        assert!(Engine::ALL.into_iter().all(|engine| Engine::from_name(engine.name()) == Some(engine)));
        assert_eq!(Engine::from_name("sh"), None);
    }
}
