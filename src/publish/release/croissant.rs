//! The record of the data set for machine learning: [Croissant 1.1](http://mlcommons.org/croissant/1.1), with the tables of
//! entities and statements as sets of records.

use serde_json::{Map, Value, json};

use super::about::About;
use super::pack::{Kind, Packed, Table};
use super::schema;

/// The columns that are told as fields: texts that every table of the kind has.
const FIELDS: [&str; 15] = [
    "id",
    "class",
    "iri",
    "label",
    "subject",
    "subjectLabel",
    "property",
    "object",
    "objectLabel",
    "value",
    "language",
    "rank",
    "sources",
    "document",
    "number",
];

/// Returns the record.
pub(super) fn record<'f>(about: &About<'_>, files: impl Iterator<Item = &'f Packed>) -> Value {
    let (mut distribution, mut sets) = (Vec::new(), Vec::new());
    for file in files {
        distribution.push(json!({
            "@type": "cr:FileObject",
            "@id": file.name,
            "name": file.name,
            "description": file.description(),
            "contentUrl": about.address(&file.name),
            "contentSize": format!("{} B", file.bytes),
            "encodingFormat": file.outer_type(),
            "sha256": file.sha256,
        }));
        if let Kind::Data { tables, format: crate::export::Format::Csv, .. } = &file.kind {
            for table in tables {
                distribution.push(json!({
                    "@type": "cr:FileObject",
                    "@id": table.file,
                    "name": table.file,
                    "contentUrl": table.file,
                    "containedIn": {"@id": file.name},
                    "encodingFormat": "text/csv",
                }));
                sets.push(records(table));
            }
        }
    }
    let mut record = schema::dataset(about);
    record["@context"] = context(about);
    record["@type"] = json!("sc:Dataset");
    record["@id"] = json!(about.base());
    record["conformsTo"] = json!("http://mlcommons.org/croissant/1.1");
    record["citeAs"] = json!(about.citation());
    record["isLiveDataset"] = json!(false);
    record["distribution"] = json!(distribution);
    record["recordSet"] = json!(sets);
    record
}

/// The rows of a table.
fn records(table: &Table) -> Value {
    let set = table.file.trim_end_matches(".csv");
    let known = table.columns.iter().filter(|column| FIELDS.contains(&column.as_str()));
    let fields: Vec<_> = known
        .map(|column| {
            json!({
                "@type": "cr:Field",
                "@id": format!("{set}/{column}"),
                "name": column,
                "dataType": "sc:Text",
                "source": {"fileObject": {"@id": table.file}, "extract": {"column": column}},
            })
        })
        .collect();
    let mut records = json!({"@type": "cr:RecordSet", "@id": set, "name": set, "field": fields});
    if table.columns.iter().any(|column| column == "id") {
        records["key"] = json!({"@id": format!("{set}/id")});
    }
    records
}

/// The terms of the [recommended context](http://mlcommons.org/croissant/1.1), by which readers know the format.
fn context(about: &About<'_>) -> Value {
    const OURS: [&str; 26] = [
        "citeAs",
        "column",
        "containedIn",
        "equivalentProperty",
        "extract",
        "field",
        "fileObject",
        "fileProperty",
        "fileSet",
        "format",
        "includes",
        "isLiveDataset",
        "jsonPath",
        "key",
        "md5",
        "parentField",
        "path",
        "recordSet",
        "references",
        "regex",
        "repeated",
        "replace",
        "samplingRate",
        "separator",
        "source",
        "subField",
    ];
    let mut context = Map::new();
    let mut put = |name: &str, value: Value| drop(context.insert(name.to_owned(), value));
    put("@language", json!(about.languages.first().map_or("en", |language| language.as_str())));
    put("@vocab", json!("https://schema.org/"));
    put("sc", json!("https://schema.org/"));
    put("cr", json!("http://mlcommons.org/croissant/"));
    put("rai", json!("http://mlcommons.org/croissant/RAI/"));
    put("transform", json!("cr:transform"));
    put("dct", json!("http://purl.org/dc/terms/"));
    put("conformsTo", json!("dct:conformsTo"));
    put("dataType", json!({"@id": "cr:dataType", "@type": "@vocab"}));
    put("data", json!({"@id": "cr:data", "@type": "@json"}));
    put("examples", json!({"@id": "cr:examples", "@type": "@json"}));
    for name in OURS {
        put(name, json!(format!("cr:{name}")));
    }
    Value::Object(context)
}
