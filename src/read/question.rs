//! The questions of a data set, as they lie in its folder: what they ask is for others to read.

use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use super::source::{QUESTIONS, is_hidden};
use super::text::TextFile;
use super::{ReadError, Source};
use crate::finding::{Findings, Location};

/// A question of a data set, as its file is.
#[derive(Debug)]
pub(crate) struct QuestionFile {
    name: String,
    file: TextFile,
}

impl QuestionFile {
    /// Returns the name of the question: that of its file, without the extension.
    #[must_use]
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Returns the text.
    #[must_use]
    pub(crate) fn text(&self) -> &str {
        self.file.text()
    }

    /// Returns where a range of bytes of the text is.
    #[must_use]
    pub(crate) fn locate(&self, range: Range<usize>) -> Location {
        self.file.locate(range)
    }

    /// Returns the place of the file as a whole.
    #[must_use]
    pub(crate) fn place(&self) -> Location {
        Location::file(self.file.name())
    }
}

/// Reads the questions of a data set, sorted by name. One that is no text comes as a finding.
pub(super) fn questions(source: &Source, findings: &mut Findings) -> Result<Vec<QuestionFile>, ReadError> {
    let mut all = Vec::new();
    let mut files = question_files(source);
    files.sort_unstable();
    for path in files {
        let Some(name) = path.file_stem().and_then(|name| name.to_str()).map(str::to_owned) else {
            return Err(ReadError::FileName { path });
        };
        let shown = format!("{QUESTIONS}/{name}.rq");
        match TextFile::decode(&shown, source.file(&shown)?) {
            Ok(file) => all.push(QuestionFile { name, file }),
            Err(finding) => findings.push(*finding),
        }
    }
    Ok(all)
}

/// Returns the files of questions, in no order. A folder that cannot be looked into has none.
pub(super) fn question_files(source: &Source) -> Vec<PathBuf> {
    let Source::Folder(folder) = source else { return Vec::new() };
    let entries = fs::read_dir(folder.join(QUESTIONS)).into_iter().flatten().flatten();
    let is_question = |path: &PathBuf| {
        let is_shown = path.file_name().is_some_and(|name| !is_hidden(&name.to_string_lossy()));
        path.extension().is_some_and(|extension| extension == "rq") && is_shown
    };
    entries.map(|entry| entry.path()).filter(is_question).collect()
}
