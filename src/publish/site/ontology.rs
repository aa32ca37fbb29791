//! The ontology as one page, to which the IRIs of its terms lead: each term is a place in it (`#leads`).

use maud::{DOCTYPE, Markup, html};

use super::class::also;
use super::text::{Text, code, labelled, license};
use super::words::Words;
use crate::model::Language;
use crate::ontology::{Class, DCTERMS, Labels, OWL_VERSION_INFO, Ontology, Property, Range};

/// How the page looks; it stands beside the page.
pub(in crate::publish) const ONTOLOGY_STYLE: &str = "\
:root { color-scheme: light dark; font-family: system-ui, sans-serif; line-height: 1.5; }
body { margin-inline: auto; max-inline-size: 60rem; padding: 1rem; }
section > section { border-block-start: 1px solid; padding-block: .5rem; }
h3 { margin-block: .5rem; }
dl { display: grid; gap: .25rem 1rem; grid-template-columns: minmax(6rem, max-content) 1fr; margin: 0; }
dd { margin: 0; }
:target { outline: 2px solid; outline-offset: .5rem; }
";

/// Nothing but the style beside the page.
const POLICY: &str = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'";

struct Page<'o> {
    ontology: &'o Ontology,
    words: &'static Words,
    languages: Vec<Language>,
}

/// Returns the page in a language.
pub(in crate::publish) fn ontology_page(ontology: &Ontology, language: Language) -> String {
    let others = Language::of_the_un();
    let english = others.clone().filter(|other| other.as_str() == "en");
    let languages: Vec<_> = [language].into_iter().chain(english).collect();
    let page = Page { ontology, words: Words::of(language), languages };
    let titles = ontology.declaration().texts(&format!("{DCTERMS}title"));
    let title = labelled(&titles, &page.languages).map_or("", |(title, _)| title);
    let markup = html! {
        (DOCTYPE)
        html lang=(language.as_str()) dir=(language.direction().as_str()) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (Text(title)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                link rel="stylesheet" href="style.css";
                link rel="alternate" type="text/turtle" href="rapporteur.ttl";
                @for other in others.clone() {
                    link rel="alternate" hreflang=(other.as_str()) href={(other.as_str()) ".html"};
                }
            }
            body {
                nav aria-label=(page.words.languages) {
                    @for other in others { a href={(other.as_str()) ".html"} lang=(other.as_str()) { (page.words.own_name(other)) } " " }
                }
                main {
                    h1 { (Text(title)) }
                    (page.head())
                    (page.classes())
                    (page.properties())
                    (page.values())
                }
            }
        }
    };
    markup.into_string()
}

impl Page<'_> {
    /// What the ontology says of itself.
    fn head(&self) -> Markup {
        let (declaration, words) = (self.ontology.declaration(), self.words);
        let descriptions = declaration.texts(&format!("{DCTERMS}description"));
        let version = declaration.values(OWL_VERSION_INFO).next();
        let license = declaration.values(&format!("{DCTERMS}license")).next();
        html! {
            (self.text(&descriptions))
            dl {
                dt { "IRI" } dd { (code(&declaration.iri)) }
                @if let Some(version) = version { dt { (words.version) } dd { (Text(version)) } }
                @if let Some(license) = license { dt { (words.license) } dd { (self::license(license)) } }
            }
        }
    }

    /// A text in the best language.
    fn text(&self, texts: &Labels) -> Markup {
        html! {
            @if let Some((text, language)) = labelled(texts, &self.languages) {
                p lang=(language.as_str()) dir=(language.direction().as_str()) { (Text(text)) }
            }
        }
    }

    /// A term: its name, what it means, and what else is said of it.
    fn term(&self, name: &str, iri: &str, labels: &Labels, definitions: &Labels, more: &Markup) -> Markup {
        html! {
            section id=(name) aria-labelledby={(name) "-name"} {
                h3 id={(name) "-name"} { (self.label(labels, name)) }
                (self.text(definitions))
                dl { (more) dt { "IRI" } dd { (code(iri)) } }
            }
        }
    }

    fn label(&self, labels: &Labels, name: &str) -> Markup {
        html! {
            @match labelled(labels, &self.languages) {
                Some((label, language)) => { span lang=(language.as_str()) { (Text(label)) } }
                None => { (Text(name)) }
            }
        }
    }

    fn class_link(&self, class: &Class) -> Markup {
        html! { a href={"#" (class.name)} { (self.label(&class.labels, &class.name)) } " " }
    }

    fn classes(&self) -> Markup {
        let (ontology, words) = (self.ontology, self.words);
        html! {
            section { h2 { (words.classes) }
                @for class in ontology.classes() {
                    @let more = html! {
                        @if !class.parents.is_empty() {
                            dt { (words.parents) } dd { @for &parent in &class.parents { (self.class_link(ontology.class(parent))) } }
                        }
                        (also(words, &class.aligned))
                    };
                    (self.term(&class.name, &class.iri, &class.labels, &class.definitions, &more))
                }
            }
        }
    }

    fn properties(&self) -> Markup {
        let words = self.words;
        html! {
            @for (kind, title) in words.kinds() {
                section { h2 { (words.properties) ": " (title) }
                    @for property in self.ontology.properties().iter().filter(|property| property.kind == kind) {
                        (self.property(property))
                    }
                }
            }
        }
    }

    fn property(&self, property: &Property) -> Markup {
        let (ontology, words) = (self.ontology, self.words);
        let more = html! {
            @if let Some(domain) = property.domain { dt { (words.domain) } dd { (self.class_link(ontology.class(domain))) } }
            dt { (words.range) }
            dd { @match property.range {
                Range::Entity(class) | Range::Value(class) => { (self.class_link(ontology.class(class))) }
                Range::Literal(datatype) => { (code(datatype.iri())) }
            } }
            @if let Some(inverse) = property.inverse.map(|inverse| ontology.property(inverse)) {
                dt { (words.inverse) }
                dd { a href={"#" (inverse.name)} { (self.label(&inverse.labels, &inverse.name)) } }
            }
            (also(words, &property.aligned))
        };
        self.term(&property.name, &property.iri, &property.labels, &property.definitions, &more)
    }

    fn values(&self) -> Markup {
        html! {
            section { h2 { (self.words.values) }
                @for value in self.ontology.values() {
                    @let class = self.ontology.class(value.class);
                    @let more = html! { dt { (self.words.parents) } dd { (self.class_link(class)) } };
                    (self.term(&value.name, &value.iri, &value.labels, &value.definitions, &more))
                }
            }
        }
    }
}
