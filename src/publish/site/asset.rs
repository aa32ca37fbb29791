//! What stands beside the pages: the style, the search and the names that it looks in.

use serde_json::{Value, json};

use super::Site;
use super::place::folder;
use super::words::Words;
use crate::graph::KnowledgeGraph;
use crate::model::{ClassId, EntityId, Language, fold};
use crate::ontology::Ontology;

/// A file that pages use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Asset {
    /// Its name, in the folder that the folders of the languages are in.
    pub name: &'static str,
    /// Its [media type](https://www.iana.org/assignments/media-types/media-types.xhtml).
    pub media_type: &'static str,
    /// Its text.
    pub text: String,
}

const STYLE: &str = include_str!("style.css");
const SEARCH: &str = include_str!("search.js");
pub(super) const MOVE: &str = include_str!("picture.js");
const EXPLORE: &str = include_str!("explore.js");
const QUERY: &str = include_str!("query.js");

impl Site<'_> {
    /// Returns the files that pages use.
    #[must_use]
    pub(crate) fn assets(&self) -> Vec<Asset> {
        let script = "text/javascript";
        let mut assets = vec![
            Asset { name: "style.css", media_type: "text/css", text: STYLE.to_owned() + &marks(self.graph.ontology()) },
            Asset { name: "search.js", media_type: script, text: SEARCH.to_owned() },
            Asset { name: "names.js", media_type: script, text: self.names_script() },
        ];
        if self.is_served {
            assets.push(Asset { name: "picture.js", media_type: script, text: MOVE.to_owned() });
            assets.push(Asset { name: "explore.js", media_type: script, text: EXPLORE.to_owned() });
            assets.push(Asset { name: "query.js", media_type: script, text: QUERY.to_owned() });
        }
        assets
    }

    /// All names in all languages, sorted as they are looked for: folded. A script, because pages in a folder may load
    /// nothing else.
    fn names_script(&self) -> String {
        let graph = self.graph;
        let names = names(graph, &graph.entity_ids().collect::<Vec<_>>());
        let labels = |entity| -> Vec<Value> {
            let label = |&language| json!(graph.label(entity, &graph.languages(Some(language))));
            self.languages.iter().map(label).collect()
        };
        let entities = graph.entity_ids().map(|entity| json!([self.entity_file(entity), labels(entity)]));
        let folders: Vec<String> = self.languages.iter().map(|&language| folder(language)).collect();
        let data = json!({
            "languages": folders,
            "said": self.languages.iter().map(|&language| said(language)).collect::<Vec<_>>(),
            "entities": entities.collect::<Vec<_>>(),
            "names": names,
        });
        format!("rapporteurNames({data});\n")
    }
}

/// What the search says in a language: of what was found, of nothing, of names that are like what was typed.
pub(super) fn said(language: Language) -> [&'static str; 3] {
    let words = Words::of(language);
    [words.found, words.nothing_found, words.perhaps]
}

/// All names of entities in all languages, and their ids: folded, as written, the language, and the place of the entity;
/// sorted.
pub(super) fn names<'g>(graph: &'g KnowledgeGraph, entities: &[EntityId]) -> Vec<(String, &'g str, String, usize)> {
    let naming = graph.ontology().known().naming();
    let mut names = Vec::new();
    for (place, &entity) in entities.iter().enumerate() {
        let attributes = graph.attributes(entity).iter();
        for name in attributes.filter(|attribute| naming.contains(&attribute.property)) {
            let text = graph.text(name.text);
            let language = name.language.map(|language| language.to_string()).unwrap_or_default();
            names.push((fold(text), text, language, place));
        }
        names.push((fold(graph.id(entity)), graph.id(entity), String::new(), place));
    }
    names.sort();
    names.dedup_by(|a, b| a.0 == b.0 && a.3 == b.3 && a.1 == b.1);
    names
}

/// The class of elements in the colour of a class, which its base class gives it.
pub(super) fn mark(ontology: &Ontology, class: ClassId) -> Option<String> {
    let base = ontology.base_class(class)?;
    base.colour?;
    Some(format!("mark-{}", ontology.class_by_name(&base.name)?.index()))
}

/// The style of these elements.
fn marks(ontology: &Ontology) -> String {
    let coloured = ontology.class_ids().filter_map(|class| {
        let colour = ontology.class(class).colour?;
        Some(format!(".mark-{}{{--mark:{colour}}}\n", class.index()))
    });
    coloured.collect()
}
