//! Which [schema](https://followthemoney.tech/explorer/) of FollowTheMoney stands for a class and for a property.

use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, EntityId};
use crate::ontology::Known;

/// A schema that stands for entities.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Schema {
    Organization,
    PublicBody,
    Project,
    Event,
    Document,
    Territory,
    Address,
    Person,
    Position,
    Note,
}

/// The schemata of classes. The first class that an entity belongs to decides.
fn schemata(known: &Known) -> [(ClassId, Schema); 11] {
    [
        (known.intergovernmental_organization, Schema::PublicBody),
        (known.organization, Schema::Organization),
        (known.initiative, Schema::Project),
        (known.event, Schema::Event),
        (known.document, Schema::Document),
        (known.city, Schema::Address),
        (known.venue, Schema::Address),
        (known.place, Schema::Territory),
        (known.person, Schema::Person),
        (known.post, Schema::Position),
        (known.topic, Schema::Note),
    ]
}

impl Schema {
    /// Returns the schema of an entity; a note, where none is made for its class.
    pub(super) fn of(graph: &KnowledgeGraph, entity: EntityId) -> Self {
        let (ontology, class) = (graph.ontology(), graph.entity(entity).class);
        let mut schemata = schemata(ontology.known()).into_iter();
        schemata.find(|(wanted, _)| ontology.is_a(class, *wanted)).map_or(Self::Note, |(_, schema)| schema)
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Organization => "Organization",
            Self::PublicBody => "PublicBody",
            Self::Project => "Project",
            Self::Event => "Event",
            Self::Document => "Document",
            Self::Territory => "Territory",
            Self::Address => "Address",
            Self::Person => "Person",
            Self::Position => "Position",
            Self::Note => "Note",
        }
    }

    /// Tells whether it extends `Organization`.
    pub(super) fn is_organization(self) -> bool {
        matches!(self, Self::Organization | Self::PublicBody)
    }

    /// Tells whether it extends `LegalEntity`.
    pub(super) fn is_legal_entity(self) -> bool {
        self.is_organization() || self == Self::Person
    }

    /// Returns the property that means the same as a column, if there is one.
    pub(super) fn property(self, column: &str) -> Option<&'static str> {
        match (column, self) {
            ("label", _) => Some("name"),
            ("altLabel", _) => Some("alias"),
            ("acronym", _) if self.is_legal_entity() => Some("abbreviation"),
            ("acronym", _) => Some("weakAlias"),
            ("note", _) => Some("description"),
            ("homepage", _) if self.is_legal_entity() => Some("website"),
            ("homepage", _) => Some("sourceUrl"),
            ("sameAs", _) => Some("wikidataId"),
            ("startDate", Self::Organization | Self::PublicBody) => Some("incorporationDate"),
            ("startDate", Self::Position) => Some("inceptionDate"),
            ("endDate", Self::Organization | Self::PublicBody | Self::Position) => Some("dissolutionDate"),
            ("startDate", Self::Event | Self::Project) => Some("startDate"),
            ("endDate", Self::Event | Self::Project) => Some("endDate"),
            ("issued", Self::Document) => Some("publishedAt"),
            ("adoptedOn", Self::Document) => Some("date"),
            _ => None,
        }
    }

    /// Returns the properties, besides `name`, that tools use as a caption.
    pub(super) fn captions(self) -> &'static [&'static str] {
        match self {
            Self::Document => &["title", "fileName"],
            Self::Address => &["full"],
            Self::Note => &["description"],
            Self::Organization
            | Self::PublicBody
            | Self::Project
            | Self::Event
            | Self::Territory
            | Self::Person
            | Self::Position => &[],
        }
    }
}

/// A schema that stands for statements between two entities.
pub(super) struct Link {
    /// The statements' properties.
    properties: &'static [&'static str],
    pub(super) schema: &'static str,
    /// The property for the subject, and which schemata it may have.
    pub(super) subject: (&'static str, fn(Schema) -> bool),
    /// The property for the object, and which schemata it may have.
    pub(super) object: (&'static str, fn(Schema) -> bool),
    /// Whether it has a property `role`.
    pub(super) has_role: bool,
}

/// The schemata of properties. The first one whose two ends fit decides.
const LINKS: [Link; 7] = [
    Link {
        properties: &["memberOf"],
        schema: "Membership",
        subject: ("member", Schema::is_legal_entity),
        object: ("organization", Schema::is_organization),
        has_role: true,
    },
    Link {
        properties: &["chairs", "leads"],
        schema: "Directorship",
        subject: ("director", Schema::is_legal_entity),
        object: ("organization", Schema::is_organization),
        has_role: true,
    },
    Link {
        properties: &["holdsPost"],
        schema: "Occupancy",
        subject: ("holder", |schema| schema == Schema::Person),
        object: ("post", |schema| schema == Schema::Position),
        has_role: false,
    },
    Link {
        properties: &["represents"],
        schema: "Representation",
        subject: ("agent", Schema::is_legal_entity),
        object: ("client", Schema::is_legal_entity),
        has_role: true,
    },
    Link {
        properties: &["successorOf"],
        schema: "Succession",
        subject: ("successor", Schema::is_legal_entity),
        object: ("predecessor", Schema::is_legal_entity),
        has_role: true,
    },
    Link {
        properties: &[
            "chairs",
            "contributesTo",
            "convenes",
            "coordinates",
            "facilitates",
            "hosts",
            "implements",
            "leads",
            "memberOf",
            "organizes",
            "participatesIn",
        ],
        schema: "ProjectParticipant",
        subject: ("participant", Schema::is_legal_entity),
        object: ("project", |schema| schema == Schema::Project),
        has_role: true,
    },
    Link {
        properties: &["about", "governs", "highlights", "outcomeOf", "references"],
        schema: "Documentation",
        subject: ("document", |schema| schema == Schema::Document),
        object: ("entity", |_| true),
        has_role: true,
    },
];

const UNKNOWN: Link = Link {
    properties: &[],
    schema: "UnknownLink",
    subject: ("subject", |_| true),
    object: ("object", |_| true),
    has_role: true,
};

impl Link {
    /// Returns the schema for a property between two entities: one that its ends fit, else the one for all others.
    pub(super) fn of(property: &str, subject: Schema, object: Schema) -> &'static Self {
        let fits =
            |link: &&Self| link.properties.contains(&property) && (link.subject.1)(subject) && (link.object.1)(object);
        LINKS.iter().find(fits).unwrap_or(&UNKNOWN)
    }

    /// Returns the property for what is known under the name of a column, if it has one of the same meaning.
    pub(super) fn property(&self, column: &str) -> Option<&'static str> {
        match column {
            "label" | "role" if self.has_role => Some("role"),
            "status" => Some("status"),
            "start" => Some("startDate"),
            "end" => Some("endDate"),
            "sources" => Some("recordId"),
            "remark" => Some("summary"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;

    #[test]
    fn every_property_that_a_schema_stands_for_is_declared() {
        let ontology = Ontology::shipped().unwrap();
        let of_links = LINKS.iter().flat_map(|link| link.properties).copied();
        let of_entities = ["label", "altLabel", "acronym", "note", "homepage", "sameAs", "issued", "adoptedOn"];
        let of_statements = ["status", "start", "end", "remark", "role"];
        for name in of_links.chain(of_entities).chain(of_statements) {
            assert!(ontology.property_by_name(name).is_some(), "{name}");
        }
    }
}
