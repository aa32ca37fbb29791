//! Pages by their addresses.

use std::collections::BTreeSet;

use crate::export::Format;
use crate::model::Language;
use crate::publish::{Address, Site, Subject};
use crate::tests::{dataset, open, repository};

#[test]
fn a_language_that_the_site_has_no_words_in_says_so() {
    let (graph, findings) = open(&repository("tests/reports"));
    let language = Language::parse("de").unwrap();
    let site = Site::new(&graph, &findings, vec![language]);
    let page = site.page(Address { subject: Subject::Start, part: 0 }, language);
    assert!(page.contains("no words in the language de"), "{page}");
}

#[test]
fn every_page_is_found_by_its_path() {
    let (graph, findings) = open(&repository("data/c24"));
    let site = Site::new(&graph, &findings, graph.languages(None));
    for &language in site.languages() {
        for address in site.addresses(language) {
            assert_eq!(site.address(&site.path(address), language), Some(address));
        }
        for path in
            ["", "index", "entity/itu", "entity/itu+1.html", "entity/itu+02.html", "names/0.html", "names/01.html"]
        {
            assert_eq!(site.address(path, language), None, "{path}");
        }
    }
    for entity in graph.entity_ids() {
        let path = site.data_path(entity, Format::Turtle);
        let name = path.strip_prefix("data/").and_then(|name| name.strip_suffix(".ttl")).unwrap();
        assert_eq!(site.entity_of_file(name), Some(entity));
    }
}

#[test]
fn pages_of_very_many_names_stay_small() {
    // More sheets than have room on a page of their own, with names as long as those of reports.
    let names = (0..51_000).map(|n| format!("e{n},Organization,Organization for the testing of pages {n},d#1\n"));
    let entities = format!("id,class,label@en,source\nd,Document,Report,\n{}", names.collect::<String>());
    let folder = dataset(&[("entities.csv", &entities), ("paragraphs.csv", "document,number,heading@en\nd,1,One\n")]);
    let (graph, findings) = open(folder.path());
    let site = Site::new(&graph, &findings[..10], graph.languages(None)).served();
    let english = Language::parse("en").unwrap();
    let page = |path: &str| site.page(site.address(path, english).unwrap(), english);
    for path in ["index.html", "names/index.html", "names/index+2.html", "names/1.html", "names/205.html"] {
        assert!(page(path).len() < 100_000, "{path} has {} bytes", page(path).len());
    }
    assert!(page("index.html").contains("href=\"names/index.html\""));
    assert!(page("index.html").matches("href=\"names/").count() < 70);
    // All sheets are on the pages of their own, and none is there twice.
    let listed = [page("names/index.html"), page("names/index+2.html")].concat();
    let sheets: BTreeSet<&str> = listed
        .split("ranges")
        .skip(1)
        .flat_map(|list| list.split("</ol>").next().unwrap().split("href=\"").skip(1))
        .collect();
    assert_eq!(sheets.len(), 51_001_usize.div_ceil(250));
    assert_eq!(site.address("names/index+3.html", english), None);
}
