//! Whom pictures name as their source.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use crate::draw::{self, Diagram, Format, Picture, PlacedPicture, Scene, Timeline};
use crate::graph::{Filter, KnowledgeGraph, Mode, Selection, View};
use crate::model::{Language, Rank};

use crate::publish::{Build, MakeSite, build};
use crate::tests::{open, repository, shipped};

/// What statements cite, each as the documents that it cites.
type Cited = Vec<BTreeSet<String>>;

/// The documents of sources as tables write them.
fn documents<'a>(sources: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
    sources.into_iter().map(|source| source.split('#').next().unwrap().to_owned()).collect()
}

/// What the statements on the lines of a network cite. A line that stands for links of others tells them in its tooltip.
fn on_lines(diagram: &Diagram) -> Cited {
    let sentences: BTreeSet<&str> = diagram.edges.iter().flat_map(|edge| sentences(&edge.tooltip)).collect();
    sentences.into_iter().map(cited_in).collect()
}

/// The sentences of a tooltip: those of statements, which cite.
fn sentences(tooltip: &str) -> impl Iterator<Item = &str> {
    tooltip.lines().map(str::trim).filter(|line| line.ends_with(']'))
}

fn cited_in(sentence: &str) -> BTreeSet<String> {
    let (_, sources) = sentence.rsplit_once('[').unwrap();
    let sources: Vec<_> = sources.trim_end_matches(']').split(", ").map(str::to_owned).collect();
    documents(&sources)
}

/// What the best claims of dates and status of the events of a timeline cite.
fn on_marks(graph: &KnowledgeGraph, timeline: &Timeline) -> Cited {
    let mut cited = Vec::new();
    for event in &timeline.events {
        let claims: Vec<_> = graph
            .statements_of(graph.entity_by_id(&event.node.id).unwrap())
            .map(|id| graph.statement(id))
            .filter(|claim| claim.rank != Rank::Deprecated)
            .collect();
        for name in ["startDate", "endDate", "previousStartDate", "previousEndDate", "eventStatus"] {
            let property = graph.ontology().property_by_name(name).unwrap();
            let of_property = || claims.iter().filter(|claim| claim.property == property);
            let best = of_property().map(|claim| claim.rank).min();
            cited.extend(of_property().filter(|claim| Some(claim.rank) == best).map(|claim| {
                documents(
                    &graph.citations(claim).iter().map(|source| graph.citation_reference(source)).collect::<Vec<_>>(),
                )
            }));
        }
    }
    cited
}

/// The line that names the source of statements in English: the documents that most of them cite, then how many more.
fn line(graph: &KnowledgeGraph, cited: &Cited) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for document in cited.iter().flatten() {
        *counts.entry(document).or_default() += 1;
    }
    let mut counts: Vec<_> = counts.into_iter().collect();
    counts.sort_by_key(|(id, n)| (Reverse(*n), *id));
    let name = |(id, _): &(&str, usize)| graph.label(graph.entity_by_id(id).unwrap(), &graph.languages(None));
    let names: Vec<_> = counts.iter().take(3).map(name).collect();
    let more = if counts.len() > 3 { format!(" and {} more", counts.len() - 3) } else { String::new() };
    let date = graph.config().date.as_ref().map(|date| format!(" ({})", date.text())).unwrap_or_default();
    (!names.is_empty()).then(|| format!("Source: {}{more}{date}", names.join("; ")))
}

/// XML without its tags.
fn untagged(xml: &str) -> String {
    xml.split('<').filter_map(|part| part.split_once('>')).map(|(_, text)| text).collect()
}

/// Text without marks of direction, space (lines are broken anywhere) and the escapes of formats.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !('\u{2066}'..='\u{2069}').contains(c)).collect();
    let mut text = text.replace("\\n", " ").replace("&amp;", "&").replace("\\\"", "\"");
    for c in (b' '..=b'~').filter(u8::is_ascii_punctuation).map(char::from) {
        text = text.replace(&format!("#{};", u32::from(c)), &c.to_string());
    }
    text.split_whitespace().collect()
}

/// Holds the source line of a picture, wherever it is written, to what is drawn.
fn check(graph: &KnowledgeGraph, picture: &Picture, cited: &Cited, what: &str) {
    let (footer, expected) = (footer(picture), line(graph, cited));
    let found: Vec<_> = footer.iter().filter(|line| line.starts_with("Source: ")).collect();
    assert_eq!(found, expected.iter().collect::<Vec<_>>(), "{what}: {}", picture.title());
    for (format, text) in written(picture) {
        let text = plain(&text);
        let sources = text.matches("Source:").count();
        let right = expected.as_ref().map_or(0, |line| text.matches(&plain(line)).count());
        let is_told = expected.is_some() == (right > 0);
        assert!(is_told && sources == right, "{what} as {format}: {expected:?}\n{text}");
    }
}

fn footer(picture: &Picture) -> &[String] {
    match picture {
        Picture::Network(diagram) => &diagram.footer,
        Picture::Timeline(timeline) => &timeline.footer,
    }
}

/// The picture in the formats whose text can be read: of pages, only small ones, for they take long.
fn written(picture: &Picture) -> Vec<(&'static str, String)> {
    let placed = picture.placed().unwrap();
    let mut all = vec![
        ("md", picture.twin()),
        ("svg", untagged(&placed.svg())),
        ("description", picture.description().to_owned()),
    ];
    if picture.n_shown() < 12 {
        let page = picture.write(Format::Pdf).unwrap();
        all.push(("pdf", String::from_utf8_lossy(&page).into_owned()));
    }
    if let (Picture::Network(diagram), PlacedPicture::Network(_, layout)) = (picture, &placed) {
        all.push(("dot", draw::dot(diagram, layout).replace("\\\n", "")));
        // It has a limit of edges and of text.
        all.extend(draw::mermaid(diagram).ok().map(|mermaid| ("mmd", mermaid)));
    }
    all
}

/// The parts that pictures are drawn of.
fn views(graph: &KnowledgeGraph, around: &[&str]) -> Vec<View> {
    let mut views: Vec<View> = vec![View::default()];
    views.extend([Mode::TwoMode, Mode::OneMode].map(|mode| View { mode, ..View::default() }));
    views.extend(graph.sections().into_iter().map(|section| Selection::Section(section).into()));
    let entities: Vec<_> = around.iter().map(|name| graph.find(name).unwrap()).collect();
    views.extend(entities.iter().map(|&entity| Selection::Around(entity, 1).into()));
    views.extend(entities.windows(2).map(|pair| Selection::Path(pair[0], pair[1]).into()));
    let classes = vec![graph.ontology().class_by_name("Organization").unwrap()];
    views.push(View { filter: Filter { classes, ..Filter::default() }, ..View::default() });
    views
}

/// Holds all pictures of a data set to what is drawn in them, and returns how many these are.
fn check_all(graph: &KnowledgeGraph, around: &[&str]) -> usize {
    let languages = graph.languages(Language::parse("en").ok());
    let mut n = 0;
    for view in views(graph, around) {
        let scene = Scene::new(graph, &view, &languages);
        let whole = draw::diagram(&scene);
        let mut between: BTreeSet<_> = whole.edges.iter().flat_map(|edge| sentences(&edge.tooltip)).collect();
        let pages = draw::pages(&scene, None);
        if let [_, groups @ ..] = pages.as_slice() {
            for page in groups {
                check(graph, &Picture::Network(page.clone()), &on_lines(page), "page");
                page.edges.iter().flat_map(|edge| sentences(&edge.tooltip)).for_each(|inside| {
                    between.remove(inside);
                });
            }
            if !groups.is_empty() {
                let cited = between.iter().map(|sentence| cited_in(sentence)).collect();
                check(graph, &Picture::Network(pages[0].clone()), &cited, "overview");
            }
            n += pages.len();
        }
        check(graph, &Picture::Network(whole.clone()), &on_lines(&whole), "network");
        let timeline = draw::timeline(&scene);
        check(graph, &Picture::Timeline(timeline.clone()), &on_marks(graph, &timeline), "timeline");
        n += 2;
    }
    n
}

#[test]
fn every_picture_of_the_shipped_data_names_the_documents_that_are_cited_in_it_and_no_others() {
    assert!(check_all(&shipped(), &["undp", "unesco", "sotf", "aiab"]) > 30);
}

#[test]
fn every_picture_of_two_reports_names_the_documents_that_are_cited_in_it_and_no_others() {
    let graph = open(&repository("tests/reports")).0;
    assert!(check_all(&graph, &["unaids", "undp", "itu", "who", "forum", "geneva"]) > 30);
    let unaids = Selection::Around(graph.find("UNAIDS").unwrap(), 1).into();
    let diagram = draw::diagram(&Scene::new(&graph, &unaids, &graph.languages(None)));
    assert_eq!(diagram.footer[1], "Source: Resolution on Health (2024-05)");
}

#[test]
fn many_documents_are_counted_in_every_language() {
    let graph = shipped();
    for tag in Language::UN {
        let languages = graph.languages(Language::parse(tag).ok());
        let whole = draw::diagram(&Scene::new(&graph, &View::default(), &languages));
        let n = on_lines(&whole).into_iter().flatten().collect::<BTreeSet<_>>().len();
        let report = graph.label(graph.entity_by_id("c24").unwrap(), &languages);
        let line = whole.footer.iter().find(|line| line.contains(report)).unwrap();
        assert!(n > 3 && line.contains(&(n - 3).to_string()), "{tag}: {line}");
    }
}

#[test]
fn every_picture_of_a_build_names_the_documents_that_are_cited_in_it() {
    let (graph, findings) = open(&repository("tests/reports"));
    let folder = tempfile::tempdir().unwrap();
    let wanted = Build { language: Language::parse("en").ok(), site: MakeSite::Always, progress: &|_, _| {} };
    build(&graph, &findings, folder.path(), wanted).unwrap();
    let read = |name: &str| std::fs::read_to_string(folder.path().join("diagrams/en").join(name)).unwrap();
    for (name, source) in [
        ("whole", "Resolution on Health; Report to the Council; Letter of the Director"),
        ("organizations", "Resolution on Health; Report to the Council; Letter of the Director"),
        ("timeline", "Report to the Council; Resolution on Health"),
        ("reports/council/section-1", "Report to the Council; Letter of the Director"),
        ("reports/council/section-2", "Report to the Council"),
        ("reports/resolution/section-2", "Resolution on Health"),
    ] {
        for extension in ["svg", "md", "dot"].into_iter().filter(|&extension| name != "timeline" || extension != "dot")
        {
            let text = read(&format!("{name}.{extension}"));
            let text = plain(&if extension == "svg" { untagged(&text) } else { text });
            assert!(text.contains(&plain(&format!("Source: {source} (2024-05)"))), "{name}.{extension}: {text}");
        }
    }
    let page = folder.path().join("site/en/picture/reports-resolution-section-2.html");
    assert!(std::fs::read_to_string(page).unwrap().contains("Source: Resolution on Health (2024-05)"));
}
