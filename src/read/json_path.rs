//! Paths into JSON objects: `names[types=label].value`.

/// A step of a path: a key, and what the objects that it leads to must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) key: String,
    /// Keys of the object and their values: a text, or an array with that text. An empty text means no value.
    pub(super) filters: Vec<(String, String)>,
}

impl Step {
    /// A step to a key, whatever is there.
    pub(super) fn plain(key: &str) -> Self {
        Self { key: key.to_owned(), filters: Vec::new() }
    }
}

/// Reads a path: keys with dots between them, each followed by any number of conditions in brackets. What is in brackets
/// may have dots.
pub(super) fn path(text: &str) -> Option<Vec<Step>> {
    let (mut steps, mut rest) = (Vec::new(), text);
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (key, mut after) = rest.split_at(end);
        let mut step = Step::plain(key);
        while let Some(inside) = after.strip_prefix('[') {
            let (condition, more) = inside.split_once(']')?;
            let (key, value) = condition.split_once('=')?;
            step.filters.push((key.trim().to_owned(), value.trim().to_owned()));
            after = more;
        }
        steps.push(step);
        match after.strip_prefix('.') {
            Some(more) => rest = more,
            None => return after.is_empty().then_some(steps),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_has_keys_and_conditions() {
        let step = |key: &str, filters: &[(&str, &str)]| Step {
            key: key.to_owned(),
            filters: filters.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect(),
        };
        assert_eq!(
            path("names[types=label][lang=en.x].value"),
            Some(vec![step("names", &[("types", "label"), ("lang", "en.x")]), step("value", &[])])
        );
        assert_eq!(path("a"), Some(vec![step("a", &[])]));
        for wrong in ["a[b", "a[b]", "a[b=c]d"] {
            assert_eq!(path(wrong), None, "{wrong}");
        }
    }
}
