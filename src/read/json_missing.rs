//! Paths of a mapping that no object of JSON has, and what is near them.

use std::collections::BTreeSet;

use super::json::{Found, Object, Objects, has, objects, plain_text};
use super::json_path::Step;
use crate::ontology::nearest;

/// How many keys are named of objects that have not the one that is wanted.
const MOST_NAMED: usize = 50;

/// How many keys, or values of a key, are looked at.
const MOST: usize = 1 << 12;

/// Shorter values are like too many others.
const SHORTEST: usize = 4;

/// Returns what is near a path that none of the objects has; nothing if one has it, if nothing is known of the objects that
/// it leads through, or if only the value of a condition is one that none has and that is like no other.
/// O(objects), and for a path that none has, O(objects × steps).
pub(super) fn near(rows: &[&Object<'_>], path: &[Step]) -> Option<String> {
    if rows.iter().any(|row| leads(row, path)) {
        return None;
    }
    let mut found: Vec<Step> = Vec::with_capacity(path.len());
    for step in path {
        let keys = keys(rows, &found);
        if keys.is_empty() {
            // What is on the way is empty, or no object.
            return None;
        }
        let Some(key) = right_key(&step.key, &keys) else { return Some(named(&shown(&found), &keys)) };
        found.push(Step::plain(&key));
        let keys = self::keys(rows, &found);
        let mut filters = Vec::with_capacity(step.filters.len());
        for (key, value) in step.filters.iter().filter(|_| !keys.is_empty()) {
            let Some(right) = right_key(key, &keys).or_else(|| value.is_empty().then(|| key.clone())) else {
                return Some(named(&shown(&found), &keys));
            };
            let mut to_value = found.clone();
            to_value.push(Step::plain(&right));
            filters.push((right, right_value(value, &values(rows, &to_value))));
        }
        if let Some(last) = found.last_mut() {
            last.filters = filters;
        }
    }
    (found != path).then(|| format!("did you mean `{}`?", shown(&found)))
}

/// Tells whether an object has something at the end of a path.
fn leads(object: &Object<'_>, path: &[Step]) -> bool {
    let Some((step, rest)) = path.split_first() else { return true };
    let Some(value) = object.get(&step.key) else { return false };
    if rest.is_empty() && step.filters.is_empty() {
        return true;
    }
    let takes = |object: &Object<'_>| step.filters.iter().all(|(key, wanted)| has(object, key, wanted));
    objects(value).iter().any(|object| takes(object) && leads(object, rest))
}

/// The keys of the objects to which a path leads.
fn keys(rows: &[&Object<'_>], path: &[Step]) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for row in rows {
        add_keys(row, path, &mut keys);
        if keys.len() > MOST {
            break;
        }
    }
    keys
}

fn add_keys(object: &Object<'_>, path: &[Step], keys: &mut BTreeSet<String>) {
    let Some((step, rest)) = path.split_first() else {
        return keys.extend(object.0.iter().filter_map(|(key, _)| Some(plain_text(key).ok()?.into_owned())));
    };
    for object in object.get(&step.key).map(objects).unwrap_or_default() {
        add_keys(&object, rest, keys);
    }
}

/// The values to which a path leads.
fn values(rows: &[&Object<'_>], path: &[Step]) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for row in rows {
        let found = Found::along(path, row, &mut Objects::default());
        values.extend(found.values.iter().filter_map(|value| Some(plain_text(value).ok()?.into_owned())));
        if values.len() > MOST {
            break;
        }
    }
    values
}

/// A key if there is one, else the one that is like it.
fn right_key(key: &str, keys: &BTreeSet<String>) -> Option<String> {
    if keys.contains(key) {
        return Some(key.to_owned());
    }
    nearest(key, keys.iter().map(String::as_str), 1).pop()
}

/// The value of a condition, or the one that is like it if there is no such value.
fn right_value(value: &str, values: &BTreeSet<String>) -> String {
    let is_sought = !values.contains(value) && value.chars().count() >= SHORTEST;
    let near = is_sought.then(|| nearest(value, values.iter().map(String::as_str), 1).pop()).flatten();
    near.unwrap_or_else(|| value.to_owned())
}

fn named(path: &str, keys: &BTreeSet<String>) -> String {
    let shown: Vec<_> = keys.iter().take(MOST_NAMED).map(String::as_str).collect();
    let more = keys.len() - shown.len();
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let of = if path.is_empty() { String::new() } else { format!(" of `{path}`") };
    format!("the keys{of} are {}{more}", shown.join(", "))
}

fn shown(path: &[Step]) -> String {
    let step = |step: &Step| {
        let filters = step.filters.iter().map(|(key, value)| format!("[{key}={value}]"));
        step.key.clone() + &filters.collect::<String>()
    };
    path.iter().map(step).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::json_path::path;

    #[test]
    fn what_is_near_a_path_that_no_line_has_is_told() {
        let lines = [
            r#"{"id": "a", "meta": null, "partners": []}"#,
            r#"{"id": "b", "meta": {"kind": "x", "at": {"on": null}}, "empty": null, "plain": 1}"#,
            r#"{"partners": [{"role": "lead", "org": {"name": "N"}}, {"role": ["fund", "host"]}]}"#,
        ];
        let objects: Vec<_> = lines.iter().map(|line| Object::parse(line).unwrap()).collect();
        let rows: Vec<_> = objects.iter().collect();
        let near = |text: &str| near(&rows, &path(text).unwrap());
        for there in [
            "id",
            "meta.kind",
            "meta.at.on",
            "partners[role=lead].org.name",
            "partners[role=host].org",
            "partners[role=observer].org.name",
            "partners[role=].org.name",
            "empty.x",
            "plain.x",
        ] {
            assert_eq!(near(there), None, "{there}");
        }
        for (wrong, help) in [
            ("meta.knd", "did you mean `meta.kind`?"),
            ("mta.kind", "did you mean `meta.kind`?"),
            ("meta.at.x[a=b]", "did you mean `meta.at.on`?"),
            ("partners[rol=lead].org.nam", "did you mean `partners[role=lead].org.name`?"),
            ("partners[role=laed].org.name", "did you mean `partners[role=lead].org.name`?"),
            ("meta.something", "the keys of `meta` are at, kind"),
            ("partners[something=lead].org", "the keys of `partners` are org, role"),
        ] {
            assert_eq!(near(wrong).as_deref(), Some(help), "{wrong}");
        }
    }
}
