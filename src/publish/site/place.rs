//! Where pages are: the names of their files, which differ also where a file system does not tell cases apart.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use hashbrown::HashMap;
use hashbrown::hash_map::Entry;
use sha2::{Digest as _, Sha256};

use super::{Address, Site, Subject};
use crate::export::Format;
use crate::graph::{KnowledgeGraph, Section};
use crate::model::{EntityId, Language, Paragraph, fold, hexadecimal};
use crate::rdf::segment;

/// The most bytes of a name: with a number and an extension, what every file system takes.
const MOST_BYTES: usize = 120;

/// Names that are devices on some systems, with any extension.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Gives out names of files, each once: those that it gave, folded, and how many began like each. They are only looked up.
#[derive(Default)]
struct Names<'t>(HashMap<Cow<'t, str>, usize>);

impl<'t> Names<'t> {
    /// A text as a name. Ids have no `+` and no `=`: those mark parts, and what else would be the same.
    fn give(&mut self, text: &'t str) -> Cow<'t, str> {
        if is_plain(text)
            && let Entry::Vacant(free) = self.0.entry(Cow::Borrowed(text))
        {
            free.insert(1);
            return Cow::Borrowed(text);
        }
        self.changed(text).into()
    }

    fn changed(&mut self, text: &str) -> String {
        let mut name: String = text
            .chars()
            .map(|c| if c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~') { c } else { '_' })
            .collect();
        let device = name.split('.').next().unwrap_or_default();
        let is_port = |port: &&str| device.get(..3).is_some_and(|start| start.eq_ignore_ascii_case(port));
        let numbered = device.len() == 4 && ["com", "lpt"].iter().any(is_port);
        let is_device = DEVICES.iter().any(|other| device.eq_ignore_ascii_case(other));
        if name.is_empty() || name.starts_with('.') || is_device || numbered {
            name.insert(0, '_');
        }
        if name.len() > MOST_BYTES {
            let digest = Sha256::digest(text.as_bytes());
            let end = (0..=MOST_BYTES).rev().find(|&end| name.is_char_boundary(end)).unwrap_or_default();
            name.truncate(end);
            name.push('=');
            name.push_str(&hexadecimal(&digest[..6]));
        }
        let stem = fold(&name);
        let mut number = self.0.get(stem.as_str()).copied().unwrap_or_default() + 1;
        if number > 1 {
            let other = |number: usize| format!("{name}={number}");
            while self.0.contains_key(fold(&other(number)).as_str()) {
                number += 1;
            }
            name = other(number);
            self.0.insert(fold(&name).into(), 1);
        }
        self.0.insert(stem.into(), number);
        name
    }
}

/// Tells, of most names, that they are names of files as they are, and the same when they are folded.
fn is_plain(text: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_' | b'~');
    // Those of devices are shorter.
    (5..=MOST_BYTES).contains(&text.len()) && text.bytes().all(is_plain)
}

/// The names of the files of entities: most are those of their ids.
#[derive(Debug, Default)]
pub(super) struct Files {
    others: BTreeMap<EntityId, String>,
    by_name: BTreeMap<String, EntityId>,
}

impl Files {
    /// O(entities).
    pub(super) fn of(graph: &KnowledgeGraph) -> Self {
        let (mut files, mut names) = (Self::default(), Names(HashMap::with_capacity(graph.entities().len())));
        for entity in graph.entity_ids() {
            let id = graph.id(entity);
            let name = names.give(id);
            if name != id {
                files.others.insert(entity, name.clone().into_owned());
                files.by_name.insert(name.into_owned(), entity);
            }
        }
        files
    }
}

/// The names of the files of all paragraphs, within the folders of their documents.
pub(super) fn paragraphs(graph: &KnowledgeGraph) -> Vec<String> {
    let documents = graph.paragraphs().chunk_by(|a, b| a.document == b.document);
    documents
        .flat_map(|paragraphs| {
            let mut names = Names::default();
            let name = |paragraph: &Paragraph| names.give(graph.text(paragraph.number)).into_owned();
            paragraphs.iter().map(name).collect::<Vec<_>>()
        })
        .collect()
}

/// All sections, with the names of their files within the folders of their reports.
pub(super) fn sections(graph: &KnowledgeGraph) -> Vec<(Section, String)> {
    let sections = graph.sections();
    let mut all = Vec::new();
    for report in sections.chunk_by(|a, b| a.report == b.report) {
        let mut names = Names::default();
        all.extend(report.iter().map(|section| (section.clone(), names.give(&section.number).into_owned())));
    }
    all
}

impl Site<'_> {
    /// Returns the path of a page below the folder of its language, with slashes.
    #[must_use]
    pub(crate) fn path(&self, address: Address) -> String {
        let (graph, ontology) = (self.graph, self.graph.ontology());
        let stem = match address.subject {
            Subject::Start => "index".to_owned(),
            Subject::Names => "names/index".to_owned(),
            Subject::Sheet(number) => format!("names/{}", number + 1),
            Subject::Entity(entity) => format!("entity/{}", self.entity_file(entity)),
            Subject::Documents => "document/index".to_owned(),
            Subject::Document(document) => format!("document/{}", self.entity_file(document)),
            Subject::Section(number) => match self.backward.paragraphs().sections.get(number) {
                Some((section, name)) => format!("section/{}/{name}", self.entity_file(section.report)),
                None => "index".to_owned(),
            },
            Subject::Paragraph(id) => {
                let document = self.entity_file(graph.paragraph(id).document);
                let files = &self.backward.paragraphs().files;
                format!("paragraph/{document}/{}", files.get(id.index()).map_or("", String::as_str))
            }
            Subject::Classes => "class/index".to_owned(),
            Subject::Class(class) => format!("class/{}", ontology.class(class).name),
            Subject::Properties => "property/index".to_owned(),
            Subject::Property(property) => format!("property/{}", ontology.property(property).name),
            Subject::Pictures => "picture/index".to_owned(),
            Subject::Picture(number) => {
                format!("picture/{}", self.pictures().get(number).map_or("", |picture| picture.name.as_str()))
            }
            Subject::Findings => "findings".to_owned(),
            Subject::Coverage => "coverage".to_owned(),
        };
        if address.part == 0 { format!("{stem}.html") } else { format!("{stem}+{}.html", address.part + 1) }
    }

    /// Returns the page that is at a path below the folder of a language; nothing if there is none. O(log entities +
    /// paragraphs of the document).
    #[must_use]
    pub(crate) fn address(&self, path: &str, language: Language) -> Option<Address> {
        let stem = path.strip_suffix(".html")?;
        // No name of a file has a `+` in it, besides that before the number of a part.
        let (stem, part) = match stem.rsplit_once('+') {
            Some((stem, number)) => (stem, number.parse::<usize>().ok()?.checked_sub(1).filter(|&part| part > 0)?),
            None => (stem, 0),
        };
        let subject = self.subject(stem, language)?;
        let address = Address { subject, part };
        // A number may be written in several ways, of which one is that of the page.
        (part < self.n_parts(subject, language) && self.path(address) == path).then_some(address)
    }

    fn subject(&self, stem: &str, language: Language) -> Option<Subject> {
        let (graph, ontology) = (self.graph, self.graph.ontology());
        let Some((folder, name)) = stem.split_once('/') else {
            return match stem {
                "index" => Some(Subject::Start),
                "findings" => Some(Subject::Findings),
                "coverage" => Some(Subject::Coverage),
                _ => None,
            };
        };
        let within = || name.split_once('/').and_then(|(file, name)| Some((self.entity_of_file(file)?, name)));
        match (folder, name) {
            ("names", "index") => Some(Subject::Names),
            ("names", number) => {
                let number = number.parse::<usize>().ok()?.checked_sub(1)?;
                (number < self.sheets(language).len()).then_some(Subject::Sheet(number))
            }
            ("entity", name) => self.entity_of_file(name).map(Subject::Entity),
            ("document", "index") => Some(Subject::Documents),
            ("document", name) => {
                let document =
                    self.entity_of_file(name).filter(|document| self.backward.documents().contains_key(document));
                document.map(Subject::Document)
            }
            ("section", _) => {
                let (report, name) = within()?;
                let is_it = |(section, file): &(Section, String)| section.report == report && file == name;
                self.backward.paragraphs().sections.iter().position(is_it).map(Subject::Section)
            }
            ("paragraph", _) => {
                let (document, name) = within()?;
                let files = &self.backward.paragraphs().files;
                let number = self.paragraphs_of(document).find(|&number| files[number] == name)?;
                graph.paragraph_ids().nth(number).map(Subject::Paragraph)
            }
            ("class", "index") => Some(Subject::Classes),
            ("class", name) => ontology.class_by_name(name).map(Subject::Class),
            ("property", "index") => Some(Subject::Properties),
            ("property", name) => ontology.property_by_name(name).map(Subject::Property),
            ("picture", "index") => Some(Subject::Pictures),
            ("picture", name) => self.pictures().iter().position(|picture| picture.name == name).map(Subject::Picture),
            (_, _) => None,
        }
    }

    /// Returns the entity whose files have a name. O(log entities).
    #[must_use]
    pub(crate) fn entity_of_file(&self, name: &str) -> Option<EntityId> {
        let called = || self.graph.entity_by_id(name).filter(|entity| !self.files.others.contains_key(entity));
        self.files.by_name.get(name).copied().or_else(called)
    }

    /// Returns the path of the data of an entity, beside the folders of the languages.
    #[must_use]
    pub(crate) fn data_path(&self, entity: EntityId, format: Format) -> String {
        format!("data/{}.{}", self.entity_file(entity), format.extension())
    }

    /// The name of the file of an entity, without extension.
    pub(super) fn entity_file(&self, entity: EntityId) -> &str {
        self.files.others.get(&entity).map_or_else(|| self.graph.id(entity), String::as_str)
    }

    /// The numbers of the paragraphs of a document.
    pub(super) fn paragraphs_of(&self, document: EntityId) -> Range<usize> {
        let paragraphs = self.graph.paragraphs();
        let start = paragraphs.partition_point(|paragraph| paragraph.document < document);
        start..paragraphs.partition_point(|paragraph| paragraph.document <= document)
    }
}

/// A path as the address of a link: each of its parts percent-encoded.
pub(super) fn encoded(path: &str) -> String {
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// The folder of a language.
pub(super) fn folder(language: Language) -> String {
    language.as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_differ_where_file_systems_do_not_tell_cases_apart() {
        let long = ["a", "b"].map(|end| "م".repeat(200) + end);
        let mut names = Names::default();
        let given = ["itu", "ITU", "Itu", "itu", "a b/c", "con", "aux.x", "منظمة", ""].map(|text| names.give(text));
        assert_eq!(given, ["itu", "ITU=2", "Itu=3", "itu=4", "a_b_c", "_con", "_aux.x", "منظمة", "_"]);
        let long = [names.give(&long[0]), names.give(&long[1])];
        assert!(long[0] != long[1] && long[0].len() < 150, "{long:?}");
    }
}
