//! Templates: texts made from the cells of a row.

/// A template such as `who-{Acronym}`: text, and headers in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Template(pub(super) Vec<Part>);

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// Text as it is.
    Text(String),
    /// The cell under this header.
    Header(String),
}

impl Template {
    /// Parses a template. Returns nothing if a brace has no other, or no header is named.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (mut parts, mut rest) = (Vec::new(), text);
        while let Some((before, after)) = rest.split_once('{') {
            let (header, after) = after.split_once('}')?;
            parts.extend([Part::Text(before.to_owned()), Part::Header(header.trim().to_owned())]);
            rest = after;
        }
        if parts.is_empty() || rest.contains('}') {
            return None;
        }
        parts.push(Part::Text(rest.to_owned()));
        parts.retain(|part| *part != Part::Text(String::new()));
        Some(Self(parts))
    }

    /// The headers that the template names.
    pub(super) fn headers(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Header(header) => Some(header.as_str()),
            Part::Text(_) => None,
        })
    }
}

/// Returns a text as an id: in lower case, with `-` for each run of characters that an id cannot have.
pub(super) fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_text_and_headers() {
        let text = |text: &str| Part::Text(text.to_owned());
        let expected = Template(vec![text("who-"), Part::Header("Short name".into()), text("-x")]);
        assert_eq!(Template::parse("who-{Short name}-x"), Some(expected));
        for wrong in ["{a", "a}", "a", "{a}}"] {
            assert_eq!(Template::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_slug_has_only_characters_of_ids() {
        for (text, id) in
            [("WHO", "who"), (" A/RES/78 (2) ", "a-res-78-2"), ("Côte d'Ivoire", "côte-d-ivoire"), ("…", "")]
        {
            assert_eq!(slug(text), id);
        }
    }
}
