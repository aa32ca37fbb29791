//! The words of pages, in the languages of the United Nations.

mod arabic;
mod chinese;
mod english;
mod explore;
mod french;
mod refused;
mod russian;
mod spanish;

pub(super) use explore::ExploreWords;
pub(super) use refused::RefusedWords;

use crate::draw::filled;
use crate::model::Language;
use crate::ontology::PropertyKind;

/// The words of a language. `{}` stands for what is put in.
#[derive(Debug)]
pub(super) struct Words {
    /// The language.
    tag: &'static str,
    /// What the language calls itself.
    own: &'static str,
    pub(super) skip: &'static str,
    pub(super) menu: &'static str,
    pub(super) trail: &'static str,
    pub(super) languages: &'static str,
    pub(super) letters: &'static str,
    pub(super) parts: &'static str,
    pub(super) neighbours: &'static str,
    pub(super) start: &'static str,
    pub(super) names: &'static str,
    pub(super) classes: &'static str,
    pub(super) classes_note: &'static str,
    pub(super) properties: &'static str,
    pub(super) documents: &'static str,
    pub(super) reports: &'static str,
    pub(super) pictures: &'static str,
    pub(super) all_pictures: &'static str,
    pub(super) findings: &'static str,
    pub(super) no_findings: &'static str,
    pub(super) finding_columns: [&'static str; 3],
    pub(super) coverage: &'static str,
    pub(super) coverage_columns: [&'static str; 4],
    pub(super) search: &'static str,
    pub(super) found: &'static str,
    pub(super) nothing_found: &'static str,
    /// Before names that are like one that nobody has.
    pub(super) perhaps: &'static str,
    pub(super) lead: &'static str,
    pub(super) no_name: &'static str,
    pub(super) previous: &'static str,
    pub(super) next: &'static str,
    part: &'static str,
    too_many: &'static str,
    pub(super) said: &'static str,
    pub(super) said_by_others: &'static str,
    pub(super) nothing_said: &'static str,
    pub(super) backward: &'static str,
    pub(super) names_of: &'static str,
    pub(super) identifiers: &'static str,
    pub(super) id: &'static str,
    pub(super) named_in: &'static str,
    pub(super) paragraphs_of: &'static str,
    pub(super) all_of_it: &'static str,
    pub(super) cite: &'static str,
    /// Before and after what is quoted.
    pub(super) quoted: (&'static str, &'static str),
    pub(super) data: &'static str,
    pub(super) sections: &'static str,
    pub(super) section: &'static str,
    pub(super) paragraph: &'static str,
    pub(super) n_paragraphs: &'static str,
    pub(super) as_list: &'static str,
    pub(super) as_file: &'static str,
    pub(super) picture_of_this: &'static str,
    pub(super) cited_as_whole: &'static str,
    pub(super) states: &'static str,
    pub(super) no_link: &'static str,
    pub(super) names_whom: &'static str,
    pub(super) entities: &'static str,
    pub(super) statements: &'static str,
    pub(super) values: &'static str,
    pub(super) parents: &'static str,
    pub(super) children: &'static str,
    pub(super) aligned: &'static str,
    pub(super) domain: &'static str,
    pub(super) range: &'static str,
    pub(super) inverse: &'static str,
    pub(super) claims: &'static str,
    pub(super) annotations: &'static str,
    pub(super) qualifiers: &'static str,
    pub(super) computed: &'static str,
    pub(super) version: &'static str,
    pub(super) license: &'static str,
    pub(super) shown: &'static str,
    pub(super) n_links: &'static str,
    pub(super) close: &'static str,
    pub(super) details: &'static str,
    pub(super) filters: &'static str,
    pub(super) relations: &'static str,
    pub(super) zoom: &'static str,
    pub(super) zoom_in: &'static str,
    pub(super) zoom_out: &'static str,
    pub(super) zoom_whole: &'static str,
    pub(super) sources: &'static str,
    pub(super) keys: &'static str,
    /// What the keys do: `/`, arrows, Enter, Escape, and those of size.
    pub(super) keys_do: [&'static str; 5],
}

const ALL: [&Words; 6] =
    [&arabic::ARABIC, &chinese::CHINESE, &english::ENGLISH, &french::FRENCH, &russian::RUSSIAN, &spanish::SPANISH];

impl Words {
    /// Returns the words of a language, or of English.
    pub(super) fn of(language: Language) -> &'static Self {
        let primary = language.primary();
        ALL.into_iter().find(|words| words.tag == primary.as_str()).unwrap_or(&english::ENGLISH)
    }

    /// Tells whether these are the words of a language.
    pub(super) fn is_of(&self, language: Language) -> bool {
        self.tag == language.primary().as_str()
    }

    /// Returns what a language calls itself, or its tag.
    pub(super) fn own_name(&self, language: Language) -> String {
        if self.is_of(language) { self.own.to_owned() } else { language.to_string() }
    }

    /// The kinds of properties, in the order of pages, with what they are called.
    pub(super) fn kinds(&self) -> [(PropertyKind, &'static str); 4] {
        [
            (PropertyKind::Claim, self.claims),
            (PropertyKind::Annotation, self.annotations),
            (PropertyKind::Qualifier, self.qualifiers),
            (PropertyKind::Computed, self.computed),
        ]
    }

    /// Which of how many.
    pub(super) fn part_of(&self, part: usize, n: usize) -> String {
        filled(self.part, &[&part.to_string(), &n.to_string()])
    }

    pub(super) fn too_many(&self, n: usize, most: usize) -> String {
        filled(self.too_many, &[&n.to_string(), &most.to_string()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_words_in_each_language_of_the_united_nations() {
        for tag in Language::UN {
            let language = Language::parse(tag).unwrap();
            let words = Words::of(language);
            assert!(words.is_of(language));
            assert!(words.part_of(2, 3).find('2') < words.part_of(2, 3).find('3'));
            let n = words.too_many(4321, 100);
            assert!(n.contains("4321") && n.contains("100") && words.found.contains("{}"), "{n}");
        }
        assert!(!Words::of(Language::parse("de").unwrap()).is_of(Language::parse("de").unwrap()));
    }
}
