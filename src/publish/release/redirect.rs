//! Where the IRIs of the data set and of the ontology lead: rules of redirection for Apache, as [w3id](https://w3id.org)
//! takes them, and a table of what must come of them.
//!
//! Each answer is a 303, for what an IRI names is not what is sent. Which file it leads to is a matter of `Accept`, by the
//! types that it names and without their weights, and of the first language of `Accept-Language`.

use std::fmt::Write as _;

use super::about::About;
use crate::model::Language;
use crate::publish::build::languages;
use crate::publish::site::{Address, Site, Subject};

/// Where the site is until somebody says so.
const NOWHERE: &str = "https://example.org/";

/// The patterns of `Accept` that ask for a type.
const TURTLE: &str = "text/turtle";
const JSON_LD: &str = "application/ld\\+json";
const HTML: &str = "text/html|application/xhtml\\+xml";

/// The variable of the language of pages, and of that of the pages of the ontology.
const OF_SITE: &str = "LANG";
const OF_TERMS: &str = "TERMLANG";

/// The rules, and what must come of them.
pub(super) struct Redirects {
    /// The `.htaccess` of a folder of the host.
    pub(super) rules: String,
    /// Path, `Accept`, `Accept-Language` and where that leads, with tabs between them.
    pub(super) table: String,
    /// What somebody who puts up the rules must know.
    pub(super) note: String,
}

/// An IRI taken apart: the host with its scheme, the first folder on it, and the path within that.
pub(in crate::publish) struct Place<'a> {
    host: &'a str,
    folder: &'a str,
    path: &'a str,
}

impl<'a> Place<'a> {
    pub(in crate::publish) fn of(iri: &'a str) -> Option<Self> {
        let start =
            ["https://", "http://"].iter().find_map(|scheme| iri.starts_with(scheme).then_some(scheme.len()))?;
        let end = iri[start..].find('/').map_or(iri.len(), |at| start + at);
        let (host, path) = iri.split_at(end);
        let path = path.trim_start_matches('/');
        let (folder, path) = path.split_once('/').unwrap_or(("", path));
        Some(Self { host, folder, path })
    }

    /// Tells whether another IRI is in the same folder of the host.
    pub(in crate::publish) fn is_beside(&self, iri: &str) -> bool {
        Place::of(iri).is_some_and(|other| (other.host, other.folder) == (self.host, self.folder))
    }
}

/// Returns the redirects of a data set whose base is a folder of the web; else nothing, for nothing could lead there.
pub(super) fn redirects(about: &About<'_>) -> Option<Redirects> {
    let base = about.base();
    let place = Place::of(base).filter(|_| base.ends_with('/'))?;
    let site = about.graph.config().publication.site.as_deref().unwrap_or(NOWHERE);
    let mut writer = Writer { about, place, site, rules: String::new(), table: String::new() };
    writer.head();
    writer.ontology();
    writer.files();
    writer.dataset();
    writer.entities();
    let note = writer.note();
    Some(Redirects { rules: writer.rules, table: writer.table, note })
}

struct Writer<'a, 'g> {
    about: &'a About<'g>,
    place: Place<'g>,
    site: &'g str,
    rules: String,
    table: String,
}

impl Writer<'_, '_> {
    fn line(&mut self, line: &str) {
        self.rules.push_str(line);
        self.rules.push('\n');
    }

    /// A rule: what a path leads to, if `Accept` has a type.
    fn rule(&mut self, path: &str, accept: Option<&str>, target: &str) {
        if let Some(accept) = accept {
            self.line(&format!("RewriteCond %{{HTTP:Accept}} {accept}"));
        }
        self.line(&format!("RewriteRule ^{path}$ {target} [R=303,L]"));
    }

    /// What must come of a path in the folder of the host.
    fn row(&mut self, path: &str, accept: &str, language: &str, target: &str) {
        let folder = self.place.folder;
        let slash = if folder.is_empty() { "" } else { "/" };
        // Writing to a string does not fail.
        let _ = writeln!(self.table, "/{folder}{slash}{path}\t{accept}\t{language}\t{target}");
    }

    fn head(&mut self) {
        let host = self.place.host;
        let folder = self.place.folder;
        self.line(&format!("# For the folder /{folder} of {host}. Made by rapporteur from dataset.toml."));
        self.line("Options -MultiViews");
        self.line("RewriteEngine on");
        self.line("");
        self.line("# Where pages and files are: the one line to change when they move.");
        let site = self.site.trim_end_matches('/').to_owned();
        self.line(&format!("RewriteRule ^ - [E=SITE:{site}]"));
        self.line("");
        let of_site = languages(self.about.graph, None);
        let of_terms: Vec<_> = Language::of_the_un().collect();
        let english = of_terms.iter().position(|language| language.as_str() == "en").unwrap_or_default();
        self.language(OF_SITE, &of_site, 0);
        self.language(OF_TERMS, &of_terms, english);
    }

    /// The first language of `Accept-Language`, if it is one of these.
    fn language(&mut self, variable: &str, languages: &[Language], default: usize) {
        let tag = |number: usize| languages.get(number).map_or("en", Language::as_str);
        let default = tag(default).to_owned();
        self.line(&format!("RewriteRule ^ - [E={variable}:{default}]"));
        for language in languages.iter().map(Language::as_str).filter(|tag| *tag != default) {
            self.line(&format!("RewriteCond %{{HTTP:Accept-Language}} ^{language}\\b [NC]"));
            self.line(&format!("RewriteRule ^ - [E={variable}:{language}]"));
        }
    }

    /// Where the files of this release are.
    fn release(&self) -> String {
        match &self.about.graph.config().publication.download {
            Some(download) => download.clone(),
            None => format!("%{{ENV:SITE}}/release/{}/", crate::rdf::segment(self.about.version)),
        }
    }

    /// The same address, as it must come out.
    fn spelled(&self, target: &str) -> String {
        target.replace("%{ENV:SITE}", self.site.trim_end_matches('/'))
    }

    /// The ontology and its version, if their IRIs are in the same folder of the host.
    fn ontology(&mut self) {
        let declaration = self.about.graph.ontology().declaration();
        let release = self.release();
        let iris: Vec<String> = [Some(declaration.iri.as_str()), declaration.version_iri()]
            .into_iter()
            .flatten()
            .filter_map(Place::of)
            .filter(|place| place.is_beside(self.about.base()))
            .map(|place| place.path.to_owned())
            .collect();
        for path in iris {
            self.line("");
            self.line("# The ontology.");
            let kinds = [
                (TURTLE, "text/turtle", "rapporteur.ttl"),
                ("application/rdf\\+xml", "application/rdf+xml", "rapporteur.rdf"),
                (JSON_LD, "application/ld+json", "rapporteur.jsonld"),
                ("application/n-triples", "application/n-triples", "rapporteur.nt"),
            ];
            for (accept, media_type, file) in kinds {
                let target = format!("{release}ontology/{file}");
                self.rule(&pattern(&path), Some(accept), &target);
                self.row(&path, media_type, "", &self.spelled(&target));
            }
            let page = |language: &str| format!("{release}ontology/{language}.html");
            self.rule(&pattern(&path), Some(HTML), &page(&format!("%{{ENV:{OF_TERMS}}}")));
            for (asked, language) in [("", "en"), ("ar", "ar"), ("fr-CA,en;q=0.5", "fr"), ("de", "en")] {
                self.row(&path, "text/html", asked, &self.spelled(&page(language)));
            }
            self.rule(&pattern(&path), None, &format!("{release}ontology/rapporteur.ttl"));
            self.row(&path, "*/*", "", &self.spelled(&format!("{release}ontology/rapporteur.ttl")));
        }
    }

    /// The files of releases, if these are below the base.
    fn files(&mut self) {
        let (path, version) = (pattern(self.place.path), self.about.version);
        self.line("");
        self.line("# Releases.");
        if self.about.graph.config().publication.download.is_none() {
            self.rule(&format!("{path}release/([^/]+)/(.+)"), None, "%{ENV:SITE}/release/$1/$2");
            let asked = format!("{}release/{version}/SHA256SUMS", self.place.path);
            self.row(&asked, "*/*", "", &self.spelled(&format!("{}SHA256SUMS", self.release())));
        }
        let release = self.release();
        let version = format!("{}release/{version}", self.place.path);
        self.kinds(&version, "/?", &release, &format!("{release}README.md"));
    }

    fn dataset(&mut self) {
        self.line("");
        self.line("# The data set.");
        let (path, release) = (self.place.path.to_owned(), self.release());
        self.kinds(&path, "", &release, "%{ENV:SITE}/");
        let own = format!("{path}terms");
        if self.about.graph.ontology().texts().count() > 1 {
            self.rule(&pattern(&own), None, &format!("{release}ontology/terms.ttl"));
        }
    }

    /// The records of the data set by type, or else a page.
    fn kinds(&mut self, path: &str, more: &str, release: &str, page: &str) {
        let kinds = [
            (Some(TURTLE), "text/turtle", format!("{release}dcat.ttl")),
            (Some(JSON_LD), "application/ld+json", format!("{release}schema.jsonld")),
            (Some(HTML), "text/html", page.to_owned()),
            (None, "*/*", format!("{release}dcat.ttl")),
        ];
        for (accept, media_type, target) in kinds {
            self.rule(&format!("{}{more}", pattern(path)), accept, &target);
            self.row(path, media_type, "", &self.spelled(&target));
        }
    }

    /// Entities, paragraphs and statements: their data, or their pages on the site.
    fn entities(&mut self) {
        let (graph, base) = (self.about.graph, pattern(self.place.path));
        let languages = languages(graph, None);
        let site = Site::new(graph, &[], languages.clone());
        self.line("");
        self.line("# Statements, paragraphs and entities.");
        self.rule(&format!("{base}statement/[0-9a-f]+"), None, "%{ENV:SITE}/");
        let page = "%{ENV:SITE}/%{ENV:LANG}";
        self.rule(&format!("{base}([^/]+)/para/(.+)"), None, &format!("{page}/paragraph/$1/$2.html"));
        let kinds = |file: &str| {
            [
                (Some(JSON_LD), format!("%{{ENV:SITE}}/data/{file}.jsonld")),
                (Some(TURTLE), format!("%{{ENV:SITE}}/data/{file}.ttl")),
                (Some(HTML), format!("{page}/entity/{file}.html")),
                (None, format!("%{{ENV:SITE}}/data/{file}.ttl")),
            ]
        };
        for entity in graph.entity_ids() {
            let path = site.path(Address { subject: Subject::Entity(entity), part: 0 });
            let file = path.trim_start_matches("entity/").trim_end_matches(".html");
            if file != graph.id(entity) {
                let path = format!("{base}{}", pattern(graph.id(entity)));
                for (accept, target) in kinds(file) {
                    self.rule(&path, accept, &target);
                }
            }
        }
        for (accept, target) in kinds("$1") {
            self.rule(&format!("{base}([^/]+)"), accept, &target);
        }
        let plain = graph
            .entity_ids()
            .map(|entity| graph.id(entity))
            .find(|id| id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') && id.len() < 100);
        if let Some(id) = plain {
            self.of_entity(id, &languages);
        }
    }

    /// What must come of the IRI of an entity.
    fn of_entity(&mut self, id: &str, languages: &[Language]) {
        let (path, site) = (format!("{}{id}", self.place.path), self.site.trim_end_matches('/').to_owned());
        for (accept, end) in [("text/turtle", "ttl"), ("application/ld+json", "jsonld"), ("*/*", "ttl")] {
            self.row(&path, accept, "", &format!("{site}/data/{id}.{end}"));
        }
        let first = languages.first().map_or("en", Language::as_str);
        let asked = languages.iter().map(|language| (language.as_str(), language.as_str())).chain([("de", first)]);
        for (asked, language) in asked.chain([("", first)]) {
            let accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
            self.row(&path, accept, asked, &format!("{site}/{language}/entity/{id}.html"));
        }
    }

    fn note(&self) -> String {
        let Place { host, folder, .. } = self.place;
        let contact = self.about.contact().unwrap_or("(name who answers for these addresses)");
        format!(
            "# Redirects\n\n`.htaccess` makes the IRIs that begin with {} lead to pages and data. It belongs into the \
             folder `/{folder}` of {host}; with w3id, that is the folder of this name in its repository, with this file \
             as its README.\n\nEach line of `table.tsv` has a path, what `Accept` and `Accept-Language` say, and where \
             that must lead, by a 303.\n\nContact: {contact}\n",
            self.about.base()
        )
    }
}

/// A text as a pattern of itself.
fn pattern(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if !c.is_alphanumeric() && !matches!(c, '/' | '-' | '_' | '~') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_iri_is_taken_apart_at_the_first_folder_of_its_host() {
        let parts = |iri| Place::of(iri).map(|place| (place.host, place.folder, place.path));
        assert_eq!(parts("https://w3id.org/x/y/z/"), Some(("https://w3id.org", "x", "y/z/")));
        assert_eq!(parts("https://w3id.org/x/"), Some(("https://w3id.org", "x", "")));
        assert_eq!(parts("http://example.org/"), Some(("http://example.org", "", "")));
        assert_eq!(parts("urn:x:y/"), None);
    }

    #[test]
    fn a_pattern_matches_its_text_alone() {
        assert_eq!(pattern("a.b/c-1~d+e"), "a\\.b/c-1~d\\+e");
    }
}
