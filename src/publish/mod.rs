//! Makes what people look at out of the graph: the files of a build, a site, the page of an entity, paths, views by name.
//!
//! For other programs there are [`build()`], which writes all of it, and named [`questions`] with [`asked`] for their queries.
//! The results are values and files. A terminal, a site or a server puts them into its own words: nothing here prints,
//! or names a command or an option. What is left out and what goes wrong are typed reasons.

mod answered;
mod build;
mod choose;
mod cited;
mod complete;
mod described;
mod entity;
mod error;
mod explore;
mod fair;
mod find;
mod format;
mod manifest;
mod paragraph;
mod path;
mod pictures;
mod question;
mod release;
mod served;
mod site;
mod statement;
pub(crate) mod triples;
mod view;

pub(crate) use answered::{AnswerFormat, Sentence, SentenceError, Telling, tell};
pub use build::{Build, Built, MakeSite, build};
pub(crate) use choose::{chosen, query_title};
pub(crate) use cited::{Cited, StatementTold};
pub(crate) use complete::completions;
pub(crate) use described::{LimitDescribed, service_description, void_description};
pub(crate) use entity::{AttributeShown, EntityPage, Heading, StatementGroup, entity_page};
pub use error::BuildError;
pub(crate) use explore::{Exploration, Hit, SearchIndex, Taken};
pub(crate) use fair::{FairCheck, FairResult, fair_checks, publication_findings};
pub use find::FindError;
pub(crate) use find::{ParagraphError, Source, entity_of_iri, find, find_paragraph, find_sources};
pub(crate) use format::PictureFormat;
pub use manifest::{LeftOut, Reason};
pub(crate) use paragraph::paragraph_page;
pub(crate) use path::shown_paths;
pub use question::{AskError, Kind, Parameter, Question, asked, questions};
pub(crate) use question::{PARAGRAPHS, check_questions};
pub(crate) use release::{Release, ReleaseError, lacking, release};
pub(crate) use served::{
    AnswerShown, ProblemShown, QueryLimits, answer_page, endpoint_page, preview_page, problem_page, question_page,
    questions_page,
};
pub use site::Written;
pub(crate) use site::{Address, AloneError, Looking, RefusedData, Site, Subject, alone};
pub(crate) use statement::{EntityName, ObjectShown, Remarks};
pub(crate) use view::{NamedPart, NamedView, ViewError};

#[cfg(test)]
mod tests;
