//! Keys of `dataset.toml`, written as TOML.

use std::fmt;

/// A value of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum KeyValue {
    /// A text.
    One(String),
    /// An array of texts.
    Several(Vec<String>),
}

impl fmt::Display for KeyValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::One(text) => f.write_str(&toml_string(text)),
            Self::Several(texts) => {
                let texts: Vec<_> = texts.iter().map(|text| toml_string(text)).collect();
                write!(f, "[{}]", texts.join(", "))
            }
        }
    }
}

/// Returns `dataset.toml` with these keys, those of a table with a dot: `title.en`.
pub(crate) fn toml_of(keys: impl IntoIterator<Item = (String, KeyValue)>) -> String {
    let lines: Vec<_> = keys.into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
    lines.concat()
}

/// Returns a text as a [basic string](https://toml.io/en/v1.0.0#basic-string) of TOML.
pub(crate) fn toml_string(text: &str) -> String {
    let mut quoted = "\"".to_owned();
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\t' => quoted.push_str("\\t"),
            c if c.is_control() => quoted.extend(format!("\\u{:04X}", u32::from(c)).chars()),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_text_is_a_string_of_toml() {
        for text in ["a \"b\" \\ c", "line\nbreak\u{7F}", "تقرير"] {
            let table: toml::Table = toml::from_str(&format!("x = {}", toml_string(text))).unwrap();
            assert_eq!(table["x"].as_str(), Some(text));
        }
    }
}
