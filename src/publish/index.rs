//! The page that shows what a build has drawn, with the findings and the coverage of the report's paragraphs.
//!
//! One static page without script, a part for each language with its direction, that prints on paper.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};

use crate::export::xml;
use crate::finding::Finding;
use crate::graph::KnowledgeGraph;
use crate::model::{Direction, Language, Paragraph, ParagraphId, PropertyId};

/// A picture that the page shows: an SVG and its text twin, by their paths from the page without the extension.
pub(super) struct PictureFile {
    pub(super) path: String,
    pub(super) title: String,
    pub(super) description: String,
    /// Where to see what it does not show.
    pub(super) hints: Vec<String>,
}

/// The words of the page, in a language.
struct Words {
    contents: &'static str,
    diagrams: &'static str,
    picture: &'static str,
    text: &'static str,
    findings: &'static str,
    no_findings: &'static str,
    finding_columns: [&'static str; 3],
    coverage: &'static str,
    coverage_columns: [&'static str; 4],
}

const ENGLISH: Words = Words {
    contents: "Contents",
    diagrams: "Diagrams",
    picture: "picture",
    text: "as text",
    findings: "Findings",
    no_findings: "The check of the data found nothing to report.",
    finding_columns: ["Severity", "File", "Finding"],
    coverage: "Coverage of paragraphs",
    coverage_columns: ["Paragraph", "Heading", "Statements that cite it", "Why it states no link"],
};

const ARABIC: Words = Words {
    contents: "المحتويات",
    diagrams: "الرسوم البيانية",
    picture: "الصورة",
    text: "نصاً",
    findings: "نتائج التدقيق",
    no_findings: "لم يسفر تدقيق البيانات عن أي ملاحظات.",
    finding_columns: ["الدرجة", "الملف", "الملاحظة"],
    coverage: "تغطية الفقرات",
    coverage_columns: ["الفقرة", "العنوان", "البيانات التي تستشهد بها", "سبب عدم وجود روابط"],
};

const STYLE: &str = "\
body{font-family:'DejaVu Sans',Verdana,'Noto Sans Arabic',Tahoma,sans-serif;line-height:1.5;margin:0 auto;max-width:75rem;\
padding:0 1rem;color:#1a1a1a;background:#fff}\
a{color:#0b4f8a}a:focus{outline:3px solid #0b4f8a;outline-offset:2px}\
figure{margin:2rem 0}figure img{display:block;max-width:100%;max-height:90vh;height:auto;width:auto;border:1px solid #767676}\
table{border-collapse:collapse;width:100%}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:start;\
vertical-align:top}thead th{background:#eee}tr{break-inside:avoid}\
@media print{nav{display:none}body{max-width:none;font-size:9pt}a{color:inherit}figure{break-inside:avoid}\
main>section+section{break-before:page}}";

/// Returns the page: for each language, best first, its pictures.
pub(super) fn index(graph: &KnowledgeGraph, findings: &[Finding], parts: &[(Language, Vec<PictureFile>)]) -> String {
    let mut page = Page { graph, findings, out: String::new() };
    // Writing to memory does not fail.
    let _ = page.write(parts);
    page.out
}

struct Page<'a> {
    graph: &'a KnowledgeGraph,
    findings: &'a [Finding],
    out: String,
}

impl Page<'_> {
    fn write(&mut self, parts: &[(Language, Vec<PictureFile>)]) -> fmt::Result {
        let first = parts.first().map_or(self.graph.config().languages[0], |(language, _)| *language);
        let title = escaped(self.title(first));
        writeln!(self.out, "<!DOCTYPE html>\n<html lang=\"{first}\" dir=\"{}\">\n<head>", direction(first))?;
        writeln!(self.out, "<meta charset=\"utf-8\">\n<title>{title}</title>")?;
        writeln!(self.out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(self.out, "<style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>")?;
        if parts.len() > 1 {
            writeln!(self.out, "<ul>")?;
            for (language, _) in parts {
                let (title, direction) = (escaped(self.title(*language)), direction(*language));
                let lang = format!("lang=\"{language}\" dir=\"{direction}\"");
                writeln!(self.out, "<li {lang}><a href=\"#{language}\" hreflang=\"{language}\">{title}</a></li>")?;
            }
            writeln!(self.out, "</ul>")?;
        }
        writeln!(self.out, "</header>\n<main>")?;
        parts.iter().try_for_each(|(language, pictures)| self.part(*language, pictures))?;
        writeln!(self.out, "</main>\n</body>\n</html>")
    }

    fn title(&self, language: Language) -> &str {
        let config = self.graph.config();
        crate::ontology::preferred(&config.title, &self.graph.languages(Some(language))).unwrap_or(&config.id)
    }

    fn part(&mut self, language: Language, pictures: &[PictureFile]) -> fmt::Result {
        let words = if language.as_str().starts_with("ar") { &ARABIC } else { &ENGLISH };
        let (title, direction) = (escaped(self.title(language)), direction(language));
        let heading = format!("{language}-title");
        writeln!(
            self.out,
            "<section id=\"{language}\" lang=\"{language}\" dir=\"{direction}\" aria-labelledby=\"{heading}\">"
        )?;
        writeln!(self.out, "<h2 id=\"{heading}\">{title}</h2>")?;
        writeln!(self.out, "<nav aria-label=\"{} ({language})\">\n<ul>", words.contents)?;
        for (number, picture) in pictures.iter().enumerate() {
            writeln!(self.out, "<li><a href=\"#{language}-{number}\">{}</a></li>", escaped(&picture.title))?;
        }
        for (id, title) in [("findings", words.findings), ("coverage", words.coverage)] {
            writeln!(self.out, "<li><a href=\"#{language}-{id}\">{title}</a></li>")?;
        }
        writeln!(self.out, "</ul>\n</nav>\n<h3>{}</h3>", words.diagrams)?;
        for (number, picture) in pictures.iter().enumerate() {
            let (title, path) = (escaped(&picture.title), escaped(&picture.path));
            writeln!(self.out, "<figure id=\"{language}-{number}\">\n<figcaption><h4>{title}</h4>")?;
            let links = [("svg", words.picture), ("md", words.text)];
            let links = links.map(|(extension, word)| format!("<a href=\"{path}.{extension}\">{title}: {word}</a>"));
            writeln!(self.out, "<p>{}</p>", links.join(" · "))?;
            picture.hints.iter().try_for_each(|hint| writeln!(self.out, "<p class=\"hint\">{}</p>", escaped(hint)))?;
            writeln!(self.out, "</figcaption>")?;
            let description = escaped(&picture.description);
            writeln!(self.out, "<img src=\"{path}.svg\" loading=\"lazy\" alt=\"{description}\">\n</figure>")?;
        }
        self.findings(language, words)?;
        self.coverage(language, words)?;
        writeln!(self.out, "</section>")
    }

    /// The findings, whose messages are in English. Lines are left to `check`: the order of rows changes no output.
    fn findings(&mut self, language: Language, words: &Words) -> fmt::Result {
        writeln!(self.out, "<h3 id=\"{language}-findings\">{}</h3>", words.findings)?;
        if self.findings.is_empty() {
            return writeln!(self.out, "<p>{}</p>", words.no_findings);
        }
        self.open_table(words.findings, &words.finding_columns)?;
        let of = |finding: &Finding| (finding.severity(), finding.location.file.clone(), finding.message.clone());
        let mut findings: Vec<_> = self.findings.iter().map(of).collect();
        findings.sort();
        for (severity, file, message) in findings {
            let cells = [severity.to_string(), file, message];
            let cells = cells.map(|cell| format!("<td lang=\"en\" dir=\"ltr\">{}</td>", escaped(&cell)));
            writeln!(self.out, "<tr>{}</tr>", cells.concat())?;
        }
        writeln!(self.out, "</tbody>\n</table>")
    }

    /// Each paragraph of the reports, and how many statements cite it or why none does; a table for each report.
    fn coverage(&mut self, language: Language, words: &Words) -> fmt::Result {
        let (graph, known) = (self.graph, self.graph.ontology().known());
        let mut cited: BTreeMap<ParagraphId, usize> = BTreeMap::new();
        for citation in graph.statements().iter().flat_map(|statement| graph.citations(statement)) {
            if let Some(paragraph) = citation.paragraph {
                *cited.entry(paragraph).or_default() += 1;
            }
        }
        writeln!(self.out, "<h3 id=\"{language}-coverage\">{}</h3>", words.coverage)?;
        let reports = graph.reports();
        for &report in &reports {
            let name = escaped(graph.label(report, &graph.languages(Some(language))));
            if reports.len() > 1 {
                writeln!(self.out, "<h4 id=\"{language}-coverage-{}\">{name}</h4>", escaped(graph.id(report)))?;
                self.open_table(&format!("{}: {name}", words.coverage), &words.coverage_columns)?;
            } else {
                self.open_table(words.coverage, &words.coverage_columns)?;
            }
            for (id, paragraph) in graph.paragraphs_of(report) {
                let number = escaped(graph.text(paragraph.number));
                let count = cited.get(&id).copied().unwrap_or_default();
                let [heading, reason] =
                    [known.heading, known.no_link].map(|property| self.said(paragraph, property, language));
                writeln!(
                    self.out,
                    "<tr><th scope=\"row\" dir=\"ltr\">{number}</th><td>{heading}</td><td>{count}</td><td>{reason}</td></tr>"
                )?;
            }
            writeln!(self.out, "</tbody>\n</table>")?;
        }
        Ok(())
    }

    /// What a table says of a paragraph, in the language or the next best.
    fn said(&self, paragraph: &Paragraph, property: PropertyId, language: Language) -> String {
        let languages = self.graph.languages(Some(language));
        let rank = |language| languages.iter().position(|&other| Some(other) == language).unwrap_or(usize::MAX);
        let attributes = self.graph.paragraph_attributes(paragraph).iter();
        let attributes = attributes.filter(|attribute| attribute.property == property);
        let best = attributes.min_by_key(|attribute| rank(attribute.language));
        best.map_or_else(String::new, |attribute| escaped(self.graph.text(attribute.text)))
    }

    fn open_table(&mut self, caption: &str, columns: &[&str]) -> fmt::Result {
        let columns: Vec<_> = columns.iter().map(|column| format!("<th scope=\"col\">{column}</th>")).collect();
        writeln!(self.out, "<table aria-label=\"{caption}\">\n<thead><tr>{}</tr></thead>\n<tbody>", columns.concat())
    }
}

fn direction(language: Language) -> &'static str {
    match language.direction() {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    }
}

/// Text for HTML content and attributes.
fn escaped(text: &str) -> String {
    xml::content(&text.replace(|c: char| c.is_control() && c != '\n', " ")).into_owned()
}
