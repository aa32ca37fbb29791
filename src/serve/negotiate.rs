//! Content negotiation by [RFC 9110](https://www.rfc-editor.org/rfc/rfc9110#name-content-negotiation): which of the
//! things that could be sent the client wants most.

use axum::http::HeaderMap;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, HeaderName};

use crate::model::Language;

/// A weight in thousandths.
type Weight = u16;

const FULL: Weight = 1000;

/// Returns the offer that is wanted most, of several the first; nothing if none is acceptable. A client that says
/// nothing takes anything.
pub(super) fn choose<'o, T>(headers: &HeaderMap, offers: &'o [(&'static str, T)]) -> Option<&'o (&'static str, T)> {
    let accepted = field(headers, &ACCEPT);
    let ranges = ranges(&accepted);
    if ranges.is_empty() {
        return offers.first();
    }
    let weighed = offers.iter().map(|offer| (weight(&ranges, offer.0), offer)).filter(|(weight, _)| *weight > 0);
    // The first of those with the greatest weight.
    weighed.rev().max_by_key(|(weight, _)| *weight).map(|(_, offer)| offer)
}

/// Returns the language that is wanted most, else the first of those there are.
pub(super) fn language(headers: &HeaderMap, languages: &[Language]) -> Option<Language> {
    let accepted = field(headers, &ACCEPT_LANGUAGE);
    let ranges = ranges(&accepted);
    let weigh = |language: &Language| {
        let of = |range: &&(&str, Weight)| {
            let (range, tag) = (range.0, language.as_str());
            let begins = |long: &str, short: &str| {
                long.get(..short.len()).is_some_and(|start| start.eq_ignore_ascii_case(short))
                    && matches!(long.as_bytes().get(short.len()), None | Some(b'-'))
            };
            // Who wants `ar-EG` is served by `ar`, and who wants `zh` by `zh-Hans`.
            range == "*" || begins(range, tag) || begins(tag, range)
        };
        ranges.iter().filter(of).map(|range| range.1).max().unwrap_or(0)
    };
    let weighed = languages.iter().map(|language| (weigh(language), *language)).filter(|(weight, _)| *weight > 0);
    weighed.rev().max_by_key(|(weight, _)| *weight).map(|(_, language)| language).or(languages.first().copied())
}

/// A field that may be there several times, which means the same as once with commas.
fn field(headers: &HeaderMap, name: &HeaderName) -> String {
    headers.get_all(name).iter().filter_map(|value| value.to_str().ok()).collect::<Vec<_>>().join(",")
}

/// The ranges of a field, without parameters, with their weights.
fn ranges(field: &str) -> Vec<(&str, Weight)> {
    let range = |range: &'_ str| {
        let mut parts = range.split(';').map(str::trim);
        let name = parts.next().filter(|name| !name.is_empty())?.len();
        let weight = parts.filter_map(|part| part.strip_prefix("q=").or(part.strip_prefix("Q="))).next_back();
        Some((name, weight.map_or(FULL, thousandths)))
    };
    let named = |text| range(text).map(|(length, weight): (usize, Weight)| (&text.trim_start()[..length], weight));
    field.split(',').filter_map(named).collect()
}

/// A weight such as `0.8`; what is none counts as nothing.
fn thousandths(text: &str) -> Weight {
    let (whole, part) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) || part.len() > 3 {
        return 0;
    }
    match whole {
        "1" => FULL,
        "0" => format!("{part:0<3}").parse().unwrap_or(0),
        _ => 0,
    }
}

/// The weight of a media type: that of the range that says most of it.
fn weight(ranges: &[(&str, Weight)], media_type: &str) -> Weight {
    let specificity = |range: &str| {
        let kind = range.strip_suffix("/*");
        match kind {
            Some("*") => Some(1),
            Some(kind) if media_type.split('/').next().is_some_and(|of| of.eq_ignore_ascii_case(kind)) => Some(2),
            None if range.eq_ignore_ascii_case(media_type) => Some(3),
            Some(_) | None => None,
        }
    };
    let matching = ranges.iter().filter_map(|(range, weight)| Some((specificity(range)?, *weight)));
    matching.max().map_or(0, |(_, weight)| weight)
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn accepting(field: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(ACCEPT, HeaderValue::from_static(field))])
    }

    #[test]
    fn the_offer_of_the_greatest_weight_is_chosen() {
        let offers = [("text/turtle", 0), ("application/ld+json", 1), ("text/html", 2)];
        for (field, expected) in [
            ("", Some(0)),
            ("*/*", Some(0)),
            ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", Some(2)),
            ("text/turtle;q=0.1, application/*", Some(1)),
            ("*/*, text/turtle;q=0", Some(1)),
            ("TEXT/*;q=0.5", Some(0)),
            ("text/turtle;version=1.2;q=0.3, text/html;q=0.30", Some(0)),
            ("image/png", None),
            ("text/html;q=0", None),
            ("text/html;q=nonsense, text/turtle;q=0.001", Some(0)),
        ] {
            assert_eq!(choose(&accepting(field), &offers).map(|offer| offer.1), expected, "{field}");
        }
    }

    #[test]
    fn the_language_wanted_most_is_chosen_else_the_first() {
        let languages = ["en", "ar", "zh"].map(|tag| Language::parse(tag).unwrap());
        for (field, expected) in [
            ("", "en"),
            ("ar-EG,ar;q=0.9,en;q=0.5", "ar"),
            ("de, zh-Hans;q=0.2", "zh"),
            ("de", "en"),
            ("*", "en"),
            ("en;q=0.1, ar;q=0.2", "ar"),
        ] {
            let headers = HeaderMap::from_iter([(ACCEPT_LANGUAGE, HeaderValue::from_static(field))]);
            assert_eq!(language(&headers, &languages).unwrap().as_str(), expected, "{field}");
        }
    }
}
