//! What tools answer, as [JSON Schema](https://json-schema.org/draft/2020-12).

use serde_json::{Value, json};

/// Returns the schema of an answer with these members, and those that every answer may have.
pub(super) fn answer(mut members: Value) -> Value {
    members["total"] = json!({"type": "integer", "description": "how many there are in all"});
    members["next_cursor"] = json!({"type": "string", "description": "where the next part begins, if there is one"});
    members["documents"] = json!({
        "type": "object",
        "description": "the titles of the documents that are cited, by their ids",
        "additionalProperties": {"type": "string"},
    });
    json!({"type": "object", "properties": members, "additionalProperties": false, "$defs": definitions()})
}

pub(super) fn text() -> Value {
    json!({"type": "string"})
}

pub(super) fn list(items: &Value) -> Value {
    json!({"type": "array", "items": items})
}

fn reference(to: &str) -> Value {
    json!({"$ref": format!("#/$defs/{to}")})
}

fn object(members: &Value, required: &[&str]) -> Value {
    json!({"type": "object", "properties": members, "required": required, "additionalProperties": false})
}

/// An entity with more members than it usually has.
pub(super) fn entity_with(more: &Value) -> Value {
    let mut members = json!({"id": text(), "iri": text(), "name": text(), "acronym": text(), "class": text()});
    for (name, schema) in more.as_object().into_iter().flatten() {
        members[name] = schema.clone();
    }
    object(&members, &["id", "iri", "name"])
}

fn definitions() -> Value {
    let property = object(&json!({"name": text(), "label": text()}), &["name", "label"]);
    let said = object(&json!({"property": text(), "value": text()}), &["value"]);
    let value = object(&json!({"value": text()}), &["value"]);
    let citation = json!({"cite": text(), "document": text(), "paragraph": text(), "iri": text()});
    let statement = json!({
        "iri": text(),
        "subject": reference("entity"),
        "property": property,
        "object": {"anyOf": [reference("entity"), value]},
        "said_of_it": list(&said),
        "rank": text(),
        "citations": list(&reference("citation")),
    });
    json!({
        "entity": entity_with(&json!({})),
        "citation": object(&citation, &["cite", "document", "iri"]),
        "statement": object(&statement, &["iri", "subject", "property", "object", "citations"]),
    })
}

fn statements() -> Value {
    list(&reference("statement"))
}

fn citations() -> Value {
    list(&reference("citation"))
}

fn count() -> Value {
    json!({"type": "integer"})
}

pub(super) fn description() -> Value {
    let name = object(&json!({"property": text(), "text": text(), "language": text()}), &["property", "text"]);
    let group =
        object(&json!({"property": text(), "label": text(), "total": count()}), &["property", "label", "total"]);
    json!({
        "entity": reference("entity"),
        "names": list(&name),
        "named_in": citations(),
        "overview": list(&group),
        "statements": statements(),
    })
}

pub(super) fn paragraph() -> Value {
    json!({
        "paragraph": reference("citation"),
        "heading": text(),
        "no_link": {"type": "string", "description": "why it states no link"},
        "statements": statements(),
    })
}

pub(super) fn paths() -> Value {
    let hop = json!({"to": reference("entity"), "total": count(), "statements": statements()});
    let path = object(&json!({"hops": list(&object(&hop, &["to", "total", "statements"]))}), &["hops"]);
    json!({
        "from": reference("entity"),
        "to": reference("entity"),
        "paths": list(&path),
        "is_complete": {"type": "boolean", "description": "false where there are more paths than can be followed"},
    })
}

pub(super) fn questions() -> Value {
    let parameter = object(&json!({"name": text(), "takes": text(), "value": text()}), &["name", "takes", "value"]);
    let question = json!({"name": text(), "asks": text(), "description": text(), "parameters": list(&parameter)});
    json!({"questions": list(&object(&question, &["name", "asks", "parameters"]))})
}

pub(super) fn asked() -> Value {
    let cells = json!({"type": "object", "additionalProperties": {"type": "string"}});
    let row = json!({"cells": cells, "sentence": text(), "citations": citations()});
    let row = object(&row, &["cells", "citations"]);
    json!({"question": text(), "asks": text(), "columns": list(&text()), "rows": list(&row)})
}

pub(super) fn drawn() -> Value {
    json!({"title": text(), "description": text(), "entities": count(), "statements": statements()})
}

pub(super) fn queried() -> Value {
    json!({
        "boolean": {"type": "boolean", "description": "the answer of ASK"},
        "columns": list(&text()),
        "rows": list(&json!({"type": "object"})),
        "triples": {"type": "array", "items": text(), "description": "the answer of CONSTRUCT and DESCRIBE, as N-Triples"},
        "citations": {"type": "array", "items": reference("citation"), "description": "the paragraphs in this part"},
        "uncited": {
            "type": "array", "items": count(), "description": "the rows of this part that name no paragraph, counted from 1",
        },
        "note": {"type": "string", "description": "how to look up what states what names no paragraph"},
    })
}
