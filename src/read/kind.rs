//! Kinds of tables: what their rows are, and which columns they have.

use crate::ontology::{Column, Ontology, PropertyKind};

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TableKind {
    /// Entities: a row has an id and a class.
    Entities,
    /// Statements: a row has a subject, a property and an object.
    Statements,
    /// Paragraphs: a row has a document and a number.
    Paragraphs,
}

/// A column that tables of a kind must have.
pub(super) struct Need {
    pub(super) column: Column,
    pub(super) header: &'static str,
    /// What to do if it is missing.
    pub(super) help: &'static str,
}

const fn need(column: Column, header: &'static str) -> Need {
    Need { column, header, help: "add it, or map another column to it in dataset.toml" }
}

impl TableKind {
    /// Tells by its columns what a table is; if it lacks some of those that tell, what it is most likely meant to be.
    pub(super) fn of(has: impl Fn(Column) -> bool) -> Self {
        let statement = [Column::Subject, Column::Property, Column::Object].map(&has);
        if statement == [true; 3] {
            Self::Statements
        } else if has(Column::Id) {
            Self::Entities
        } else if statement.contains(&true) {
            Self::Statements
        } else if has(Column::Document) || has(Column::Number) {
            Self::Paragraphs
        } else {
            Self::Entities
        }
    }

    /// What the rows are called.
    pub(super) fn rows(self) -> &'static str {
        match self {
            Self::Entities => "entities",
            Self::Statements => "statements",
            Self::Paragraphs => "paragraphs",
        }
    }

    /// The columns without which a table is of no use.
    pub(super) fn needs(self) -> &'static [Need] {
        const ENTITIES: &[Need] = &[
            Need {
                column: Column::Id,
                header: "id",
                help: "add it, or have ids made from other columns in dataset.toml: id = \"{…}\"",
            },
            Need {
                column: Column::Class,
                header: "class",
                help: "add it, or give all rows one class in dataset.toml: class = \"…\"",
            },
        ];
        const STATEMENTS: &[Need] =
            &[need(Column::Subject, "subject"), need(Column::Property, "property"), need(Column::Object, "object")];
        const PARAGRAPHS: &[Need] = &[need(Column::Document, "document"), need(Column::Number, "number")];
        match self {
            Self::Entities => ENTITIES,
            Self::Statements => STATEMENTS,
            Self::Paragraphs => PARAGRAPHS,
        }
    }

    /// If such a table cannot have that column, returns what to do about it.
    pub(super) fn refuses(self, column: Column, ontology: &Ontology) -> Option<&'static str> {
        const ENTITIES: &str = "a table of entities has the columns id, class, source and properties";
        const STATEMENTS: &str =
            "a table of statements has the columns subject, property, object, rank, source and qualifiers";
        const PARAGRAPHS: &str = "a table of paragraphs has the columns document, number, heading and noLink";
        const OF_A_STATEMENT: &str =
            "it says something of a statement: a table of those has the columns subject, property and object";
        const A_PROPERTY: &str = "write its name into the column `property` and its value into `object`";

        if let Column::Term(property, _) = column {
            return match (self, ontology.property(property).kind) {
                (Self::Entities, PropertyKind::Claim | PropertyKind::Annotation)
                | (Self::Statements, PropertyKind::Qualifier)
                | (Self::Paragraphs, PropertyKind::Annotation) => None,
                (Self::Entities, PropertyKind::Qualifier) => Some(OF_A_STATEMENT),
                (Self::Entities, PropertyKind::Computed) => Some(ENTITIES),
                (Self::Statements, PropertyKind::Claim | PropertyKind::Annotation | PropertyKind::Computed) => {
                    Some(A_PROPERTY)
                }
                (Self::Paragraphs, PropertyKind::Claim | PropertyKind::Qualifier | PropertyKind::Computed) => {
                    Some(PARAGRAPHS)
                }
            };
        }
        let (is_taken, otherwise) = match self {
            Self::Entities if column == Column::Rank => (false, OF_A_STATEMENT),
            Self::Entities => (matches!(column, Column::Id | Column::Class | Column::Source), ENTITIES),
            Self::Statements => {
                let is_taken = matches!(
                    column,
                    Column::Subject | Column::Property | Column::Object | Column::Rank | Column::Source
                );
                (is_taken, STATEMENTS)
            }
            Self::Paragraphs => (matches!(column, Column::Document | Column::Number), PARAGRAPHS),
        };
        (!is_taken).then_some(otherwise)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(columns: &[Column]) -> TableKind {
        TableKind::of(|column| columns.contains(&column))
    }

    #[test]
    fn the_columns_tell_the_kind() {
        use Column::{Class, Document, Id, Number, Object, Property, Source, Subject};
        assert_eq!(kind(&[Subject, Property, Object, Source]), TableKind::Statements);
        assert_eq!(kind(&[Document, Number]), TableKind::Paragraphs);
        assert_eq!(kind(&[Id, Class, Number]), TableKind::Entities);
        assert_eq!(kind(&[]), TableKind::Entities);
    }

    #[test]
    fn a_table_of_statements_that_lacks_a_column_is_still_one() {
        assert_eq!(kind(&[Column::Subject, Column::Object]), TableKind::Statements);
    }
}
