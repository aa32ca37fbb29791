//! A file of [JSON](https://www.rfc-editor.org/rfc/rfc8259) that is one value: each object of a list in it is a row.
//!
//! The list is the whole value, or the one that the mapping names, or else the only list of objects within it, as in
//! `{"meta": …, "items": […]}`.

use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::budget::{Budget, TooMuch};
use super::json::{Kind, Object, plain_text, range};
use super::json_rows::{Rows, invalid, repeated, repeated_key};
use super::text::TextFile;
use super::{Context, toml_string};
use crate::finding::{Code, Finding, Findings};
use crate::ontology::nearest;

/// How many objects deep a list of objects is looked for.
const DEEPEST: usize = 8;
/// How many lists are named if there are several, and how many characters of each key.
const MOST_NAMED: usize = 5;
const MOST_LETTERS: usize = 60;

/// The objects of a file, each with its range. What is wrong is reported; items that are no objects are kept apart.
pub(super) fn rows<'a>(
    file: &'a TextFile,
    (context, budget): (&Context<'_>, &Budget),
    left_out: &mut Vec<Range<usize>>,
    findings: &mut Findings,
) -> Result<Rows<'a>, TooMuch> {
    let Some(array) = array(file, (context, budget), findings)? else {
        left_out.push(0..file.text().len());
        return Ok(Vec::new());
    };
    let mut rows = Vec::new();
    let items = items(array, budget)?;
    for item in &items {
        let place = range(item, file.text());
        let object = (Kind::of(item) == Kind::Object).then(|| Object::parse(item.get()).ok()).flatten();
        let Some(object) = object else {
            findings.push_with(Code::InvalidJson, || {
                Finding::new(Code::InvalidJson, file.locate(place.clone()), "an item of the list is no object")
                    .help("write an object, with the headers as keys")
            });
            left_out.push(place);
            continue;
        };
        if let Some(key) = repeated_key(&object) {
            findings.push_with(Code::InvalidJson, || repeated(file, key));
            left_out.push(place);
            continue;
        }
        budget.charge(object.bytes())?;
        rows.push((place, object));
    }
    budget.refund(items.capacity() * ITEM);
    Ok(rows)
}

/// The list whose items are rows; if it cannot be told which, that is reported.
fn array<'a>(
    file: &'a TextFile,
    (context, budget): (&Context<'_>, &Budget),
    findings: &mut Findings,
) -> Result<Option<&'a RawValue>, TooMuch> {
    let whole: &RawValue = match serde_json::from_str(file.text()) {
        Ok(whole) => whole,
        Err(error) => {
            findings.push(ill_formed(file, &error));
            return Ok(None);
        }
    };
    let mut lists = Lists { budget, found: Vec::new(), empty: None, path: Vec::new() };
    if Kind::of(whole) == Kind::Object {
        lists.look(whole)?;
    }
    if let Some(chosen) = context.mapping.and_then(|mapping| mapping.rows.as_ref()) {
        let list = at(whole, chosen.get_ref());
        if list.is_none() {
            let message = format!("{} has no list `{}`", file.name(), chosen.get_ref());
            let finding = Finding::new(Code::InvalidMapping, context.config.locate(chosen.span()), message);
            let names = lists.found.iter().map(|(name, _)| name.as_str());
            findings.push(match nearest(chosen.get_ref(), names, 1).first() {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("write the keys that lead to it, with dots between them"),
            });
        }
        return Ok(list);
    }
    if Kind::of(whole) == Kind::Array {
        return Ok(Some(whole));
    }
    let (message, help) = match (&lists.found[..], lists.empty) {
        ([(_, list)], _) => return Ok(Some(list)),
        ([], Some(empty)) => return Ok(Some(empty)),
        ([], None) => (
            format!("{} has no list of objects", file.name()),
            "write the rows as a list of objects, with the headers as keys".to_owned(),
        ),
        (several @ [(first, _), ..], _) => {
            let names: Vec<_> = several.iter().take(MOST_NAMED).map(|(name, _)| format!("`{name}`")).collect();
            let more = if several.len() > MOST_NAMED { " and others" } else { "" };
            (
                format!("{} has several lists of objects: {}{more}", file.name(), names.join(", ")),
                format!("say in the mapping which it is, as in rows = {}", toml_string(first)),
            )
        }
    };
    findings.push(Finding::new(Code::InvalidJson, file.locate(0..0), message).help(help));
    Ok(None)
}

/// The list that keys with dots between them lead to.
fn at<'a>(whole: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    let mut value = whole;
    for key in path.split('.') {
        value = Object::parse(value.get()).ok()?.get(key)?;
    }
    (Kind::of(value) == Kind::Array).then_some(value)
}

/// The lists of objects within objects, as far as they are named.
struct Lists<'a, 'b> {
    budget: &'b Budget,
    found: Vec<(String, &'a RawValue)>,
    /// The first list without items.
    empty: Option<&'a RawValue>,
    /// The keys that lead to where it is looked.
    path: Vec<&'a RawValue>,
}

impl<'a> Lists<'a, '_> {
    fn look(&mut self, value: &'a RawValue) -> Result<(), TooMuch> {
        let Ok(object) = Object::parse(value.get()) else { return Ok(()) };
        let bytes = object.bytes();
        self.budget.charge(bytes)?;
        for (key, value) in object.0 {
            if self.found.len() > MOST_NAMED {
                break;
            }
            self.path.push(key);
            match Kind::of(value) {
                Kind::Array => match begins(value) {
                    Some('{') => self.found.push((self.name(), value)),
                    None => self.empty = self.empty.or(Some(value)),
                    Some(_) => {}
                },
                Kind::Object if self.path.len() < DEEPEST => self.look(value)?,
                Kind::Object | Kind::Plain | Kind::Null => {}
            }
            self.path.pop();
        }
        self.budget.refund(bytes);
        Ok(())
    }

    fn name(&self) -> String {
        let short = |key: &&RawValue| plain_text(key).map(|key| key.chars().take(MOST_LETTERS).collect::<String>());
        self.path.iter().filter_map(|key| short(key).ok()).collect::<Vec<_>>().join(".")
    }
}

/// The first character of the first item of an array that is not `null`; nothing if it has no item.
fn begins(array: &RawValue) -> Option<char> {
    let mut rest = array.get()[1..].trim_ascii_start();
    while let Some(more) = rest.strip_prefix("null") {
        rest = more.trim_ascii_start().trim_start_matches(',').trim_ascii_start();
    }
    rest.chars().next().filter(|&first| first != ']')
}

/// What an item of an array takes while it is looked at.
const ITEM: usize = size_of::<&RawValue>();

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
        let (mut items, mut charged) = (Vec::new(), 0);
        while let Some(item) = array.next_element()? {
            items.push(item);
            if items.capacity() > charged {
                if let Err(too_much) = self.budget.charge((items.capacity() - charged) * ITEM) {
                    *self.too_much = Some(too_much);
                    return Err(A::Error::custom("too much"));
                }
                charged = items.capacity();
            }
        }
        Ok(items)
    }
}

/// The finding of a file that is not JSON, which is left out as a whole.
fn ill_formed(file: &TextFile, error: &serde_json::Error) -> Finding {
    let text = file.text();
    let before = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum::<usize>();
    let at = before + error.column().saturating_sub(1);
    // What comes behind a whole value may be the next line.
    let is_next = error.to_string().starts_with("trailing") && text.get(at..).is_some_and(|rest| rest.starts_with('{'));
    let help = if is_next {
        "call it .jsonl, if it has an object a line; nothing of it is read"
    } else {
        "correct the file; nothing of it is read"
    };
    invalid(file, at, error, help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ontology::Ontology;
    use crate::read::Source;
    use crate::tests::dataset;

    const CONFIG: &str =
        "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n";

    /// What is found wrong with a file of JSON that is mapped, with its line and column; and how many entities it has.
    fn read(text: &str) -> (usize, Vec<String>) {
        chosen("", text)
    }

    /// The same with another key of the mapping.
    fn chosen(key: &str, text: &str) -> (usize, Vec<String>) {
        let config =
            format!("{CONFIG}[table.\"t.json\"]\nclass = \"Topic\"\n{key}\ncolumns = {{ \"n.en\" = \"label@en\" }}\n");
        let folder = dataset(&[("dataset.toml", &config), ("t.json", text)]);
        let source = Source::Folder(folder.path().to_owned());
        let (graph, findings) = crate::open(&source, Ontology::shipped().unwrap()).unwrap();
        let is_of_lists = |finding: &&Finding| finding.code == Code::InvalidJson || finding.message.contains("no list");
        let of_json = findings.iter().filter(is_of_lists);
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

    #[test]
    fn a_mapping_says_which_of_several_lists_has_the_rows() {
        let text = "{\"items\": [null, {\"id\": \"a\"}], \"in\": {\"links\": [{\"id\": \"b\"}, {\"id\": \"c\"}]}}";
        assert_eq!(chosen("rows = \"in.links\"", text), (2, Vec::new()));
        assert_eq!(chosen("rows = \"items\"", text).0, 1);
        assert_eq!(
            chosen("rows = \"in.link\"", text),
            (0, vec!["dataset.toml:7:8 t.json has no list `in.link`".to_owned()])
        );
        assert_eq!(read("{\"items\": [], \"n\": 0}"), (0, Vec::new()));
    }

    #[test]
    fn names_of_many_lists_take_little_memory() {
        let lists: Vec<String> = (0..4000).map(|number| format!("\"a{number}\": [{{}}]")).collect();
        let text = format!("{{\"{}\": {{{}}}}}", "k".repeat(50_000), lists.join(", "));
        let told = read(&text).1;
        assert!(told.len() == 1 && told[0].len() < 1000 && told[0].ends_with("and others"), "{told:?}");
    }
}
