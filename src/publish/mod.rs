//! Makes what people look at out of the graph: the files of a build, a site, the page of an entity, paths, views by name.
//!
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
mod triples;
mod view;

pub use answered::{AnswerFormat, Sentence, SentenceError, TellError, Telling, tell};
pub use build::{Build, Built, MakeSite, build};
pub use choose::{ChooseError, chosen, query_title};
pub use cited::{Cited, StatementTold};
pub use complete::{Completion, CompletionKind, completions};
pub use described::{LimitDescribed, service_description, void_description};
pub use entity::{AttributeShown, EntityPage, Heading, StatementGroup, entity_page};
pub use error::BuildError;
pub use explore::{
    AT_A_TIME, Along, Count, Exploration, ExploreError, Explored, Hit, Left, MOST_ENTITIES, Route, SearchIndex, Step,
    TakeError, Taken,
};
pub use fair::{FairCheck, FairResult, fair_checks, publication_findings};
pub use find::{FindError, ParagraphError, find, find_paragraph};
pub use format::PictureFormat;
pub use manifest::{LeftOut, Reason};
pub use paragraph::{ParagraphPage, paragraph_page};
pub use path::{HopShown, LinkShown, PathShown, shown_paths};
pub use question::{AskError, Kind, Parameter, Question, asked, check_questions, questions};
pub use release::{Release, ReleaseError, Released, lacking, release};
pub use served::{
    AnswerShown, ProblemShown, QueryLimits, answer_page, endpoint_page, preview_page, problem_page, question_page,
    questions_page,
};
pub use site::{Address, AloneError, Asset, Looking, RefusedData, Site, Subject, Written, alone};
pub use statement::{EntityName, ObjectShown, Remark, Remarks, StatementShown};
pub use view::{NamedPart, NamedView, ViewError};
