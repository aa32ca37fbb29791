//! The terms that the program itself needs, looked up once when the ontology is loaded.
//!
//! Everything else in the ontology is data: the program treats all properties and classes alike. These few it knows by
//! name, because a rule, a picture or a feed depends on what they mean.

use hashbrown::HashMap;

use super::OntologyError;
use crate::model::{ClassId, PropertyId, Rank, ValueId};

/// The numbers of all terms by their local names.
pub(super) struct Names<'a> {
    pub(super) class: &'a HashMap<String, ClassId>,
    pub(super) property: &'a HashMap<String, PropertyId>,
    pub(super) value: &'a HashMap<String, ValueId>,
}

/// Declares [`Known`]: a field for each term, and how it is found.
macro_rules! known {
    ($($kind:ident $id:ident { $($field:ident $name:literal,)* })*) => {
        /// The terms that the program itself needs. An ontology without one of them is refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) struct Known {
            $($(
                #[doc = concat!("The ", stringify!($kind), " `", $name, "`.")]
                pub(crate) $field: $id,
            )*)*
        }

        impl Known {
            /// Looks the terms up.
            pub(super) fn among(names: &Names<'_>) -> Result<Self, OntologyError> {
                Ok(Self {
                    $($($field: *names.$kind.get($name).ok_or(OntologyError::Missing($name))?,)*)*
                })
            }
        }
    };
}

known! {
    class ClassId {
        city "City",
        document "Document",
        entity "Entity",
        event "Event",
        initiative "Initiative",
        intergovernmental_organization "IntergovernmentalOrganization",
        organization "Organization",
        person "Person",
        place "Place",
        post "Post",
        status "Status",
        topic "Topic",
        venue "Venue",
    }
    property PropertyId {
        acronym "acronym",
        alt_label "altLabel",
        count "count",
        edition_of "editionOf",
        end "end",
        end_date "endDate",
        event_status "eventStatus",
        heading "heading",
        held_in "heldIn",
        label "label",
        no_link "noLink",
        part_of "partOf",
        previous_end_date "previousEndDate",
        previous_start_date "previousStartDate",
        start "start",
        start_date "startDate",
        status_of_statement "status",
        unit "unit",
        works_with "worksWith",
    }
    value ValueId {
        cancelled "cancelled",
        deprecated "deprecated",
        normal "normal",
        planned "planned",
        postponed "postponed",
        preferred "preferred",
        proposed "proposed",
        rescheduled "rescheduled",
        scheduled "scheduled",
        under_consideration "underConsideration",
    }
}

impl Known {
    /// Returns the properties whose values name an entity.
    #[must_use]
    pub(crate) fn naming(&self) -> [PropertyId; 3] {
        [self.label, self.alt_label, self.acronym]
    }

    /// Tells whether a status is that of something that does not hold yet.
    #[must_use]
    pub(crate) fn is_planned(&self, status: ValueId) -> bool {
        [self.planned, self.proposed, self.scheduled, self.under_consideration].contains(&status)
    }

    /// Returns the controlled value of a rank.
    #[must_use]
    pub(crate) fn rank(&self, rank: Rank) -> ValueId {
        match rank {
            Rank::Preferred => self.preferred,
            Rank::Normal => self.normal,
            Rank::Deprecated => self.deprecated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ontology_without_a_term_that_the_program_needs_is_refused() {
        let (class, property, value) = (HashMap::new(), HashMap::new(), HashMap::new());
        let error = Known::among(&Names { class: &class, property: &property, value: &value }).unwrap_err();
        assert_eq!(error.to_string(), "the ontology has no term `City`, which the program needs");
    }
}
