//! A file of [JSON](https://www.rfc-editor.org/rfc/rfc8259) that is one value: each object of an array in it is a row.
//!
//! The array is the whole value, or the only one of objects within it, as in `{"meta": …, "items": […]}`.

use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::budget::{Budget, TooMuch};
use super::json::{Kind, Object, plain_text, range};
use super::json_rows::{Rows, repeated_key};
use super::text::TextFile;
use crate::finding::{Code, Finding, Findings};

/// How many objects deep an array of objects is looked for.
const DEEPEST: usize = 8;
/// How many arrays are named if there are several.
const MOST_NAMED: usize = 5;

/// The objects of a file, each with its range. What is wrong is reported; items that are no objects are kept apart.
pub(super) fn rows<'a>(
    file: &'a TextFile,
    budget: &Budget,
    left_out: &mut Vec<Range<usize>>,
    findings: &mut Findings,
) -> Result<Rows<'a>, TooMuch> {
    let whole: &RawValue = match serde_json::from_str(file.text()) {
        Ok(whole) => whole,
        Err(error) => {
            left_out.push(0..file.text().len());
            findings.push(invalid(file, &error));
            return Ok(Vec::new());
        }
    };
    let Some(array) = array(whole, file, findings) else {
        left_out.push(0..file.text().len());
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    for item in items(array, budget)? {
        let place = range(item, file.text());
        let object = (Kind::of(item) == Kind::Object).then(|| Object::parse(item.get()).ok()).flatten();
        let Some(object) = object else {
            let message = "an item of the list is no object";
            findings.push_with(Code::InvalidJson, || {
                Finding::new(Code::InvalidJson, file.locate(place.clone()), message)
                    .help("write an object, with the headers as keys")
            });
            left_out.push(place);
            continue;
        };
        match repeated_key(&object) {
            None => {
                budget.charge(object.bytes())?;
                rows.push((place, object));
            }
            Some(key) => {
                let message = format!("the key {} appears twice", key.get());
                let finding = Finding::new(Code::InvalidJson, file.locate(range(key, file.text())), message);
                findings.push(finding.help("write several values as an array"));
                left_out.push(place);
            }
        }
    }
    Ok(rows)
}

/// The array whose items are rows; if it cannot be told which, that is reported.
fn array<'a>(whole: &'a RawValue, file: &TextFile, findings: &mut Findings) -> Option<&'a RawValue> {
    if Kind::of(whole) == Kind::Array {
        return Some(whole);
    }
    let mut found = Vec::new();
    look(whole, "", DEEPEST, &mut found);
    let (message, help) = match &found[..] {
        [(_, array)] => return Some(array),
        [] => (
            format!("{} has no list of objects", file.name()),
            "write the rows as a list of objects, with the headers as keys".to_owned(),
        ),
        several => {
            let names: Vec<_> = several.iter().take(MOST_NAMED).map(|(name, _)| format!("`{name}`")).collect();
            let more = if several.len() > MOST_NAMED { " and others" } else { "" };
            (
                format!("{} has several lists of objects: {}{more}", file.name(), names.join(", ")),
                "write each into a file of its own".to_owned(),
            )
        }
    };
    findings.push(Finding::new(Code::InvalidJson, file.locate(0..0), message).help(help));
    None
}

/// Looks for arrays of objects among the values of objects.
fn look<'a>(value: &'a RawValue, path: &str, depth: usize, found: &mut Vec<(String, &'a RawValue)>) {
    let Ok(object) = Object::parse(value.get()) else { return };
    for (key, value) in object.0 {
        let Ok(key) = plain_text(key) else { continue };
        let path = if path.is_empty() { key.into_owned() } else { format!("{path}.{key}") };
        match Kind::of(value) {
            Kind::Array if value.get()[1..].trim_ascii_start().starts_with('{') => found.push((path, value)),
            Kind::Object if depth > 1 => look(value, &path, depth - 1, found),
            Kind::Array | Kind::Object | Kind::Plain | Kind::Null => {}
        }
    }
}

/// The items of an array, each charged as it is found.
fn items<'a>(array: &'a RawValue, budget: &Budget) -> Result<Vec<&'a RawValue>, TooMuch> {
    let mut too_much = None;
    let seed = Items { budget, too_much: &mut too_much };
    let items = seed.deserialize(&mut serde_json::Deserializer::from_str(array.get()));
    match too_much {
        Some(too_much) => Err(too_much),
        // What was parsed as a whole is well-formed.
        None => Ok(items.unwrap_or_default()),
    }
}

struct Items<'b> {
    budget: &'b Budget,
    too_much: &'b mut Option<TooMuch>,
}

impl<'de> DeserializeSeed<'de> for Items<'_> {
    type Value = Vec<&'de RawValue>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Items<'_> {
    type Value = Vec<&'de RawValue>;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("an array")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = array.next_element()? {
            if let Err(too_much) = self.budget.charge(size_of::<&RawValue>()) {
                *self.too_much = Some(too_much);
                return Err(A::Error::custom("too much"));
            }
            items.push(item);
        }
        Ok(items)
    }
}

fn invalid(file: &TextFile, error: &serde_json::Error) -> Finding {
    let text = file.text();
    let before = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    // The column is the number of the last byte that was read, or 0 at the start.
    let mut at = (before + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let length = text[at..].chars().next().map_or(0, char::len_utf8);
    let message = error.to_string();
    let message = message.rsplit_once(" at line ").map_or(message.as_str(), |(message, _)| message);
    Finding::new(Code::InvalidJson, file.locate(at..at + length), message)
        .help("correct the file; nothing of it is read")
}

#[cfg(test)]
mod tests {
    use crate::ontology::Ontology;
    use crate::read::Source;
    use crate::tests::dataset;

    const CONFIG: &str =
        "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

    /// What is found wrong with a file of JSON that is mapped, with its line and column; and how many entities it has.
    fn read(text: &str) -> (usize, Vec<String>) {
        let config =
            format!("{CONFIG}[table.\"t.json\"]\nclass = \"Topic\"\ncolumns = {{ \"n.en\" = \"label@en\" }}\n");
        let folder = dataset(&[("dataset.toml", &config), ("t.json", text)]);
        let source = Source::Folder(folder.path().to_owned());
        let (graph, findings) = crate::open(&source, Ontology::shipped().unwrap()).unwrap();
        let of_json = findings.iter().filter(|finding| finding.code.name() == "invalid-json");
        let told = of_json.map(|finding| format!("{} {}", finding.location, finding.message));
        (graph.entities().len(), told.collect())
    }

    #[test]
    fn objects_of_the_only_list_are_rows_wherever_it_is() {
        let rows = "[{\"id\": \"a\", \"n\": {\"en\": \"A\"}},\n {\"id\": \"b\"}]";
        for text in [rows.to_owned(), format!("{{\"m\": [1, 2], \"in\": {{\"items\": {rows}}}, \"x\": null}}\n")] {
            assert_eq!(read(&text), (2, Vec::new()), "{text}");
        }
        assert_eq!(read("[]"), (0, Vec::new()));
    }

    #[test]
    fn what_is_wrong_is_told_at_its_place_and_the_rest_is_read() {
        let told = |text: &str| read(text).1.join("; ");
        assert_eq!(
            read("[{\"id\": \"a\"},\n 7,\n {\"id\": \"b\", \"id\": \"c\"}]"),
            (
                1,
                vec![
                    "t.json:2:2 an item of the list is no object".to_owned(),
                    "t.json:3:15 the key \"id\" appears twice".to_owned(),
                ]
            )
        );
        assert_eq!(told("[{\"id\": \"a\"},\n {\"id\": b}]"), "t.json:2:9 expected value");
        assert_eq!(told("{\"a\": [1]}"), "t.json:1:1 t.json has no list of objects");
        assert_eq!(
            told("{\"a\": [{}], \"b\": {\"c\": [{}]}}"),
            "t.json:1:1 t.json has several lists of objects: `a`, `b.c`"
        );
        assert_eq!(told("[{\"id\": \"a\"}] more"), "t.json:1:15 trailing characters");
    }
}
