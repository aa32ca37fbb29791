//! The few words that a picture has of its own, in the six official languages of the United Nations.
//!
//! A language is a file. A pattern has one form for all numbers: where a word would have more forms than one and many,
//! the number stands apart from it.

mod arabic;
mod chinese;
mod english;
mod french;
mod russian;
mod spanish;

use arabic::ARABIC;
use chinese::CHINESE;
use english::ENGLISH;
use french::FRENCH;
use russian::RUSSIAN;
use spanish::SPANISH;

use super::{LineStyle, Shape, Stage, Weight};
use crate::graph::when;
use crate::model::{Date, Language};

/// What stands in titles, legends and footers. `{}` stands for a number or a name.
#[cfg_attr(test, derive(Debug))]
pub(super) struct Words {
    /// The language.
    tag: &'static str,
    /// A title: the links of an entity.
    direct_links: &'static str,
    /// A title: the links of an entity and of those around it; how many steps.
    near_links: &'static str,
    /// A title: number and heading of a section.
    section: &'static str,
    /// A title: the number of a section that has no heading.
    section_alone: &'static str,
    /// A title: the paths between two entities.
    path: &'static str,
    /// A title: organizations by what they have in common.
    pub(super) organizations: &'static str,
    /// A title: organizations and what they have a part in.
    pub(super) two_mode: &'static str,
    /// What two organizations have in common: each, how many things.
    shared: &'static str,
    /// The date on which what is shown may hold.
    as_of: &'static str,
    /// A title: the groups of the whole.
    overview: &'static str,
    /// A title: a group by its name; its number, how many there are.
    page: &'static str,
    /// A group: its name, how many entities it has.
    group: &'static str,
    /// What the nodes of an overview are.
    pub(super) group_class: &'static str,
    /// Two groups and the number of links between them.
    links_between: &'static str,
    /// How many groups are shown of how many, with how many entities of how many.
    groups_shown: &'static str,
    /// How many links lead out of a group.
    outward: &'static str,
    /// A group of entities that are not all linked with each other.
    pub(super) scattered: &'static str,
    /// A title: the events of a part.
    timeline: &'static str,
    /// How many events are shown of how many.
    events_shown: &'static str,
    /// The events that have no date.
    undated: &'static str,
    /// A heading: the events that have no date.
    pub(super) without_date: &'static str,
    /// A heading: the events as a table.
    pub(super) by_date: &'static str,
    /// A heading: the events, each with what is known of it.
    pub(super) events: &'static str,
    /// The columns of the table of events.
    pub(super) event_columns: [&'static str; 6],
    /// A date, and the one that had been planned before.
    replaced: &'static str,
    /// The time of something whose end alone is known.
    until: &'static str,
    /// What something is, and its value.
    named: &'static str,
    /// Between the names of a list.
    pub(super) list: &'static str,
    /// Between two sentences.
    stop: &'static str,
    /// How events stand: held, planned, postponed, cancelled.
    stages: [&'static str; 4],
    /// What the mark of an imprecise date means.
    pub(super) inexact: &'static str,
    /// What the band at the date of the data means.
    pub(super) today: &'static str,
    /// How much is shown: entities, all entities, lines, the statements that they stand for, all links.
    shown: &'static str,
    /// How much is shown where there are no lines: entities, all entities, statements, all links.
    listed: &'static str,
    /// The number of a page, how many there are.
    page_number: &'static str,
    /// What a line between organizations means that nobody states.
    pub(super) shares: &'static str,
    /// What the width of a line means: how many things two organizations share, how many links there are, what number is
    /// stated.
    in_common: &'static str,
    links_of: &'static str,
    quantity: &'static str,
    /// What the size of a node means: with how many others it is linked.
    linked_with: &'static str,
    /// A group, by the names of those in its middle.
    around_named: &'static str,
    /// Lines that stand for less than a number, how many.
    left_light: &'static str,
    /// How many entities are left out for their few links.
    left_top: &'static str,
    /// How many lines the backbone leaves out, at what level.
    left_backbone: &'static str,
    /// What else links an entity with the one in the middle.
    also: &'static str,
    /// The source of the data and its date.
    source: &'static str,
    /// The source of data that have no date.
    source_alone: &'static str,
    /// The first documents of many, and how many more there are.
    more_sources: &'static str,
    /// The licence of the data.
    license: &'static str,
    /// What the shapes mean.
    pub(super) shapes: &'static str,
    /// What the lines mean.
    pub(super) lines: &'static str,
    /// The names of shapes, in the order of [`Shape::ALL`].
    shape_names: [&'static str; 10],
    /// The names of solid, dashed and dotted lines.
    line_names: [&'static str; 3],
    /// What a dashed line means.
    pub(super) planned: &'static str,
    /// What a dotted line means.
    pub(super) former: &'static str,
    /// A heading: the nodes.
    pub(super) entities: &'static str,
    /// A heading: what the edges stand for.
    pub(super) links: &'static str,
    /// The columns of the table of edges.
    pub(super) columns: [&'static str; 5],
}

impl Words {
    /// All words.
    const ALL: [&'static Self; 6] = [&ARABIC, &CHINESE, &ENGLISH, &FRENCH, &RUSSIAN, &SPANISH];

    /// Returns the words of a language, in whatever script or region, or the English ones.
    pub(super) fn of(language: Language) -> &'static Self {
        Self::ALL.into_iter().find(|words| words.are_in(language)).unwrap_or(&ENGLISH)
    }

    /// Returns the language of a picture for readers of a language: English if there are no words in theirs.
    pub(super) fn language(&self, wanted: Language) -> Language {
        if self.are_in(wanted) { wanted } else { Language::parse(self.tag).unwrap_or(wanted) }
    }

    fn are_in(&self, language: Language) -> bool {
        language.primary().as_str() == self.tag
    }

    pub(super) fn around(&self, label: &str, depth: usize) -> String {
        match depth {
            0 | 1 => filled(self.direct_links, &[label]),
            _ => filled(self.near_links, &[label, &depth.to_string()]),
        }
    }

    pub(super) fn section(&self, number: &str, heading: &str) -> String {
        match heading {
            "" => filled(self.section_alone, &[number]),
            heading => filled(self.section, &[number, heading]),
        }
    }

    /// How much is shown: entities of how many, lines, and the statements that they stand for of how many.
    pub(super) fn shown(&self, entities: (usize, usize), lines: usize, stated: (usize, usize)) -> String {
        let numbers = [entities.0, entities.1, lines, stated.0, stated.1].map(|number| number.to_string());
        filled(self.shown, &numbers.each_ref().map(String::as_str))
    }

    pub(super) fn page_number(&self, page: usize, pages: usize) -> String {
        filled(self.page_number, &[&page.to_string(), &pages.to_string()])
    }

    /// How much is listed: entities, and statements, of how many.
    pub(super) fn listed(&self, entities: (usize, usize), stated: (usize, usize)) -> String {
        let numbers = [entities.0, entities.1, stated.0, stated.1].map(|number| number.to_string());
        filled(self.listed, &numbers.each_ref().map(String::as_str))
    }

    /// The source: the names of documents, how many more there are, and the date of the data.
    pub(super) fn source(&self, documents: &[&str], more: usize, date: Option<&str>) -> String {
        let named = documents.join(self.list);
        let named = if more > 0 { filled(self.more_sources, &[&named, &more.to_string()]) } else { named };
        match date {
            None => filled(self.source_alone, &[&named]),
            Some(date) => filled(self.source, &[&named, date]),
        }
    }

    pub(super) fn overview(&self, part: &str) -> String {
        filled(self.overview, &[part])
    }

    pub(super) fn page(&self, name: &str, (page, pages): (usize, usize)) -> String {
        filled(self.page, &[name, &page.to_string(), &pages.to_string()])
    }

    pub(super) fn group(&self, name: &str, n: usize) -> String {
        filled(self.group, &[name, &n.to_string()])
    }

    pub(super) fn links_between(&self, one: &str, other: &str, n: usize) -> String {
        filled(self.links_between, &[one, other, &n.to_string()])
    }

    /// How many groups are shown of how many, with how many entities of how many.
    pub(super) fn groups_shown(&self, groups: (usize, usize), entities: (usize, usize)) -> String {
        let numbers = [groups.0, groups.1, entities.0, entities.1].map(|number| number.to_string());
        filled(self.groups_shown, &numbers.each_ref().map(String::as_str))
    }

    pub(super) fn outward(&self, links: usize) -> String {
        filled(self.outward, &[&links.to_string()])
    }

    pub(super) fn timeline(&self, part: &str) -> String {
        filled(self.timeline, &[part])
    }

    pub(super) fn events_shown(&self, n: usize, all: usize) -> String {
        filled(self.events_shown, &[&n.to_string(), &all.to_string()])
    }

    pub(super) fn undated(&self, names: &[String]) -> String {
        filled(self.undated, &[&names.join(self.list)])
    }

    pub(super) fn replaced(&self, date: &str, previous: &str) -> String {
        filled(self.replaced, &[date, previous])
    }

    pub(super) fn until(&self, date: &str) -> String {
        filled(self.until, &[date])
    }

    pub(super) fn stage(&self, stage: Stage) -> &'static str {
        match stage {
            Stage::Held => self.stages[0],
            Stage::Planned => self.stages[1],
            Stage::Postponed => self.stages[2],
            Stage::Cancelled => self.stages[3],
        }
    }

    /// What a shape is called.
    pub(super) fn shape(&self, shape: Shape) -> &'static str {
        let number = Shape::ALL.iter().position(|&other| other == shape);
        number.map_or(shape.name(), |number| self.shape_names[number])
    }

    /// What a line is called.
    pub(super) fn line(&self, style: LineStyle) -> &'static str {
        match style {
            LineStyle::Solid => self.line_names[0],
            LineStyle::Dashed => self.line_names[1],
            LineStyle::Dotted => self.line_names[2],
        }
    }

    pub(super) fn path(&self, from: &str, to: &str) -> String {
        filled(self.path, &[from, to])
    }

    pub(super) fn shared(&self, one: &str, other: &str, n: usize) -> String {
        filled(self.shared, &[one, other, &n.to_string()])
    }

    pub(super) fn as_of(&self, date: &Date) -> String {
        filled(self.as_of, &[&when::written(date)])
    }

    /// What the width of a line means.
    pub(super) fn weight(&self, weight: Weight, n: usize) -> String {
        let pattern = match weight {
            Weight::Shared => self.in_common,
            Weight::Links => self.links_of,
            Weight::Stated => self.quantity,
        };
        filled(pattern, &[&n.to_string()])
    }

    /// What the size of a node means.
    pub(super) fn linked_with(&self, n: f64) -> String {
        filled(self.linked_with, &[&n.to_string()])
    }

    pub(super) fn around_named(&self, names: &[&str]) -> String {
        filled(self.around_named, &[&names.join(self.list)])
    }

    /// Lines that are left out because they stand for less.
    pub(super) fn left_light(&self, least: usize, n: usize) -> String {
        filled(self.left_light, &[&least.to_string(), &n.to_string()])
    }

    pub(super) fn left_top(&self, n: usize) -> String {
        filled(self.left_top, &[&n.to_string()])
    }

    pub(super) fn left_backbone(&self, level: f64, n: usize) -> String {
        filled(self.left_backbone, &[&level.to_string(), &n.to_string()])
    }

    pub(super) fn also(&self, relation: &str) -> String {
        filled(self.also, &[relation])
    }

    /// What something is, with its value.
    pub(super) fn named(&self, name: &str, value: &str) -> String {
        filled(self.named, &[name, value])
    }

    /// Sentences, each with its full stop, unless it ends in a mark already. What says nothing is no sentence.
    pub(super) fn sentences(&self, sentences: &[&str]) -> String {
        let mut text = String::new();
        for sentence in sentences.iter().map(|sentence| sentence.trim()).filter(|sentence| !sentence.is_empty()) {
            let has_end = sentence.ends_with(['.', '?', '!', '؟', '…', '。', '？', '！']);
            text.push_str(sentence);
            text.push_str(if has_end { self.stop.trim_start_matches(['.', '。']) } else { self.stop });
        }
        text.truncate(text.trim_end().len());
        text
    }

    pub(super) fn license(&self, iri: &str) -> String {
        filled(self.license, &[iri])
    }
}

/// Puts texts where `{}` stands, one after the other.
pub(crate) fn filled(pattern: &str, texts: &[&str]) -> String {
    let mut parts = pattern.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (text, part) in texts.iter().zip(parts) {
        filled.extend([*text, part]);
    }
    filled
}

#[cfg(test)]
mod tests;
