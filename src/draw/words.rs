//! The few words that a picture has of its own, in the languages that it has them in.

use super::{LineStyle, Shape, Stage};
use crate::graph::when;
use crate::model::{Date, Language};

/// What stands in titles, legends and footers. `{}` stands for a number or a name.
pub(super) struct Words {
    /// A title: the links of an entity.
    direct_links: &'static str,
    /// A title: the links of an entity and of those around it; how many steps.
    near_links: &'static str,
    /// A title: number and heading of a section.
    section: &'static str,
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
    /// How many groups are shown, with how many entities, of how many.
    groups_shown: &'static str,
    /// How many links lead out of a group.
    outward: &'static str,
    /// A group of entities that are not all linked with each other.
    pub(super) scattered: &'static str,
    /// Where the other groups are to be seen.
    pub(super) rest: &'static str,
    /// Where the entities are to be seen that no link has.
    pub(super) unlinked: &'static str,
    /// Where the rest of the whole is to be seen.
    pub(super) more: &'static str,
    /// A title: the events of a part.
    timeline: &'static str,
    /// How many events are shown of how many.
    events_shown: &'static str,
    /// The events that have no date.
    undated: &'static str,
    /// A heading: the events that have no date.
    pub(super) without_date: &'static str,
    /// Where all events are to be seen.
    pub(super) all_events: &'static str,
    /// Where more of an event is to be seen.
    pub(super) one_event: &'static str,
    /// A heading: the events as a table.
    pub(super) by_date: &'static str,
    /// A heading: the events, each with what is known of it.
    pub(super) events: &'static str,
    /// The columns of the table of events.
    pub(super) event_columns: [&'static str; 6],
    /// A date, and the one that had been planned before.
    replaced: &'static str,
    /// When something is of which only the end is known.
    until: &'static str,
    /// Between the names of a list.
    pub(super) list: &'static str,
    /// How events stand: held, planned, postponed, cancelled.
    stages: [&'static str; 4],
    /// What the mark of an imprecise date means.
    pub(super) inexact: &'static str,
    /// What the band at the date of the data means.
    pub(super) today: &'static str,
    /// How much is shown: entities, all entities, links, all links.
    shown: &'static str,
    /// The source of the data and its date.
    source: &'static str,
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

const ENGLISH: Words = Words {
    direct_links: "{}: direct links",
    near_links: "{}: links up to {} steps away",
    section: "Section {}: {}",
    path: "Shortest paths: {} – {}",
    organizations: "Organizations that work with each other: in how many initiatives, events and documents both have a part",
    two_mode: "Organizations, and the initiatives and events that they have a part in",
    shared: "{} – {}: in common: {}",
    as_of: "As of {}: without what cannot hold on that date",
    overview: "{}: overview",
    page: "{}: group {} of {}",
    group: "{}: {} entities",
    group_class: "group of entities, named after the one with most links; the number on a line: links between two groups",
    links_between: "{} – {}: links: {}",
    groups_shown: "Groups shown: {}, with {} of {} entities; each group has a page of its own",
    outward: "Links to other groups: {}",
    scattered: "Small separate groups",
    rest: "Overview and all groups: rapporteur draw -o FILE; all links in one picture: rapporteur draw --whole",
    unlinked: "Entities without links: rapporteur draw --class CLASS",
    more: "The rest: rapporteur draw -o FILE",
    timeline: "Timeline of events: {}",
    events_shown: "Events shown: {} of {}",
    undated: "Without a date: {}",
    without_date: "Without a date",
    all_events: "All events: rapporteur draw --events",
    one_event: "All that is known of an event: rapporteur show NAME",
    by_date: "Events in the order of their dates",
    events: "What is known of each event",
    event_columns: ["Date", "Event", "Status", "Place", "Part or edition of", "Paragraphs that state the date"],
    replaced: "{}, first planned for {}",
    until: "until {}",
    list: "; ",
    stages: [
        "held or under way",
        "planned or scheduled",
        "postponed: the first date, crossed out, and the new one",
        "cancelled",
    ],
    inexact: "somewhere within this time",
    today: "date of the data",
    shown: "Entities shown: {} of {} · links shown: {} of {}",
    source: "Source: {} ({})",
    license: "Licence: {}",
    shapes: "Shapes",
    lines: "Lines",
    shape_names: [
        "rectangle",
        "ellipse",
        "hexagon",
        "octagon",
        "sheet",
        "house",
        "parallelogram",
        "rectangle with a tab",
        "folder",
        "rectangle with two plugs",
    ],
    line_names: ["solid", "dashed", "dotted"],
    planned: "planned or proposed",
    former: "former",
    entities: "Entities by class",
    links: "Links",
    columns: ["From", "Relation", "To", "Dates and remarks", "Paragraphs"],
};

const ARABIC: Words = Words {
    direct_links: "{}: الروابط المباشرة",
    near_links: "{}: الروابط (عدد الخطوات: {})",
    section: "القسم {}: {}",
    path: "أقصر المسارات: {} – {}",
    organizations: "المنظمات التي تعمل معاً: عدد المبادرات والأحداث والوثائق التي تشترك فيها كل منظمتين",
    two_mode: "المنظمات، والمبادرات والأحداث التي تشارك فيها",
    shared: "{} – {}: العدد المشترك: {}",
    as_of: "في تاريخ {}: دون ما لا يمكن أن يكون سارياً في هذا التاريخ",
    overview: "{}: نظرة عامة",
    page: "{}: المجموعة {} من {}",
    group: "{}: {} من الكيانات",
    group_class: "مجموعة كيانات تحمل اسم أكثرها روابط؛ والعدد على الخط: الروابط بين مجموعتين",
    links_between: "{} – {}: عدد الروابط: {}",
    groups_shown: "المجموعات المعروضة: {}، وفيها {} من {} من الكيانات؛ ولكل مجموعة صفحتها",
    outward: "الروابط بمجموعات أخرى: {}",
    scattered: "مجموعات صغيرة منفصلة",
    rest: "النظرة العامة وجميع المجموعات: rapporteur draw -o FILE؛ وجميع الروابط في صورة واحدة: rapporteur draw --whole",
    unlinked: "الكيانات التي لا روابط لها: rapporteur draw --class CLASS",
    more: "لعرض الباقي: rapporteur draw -o FILE",
    timeline: "التسلسل الزمني للأحداث: {}",
    events_shown: "الأحداث المعروضة: {} من {}",
    undated: "أحداث دون تاريخ: {}",
    without_date: "أحداث دون تاريخ",
    all_events: "جميع الأحداث: rapporteur draw --events",
    one_event: "كل ما هو معروف عن حدث: rapporteur show NAME",
    by_date: "الأحداث حسب ترتيب تواريخها",
    events: "ما هو معروف عن كل حدث",
    event_columns: ["التاريخ", "الحدث", "الحالة", "المكان", "جزء أو دورة من", "الفقرات التي تذكر التاريخ"],
    replaced: "{}، وكان مقرراً أولاً في {}",
    until: "حتى {}",
    list: "؛ ",
    stages: ["منعقد أو جارٍ", "مخطط أو مقرر", "مؤجل: الموعد الأول مشطوباً ثم الموعد الجديد", "ملغى"],
    inexact: "في وقت ما ضمن هذه الفترة",
    today: "تاريخ البيانات",
    shown: "الكيانات المعروضة: {} من {} · الروابط المعروضة: {} من {}",
    source: "المصدر: {} ({})",
    license: "الترخيص: {}",
    shapes: "الأشكال",
    lines: "الخطوط",
    shape_names: [
        "مستطيل",
        "شكل بيضوي",
        "شكل سداسي",
        "شكل ثماني",
        "ورقة مطوية الزاوية",
        "بيت",
        "متوازي أضلاع",
        "مستطيل بلسان",
        "مجلد",
        "مستطيل بمقبسين",
    ],
    line_names: ["متصل", "متقطع", "منقط"],
    planned: "مخطط أو مقترح",
    former: "سابق",
    entities: "الكيانات حسب الفئة",
    links: "الروابط",
    columns: ["من", "العلاقة", "إلى", "التواريخ والملاحظات", "الفقرات"],
};

impl Words {
    /// Returns the words of a language, or the English ones.
    pub(super) fn of(language: Language) -> &'static Self {
        if language.as_str().split('-').next() == Some("ar") { &ARABIC } else { &ENGLISH }
    }

    pub(super) fn around(&self, label: &str, depth: usize) -> String {
        match depth {
            0 | 1 => filled(self.direct_links, &[label]),
            _ => filled(self.near_links, &[label, &depth.to_string()]),
        }
    }

    pub(super) fn section(&self, number: &str, heading: &str) -> String {
        filled(self.section, &[number, heading]).trim_end_matches([' ', ':']).to_owned()
    }

    pub(super) fn shown(&self, entities: (usize, usize), links: (usize, usize)) -> String {
        let numbers = [entities.0, entities.1, links.0, links.1].map(|number| number.to_string());
        filled(self.shown, &numbers.each_ref().map(String::as_str))
    }

    pub(super) fn source(&self, document: &str, date: Option<&str>) -> String {
        filled(self.source, &[document, date.unwrap_or_default()]).trim_end_matches(" ()").to_owned()
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

    pub(super) fn groups_shown(&self, groups: usize, (shown, all): (usize, usize)) -> String {
        filled(self.groups_shown, &[&groups.to_string(), &shown.to_string(), &all.to_string()])
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

    pub(super) fn license(&self, iri: &str) -> String {
        filled(self.license, &[iri])
    }
}

/// Puts texts where `{}` stands, one after the other.
fn filled(pattern: &str, texts: &[&str]) -> String {
    let mut parts = pattern.split("{}");
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for (text, part) in texts.iter().zip(parts) {
        filled.extend([*text, part]);
    }
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_the_same_gaps_in_every_language() {
        let patterns = |words: &Words| {
            let titles = [words.direct_links, words.near_links, words.section, words.path];
            let groups =
                [words.overview, words.page, words.group, words.links_between, words.groups_shown, words.outward];
            let events = [words.timeline, words.events_shown, words.undated, words.until, words.replaced];
            let lines = [words.shared, words.as_of, words.shown, words.source, words.license];
            let gaps = titles
                .into_iter()
                .chain(groups)
                .chain(events)
                .chain(lines)
                .map(|pattern| pattern.matches("{}").count());
            gaps.collect::<Vec<_>>()
        };
        assert_eq!(patterns(&ARABIC), patterns(&ENGLISH));
    }

    #[test]
    fn what_is_not_known_is_not_announced() {
        assert_eq!(ENGLISH.section("H", ""), "Section H");
        assert_eq!(ENGLISH.source("Report", None), "Source: Report");
        assert_eq!(ENGLISH.around("ITU {}", 2), "ITU {}: links up to 2 steps away");
    }
}
