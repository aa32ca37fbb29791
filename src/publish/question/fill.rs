//! Terms in place of the variables of a question, and back from a place in the query to one in the question.

use std::ops::Range;

/// The parameters that stand in a text, by where they stand: what begins with `?_`.
pub(super) fn variables(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let at = from + text.get(from..)?.find("?_")?;
        let rest = &text[at + 1..];
        let end = at + 1 + rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        from = end;
        Some(at..end)
    })
}

/// A question with terms in place of its variables.
pub(super) struct Filled {
    pub(super) query: String,
    /// Where each term stands in the query, and where its variable does in the question.
    replaced: Vec<(Range<usize>, Range<usize>)>,
}

impl Filled {
    /// Puts terms into a question. It is read once, so that no term is looked through for variables.
    pub(super) fn new(text: &str, term: impl Fn(&str) -> Option<String>) -> Self {
        let (mut query, mut replaced, mut from) = (String::new(), Vec::new(), 0);
        for variable in variables(text) {
            let Some(term) = term(&text[variable.clone()]) else { continue };
            query.push_str(&text[from..variable.start]);
            let at = query.len();
            query.push_str(&term);
            replaced.push((at..query.len(), variable.clone()));
            from = variable.end;
        }
        query.push_str(&text[from..]);
        Self { query, replaced }
    }

    /// Returns where something in the query stands in the question: of a term, where its variable does.
    pub(super) fn back(&self, range: &Range<usize>) -> Range<usize> {
        let place = |at: usize, is_end: bool| {
            let before = self.replaced.iter().take_while(|(term, _)| term.start < at || (term.start == at && !is_end));
            match before.last() {
                None => at,
                Some((term, variable)) if at < term.end => {
                    if is_end {
                        variable.end
                    } else {
                        variable.start
                    }
                }
                Some((term, variable)) => variable.end + (at - term.end),
            }
        };
        let start = place(range.start, false);
        start..place(range.end, true).max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_in_the_query_is_one_in_the_question() {
        let text = "ASK { ?_a_iri ?p ?_b_literal . ?_c } x";
        let filled = Filled::new(text, |variable| match variable {
            "?_a_iri" => Some("<https://example.org/a>".to_owned()),
            "?_b_literal" => Some("\"?_a_iri\"".to_owned()),
            _ => None,
        });
        assert_eq!(filled.query, "ASK { <https://example.org/a> ?p \"?_a_iri\" . ?_c } x");
        for part in ["ASK", "?p", "?_c", "x"] {
            let (there, here) = (filled.query.find(part).unwrap(), text.find(part).unwrap());
            let back = filled.back(&(there..there + part.len()));
            if part != "x" {
                assert_eq!(back, here..here + part.len(), "{part}");
            }
        }
        let term = filled.query.find("<https").unwrap();
        assert_eq!(&text[filled.back(&(term + 3..term + 8))], "?_a_iri");
        assert_eq!(&text[filled.back(&(filled.query.len()..filled.query.len()))], "");
    }
}
