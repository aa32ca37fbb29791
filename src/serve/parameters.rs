//! Parameters as forms send them: [`application/x-www-form-urlencoded`](https://url.spec.whatwg.org/#urlencoded-parsing),
//! but what is no UTF-8 is refused and not replaced.

/// Parameters in the order in which they were sent.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters(Vec<(String, String)>);

/// A text that is no UTF-8 when its escapes are resolved.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NotUtf8;

impl Parameters {
    /// Reads what stands after the question mark, or the body of a form.
    pub(super) fn parse(text: &str) -> Result<Self, NotUtf8> {
        let pairs = text.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Ok((decoded(&name.replace('+', " "))?, decoded(&value.replace('+', " "))?))
        });
        pairs.collect::<Result<_, _>>().map(Self)
    }

    /// Returns all values of a name.
    pub(super) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> + Clone {
        self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first value of a name.
    pub(super) fn first<'p>(&'p self, name: &'p str) -> Option<&'p str> {
        self.all(name).next()
    }

    /// Returns all names with their values, in the order in which they were sent.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Adds other parameters.
    pub(super) fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }
}

/// Resolves the [escapes](https://www.rfc-editor.org/rfc/rfc3986#section-2.1) of a text. What looks like one and is none
/// stays.
pub(super) fn decoded(text: &str) -> Result<String, NotUtf8> {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let (bytes, mut out, mut at) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
    while let Some(&byte) = bytes.get(at) {
        let escape = (byte == b'%').then(|| digit(bytes.get(at + 1)).zip(digit(bytes.get(at + 2)))).flatten();
        out.push(escape.map_or(byte, |(high, low)| u8::try_from(high * 16 + low).unwrap_or(byte)));
        at += if escape.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).map_err(|_| NotUtf8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_read_as_forms_send_them() {
        let parameters = Parameters::parse("query=ASK+%7B%7D&a=1&&a=%D8%A3&b&=c&d=100%").unwrap();
        assert_eq!(parameters.first("query"), Some("ASK {}"));
        assert_eq!(parameters.all("a").collect::<Vec<_>>(), ["1", "أ"]);
        assert_eq!(parameters.first("b"), Some(""));
        assert_eq!(parameters.first("d"), Some("100%"));
        assert_eq!(parameters.first("c"), None);
        assert_eq!(Parameters::parse("query=%FF"), Err(NotUtf8));
    }
}
