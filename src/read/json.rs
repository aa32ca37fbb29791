//! JSON values that know where they are in the text of their file.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use std::ops::Range;
use std::rc::Rc;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::json_path::Step;

/// An object as it is written: keys in their order.
pub(super) struct Object<'a>(pub(super) Vec<(&'a RawValue, &'a RawValue)>);

/// What a path leads to.
#[derive(Default)]
pub(super) struct Found<'a> {
    /// The plain values, in the order of the text.
    pub(super) values: Vec<&'a RawValue>,
    /// Whether the values stand in an array.
    pub(super) listed: bool,
    /// The first value that is not plain, or that the path cannot enter.
    pub(super) nested: Option<&'a RawValue>,
}

/// What kind of value it is, by its first byte.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Null,
    Plain,
    Array,
    Object,
}

impl Kind {
    /// Returns the kind of a value.
    pub(super) fn of(value: &RawValue) -> Self {
        match value.get().as_bytes().first() {
            Some(b'n') => Self::Null,
            Some(b'[') => Self::Array,
            Some(b'{') => Self::Object,
            _ => Self::Plain,
        }
    }
}

impl<'a> Object<'a> {
    /// Parses an object. Values inside it are checked, but not decoded.
    pub(super) fn parse(text: &'a str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(text)
    }

    /// How many bytes of memory its keys take, about.
    pub(super) fn bytes(&self) -> usize {
        64 + self.0.capacity() * size_of::<(&RawValue, &RawValue)>()
    }

    /// Returns the value of a key. O(keys).
    pub(super) fn get(&self, key: &str) -> Option<&'a RawValue> {
        self.0.iter().find(|(name, _)| plain_text(name).is_ok_and(|name| name == key)).map(|(_, value)| *value)
    }
}

/// The objects of a line, looked up by many paths: each large one is parsed once and its keys put in order.
#[derive(Default)]
pub(super) struct Objects<'a> {
    /// By where the text of its first key is.
    keys: BTreeMap<usize, BTreeMap<Cow<'a, str>, &'a RawValue>>,
    /// By where its text is.
    parsed: BTreeMap<usize, Rc<Object<'a>>>,
    /// The values of arrays, by where the array is.
    arrays: BTreeMap<usize, Rc<[&'a RawValue]>>,
}

impl<'a> Objects<'a> {
    /// Objects with fewer keys are looked through.
    const FEW: usize = 16;
    /// Objects and arrays with shorter texts are parsed anew.
    const SHORT: usize = 1 << 9;

    fn get(&mut self, object: &Object<'a>, key: &str) -> Option<&'a RawValue> {
        let Some((first, _)) = object.0.first().filter(|_| object.0.len() > Self::FEW) else { return object.get(key) };
        let keys = self.keys.entry(first.get().as_ptr().addr()).or_insert_with(|| {
            let mut keys = BTreeMap::new();
            for (name, value) in &object.0 {
                if let Ok(name) = plain_text(name) {
                    keys.entry(name).or_insert(*value);
                }
            }
            keys
        });
        keys.get(key).copied()
    }

    fn parse(&mut self, value: &'a RawValue) -> Option<Rc<Object<'a>>> {
        let parse = || Object::parse(value.get()).ok().map(Rc::new);
        if value.get().len() < Self::SHORT {
            return parse();
        }
        match self.parsed.entry(value.get().as_ptr().addr()) {
            Entry::Occupied(known) => Some(Rc::clone(known.get())),
            Entry::Vacant(free) => Some(Rc::clone(free.insert(parse()?))),
        }
    }

    fn array(&mut self, value: &'a RawValue) -> Rc<[&'a RawValue]> {
        let parse = || serde_json::from_str::<Vec<&'a RawValue>>(value.get()).unwrap_or_default().into();
        if value.get().len() < Self::SHORT {
            return parse();
        }
        Rc::clone(self.arrays.entry(value.get().as_ptr().addr()).or_insert_with(parse))
    }
}

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object<'de>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }

        deserializer.deserialize_map(Entries)
    }
}

impl<'a> Found<'a> {
    /// Follows a path from an object. Arrays on the way are walked, but not arrays in arrays: so the depth is limited by
    /// the path, whatever the text.
    pub(super) fn along(path: &[Step], object: &Object<'a>, objects: &mut Objects<'a>) -> Self {
        let mut found = Self::default();
        found.step(path, object, objects);
        found
    }

    fn step(&mut self, path: &[Step], object: &Object<'a>, objects: &mut Objects<'a>) {
        if let Some((step, rest)) = path.split_first()
            && let Some(value) = objects.get(object, &step.key)
        {
            self.follow((&step.filters, rest), value, false, objects);
        }
    }

    fn follow(
        &mut self,
        (filters, path): (&[(String, String)], &[Step]),
        value: &'a RawValue,
        in_array: bool,
        objects: &mut Objects<'a>,
    ) {
        match (Kind::of(value), path) {
            (Kind::Null, _) => {}
            (Kind::Plain, []) if filters.is_empty() => self.values.push(value),
            (Kind::Array, _) if !in_array => {
                self.listed = true;
                for value in objects.array(value).iter() {
                    self.follow((filters, path), value, true, objects);
                }
            }
            (Kind::Object, [_, ..]) => {
                if let Some(object) = objects.parse(value)
                    && filters.iter().all(|(key, wanted)| has(&object, key, wanted))
                {
                    self.step(path, &object, objects);
                }
            }
            (Kind::Plain | Kind::Array, _) | (Kind::Object, []) => {
                self.nested.get_or_insert(value);
            }
        }
    }
}

/// Tells whether an object has a value: as the text of a key, or in its array. The empty text stands for none.
pub(super) fn has(object: &Object<'_>, key: &str, wanted: &str) -> bool {
    let is_wanted = |value: &RawValue| plain_text(value).is_ok_and(|text| text == wanted);
    let Some(value) = object.get(key) else { return wanted.is_empty() };
    match Kind::of(value) {
        Kind::Null => wanted.is_empty(),
        Kind::Plain => is_wanted(value),
        Kind::Array => {
            serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default().into_iter().any(is_wanted)
        }
        Kind::Object => false,
    }
}

/// Returns the object that a value is, or those of its array.
pub(super) fn objects(value: &RawValue) -> Vec<Object<'_>> {
    let values = match Kind::of(value) {
        Kind::Object => vec![value],
        Kind::Array => serde_json::from_str(value.get()).unwrap_or_default(),
        Kind::Null | Kind::Plain => Vec::new(),
    };
    values.into_iter().filter_map(|value| Object::parse(value.get()).ok()).collect()
}

/// Returns the text of a plain value: a string decoded, a number or truth value as written.
pub(super) fn plain_text(value: &RawValue) -> Result<Cow<'_, str>, serde_json::Error> {
    let text = value.get();
    match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(inside) if inside.contains('\\') => serde_json::from_str(text).map(Cow::Owned),
        Some(inside) => Ok(Cow::Borrowed(inside)),
        None => Ok(Cow::Borrowed(text)),
    }
}

/// Returns the range of a value in the text that it was parsed from; of a string, without its quotes.
pub(super) fn range(value: &RawValue, text: &str) -> Range<usize> {
    let start = value.get().as_ptr().addr() - text.as_ptr().addr();
    let quote = usize::from(value.get().starts_with('"'));
    start + quote..start + value.get().len() - quote
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, path: &[&str]) -> (Vec<String>, bool, Option<String>) {
        let path = crate::read::json_path::path(&path.join(".")).unwrap();
        let found = Found::along(&path, &Object::parse(text).unwrap(), &mut Objects::default());
        let values = found.values.iter().map(|value| plain_text(value).unwrap().into_owned());
        (values.collect(), found.listed, found.nested.map(|value| value.get().to_owned()))
    }

    #[test]
    fn a_path_walks_arrays_and_objects() {
        let text = r#"{"a": [{"b": "x"}, {"c": 0}, {"b": ["y\n", 1.50, null]}]}"#;
        assert_eq!(found(text, &["a", "b"]), (vec!["x".into(), "y\n".into(), "1.50".into()], true, None));
        assert_eq!(found(r#"{"a": true}"#, &["a"]), (vec!["true".into()], false, None));
        assert_eq!(found("{}", &["a"]), (vec![], false, None));
    }

    #[test]
    fn a_condition_chooses_among_objects() {
        let text = r#"{"a": [{"t": ["x", "y"], "v": 1}, {"t": "x", "l": "ar", "v": 2}, {"l": null, "v": 3}]}"#;
        let values = |path| found(text, &[path]).0;
        assert_eq!(values("a[t=x].v"), ["1", "2"]);
        assert_eq!(values("a[t=x][l=ar].v"), ["2"]);
        assert_eq!(values("a[l=].v"), ["1", "3"]);
    }

    #[test]
    fn what_a_path_cannot_enter_is_nested() {
        assert_eq!(found(r#"{"a": [[1]]}"#, &["a"]).2.unwrap(), "[1]");
        assert_eq!(found(r#"{"a": {"b": 1}}"#, &["a"]).2.unwrap(), r#"{"b": 1}"#);
        assert_eq!(found(r#"{"a": 1}"#, &["a", "b"]).2.unwrap(), "1");
    }

    #[test]
    fn values_know_where_they_are() {
        let text = r#"{"a": {"b": "xy", "c": 12}}"#;
        let object = Object::parse(Object::parse(text).unwrap().0[0].1.get()).unwrap();
        let at = |key| &text[range(object.get(key).unwrap(), text)];
        assert_eq!((at("b"), at("c")), ("xy", "12"));
    }
}
