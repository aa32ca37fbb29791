use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fs;
use std::path::Path;

use rapporteur::graph::KnowledgeGraph;
use rapporteur::model::Object;
use rapporteur::publish::{Build, MakeSite, build};

use crate::{dataset, open, repository};

/// An element's beginning, with its attributes.
struct Tag<'h> {
    name: &'h str,
    attributes: BTreeMap<&'h str, String>,
    /// What follows it, up to the next tag.
    text: &'h str,
}

/// The tags of a page that we have written, whose attributes are all quoted.
fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let Some(first) = rest.chars().next().filter(char::is_ascii_alphabetic) else { continue };
        assert!(first.is_ascii_alphabetic());
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap();
        let name = &rest[..end];
        rest = &rest[end..];
        let mut attributes = BTreeMap::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if let Some(after) = rest.strip_prefix('>') {
                rest = after;
                break;
            }
            let end = rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace()).unwrap();
            let attribute = &rest[..end];
            rest = &rest[end..];
            let value = match rest.strip_prefix("=\"") {
                Some(value) => {
                    let end = value.find('"').unwrap();
                    rest = &value[end + 1..];
                    value[..end].replace("&amp;", "&").replace("&quot;", "\"").replace("&lt;", "<").replace("&gt;", ">")
                }
                None => String::new(),
            };
            assert!(attributes.insert(attribute, value).is_none(), "{name} has {attribute} twice");
        }
        let text = &rest[..rest.find('<').unwrap_or(rest.len())];
        tags.push(Tag { name, attributes, text });
    }
    tags
}

/// A part of an address without its percent-encoding.
fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Where an address leads from a page.
fn resolved(page: &str, address: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in address.split('/') {
        if part == ".." {
            parts.pop().unwrap();
        } else {
            parts.push(part);
        }
    }
    decoded(&parts.join("/"))
}

/// All files below a folder, by their paths from it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(inside) = folders.pop() {
        for entry in fs::read_dir(&inside).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
                found.insert(name, fs::read_to_string(path).unwrap());
            }
        }
    }
    found
}

/// The site of a data set, as a build writes it.
fn built(folder: &Path) -> (KnowledgeGraph, BTreeMap<String, String>) {
    let (graph, findings) = open(folder);
    let out = tempfile::tempdir().unwrap();
    let wanted = Build { language: None, site: MakeSite::IfSmall, progress: &|_, _| {} };
    build(&graph, &findings, out.path(), wanted).unwrap();
    (graph, files(&out.path().join("site")))
}

/// A page without its picture.
fn without_picture(html: &str) -> usize {
    match (html.find("<svg"), html.rfind("</svg>")) {
        (Some(start), Some(end)) => html.len() - (end - start),
        _ => html.len(),
    }
}

/// Checks what holds of each page alone, and returns where it leads.
fn checked(path: &str, html: &str) -> Vec<String> {
    let mut links = Vec::new();
    let mut ids = BTreeSet::new();
    let tags = tags(html);
    let count = |name: &str| tags.iter().filter(|tag| tag.name == name).count();
    assert!(html.starts_with("<!DOCTYPE html>"), "{path}");
    assert_eq!((count("h1"), count("main"), count("style"), count("base")), (1, 1, 0, 0), "{path}");
    for Tag { name, attributes, text } in &tags {
        if let Some(id) = attributes.get("id") {
            assert!(ids.insert(id.clone()) && !id.contains(' ') && !id.is_empty(), "{path}: id {id}");
        }
        for attribute in attributes.keys() {
            assert!(*attribute != "style" && !attribute.starts_with("on"), "{path}: {name} {attribute}");
        }
        match *name {
            "html" => assert!(attributes.contains_key("lang") && attributes.contains_key("dir"), "{path}"),
            "script" if attributes.contains_key("src") => assert!(attributes.contains_key("defer"), "{path}"),
            "script" => {
                assert_eq!(attributes["type"], "application/ld+json", "{path}");
                let data: serde_json::Value = serde_json::from_str(text).unwrap();
                assert_eq!(data["@context"], "https://schema.org", "{path}");
            }
            _ => {}
        }
        for address in ["href", "src"].into_iter().filter_map(|attribute| attributes.get(attribute)) {
            let external = address.starts_with("http://") || address.starts_with("https://");
            if external {
                assert!(*name == "a" && attributes.contains_key("rel"), "{path}: {name} fetches {address}");
            } else {
                links.push(address.clone());
            }
        }
    }
    let policy = tags.iter().find(|tag| tag.attributes.contains_key("http-equiv"));
    assert!(policy.unwrap().attributes["content"].starts_with("default-src 'none'"), "{path}");
    assert!(without_picture(html) < 100_000, "{path}: {} bytes", without_picture(html));
    links
}

fn is_page(path: &str) -> bool {
    Path::new(path).extension().is_some_and(|extension| extension == "html")
}

/// Checks all pages and links, and returns how many clicks each page is from the first.
fn crawled(files: &BTreeMap<String, String>) -> BTreeMap<String, usize> {
    let mut leads: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for (path, html) in files.iter().filter(|(path, _)| is_page(path)) {
        for link in checked(path, html) {
            let (address, fragment) =
                link.split_once('#').map_or((link.as_str(), ""), |(address, place)| (address, place));
            let target = if address.is_empty() { path.clone() } else { resolved(path, address) };
            let there = files.get(&target);
            assert!(there.is_some(), "{path} leads to {link}, which is not there");
            let place = format!("id=\"{fragment}\"");
            assert!(fragment.is_empty() || there.unwrap().contains(&place), "{path} leads to {link}: no such place");
            leads.entry(path).or_default().insert(target);
        }
    }
    let mut clicks = BTreeMap::from([("index.html".to_owned(), 0)]);
    let mut next = VecDeque::from(["index.html".to_owned()]);
    while let Some(path) = next.pop_front() {
        for target in leads.get(path.as_str()).into_iter().flatten() {
            if !clicks.contains_key(target) {
                clicks.insert(target.clone(), clicks[&path] + 1);
                next.push_back(target.clone());
            }
        }
    }
    for path in files.keys().filter(|path| is_page(path) || path.starts_with("data/")) {
        assert!(clicks.contains_key(path), "nothing leads to {path}");
    }
    clicks
}

/// Checks that the page of each entity leads to the paragraphs of all statements that name it.
fn cited(graph: &KnowledgeGraph, files: &BTreeMap<String, String>, language: &str) {
    // The ids here are names of files as they are.
    let mut n = 0;
    for entity in graph.entity_ids() {
        let stem = format!("{language}/entity/{}", graph.id(entity));
        let parts =
            files.iter().filter(|(path, _)| path.strip_prefix(&stem).is_some_and(|rest| rest.starts_with(['.', '+'])));
        let links: BTreeSet<String> = parts
            .flat_map(|(path, html)| checked(path, html).into_iter().map(|link| (path, link)).collect::<Vec<_>>())
            .map(|(path, link)| resolved(path, link.split('#').next().unwrap()))
            .collect();
        let names = |id: &_| {
            let statement = graph.statement(*id);
            statement.subject == entity || statement.object == Object::Entity(entity)
        };
        for statement in graph.statement_ids().filter(names).map(|id| graph.statement(id)) {
            for citation in graph.citations(statement) {
                let document = graph.id(citation.document);
                let source = match citation.paragraph.map(|id| graph.text(graph.paragraph(id).number)) {
                    Some(number) => format!("{language}/paragraph/{document}/{number}.html"),
                    None => format!("{language}/document/{document}.html"),
                };
                assert!(links.contains(&source), "{stem} does not lead to {source}");
                n += 1;
            }
        }
    }
    assert!(n > 0);
}

#[test]
fn every_page_is_whole_and_every_entity_is_three_clicks_away() {
    let (graph, files) = built(&repository("tests/reports"));
    let clicks = crawled(&files);
    for entity in graph.entity_ids() {
        let path = format!("en/entity/{}.html", graph.id(entity));
        assert!(clicks[&path] <= 3, "{path}: {} clicks", clicks[&path]);
    }
    cited(&graph, &files, "en");
    assert!(files["en/paragraph/council/1.1.html"].contains("Development Programme"));
    assert!(files["en/picture/reports-resolution-section-2.html"].contains("<svg"));
    assert!(files["en/findings.html"].contains("<h1>Findings</h1>"));
    assert_eq!(files["en/coverage.html"].matches("<table>").count(), 2);
}

#[test]
fn each_language_has_its_own_tree_and_leads_to_the_others() {
    let folder = dataset(&[
        (
            "dataset.toml",
            "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\n\
             languages = [\"en\", \"ar\"]\nrequired-languages = [\"en\", \"ar\"]\n[title]\nen = \"Test\"\nar = \"اختبار\"\n",
        ),
        (
            "entities.csv",
            "id,class,label@en,label@ar,acronym,source\nd,Report,Report,تقرير,,\nitu,Organization,Telecommunication Union,اتحاد الاتصالات,ITU,d\nwho,Organization,Health Organization,,,d\n",
        ),
    ]);
    let (_, files) = built(folder.path());
    let clicks = crawled(&files);
    let page = &files["ar/entity/itu.html"];
    assert!(page.contains("<html lang=\"ar\" dir=\"rtl\">") && page.contains("اتحاد الاتصالات"));
    for tag in ["en", "ar"] {
        let alternate = format!("rel=\"alternate\" hreflang=\"{tag}\" href=\"../../{tag}/entity/itu.html\"");
        assert!(page.contains(&alternate), "{page}");
        assert!(clicks[&format!("{tag}/entity/who.html")] <= 3);
    }
    let fallback = &files["ar/entity/who.html"];
    assert!(fallback.contains("<bdi lang=\"en\">Health Organization</bdi>") && fallback.contains("class=\"note\""));
    assert!(files["names.js"].contains("اتحاد الاتصالات"));
}

#[test]
fn names_that_mean_something_in_html_are_text() {
    let name = "</script><script>alert(1)</script> \"' & <!-- \u{1}";
    let quoted = format!("\"{}\"", name.replace('"', "\"\""));
    let folder = dataset(&[
        (
            "entities.csv",
            &format!(
                "id,class,label@en,homepage,source\nd,Report,Report,,\nCON,Organization,{quoted},javascript:alert(1),d\ncon,Organization,Other,https://example.org/?a&b,d\nمنظمة,Organization,Third,,d\n"
            ),
        ),
        ("statements.csv", "subject,property,object,source\nCON,cooperatesWith,con,d\nمنظمة,cooperatesWith,con,d\n"),
    ]);
    let (_, files) = built(folder.path());
    crawled(&files);
    let page = &files["en/entity/_CON.html"];
    assert!(
        !page.contains("alert(1)</script>") && page.contains("\\u003c/script>") && !page.contains("href=\"javascript")
    );
    assert!(files.contains_key("en/entity/_con=2.html") && files.contains_key("en/entity/منظمة.html"));
}

#[test]
fn what_has_very_many_statements_is_told_on_several_pages() {
    let mut entities = "id,class,label@en,source\nd,Report,Report,\nhub,Organization,Hub,d\n".to_owned();
    let mut statements = "subject,property,object,source\n".to_owned();
    for number in 0..400 {
        entities.push_str(&format!("m{number},Organization,Member {number},d\n"));
        statements.push_str(&format!("m{number},memberOf,hub,d\n"));
    }
    let folder = dataset(&[("entities.csv", &entities), ("statements.csv", &statements)]);
    let (graph, files) = built(folder.path());
    let clicks = crawled(&files);
    let parts = ["hub.html", "hub+2.html", "hub+3.html"].map(|name| &files[&format!("en/entity/{name}")]);
    for number in 0..400 {
        let link = format!("href=\"../entity/m{number}.html\"");
        assert_eq!(parts.iter().map(|part| part.matches(&link).count()).sum::<usize>(), 1, "{number}");
        assert!(clicks[&format!("en/entity/m{number}.html")] <= 3);
    }
    assert!(parts[0].contains("would show 401 entities"));
    // A letter with more names than a sheet leads to each of its sheets.
    let sheets = ["names/2.html#letter-6d\"><bdi>M</bdi></a>", "names/3.html#letter-6d\"><bdi>M</bdi> 2</a>"];
    assert!(sheets.iter().all(|link| files["en/index.html"].contains(link)), "{}", files["en/index.html"]);
    cited(&graph, &files, "en");
}

#[test]
fn what_else_is_in_its_folder_stays() {
    let (graph, findings) = open(&repository("tests/reports"));
    let out = tempfile::tempdir().unwrap();
    let wanted = Build { language: None, site: MakeSite::IfSmall, progress: &|_, _| {} };
    fs::create_dir(out.path().join("site")).unwrap();
    fs::write(out.path().join("site/mine.txt"), "mine").unwrap();
    let first = build(&graph, &findings, out.path(), wanted).unwrap().site.unwrap();
    let again = build(&graph, &findings, out.path(), wanted).unwrap().site.unwrap();
    assert_eq!(first, again);
    assert_eq!(fs::read_to_string(out.path().join("site/mine.txt")).unwrap(), "mine");
}
