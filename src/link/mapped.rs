//! What the mapping of a table says in place of its cells: a mistake there is one finding in `dataset.toml`, however many rows
//! have it.

use std::ops::Range;

use super::entities::{WrongClasses, in_rows};
use super::{Chunk, Linker, Worker, split};
use crate::finding::{Code, Finding, Findings, Location};
use crate::model::Place;
use crate::ontology::{Column, PropertyKind};
use crate::read::Dataset;

/// Returns a finding at its place: where the text is said that is wrong. Where only its kind matters any more, it is at none.
pub(super) fn located(
    dataset: &Dataset,
    findings: &Findings,
    code: Code,
    place: Place,
    message: impl Into<String>,
) -> Finding {
    let said = is_of_text(code).then(|| dataset.said(place)).flatten();
    match said {
        None if findings.is_over(code) => Finding::new(code, Location::file(""), message),
        None => Finding::new(code, dataset.locate(place), message),
        Some(said) if !dataset.is_part() => Finding::new(code, said, message).in_a_row(),
        Some(said) => {
            let row = dataset.locate(place);
            // What another part tells is dropped by its place.
            if dataset.tells_of(&row) {
                Finding::new(code, said, message).in_row(row)
            } else {
                Finding::new(code, row, message)
            }
        }
    }
}

/// Tells whether findings of a kind are about the text of a value alone, whatever else is in its row.
fn is_of_text(code: Code) -> bool {
    matches!(
        code,
        Code::InvalidId
            | Code::UnknownClass
            | Code::UnknownProperty
            | Code::UnknownValue
            | Code::UnknownReference
            | Code::AmbiguousWord
            | Code::AmbiguousReference
            | Code::UnknownParagraph
            | Code::InvalidSource
            | Code::InvalidDate
            | Code::InvalidNumber
            | Code::InvalidIri
            | Code::InvalidRank
            | Code::InvalidLanguage
            | Code::ControlCharacter
    )
}

impl Linker<'_> {
    /// Checks what mappings say of tables that lack a column, so that it is told in the same run.
    pub(super) fn check_unplaced(&mut self) {
        // Such a data set is not read in parts.
        if self.dataset.is_part() {
            return;
        }
        let first = self.dataset.tables.len();
        let mut chunks = Vec::new();
        for (number, table) in (first..).zip(&self.dataset.unplaced).filter(|(_, table)| table.is_mapped()) {
            let Ok(number) = u16::try_from(number) else { break };
            chunks.extend(split(0..table.rows(), self.chunk).map(|rows| Chunk { table: number, rows }));
        }
        let mut wrong = WrongClasses::new();
        let work = |worker: &mut Worker<'_>, chunk: &Chunk| worker.check_said(chunk.table, chunk.rows.clone());
        self.work(&chunks, work, |more, _| {
            for (word, (finding, rows)) in more {
                wrong.entry(word).or_insert((finding, 0)).1 += rows;
            }
        });
        self.findings.extend(wrong.into_values().map(in_rows));
    }
}

impl Worker<'_> {
    /// Checks the values of rows that the mapping says.
    fn check_said(&mut self, number: u16, rows: Range<u32>) -> WrongClasses {
        let (table, mut wrong) = (self.table(number), WrongClasses::new());
        for row in rows {
            for (column, meaning) in (0..).zip(table.columns()) {
                let Some(meaning) = *meaning else { continue };
                for (value, text) in table.values(row, column) {
                    let place = Place { table: number, row, column, value };
                    if self.dataset.said(place).is_some() {
                        self.check_value(meaning, &text, place, &mut wrong);
                    }
                }
            }
        }
        wrong
    }

    fn check_value(&mut self, meaning: Column, text: &str, place: Place, wrong: &mut WrongClasses) {
        let table = self.table(place.table);
        match meaning {
            Column::Term(property, _) if self.ontology.property(property).kind == PropertyKind::Annotation => {
                drop(self.checked(property, text.into(), place));
            }
            Column::Term(property, language) => drop(self.object(property, language, text, place)),
            Column::Class => drop(self.class(table, place, Some(place.column), wrong)),
            Column::Source => drop(self.citation(text, place)),
            Column::Property => drop(self.property(table, place)),
            Column::Rank => drop(self.rank(table, place, Some(place.column))),
            Column::Subject => drop(self.entity(text, place)),
            Column::Document => drop(self.document(text, place)),
            // Ids and numbers are any text, and what an object means its property tells.
            Column::Id | Column::Number | Column::Object => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::ontology::Ontology;
    use crate::read::{self, Source};

    const CONFIG: &str =
        "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

    /// Place, message and help of each finding of a table with this mapping, by the text that is marked in `dataset.toml`.
    fn told(mapping: &str) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        let config = format!("{CONFIG}[table.\"t.csv\"]\n{mapping}\n");
        std::fs::write(folder.path().join("dataset.toml"), &config).unwrap();
        std::fs::write(folder.path().join("d.csv"), "id,class,label@en\ndoc,Report,Doc\nceb,Organization,CEB\n")
            .unwrap();
        std::fs::write(folder.path().join("p.csv"), "document,number\ndoc,9\n").unwrap();
        std::fs::write(folder.path().join("t.csv"), "id,label@en,kind,state\na,A,x,x\nb,B,x,y\nc,C,y,x\n").unwrap();
        let ontology = Ontology::shipped().unwrap();
        let (dataset, mut findings) = read::dataset(&Source::Folder(folder.path().to_owned()), &ontology).unwrap();
        for chunk in [1, 1 << 16] {
            let (_, linked) = super::super::in_chunks(&dataset, &ontology, chunk);
            findings.extend(linked);
            crate::finding::sort(&mut findings);
        }
        let shown = |finding: crate::finding::Finding| {
            let crate::finding::Position::Text { line, column, length, .. } = finding.location.position else {
                panic!()
            };
            let line = config.lines().nth(line - 1).unwrap();
            let marked: String = line.chars().skip(column - 1).take(length).collect();
            assert_eq!(finding.location.file, "dataset.toml", "{}", finding.message);
            format!("{marked} {}; {}", finding.message, finding.help.unwrap_or_default())
        };
        findings.into_iter().map(shown).collect()
    }

    #[test]
    fn a_mistake_of_a_mapping_is_one_finding_at_its_place() {
        let class = "class = \"Event\"\ncolumns = { kind = \"\", state =";
        for (mapping, expected) in [
            (
                format!(
                    "{class} {{ property = \"eventStatus\", values = {{ x = \"plannned\", y = \"planned\" }} }} }}"
                ),
                "\"plannned\" unknown status `plannned`, in 2 rows; did you mean `planned`?",
            ),
            (
                format!("{class} {{ property = \"partOf\", values = {{ \"*\" = \"cebb\" }} }} }}"),
                "\"cebb\" no entity is called `cebb`, in 3 rows; did you mean `CEB`?",
            ),
            (
                format!("{class} {{ property = \"startDate\", values = {{ x = \"\", y = \"May\" }} }} }}"),
                "\"May\" `May` is not a date",
            ),
            (
                "columns = { state = \"\", kind = { property = \"class\", values = { x = \"Evnt\", y = \"Event\" } } }"
                    .to_owned(),
                "\"Evnt\" unknown class `Evnt`, in 2 rows; did you mean `Event`?",
            ),
            (
                "constants = { class = \"Evnt\" }\ncolumns = { kind = \"\", state = \"\" }".to_owned(),
                "\"Evnt\" unknown class `Evnt`, in 3 rows; did you mean `Event`?",
            ),
            (
                format!("constants = {{ source = \"doc#99\" }}\n{class} \"\" }}"),
                "\"doc#99\" the document `doc` has no paragraph `99`, in 3 rows; did you mean `doc#9`?",
            ),
        ] {
            let told = told(&mapping);
            assert_eq!(told.len(), 1, "{mapping}: {told:?}");
            assert!(told[0].starts_with(expected) || told[0] == expected, "{told:?}");
        }
    }

    #[test]
    fn what_a_mapping_says_is_checked_though_the_table_lacks_a_column() {
        let told = told(
            "id = \"{Acronym}\"\nclass = \"Event\"\nconstants = { source = \"dc\" }\ncolumns = { id = \"\", kind = { property = \"partOf\", values = { \"y\" = \"A\" } }, state = { property = \"eventStatus\", values = { x = \"plannned\" } } }",
        );
        assert_eq!(told.len(), 3, "{told:?}");
        assert!(told[0].contains("has no column `Acronym`"), "{told:?}");
        assert!(told[1].starts_with("\"dc\" no entity is called `dc`, in 3 rows; did you mean `Doc`?"), "{told:?}");
        assert!(told[2].starts_with("\"plannned\" unknown status `plannned`, in 2 rows"), "{told:?}");
    }
}
