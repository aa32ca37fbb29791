use super::*;

const MINIMAL: &str =
    "id = \"x\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\", \"ar\"]\n";

fn file(more: &str) -> TextFile {
    TextFile::new("dataset.toml", format!("{MINIMAL}{more}"))
}

/// Place, message and help of each mistake.
fn mistakes(text: &str) -> Vec<[String; 3]> {
    let mut findings = Findings::default();
    let (_, _, lacking) = parse(&TextFile::new("dataset.toml", text.to_owned()), &mut findings);
    let mut findings = findings.into_vec();
    findings.extend(lacking.into_iter().map(|(_, finding)| finding));
    let shown = |finding: Finding| [finding.location.to_string(), finding.message, finding.help.unwrap_or_default()];
    findings.into_iter().map(shown).collect()
}

/// The places of the mistakes.
fn places(text: &str) -> Vec<String> {
    mistakes(text).into_iter().map(|[place, ..]| place).collect()
}

/// What is read of a file without a mistake.
fn right(more: &str) -> Config {
    let mut findings = Findings::default();
    let (config, ..) = parse(&file(more), &mut findings);
    assert_eq!(findings.into_vec(), []);
    config
}

#[test]
fn the_first_language_is_required_unless_said_otherwise() {
    let config = right("");
    assert_eq!(config.required_languages, [Language::parse("en").unwrap()]);
    let config = right("required-languages = [\"ar\"]");
    assert_eq!(config.required_languages, [Language::parse("ar").unwrap()]);
}

#[test]
fn titles_and_prefixes_are_read() {
    let config = right("[title]\nar = \"تقرير\"\n[prefixes]\nwd = \"http://www.wikidata.org/entity/\"");
    assert_eq!(config.title[&Language::parse("ar").unwrap()], "تقرير");
    assert_eq!(config.prefixes["wd"], "http://www.wikidata.org/entity/");
}

#[test]
fn all_mistakes_are_reported_in_one_run() {
    let text = "id = \"1\"\nlicence = \"y\"\nlanguages = [\"en\", \"english\"]\nbase = 1\n[titel]\n";
    let expected = [
        ["dataset.toml:2:1", "unknown key `licence`", "did you mean `license`?"],
        ["dataset.toml:5:2", "unknown key `titel`", "did you mean `title`?"],
        ["dataset.toml:3:20", "`english` is not a language tag", "write a tag such as `en` or `zh-Hans`"],
        ["dataset.toml:4:8", "expected a string, found integer", "write a string"],
        [
            "dataset.toml:1:6",
            "`1` cannot name a data set",
            "begin with a letter, and use ASCII letters, digits, `-` and `_` only",
        ],
        [
            "dataset.toml:1:1",
            "the key `license` is missing",
            "add a line such as `license = \"https://creativecommons.org/licenses/by/4.0/\"`",
        ],
    ];
    assert_eq!(mistakes(text), expected);
}

#[test]
fn what_is_behind_a_mistake_of_syntax_is_not_missed() {
    let found = mistakes("id = \"x\nbase = = 1\nversoin = \"1\"\n");
    assert!(found.len() >= 3 && found.iter().all(|[place, ..]| place != "dataset.toml:1:1"), "{found:?}");
    assert!(found.iter().any(|[place, ..]| place == "dataset.toml:3:1"), "{found:?}");
}

#[test]
fn wrong_values_are_refused_at_their_place() {
    let cases = [
        ("date = \"May\"", "dataset.toml:5:8"),
        ("publisher = 1", "dataset.toml:5:13"),
        ("required-languages = [\"fr\"]", "dataset.toml:5:23"),
        ("report = [\"a\", \"b\", \"a\"]", "dataset.toml:5:21"),
        ("report = 24", "dataset.toml:5:10"),
        ("required-languages = [\"french\"]", "dataset.toml:5:23"),
        ("[title]\nenglish = \"x\"", "dataset.toml:6:1"),
        ("[prefixes]\nwd = \"wikidata\"", "dataset.toml:6:6"),
        ("[table.\"a.csv\"]\ncolumn = {}", "dataset.toml:6:1"),
        ("x = = 1", "dataset.toml:5:5"),
    ];
    for (more, place) in cases {
        assert!(places(&format!("{MINIMAL}{more}")).contains(&place.to_owned()), "{more}");
    }
}

#[test]
fn the_base_is_an_absolute_iri_that_ids_can_follow() {
    let with = |base: &str| places(&MINIMAL.replacen("https://example.org/", base, 1));
    for wrong in ["example.org/", "https://example.org", "https://exa mple.org/"] {
        assert_eq!(with(wrong), ["dataset.toml:2:8"], "{wrong}");
    }
    for no_place in
        ["javascript:alert(1)//", "JavaScript:x/", "data:text/html,x#", "vbscript:x/", "file:///etc/", "mailto:a/"]
    {
        assert_eq!(with(no_place), ["dataset.toml:2:8"], "{no_place}");
    }
    for place in ["http://example.org/x#", "HTTPS://example.org/", "urn:example:", "tag:example.org,2024:x/"] {
        let expected: &[&str] = if place.ends_with(':') { &["dataset.toml:2:8"] } else { &[] };
        assert_eq!(with(place), expected, "{place}");
    }
}

#[test]
fn each_language_is_named_once() {
    let languages = |tags: &str| MINIMAL.replace("[\"en\", \"ar\"]", tags);
    assert_eq!(places(&languages("[\"en\", \"ar\", \"EN\"]")), ["dataset.toml:4:26"]);
    let required = format!("{MINIMAL}required-languages = [\"ar\", \"ar\"]\n");
    assert_eq!(places(&required), ["dataset.toml:5:29"]);
}

#[test]
fn what_a_catalogue_needs_is_read() {
    let config = right(
        "contact = \"mailto:a@example.org\"\nreleased = \"2024-05-27\"\ndownload = \"https://example.org/d\"\n\
         [description]\nen = \"All.\"\n[keywords]\nar = [\"تقرير\", \"منظمة\"]\nen = \"report\"",
    );
    let publication = config.publication;
    let tag = |tag: &str| Language::parse(tag).unwrap();
    assert_eq!(publication.description[&tag("en")], "All.");
    assert_eq!((publication.keywords[&tag("ar")].len(), &*publication.keywords[&tag("en")][0]), (2, "report"));
    assert_eq!(publication.released.unwrap().text(), "2024-05-27");
    assert_eq!(publication.download.as_deref(), Some("https://example.org/d/"));
}

#[test]
fn what_no_catalogue_could_use_is_a_mistake() {
    for (line, message) in [
        ("contact = \"mailto:nobody\"", "`mailto:nobody` is an address neither of mail nor of the web"),
        ("contact = \"ftp://example.org/\"", "`ftp://example.org/` is an address neither of mail nor of the web"),
        ("released = \"2024-05\"", "`2024-05` is no single day"),
        ("released = \"2024-05-27~\"", "`2024-05-27~` is no single day"),
        ("download = \"urn:x:y/\"", "`urn:x:y/` is no address of a folder on the web"),
        ("site = \"https://example.org/?x\"", "`https://example.org/?x` is no address of a folder on the web"),
        ("keywords.en = [\"a|b\"]", "a keyword is a text without `|`"),
        ("publisher-iri = \"me\"", "`me` is not an absolute IRI: No scheme found in an absolute IRI"),
    ] {
        let found = mistakes(&format!("{MINIMAL}{line}"));
        assert_eq!(found.iter().map(|[_, message, _]| message.as_str()).collect::<Vec<_>>(), [message], "{line}");
    }
}
