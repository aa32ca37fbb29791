//! What every page has: head, menu, trail, languages, foot.

use maud::{DOCTYPE, Markup, html};

use super::place::{encoded, folder};
use super::text::{Text, license};
use super::words::{ExploreWords, Words};
use super::{Address, RefusedData, Site, Subject};
use crate::graph::KnowledgeGraph;
use crate::model::{EntityId, Language};
use crate::ontology::preferred;

/// Nothing from elsewhere, and nothing that stands in the page itself.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; base-uri 'none'; \
    form-action 'none'";
/// The same for a page that asks the server for more: the script may fetch, forms may be sent.
const LIVE_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";

/// A page that is being made.
pub(super) struct Page<'s, 'g> {
    pub(super) site: &'s Site<'g>,
    pub(super) address: Address,
    pub(super) language: Language,
    /// The languages to try for names, best first.
    pub(super) languages: Vec<Language>,
    pub(super) words: &'static Words,
    /// The way up to the folder of the language.
    pub(super) up: String,
    /// Whether it is a file by itself: then it leads to places in it.
    pub(super) is_alone: bool,
    /// What the data set is by now, if that is not shown.
    pub(super) refused: Option<&'s RefusedData>,
}

/// What stands between head and foot.
pub(super) struct Body {
    /// The title as plain text.
    pub(super) title: String,
    /// The way from the start: addresses and their names.
    pub(super) trail: Vec<(Subject, Markup)>,
    /// What belongs into the head besides.
    pub(super) head: Markup,
    pub(super) main: Markup,
    /// The address within the folder of a language, if it is more than that of a page: a server answers it.
    pub(super) live: Option<String>,
    /// The same of a page that asks the server for nothing.
    pub(super) served: Option<&'static str>,
}

impl Body {
    pub(super) fn new(title: impl Into<String>, main: Markup) -> Self {
        Self { title: title.into(), trail: Vec::new(), head: Markup::default(), main, live: None, served: None }
    }

    /// The body of a page that asks the server for more.
    pub(super) fn live(title: impl Into<String>, address: String, main: Markup) -> Self {
        Self { live: Some(address), ..Self::new(title, main) }
    }

    pub(super) fn with_trail(self, trail: Vec<(Subject, Markup)>) -> Self {
        Self { trail, ..self }
    }
}

impl<'s, 'g> Page<'s, 'g> {
    pub(super) fn new(site: &'s Site<'g>, address: Address, language: Language) -> Self {
        let depth = site.path(address).matches('/').count();
        Self {
            site,
            address,
            language,
            languages: site.graph.languages(Some(language)),
            words: Words::of(language),
            up: "../".repeat(depth),
            is_alone: false,
            refused: None,
        }
    }

    /// The page while the data set is another.
    pub(super) fn beside_refused(self, refused: Option<&'s RefusedData>) -> Self {
        Self { refused, ..self }
    }

    pub(super) fn graph(&self) -> &'g KnowledgeGraph {
        self.site.graph
    }

    pub(super) fn html(&self) -> String {
        let body = match self.address.subject {
            Subject::Start => self.start(),
            Subject::Names => self.names(),
            Subject::Sheet(number) => self.sheet(number),
            Subject::Entity(entity) => self.entity(entity),
            Subject::Documents => self.documents(),
            Subject::Document(document) => self.document(document),
            Subject::Section(number) => self.section(number),
            Subject::Paragraph(paragraph) => self.paragraph(paragraph),
            Subject::Classes => self.classes(),
            Subject::Class(class) => self.class(class),
            Subject::Properties => self.properties(),
            Subject::Property(property) => self.property(property),
            Subject::Pictures => self.pictures(),
            Subject::Picture(number) => self.picture(number),
            Subject::Findings => self.findings(),
            Subject::Coverage => self.coverage(),
        };
        self.framed(&body).into_string()
    }

    pub(super) fn framed(&self, body: &Body) -> Markup {
        let root = format!("{}../", self.up);
        let title = self.site_title();
        let full = if body.title == title { title.to_owned() } else { format!("{} – {title}", body.title) };
        html! {
            (DOCTYPE)
            html lang=(self.language.as_str()) dir=(self.language.direction().as_str()) {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(if body.live.is_some() { LIVE_POLICY } else { POLICY });
                    title { (Text(&full)) }
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    link rel="stylesheet" href={(root) "style.css"};
                    script src={(root) "search.js"} defer {}
                    @if body.live.is_some() { @for name in ["picture", "explore"] { script src={(root) (name) ".js"} defer {} } }
                    @for &language in self.site.languages() {
                        link rel="alternate" hreflang=(language.as_str()) href=(self.in_language(language, body));
                    }
                    (body.head)
                }
                body.live[body.live.is_some()] {
                    a.skip href="#main" { (self.words.skip) }
                    (self.header(title, body))
                    main #main tabindex="-1" {
                        @if let Some(refused) = self.refused { (self.refused_note(refused)) }
                        (self.trail(&body.trail))
                        @if let Some(note) = self.fallback() { p.note { (note) } }
                        (body.main)
                        (self.parts())
                    }
                    (self.footer(title))
                }
            }
        }
    }

    fn header(&self, title: &str, body: &Body) -> Markup {
        let words = self.words;
        let menu = [
            (Subject::Names, words.names),
            (Subject::Classes, words.classes),
            (Subject::Properties, words.properties),
            (Subject::Documents, words.documents),
            (Subject::Pictures, words.pictures),
        ];
        html! {
            header {
                p.site { a href=(self.href(Subject::Start)) { (Text(title)) } }
                nav.menu aria-label=(words.menu) {
                    ul {
                        @for (subject, name) in menu {
                            li { a href=(self.href(subject)) aria-current=[self.current(subject)] { (name) } }
                        }
                        @if self.site.is_served {
                            li { a href={(self.up) "explore"} aria-current=[body.live.as_ref().map(|_| "page")] {
                                (ExploreWords::of(self.language).title)
                            } }
                        }
                    }
                }
                // What a server answers has a search of its own.
                @if body.live.is_none() { (self.search_form()) }
                @if self.site.languages().len() > 1 {
                    nav.languages aria-label=(words.languages) {
                        ul { @for &language in self.site.languages() {
                            li { a href=(self.in_language(language, body)) hreflang=(language.as_str()) lang=(language.as_str())
                                aria-current=[(language == self.language).then_some("true")] {
                                (Words::of(language).own_name(language))
                            } }
                        } }
                    }
                }
            }
        }
    }

    /// The search, shown by the script, without which it would do nothing.
    pub(super) fn search_form(&self) -> Markup {
        let words = self.words;
        html! {
            form #search role="search" hidden {
                label for="query" { (words.search) }
                input #query type="search" autocomplete="off" spellcheck="false";
                p #found role="status" {}
                ul #hits {}
            }
        }
    }

    fn footer(&self, title: &str) -> Markup {
        let words = self.words;
        html! {
            footer {
                p { (Text(title)) (self.version()) }
                p { (words.license) " " (license(&self.graph().config().license)) }
                p {
                    a href=(self.href(Subject::Findings)) { (words.findings) } " · "
                    a href=(self.href(Subject::Coverage)) { (words.coverage) }
                }
            }
        }
    }

    /// The version and the date of the data, after what they are of.
    pub(super) fn version(&self) -> Markup {
        let config = self.graph().config();
        html! {
            @if let Some(version) = &config.version { " · " (self.words.version) " " bdi { (Text(version)) } }
            @if let Some(date) = &config.date { " · " bdi { (Text(date.text())) } }
        }
    }

    fn trail(&self, trail: &[(Subject, Markup)]) -> Markup {
        html! {
            @if self.address.subject != Subject::Start {
                nav.trail aria-label=(self.words.trail) {
                    ol {
                        li { a href=(self.href(Subject::Start)) { (self.words.start) } }
                        @for (subject, name) in trail { li { a href=(self.href(*subject)) { (name) } } }
                    }
                }
            }
        }
    }

    /// The other pages of what is too long for one.
    fn parts(&self) -> Markup {
        let Address { subject, part } = self.address;
        let n = self.site.n_parts(subject, self.language);
        let link = |part: usize| self.link_to(Address { subject, part });
        html! {
            @if n > 1 {
                nav.parts aria-label=(self.words.parts) {
                    @if part > 0 { a rel="prev" href=(link(part - 1)) { (self.words.previous) } }
                    span { (self.words.part_of(part + 1, n)) }
                    @if part + 1 < n { a rel="next" href=(link(part + 1)) { (self.words.next) } }
                }
            }
        }
    }

    /// What is said where the page has no words, or the data no names, in its language.
    fn fallback(&self) -> Option<String> {
        let tag = self.language.as_str();
        if !self.words.is_of(self.language) {
            return Some(format!(
                "This site has no words in the language {tag}: it is in English, with names in {tag} where there are any."
            ));
        }
        let Subject::Entity(entity) = self.address.subject else { return None };
        let (_, language) = self.label(entity);
        let is_other = |language: &Language| language.primary() != self.language.primary();
        language.filter(is_other).map(|_| self.words.no_name.to_owned())
    }

    pub(super) fn site_title(&self) -> &'g str {
        let config = self.graph().config();
        preferred(&config.title, &self.languages).unwrap_or(&config.id)
    }

    fn current(&self, subject: Subject) -> Option<&'static str> {
        (self.address.subject == subject).then_some("page")
    }

    /// The address of the first page of something, from this one.
    pub(super) fn href(&self, subject: Subject) -> String {
        self.link_to(Address { subject, part: 0 })
    }

    pub(super) fn link_to(&self, address: Address) -> String {
        if self.is_alone {
            return format!("#{}", self.anchor(address.subject));
        }
        self.up.clone() + &encoded(&self.site.path(address))
    }

    /// The address of something beside the folders of the languages.
    pub(super) fn beside(&self, path: &str) -> String {
        format!("{}../{}", self.up, encoded(path))
    }

    /// The address of this page in another language. The A-to-Z is another there.
    fn in_language(&self, language: Language, body: &Body) -> String {
        if let Some(address) = body.live.as_deref().or(body.served) {
            return format!("{}../{}/{address}", self.up, folder(language));
        }
        let address = match self.address.subject {
            Subject::Sheet(_) | Subject::Names if language != self.language => {
                Address { subject: Subject::Names, part: 0 }
            }
            _ => self.address,
        };
        format!("{}../{}/{}", self.up, folder(language), encoded(&self.site.path(address)))
    }

    pub(super) fn entity_link(&self, entity: EntityId) -> Markup {
        html! { a href=(self.href(Subject::Entity(entity))) { (self.name(entity)) } }
    }
}
