//! Why a tool does not answer, and what to do about it.

use rmcp::model::{CallToolResult, ContentBlock};

use crate::publish::{AskError, FindError, ParagraphError, ViewError};
use crate::serve::problem::Problem;

/// Why a tool does not answer: for whoever called it, who may call again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) reason: String,
    pub(super) help: Option<String>,
}

impl Refusal {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), help: None }
    }

    pub(super) fn help(self, help: impl Into<String>) -> Self {
        Self { help: Some(help.into()), ..self }
    }

    /// Suggests what is most like what was written, if anything is.
    pub(super) fn near(self, near: &[String], else_help: &str) -> Self {
        match near {
            [] => self.help(else_help),
            near => self.help(format!("did you mean {}?", near.join(", "))),
        }
    }

    pub(super) fn text(&self) -> String {
        match &self.help {
            Some(help) => format!("{}\nhelp: {help}", self.reason),
            None => self.reason.clone(),
        }
    }
}

impl From<Refusal> for CallToolResult {
    fn from(refusal: Refusal) -> Self {
        Self::error(vec![ContentBlock::text(refusal.text())])
    }
}

const SEARCH: &str = "look for a part of its name with `search`";

impl From<FindError> for Refusal {
    fn from(error: FindError) -> Self {
        let refusal = Self::new(error.to_string());
        match error {
            FindError::Unknown { near, .. } => refusal.near(&near, SEARCH),
            FindError::Ambiguous { ids, .. } => refusal.help(format!("write the id: {}", ids.join(", "))),
        }
    }
}

impl From<ParagraphError> for Refusal {
    fn from(error: ParagraphError) -> Self {
        let refusal = Self::new(error.to_string());
        match error {
            ParagraphError::Unknown { near, .. } => {
                refusal.near(&near, "write the id of the document, # and the number as printed, as in citations")
            }
            ParagraphError::Ambiguous { references, .. } => {
                refusal.help(format!("write the one that is meant: {}", references.join(", ")))
            }
            ParagraphError::Document(error) => error.into(),
        }
    }
}

impl From<ViewError> for Refusal {
    fn from(error: ViewError) -> Self {
        const MOST_LISTED: usize = 30;
        let refusal = Self::new(error.to_string());
        match error {
            ViewError::Entity(error) => error.into(),
            ViewError::Class { near, .. } | ViewError::Property { near, .. } => {
                refusal.near(&near, "leave it out, or take a name from an answer of `describe`")
            }
            ViewError::NoSections => refusal.help("draw what is around an entity instead"),
            ViewError::Section { known: names, .. } | ViewError::AmbiguousSection { names, .. } => {
                let listed: Vec<_> = names.iter().take(MOST_LISTED).map(String::as_str).collect();
                refusal.help(format!("write one of {}", listed.join(", ")))
            }
        }
    }
}

impl From<AskError> for Refusal {
    fn from(error: AskError) -> Self {
        let refusal = Self::new(error.to_string());
        match error {
            AskError::Entity(error) => error.into(),
            AskError::Class { class, .. } => {
                refusal.help(format!("look for one with `search` and \"class\": \"{class}\""))
            }
            AskError::Parameter { .. } | AskError::Value { .. } => {
                refusal.help("`questions` shows the parameters of each question with a value of each")
            }
        }
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        let (reason, help) = problem.words();
        Self { reason, help }
    }
}
