//! What is made for people out of the graph, before anyone says it in words of a terminal or of the web: what a build
//! holds and how it is laid out, what is shown of an entity and of a path, and what the names of a view mean.
//!
//! Everything here is a value or a file. Nothing prints, and nothing names a command or an option: what is left out and
//! what goes wrong are reasons, which whoever shows them puts into words.

mod build;
mod entity;
mod error;
mod find;
mod index;
mod manifest;
mod path;
mod statement;
mod view;

pub use build::{Build, Built, build};
pub use entity::{AttributeShown, EntityPage, Heading, StatementGroup, entity_page};
pub use error::BuildError;
pub use find::{FindError, find};
pub use manifest::{LeftOut, Reason};
pub use path::{HopShown, LinkShown, PathShown, shown_paths};
pub use statement::{EntityName, ObjectShown, Remark, Remarks, StatementShown};
pub use view::{NamedPart, NamedView, ViewError};
