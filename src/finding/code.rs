//! The kinds of findings, each with its code, severity and description: one table.

use super::Severity::{self, Info, Violation, Warning};

macro_rules! codes {
    ($($variant:ident, $name:literal, $severity:ident, $description:literal;)*) => {
        /// A kind of finding.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $(#[doc = $description] $variant,)*
        }

        impl Code {
            /// All codes, in the order of the stages that report them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// Returns the stable name, in kebab case.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// Returns the code of that name.
            pub(crate) fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.name() == name)
            }

            /// Returns how bad a finding of this kind is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$variant => $severity,)* }
            }

            /// Returns one sentence that says when it is reported.
            #[must_use]
            pub fn description(self) -> &'static str {
                match self { $(Self::$variant => $description,)* }
            }
        }
    };
}

codes! {
    // read
    WrongEncoding, "wrong-encoding", Violation, "A file of text is not UTF-8.";
    WrongDelimiter, "wrong-delimiter", Violation, "The cells of a table are divided by another character than they are taken to be.";
    UnclosedQuote, "unclosed-quote", Violation, "A quoted cell is never closed.";
    StrayQuote, "stray-quote", Violation, "A quote stands inside or after a cell where CSV allows none.";
    RaggedRow, "ragged-row", Violation, "A row has more or fewer cells than the header.";
    InvalidRdf, "invalid-rdf", Violation, "A file of RDF, or a part of it, cannot be read.";
    UnmappedRdf, "unmapped-rdf", Info, "A file of RDF says something that is neither known to the ontology nor mapped.";
    InvalidJson, "invalid-json", Violation, "A line of JSON Lines is not a JSON object of plain values.";
    UnreadableSheet, "unreadable-sheet", Violation, "A spreadsheet or its sheet cannot be read.";
    UnreadFile, "unread-file", Info, "A file in the folder of the data set is no table, or a folder there is not read.";
    UnreadSheet, "unread-sheet", Info, "A sheet of a spreadsheet is left out: hidden, a chart, or without a known header.";
    OversizedTable, "oversized-table", Violation, "A table, or what a mapping makes of it, would take more memory or columns than it may.";
    MissingHeader, "missing-header", Violation, "A table has no header, or lacks a column that its kind needs.";
    DuplicateHeader, "duplicate-header", Violation, "Two columns of a table have the same header.";
    UnknownHeader, "unknown-header", Violation, "A column is neither known to the ontology nor mapped.";
    InvalidLanguage, "invalid-language", Violation, "A language tag is missing, malformed or out of place.";
    InvalidMapping, "invalid-mapping", Violation, "A mapping in dataset.toml does not fit its table.";
    InvalidTerm, "invalid-term", Violation, "A table of terms, or a file of the ontology, declares what cannot be used.";
    InvalidConfig, "invalid-config", Violation, "dataset.toml is not TOML, or a key of it is unknown, missing or wrong.";
    RowsLeftOut, "rows-left-out", Info, "A mapping leaves rows of its table out.";
    IncompleteTemplate, "incomplete-template", Info, "A template makes nothing of rows in which one of its cells is empty.";
    // link
    EmptyCell, "empty-cell", Violation, "A cell that must have a value is empty.";
    InvalidId, "invalid-id", Violation, "An id has characters that an id cannot have.";
    DuplicateId, "duplicate-id", Violation, "Two rows declare the same id.";
    UnknownClass, "unknown-class", Violation, "A class is not in the ontology.";
    UnknownProperty, "unknown-property", Violation, "A property of a statement is not in the ontology.";
    UnknownValue, "unknown-value", Violation, "A controlled value is not in the ontology.";
    UnknownReference, "unknown-reference", Violation, "A reference names no entity.";
    AmbiguousWord, "ambiguous-word", Violation, "A word is what several columns, classes, properties or values are called.";
    AmbiguousReference, "ambiguous-reference", Violation, "A reference names more than one entity.";
    CreatedEntity, "created-entity", Info, "An entity is made of a reference to nothing, as a mapping asks.";
    UnknownParagraph, "unknown-paragraph", Violation, "A source cites a paragraph that its document does not have.";
    InvalidSource, "invalid-source", Violation, "A source is not of the form document#paragraph, or cites no document.";
    InvalidDate, "invalid-date", Violation, "A date is not EDTF of level 0 or 1.";
    InvalidNumber, "invalid-number", Violation, "A number is not of the form that its property needs.";
    InvalidIri, "invalid-iri", Violation, "An address is not an absolute IRI.";
    SeveralLabels, "several-labels", Violation, "An entity has two labels in one language.";
    RepeatedStatement, "repeated-statement", Warning, "Two rows make the same statement.";
    ControlCharacter, "control-character", Warning, "A text has a control character, which some formats cannot hold.";
    InvalidRank, "invalid-rank", Violation, "A rank is not preferred, normal or deprecated.";
    // validate
    SubjectOutsideDomain, "subject-outside-domain", Violation, "A statement's subject is not in the domain of its property.";
    ObjectOutsideRange, "object-outside-range", Violation, "A statement's object is not in the range of its property.";
    EndBeforeStart, "end-before-start", Violation, "Something ends before it starts.";
    UndatedEvent, "undated-event", Violation, "An event has neither a date nor a status.";
    MissingLabel, "missing-label", Violation, "An entity has no label in a required language.";
    StatementWithoutSource, "statement-without-source", Violation, "A statement cites no source.";
    ContradictoryClaims, "contradictory-claims", Violation, "Two preferred claims contradict each other.";
    CyclicPart, "cyclic-part", Violation, "Something is a part of itself, over any number of steps.";
    IsolatedEntity, "isolated-entity", Warning, "No statement names an entity.";
    UnknownReport, "unknown-report", Violation, "dataset.toml names as its report what is no document.";
    UncitedParagraph, "uncited-paragraph", Warning, "No statement cites a paragraph, and it is not listed as stating no link.";
    SharedAcronym, "shared-acronym", Info, "Two entities have the same acronym.";
    // publish
    UnpublishableDataset, "unpublishable-dataset", Violation, "What a catalogue must know of a data set is not said.";
    IncompletePublication, "incomplete-publication", Warning, "What helps others to find or reuse the data set or its ontology is missing.";
    // questions
    InvalidQuestion, "invalid-question", Violation, "A question of the data set cannot be asked: its name, its head or its query is wrong.";
    UntitledQuestion, "untitled-question", Warning, "A question of the data set does not say in each required language what it asks.";
    UncitedAnswer, "uncited-answer", Warning, "The answer to a question of the data set does not say in which paragraphs it is stated.";
    UnansweredQuestion, "unanswered-question", Warning, "The data do not answer a question of their own with the values that it begins with.";
    ReplacedQuestion, "replaced-question", Info, "A question of the data set has the name of one that is part of the program, and stands in its place.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case_and_distinct() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        assert!(names.iter().all(|name| name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')));
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
    }

    #[test]
    fn descriptions_are_sentences() {
        assert!(Code::ALL.iter().all(|code| code.description().ends_with('.')));
    }
}
