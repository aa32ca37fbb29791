//! The tools: their names, what they say of themselves, what they take and what they answer.

use std::sync::Arc;

use rmcp::model::{Tool as Declared, ToolAnnotations};
use serde_json::{Map, Value, json};

use super::look::{LONGEST, MOST_PATHS};
use super::part::MOST;
use super::picture::MOST_STEPS;
use super::schema;
use crate::graph::PathOptions;

/// A tool.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tool {
    Search,
    Describe,
    Paragraph,
    Paths,
    Questions,
    Ask,
    Draw,
    Query,
}

/// All that is known of a tool.
struct Facts {
    name: &'static str,
    title: &'static str,
    description: &'static str,
    required: &'static [&'static str],
    takes: Value,
    answers: Value,
}

impl Tool {
    /// All tools.
    pub(super) const ALL: [Self; 8] = [
        Self::Search,
        Self::Describe,
        Self::Paragraph,
        Self::Paths,
        Self::Questions,
        Self::Ask,
        Self::Draw,
        Self::Query,
    ];

    pub(super) fn name(self) -> &'static str {
        self.facts().name
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tool| tool.name() == name)
    }

    /// Returns the tool as it is declared to clients. None writes anything, or reaches beyond the graph.
    pub(super) fn declared(self) -> Declared {
        let facts = self.facts();
        let object = |schema: Value| match schema {
            Value::Object(schema) => Arc::new(schema),
            _ => Arc::new(Map::new()),
        };
        let mut takes = facts.takes;
        takes["language"] = json!({"type": "string", "description": "the language of names, such as en or ar"});
        if !matches!(self, Self::Paths) {
            takes["limit"] =
                json!({"type": "integer", "minimum": 1, "maximum": MOST, "description": "how much is told at once"});
            takes["cursor"] =
                json!({"type": "string", "description": "next_cursor of the answer that is gone on with"});
        }
        let input = json!({
            "type": "object", "properties": takes, "required": facts.required, "additionalProperties": false,
        });
        let annotations = ToolAnnotations::new().read_only(true).destructive(false).idempotent(true).open_world(false);
        Declared::new(facts.name, facts.description, object(input))
            .with_title(facts.title)
            .with_raw_output_schema(object(schema::answer(facts.answers)))
            .with_annotations(annotations)
    }

    fn facts(self) -> Facts {
        match self {
            Self::Search => search(),
            Self::Describe => describe(),
            Self::Paragraph => paragraph(),
            Self::Paths => paths(),
            Self::Questions => questions(),
            Self::Ask => ask(),
            Self::Draw => draw(),
            Self::Query => query(),
        }
    }
}

fn text(description: &str) -> Value {
    json!({"type": "string", "description": description})
}

const NAME: &str = "an id, a label, an acronym or an IRI, in any language";

fn search() -> Facts {
    Facts {
        name: "search",
        title: "Search",
        description: "Finds entities (organizations, initiatives, events, documents, persons, places, topics) by a part of a \
            name in any language, best first.",
        required: &["text"],
        takes: json!({
            "text": text("a part of a name"),
            "class": text("only entities of this class, such as Organization, Event or Document"),
        }),
        answers: json!({
            "entities": schema::list(&schema::entity_with(&json!({"matched": schema::text()}))),
            "near": schema::list(&schema::text()),
        }),
    }
}

fn describe() -> Facts {
    Facts {
        name: "describe",
        title: "Describe an entity",
        description: "Tells what is known of an entity: its names, an overview, and the statements about it and of others \
            that name it, each with the paragraphs that state it.",
        required: &["entity"],
        takes: json!({
            "entity": text(NAME),
            "property": text("only statements of this property, by its name or label, such as leads"),
        }),
        answers: schema::description(),
    }
}

fn paragraph() -> Facts {
    Facts {
        name: "paragraph",
        title: "Read a paragraph's statements",
        description: "Tells what a paragraph of a document states.",
        required: &["paragraph"],
        takes: json!({"paragraph": text("as in citations: c24#2.10; the number alone if one document has it; or its IRI")}),
        answers: schema::paragraph(),
    }
}

fn paths() -> Facts {
    let most = format!("how many paths; {} unless given", PathOptions::default().most);
    let longest = format!("the most hops; {LONGEST} unless given");
    Facts {
        name: "paths",
        title: "Find paths between two entities",
        description: "Tells how two entities are connected: the shortest paths, hop by hop, with the statements of each hop \
            and the paragraphs that state them. No path is an answer too.",
        required: &["from", "to"],
        takes: json!({
            "from": text(NAME),
            "to": text(NAME),
            "most": {"type": "integer", "minimum": 1, "maximum": MOST_PATHS, "description": most},
            "longest": {"type": "integer", "minimum": 1, "maximum": LONGEST, "description": longest},
            "directed": {"type": "boolean", "description": "whether hops lead from subject to object only"},
        }),
        answers: schema::paths(),
    }
}

fn questions() -> Facts {
    Facts {
        name: "questions",
        title: "List questions",
        description: "Lists the questions that `ask` answers, each with its parameters and a value of each to begin with.",
        required: &[],
        takes: json!({"about": text("only questions with this word in them, in English or Arabic")}),
        answers: schema::questions(),
    }
}

fn ask() -> Facts {
    Facts {
        name: "ask",
        title: "Ask a question",
        description: "Answers a question of `questions`. Each row has the paragraphs that state it.",
        required: &["question"],
        takes: json!({
            "question": text("its name, such as initiatives-led-by-an-organization"),
            "values": {
                "type": "object",
                "description": "values of its parameters by their names, entities by any of theirs: {\"organization\": \"ITU\"}",
                "additionalProperties": {"type": ["string", "number"]},
            },
        }),
        answers: schema::asked(),
    }
}

fn draw() -> Facts {
    Facts {
        name: "draw",
        title: "Draw a picture",
        description: "Draws a part of the graph as SVG for the person who asks, and tells the statements that it shows. Give \
            one of: around, section, or from and to.",
        required: &[],
        takes: json!({
            "around": text("the entity in the middle"),
            "steps": {"type": "integer", "minimum": 1, "maximum": MOST_STEPS, "description": "how far around it; 1 unless given"},
            "section": text("what a section of a report states: its number, such as 2, or res140#2"),
            "from": text("where paths begin"),
            "to": text("where they lead"),
            "classes": {"type": "array", "items": {"type": "string"}, "description": "only entities of these classes"},
            "as_of": text("only what may hold on this date"),
            "events": {"type": "boolean", "description": "the events along a time axis, instead of a network"},
        }),
        answers: schema::drawn(),
    }
}

fn query() -> Facts {
    Facts {
        name: "query",
        title: "Query in SPARQL",
        description: "Asks the graph in SPARQL 1.1, read-only, within limits of time, memory and rows. The prefixes rap, rdf, \
            rdfs, prov, dcterms and that of the data set are known. A statement is a node with rdf:subject, rdf:predicate, \
            rdf:object and prov:hadPrimarySource, which leads to its paragraphs: select these too, so that the answer can be \
            cited: SELECT ?name ?paragraph WHERE { ?s rdf:subject ?who ; rdf:predicate rap:leads ; rdf:object ?what ; \
            prov:hadPrimarySource ?paragraph . ?what rdfs:label ?name }",
        required: &["query"],
        takes: json!({"query": text("SELECT, ASK, CONSTRUCT or DESCRIBE")}),
        answers: schema::queried(),
    }
}
