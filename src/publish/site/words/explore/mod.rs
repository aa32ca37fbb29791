//! The words of the explorer, in the languages of the United Nations.

mod arabic;
mod chinese;
mod english;
mod french;
mod russian;
mod spanish;

use crate::draw::filled;
use crate::model::Language;

/// The words of a language. `{}` stands for what is put in.
#[derive(Debug)]
pub(in crate::publish::site) struct ExploreWords {
    tag: &'static str,
    pub(in crate::publish::site) title: &'static str,
    pub(in crate::publish::site) empty: &'static str,
    pub(in crate::publish::site) find: &'static str,
    pub(in crate::publish::site) show: &'static str,
    pub(in crate::publish::site) as_of: &'static str,
    pub(in crate::publish::site) any_date: &'static str,
    found: &'static str,
    shown: &'static str,
    no_room: &'static str,
    pub(in crate::publish::site) open_next: &'static str,
    pub(in crate::publish::site) open_all: &'static str,
    pub(in crate::publish::site) hide: &'static str,
    pub(in crate::publish::site) close: &'static str,
    pub(in crate::publish::site) page: &'static str,
    pub(in crate::publish::site) undo: &'static str,
    pub(in crate::publish::site) begin: &'static str,
    pub(in crate::publish::site) take_along: &'static str,
    pub(in crate::publish::site) filter: &'static str,
    pub(in crate::publish::site) relations: &'static str,
    pub(in crate::publish::site) hidden: &'static str,
    pub(in crate::publish::site) list: &'static str,
    pub(in crate::publish::site) neighbours: &'static str,
    pub(in crate::publish::site) evidence: &'static str,
    pub(in crate::publish::site) picture: &'static str,
    pub(in crate::publish::site) details: &'static str,
    pub(in crate::publish::site) keys: &'static str,
    wrong: &'static str,
    pub(in crate::publish::site) again: &'static str,
    pub(in crate::publish::site) modes: &'static str,
    pub(in crate::publish::site) all_links: &'static str,
    pub(in crate::publish::site) two_mode: &'static str,
    pub(in crate::publish::site) one_mode: &'static str,
    pub(in crate::publish::site) with_communities: &'static str,
    pub(in crate::publish::site) without_communities: &'static str,
    pub(in crate::publish::site) partners: &'static str,
    pub(in crate::publish::site) partners_note: &'static str,
    pub(in crate::publish::site) in_common: &'static str,
    pub(in crate::publish::site) dates: &'static str,
    summary: &'static str,
    left_out: &'static str,
    paths: &'static str,
    path: &'static str,
    no_path: &'static str,
    pub(in crate::publish::site) directed: &'static str,
    pub(in crate::publish::site) undirected: &'static str,
    pub(in crate::publish::site) more_paths: &'static str,
    pub(in crate::publish::site) path_to: &'static str,
    pub(in crate::publish::site) cite: &'static str,
    pub(in crate::publish::site) address: &'static str,
    pub(in crate::publish::site) copy: &'static str,
    pub(in crate::publish::site) copied: &'static str,
    pub(in crate::publish::site) questions: &'static str,
    pub(in crate::publish::site) more_questions: &'static str,
    ask_partners: &'static str,
    ask_path: &'static str,
    ask_groups: &'static str,
    example: &'static str,
    pub(in crate::publish::site) loading: &'static str,
    pub(in crate::publish::site) failed: &'static str,
    /// What the keys do: `/`, Tab, arrows, Enter, `e`, `h`, those of size, `u` and `r`, Escape.
    pub(in crate::publish::site) keys_do: [&'static str; 9],
}

const ALL: [&ExploreWords; 6] =
    [&arabic::ARABIC, &chinese::CHINESE, &english::ENGLISH, &french::FRENCH, &russian::RUSSIAN, &spanish::SPANISH];

impl ExploreWords {
    /// Returns the words of a language, or of English.
    pub(in crate::publish::site) fn of(language: Language) -> &'static Self {
        let primary = language.primary();
        ALL.into_iter().find(|words| words.tag == primary.as_str()).unwrap_or(&english::ENGLISH)
    }

    pub(in crate::publish::site) fn shown(&self, shown: usize, all: usize) -> String {
        filled(self.shown, &[&shown.to_string(), &all.to_string()])
    }

    pub(in crate::publish::site) fn found(&self, n: usize) -> String {
        filled(self.found, &[&n.to_string()])
    }

    pub(in crate::publish::site) fn no_room(&self, n: usize, most: usize) -> String {
        filled(self.no_room, &[&n.to_string(), &most.to_string()])
    }

    pub(in crate::publish::site) fn wrong(&self, why: &str) -> String {
        filled(self.wrong, &[why])
    }

    pub(in crate::publish::site) fn summary(&self, entities: usize, statements: usize) -> String {
        filled(self.summary, &[&entities.to_string(), &statements.to_string()])
    }

    pub(in crate::publish::site) fn left_out(&self, n: usize) -> String {
        filled(self.left_out, &[&n.to_string()])
    }

    pub(in crate::publish::site) fn paths(&self, from: &str, to: &str) -> String {
        filled(self.paths, &[from, to])
    }

    pub(in crate::publish::site) fn path(&self, number: usize, steps: usize) -> String {
        filled(self.path, &[&number.to_string(), &steps.to_string()])
    }

    pub(in crate::publish::site) fn no_path(&self, longest: usize) -> String {
        filled(self.no_path, &[&longest.to_string()])
    }

    pub(in crate::publish::site) fn ask_partners(&self, name: &str) -> String {
        filled(self.ask_partners, &[name])
    }

    pub(in crate::publish::site) fn ask_path(&self, one: &str, other: &str) -> String {
        filled(self.ask_path, &[one, other])
    }

    pub(in crate::publish::site) fn ask_groups(&self, name: &str) -> String {
        filled(self.ask_groups, &[name])
    }

    pub(in crate::publish::site) fn example(&self, name: &str) -> String {
        filled(self.example, &[name])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_words_in_each_language_of_the_united_nations() {
        for tag in Language::UN {
            let words = ExploreWords::of(Language::parse(tag).unwrap());
            assert_eq!(words.tag, tag);
            let (shown, no_room) = (words.shown(12, 345), words.no_room(67, 500));
            assert!(shown.contains("12") && shown.contains("345") && no_room.contains("67") && no_room.contains("500"));
            assert!(words.found(9).contains('9') && words.wrong("x y").contains("x y"));
            let (summary, path) = (words.summary(12, 34), words.path(1, 23));
            assert!(summary.find("12") < summary.find("34") && path.contains('1') && path.contains("23"));
            let (paths, ask) = (words.paths("Q1", "Q2"), words.ask_path("Q1", "Q2"));
            assert!([&paths, &ask].into_iter().all(|text| text.find("Q1") < text.find("Q2") && text.contains("Q1")));
            let with_name = [words.ask_partners("Q1"), words.ask_groups("Q1"), words.example("Q1")];
            assert!(with_name.iter().all(|text| text.contains("Q1")));
            assert!(words.left_out(78).contains("78") && words.no_path(8).contains('8'));
        }
    }
}
