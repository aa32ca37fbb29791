//! Which lines of JSON Lines have something that no line before has: they tell all that there is to know of the columns.

use std::collections::BTreeSet;

use serde_json::value::RawValue;

use super::json::{Kind, Object, plain_text};
use super::json_rows::repeated_key;

/// The keys of the lines so far, however deep, each with the kinds of its values.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    seen: BTreeSet<String>,
}

impl Shape {
    /// Takes a line. Tells whether it is an object with a key, or with a kind of value of a key, that no object before has.
    pub(crate) fn is_new(&mut self, line: &str) -> bool {
        let Ok(object) = Object::parse(line.trim_ascii_end()) else { return false };
        repeated_key(&object).is_none() && self.object(&object, &mut String::new())
    }

    fn object(&mut self, object: &Object<'_>, path: &mut String) -> bool {
        let (mut is_new, length) = (false, path.len());
        for (key, value) in &object.0 {
            let Ok(key) = plain_text(key) else { continue };
            path.push('\u{1F}');
            path.push_str(&key);
            is_new |= self.value(value, path);
            path.truncate(length);
        }
        is_new
    }

    fn value(&mut self, value: &RawValue, path: &mut String) -> bool {
        let (kind, length) = (Kind::of(value), path.len());
        path.push_str(match kind {
            Kind::Null => "\u{1E}n",
            Kind::Plain => "\u{1E}p",
            Kind::Array => "\u{1E}a",
            Kind::Object => "\u{1E}o",
        });
        let mut is_new = !self.seen.contains(path.as_str()) && self.seen.insert(path.clone());
        match kind {
            Kind::Null | Kind::Plain => {}
            Kind::Array => {
                for value in serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_default() {
                    is_new |= self.value(value, path);
                }
            }
            Kind::Object => is_new |= Object::parse(value.get()).is_ok_and(|object| self.object(&object, path)),
        }
        path.truncate(length);
        is_new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_new_by_its_keys_and_kinds() {
        let lines = [
            (r#"{"a": 1, "b": null}"#, true),
            (r#"{"b": null, "a": "x"}"#, false),
            (r#"{"b": ["y"]}"#, true),
            (r#"{"b": []}"#, false),
            (r#"{"b": ["y", {"c": 1}]}"#, true),
            (r#"{"b": [{"c": 2}], "a": 3}"#, false),
            (r#"{"d": 1, "d": 1}"#, false),
            ("no object", false),
            ("", false),
        ];
        let mut shape = Shape::default();
        assert_eq!(lines.map(|(line, _)| shape.is_new(line)), lines.map(|(_, is_new)| is_new));
    }
}
