//! What is to be read in shards, and why it cannot be.

use std::path::PathBuf;

use serde::Serialize;

use super::{Opened, ShardError, open};
use crate::finding::{Code, Finding};
use crate::model::fold;
use crate::ontology::Ontology;
use crate::read::{self, Source};

/// A table that is read in pieces.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PlannedTable {
    /// The name of its file.
    pub file: String,
    /// The character between its cells; none of JSON Lines.
    pub delimiter: Option<char>,
}

/// What is read in shards.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Plan {
    /// The tables that are cut into pieces, sorted by name.
    pub tables: Vec<PlannedTable>,
    /// The names of the other files that are read, which are needed whole.
    pub whole: Vec<String>,
    /// The documents whose paragraphs the data set covers, if it says which.
    pub reports: Vec<String>,
    /// Why it cannot be read in shards; nothing if it can.
    pub obstacles: Vec<String>,
}

/// Plans how the data set of a folder is read. The folder has `dataset.toml`, all that is needed whole, and of each table at
/// least the header, or an empty file as long as only the names of the tables matter.
///
/// # Errors
///
/// If `dataset.toml` or another file cannot be read.
pub(crate) fn plan(folder: PathBuf, ontology: Ontology) -> Result<Plan, ShardError> {
    let source = Source::Folder(folder);
    let listed = read::listed(&source)?;
    let mut plan = Plan {
        tables: listed.tables.into_iter().map(|(file, delimiter)| PlannedTable { file, delimiter }).collect(),
        whole: listed.whole,
        reports: Vec::new(),
        obstacles: listed.obstacles,
    };
    if !plan.obstacles.is_empty() || listed.has_empty {
        return Ok(plan);
    }
    let Opened { dataset, findings, .. } = open(&source, ontology)?;
    plan.reports.clone_from(&dataset.config.reports);
    let unusable = |finding: &&Finding| {
        let file = &finding.location.file;
        let is_lost = dataset.unreadable.contains(file) || dataset.unplaced.iter().any(|table| table.file() == file);
        finding.code == Code::InvalidConfig || is_lost
    };
    plan.obstacles.extend(findings.iter().filter(unusable).map(|it| format!("{}: {}", it.location, it.message)));
    for table in &dataset.tables {
        if plan.whole.iter().any(|name| name == table.file()) {
            plan.obstacles.push(format!("{}: a table of that name must be one of terms", table.file()));
        }
        let columns = (0..).zip(table.columns());
        let mut restricted =
            columns.map(|(column, _)| column).filter(|&it| table.reference(it) != read::Reference::default());
        if let Some(column) = restricted.next() {
            let header = table.header(column);
            plan.obstacles
                .push(format!("{}: the mapping of `{header}` says of which class references are", table.file()));
        }
    }
    // Two names that differ only in case are one file on some systems.
    let mut names: Vec<String> = plan.tables.iter().map(|table| fold(&table.file)).collect();
    names.sort_unstable();
    if names.windows(2).any(|pair| pair[0] == pair[1]) {
        plan.obstacles.push("two tables have names that differ only in case".to_owned());
    }
    Ok(plan)
}
