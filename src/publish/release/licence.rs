//! Licences that are known by their addresses: their names, and their identifiers of SPDX.

/// A licence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Licence<'a> {
    /// Its IRI.
    pub(super) iri: &'a str,
    /// What it is called; its IRI if it is not known.
    pub(super) name: &'a str,
    /// Its identifier in the [SPDX list](https://spdx.org/licenses/).
    pub(super) spdx: Option<&'static str>,
}

/// Addresses, without scheme and last slash, with names and identifiers.
const KNOWN: [(&str, &str, &str); 8] = [
    ("creativecommons.org/publicdomain/zero/1.0", "Creative Commons Zero 1.0", "CC0-1.0"),
    ("creativecommons.org/licenses/by/4.0", "Creative Commons Attribution 4.0", "CC-BY-4.0"),
    ("creativecommons.org/licenses/by-sa/4.0", "Creative Commons Attribution-ShareAlike 4.0", "CC-BY-SA-4.0"),
    ("creativecommons.org/licenses/by/3.0/igo", "Creative Commons Attribution 3.0 IGO", "CC-BY-3.0-IGO"),
    ("creativecommons.org/licenses/by-nc/4.0", "Creative Commons Attribution-NonCommercial 4.0", "CC-BY-NC-4.0"),
    ("opendatacommons.org/licenses/odbl/1-0", "Open Database License 1.0", "ODbL-1.0"),
    ("opendatacommons.org/licenses/by/1-0", "Open Data Commons Attribution License 1.0", "ODC-By-1.0"),
    ("opendatacommons.org/licenses/pddl/1-0", "Open Data Commons Public Domain Dedication and License 1.0", "PDDL-1.0"),
];

impl<'a> Licence<'a> {
    /// Returns the licence of an IRI.
    pub(super) fn of(iri: &'a str) -> Self {
        let plain = iri.split_once("://").map_or(iri, |(_, rest)| rest);
        let plain = plain.trim_start_matches("www.").trim_end_matches('/').trim_end_matches("/legalcode");
        match KNOWN.iter().find(|(address, ..)| *address == plain) {
            Some((_, name, spdx)) => Self { iri, name, spdx: Some(spdx) },
            None => Self { iri, name: iri, spdx: None },
        }
    }

    /// Returns the text of a file that says which licence it is.
    pub(super) fn text(&self, title: &str) -> String {
        let Self { iri, name, spdx } = self;
        let spdx = spdx.map(|spdx| format!("SPDX-License-Identifier: {spdx}\n")).unwrap_or_default();
        let named = if name == iri { String::new() } else { format!("{name}\n") };
        format!("{title}\n\nLicence of the data:\n{named}{iri}\n{spdx}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn licences_are_known_however_their_addresses_are_written() {
        for (iri, spdx) in [
            ("https://creativecommons.org/publicdomain/zero/1.0/", Some("CC0-1.0")),
            ("http://creativecommons.org/licenses/by/4.0/legalcode", Some("CC-BY-4.0")),
            ("https://www.opendatacommons.org/licenses/odbl/1-0", Some("ODbL-1.0")),
            ("http://rightsstatements.org/vocab/CNE/1.0/", None),
        ] {
            assert_eq!(Licence::of(iri).spdx, spdx, "{iri}");
        }
        assert_eq!(
            Licence::of("https://example.org/l").text("T"),
            "T\n\nLicence of the data:\nhttps://example.org/l\n"
        );
    }
}
