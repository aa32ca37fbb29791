use super::*;
use crate::draw::timeline::place::place;
use crate::draw::{Format, Picture};
use crate::graph::{Selection, View};
use crate::ontology::Ontology;
use crate::read::Source;

fn shipped(language: &str) -> Timeline {
    let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
    timeline(&Scene {
        hints: told,
        ..Scene::new(&graph, &View::default(), &graph.languages(Language::parse(language).ok()))
    })
}

/// Hints that name no command.
fn told(hint: Hint, _: Language) -> Option<&'static str> {
    match hint {
        Hint::AllEvents => Some("All events elsewhere"),
        Hint::OneEvent => Some("More of an event elsewhere"),
        Hint::Groups | Hint::Unlinked | Hint::Rest | Hint::OnePicture => None,
    }
}

fn event<'a>(timeline: &'a Timeline, id: &str) -> &'a DatedEvent {
    timeline.events.iter().find(|event| event.node.id == id).unwrap()
}

fn written(timeline: &Timeline, format: Format) -> String {
    String::from_utf8(Picture::Timeline(timeline.clone()).write(format).unwrap()).unwrap()
}

#[test]
fn events_have_the_best_claim_of_their_dates() {
    let timeline = shipped("en");
    let csw = event(&timeline, "csw68");
    assert_eq!((csw.span.text.as_str(), csw.exact, csw.stage), ("2024-03-11/2024-03-22", true, Stage::Held));
    assert_eq!((event(&timeline, "ra23").span.text.as_str(), event(&timeline, "ra23").exact), ("2023-11", false));
    assert_eq!(event(&timeline, "sotf").stage, Stage::Planned);
    let moved = event(&timeline, "lldc3");
    assert_eq!((moved.stage, moved.span.text.as_str()), (Stage::Postponed, "2025-08-05/2025-08-08"));
    let previous = moved.previous.as_ref().unwrap();
    assert_eq!(previous.text, "2024-06-18/2024-06-22");
    assert!(previous.days.last < moved.span.days.first);
}

#[test]
fn every_event_is_shown_or_named_as_without_a_date() {
    let timeline = shipped("en");
    let undated = timeline.footer.iter().find(|line| line.starts_with("Without a date: ")).unwrap();
    assert!(undated.contains("Third Ministerial") || undated.contains("; "), "{undated}");
    let n = timeline.events.len() + undated.split("; ").count();
    assert!(timeline.footer[0].ends_with(&format!("of {n}")), "{}: {n}", timeline.footer[0]);
}

#[test]
fn nothing_overlaps_and_nothing_is_outside_in_any_language() {
    for language in Language::UN {
        let placed = place(&shipped(language));
        let rects: Vec<_> = placed.events.iter().flat_map(|event| [event.mark, event.label.rect]).collect();
        for (at, rect) in rects.iter().enumerate() {
            assert!(rect.left() >= 0.0 && rect.right() <= placed.size.width, "{rect:?}");
            assert!(rects[..at].iter().all(|other| !rect.overlaps(other)), "{rect:?}");
        }
    }
}

#[test]
fn time_runs_in_the_direction_of_reading() {
    for (language, forward) in [("en", true), ("ar", false)] {
        let placed = place(&shipped(language));
        let marks: Vec<_> = placed.events.iter().map(|event| event.mark.center.x).collect();
        assert_eq!(marks.first() < marks.last(), forward);
    }
}

#[test]
fn the_document_is_well_formed_with_a_group_for_each_event() {
    let timeline = shipped("ar");
    let text = written(&timeline, Format::Svg);
    let document = roxmltree::Document::parse(&text).unwrap();
    let events = document.descendants().filter(|node| node.attribute("class") == Some("node"));
    assert_eq!(events.count(), timeline.events.len());
}

/// Events of which one is undated, one imprecise, one moved to the other end of the axis, and one without a status that
/// is still to come.
fn made(language: &str) -> Timeline {
    let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\n\
        languages = [\"en\", \"ar\"]\ndate = \"2024-05\"\n[title]\nen = \"Test\"\nar = \"اختبار\"\n";
    let events = "id,class,label@en,label@ar,eventStatus,startDate,endDate,previousStartDate,heldIn,partOf,source\n\
        a,Event,A | b,حدث,held,2023-11,,,p,d,r\n\
        b,Event,Talks,محادثات,,,,,,,r\n\
        c,Event,Moved conference with a name that is too long for either side of its row,مؤتمر,postponed,2024-12-01,\
        2024-12-02,2023-11-02,,,r\n\
        d,Event,Week,أسبوع,,2024-09-02,2024-09-06,,,,r\n";
    let places = "id,class,label@en,label@ar,source\np,City,Bonn,بون,r\nr,Report,Report,تقرير,r\n";
    let files = [("dataset.toml", config), ("events.csv", events), ("places.csv", places)];
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let source = Source::Folder(folder.path().to_owned());
    let graph = crate::open(&source, Ontology::shipped().unwrap()).unwrap().0;
    timeline(&Scene {
        hints: told,
        ..Scene::new(&graph, &View::default(), &graph.languages(Language::parse(language).ok()))
    })
}

#[test]
fn the_text_twin_says_all_that_is_known_in_the_order_of_dates() {
    expect_test::expect![[r#"
        <div lang="en" dir="ltr">

        # Timeline of events: Test

        Timeline of events: Test. Events shown: 3 of 4. Source: Report (2024-05). Licence: https://example.org/l.

        ## Events in the order of their dates (3)

        | Date | Event | Status | Place | Part or edition of | Paragraphs that state the date |
        |---|---|---|---|---|---|
        | 2023-11 | A | held | Bonn \[r\] | Week \[r\] | r |
        | 2024-09-02/2024-09-06 | Week |  |  |  | r |
        | 2024-12-01/2024-12-02, first planned for 2023-11-02 | Moved conference with a name that is too long for either side of its row | postponed |  |  | r |

        ## What is known of each event

        ### 2023

        - **[A](<https://example.org/a>)**
          - event status: held \[r\]
          - start date: 2023-11 \[r\]

        ### 2024

        - **[Week](<https://example.org/d>)**
          - end date: 2024-09-06 \[r\]
          - start date: 2024-09-02 \[r\]
        - **[Moved conference with a name that is too long for either side of its row](<https://example.org/c>)**
          - end date: 2024-12-02 \[r\]
          - event status: postponed \[r\]
          - previous start date: 2023-11-02 \[r\]
          - start date: 2024-12-01 \[r\]

        ## Without a date (1)

        - **[Talks](<https://example.org/b>)**

        </div>
    "#]].assert_eq(&written(&made("en"), Format::Markdown));
}

#[test]
fn the_text_twin_in_arabic_isolates_dates() {
    let text = written(&made("ar"), Format::Markdown);
    assert!(text.starts_with("<div lang=\"ar\" dir=\"rtl\">\n\n# \u{2067}التسلسل الزمني"), "{text}");
    assert!(text.contains("\n| \u{2066}2024-09-02/2024-09-06\u{2069} | \u{2067}أسبوع\u{2069} |"), "{text}");
}

#[test]
fn an_event_after_the_date_of_the_data_is_still_to_come_unless_it_is_said_to_be_held() {
    assert_eq!(event(&made("en"), "d").stage, Stage::Planned);
    assert_eq!(event(&made("en"), "a").stage, Stage::Held);
}

#[test]
fn beside_the_picture_is_said_how_to_see_the_rest() {
    let events = made("en");
    assert_eq!(events.footer[0], "Events shown: 3 of 4");
    assert_eq!(events.hints, ["More of an event elsewhere"]);
    let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
    let section = Selection::Section(graph.sections_called("3").remove(0)).into();
    let scene = Scene::new(&graph, &section, &[]);
    let hints = timeline(&Scene { hints: told, ..scene }).hints;
    assert_eq!(hints[0], "All events elsewhere");
}

#[test]
fn a_name_without_room_beside_its_mark_is_above_it() {
    for language in ["en", "ar"] {
        let mut timeline = made(language);
        timeline.events[2].node.label = "Conference ".repeat(40);
        let placed = place(&timeline);
        let event = &placed.events[2];
        assert!(event.label.rect.bottom() <= event.mark.top(), "{event:?}");
        assert!(event.label.rect.left() >= 0.0 && event.label.rect.right() <= placed.size.width, "{event:?}");
    }
}

#[test]
fn a_print_is_black_and_white_and_an_imprecise_date_is_hatched() {
    let colours = |timeline: &Timeline| -> Vec<String> {
        written(timeline, Format::Svg).split("=\"#").skip(1).map(|rest| rest[..6].to_owned()).collect()
    };
    let black_or_white = |colour: &String| matches!(colour.as_str(), "000000" | "FFFFFF");
    let mut timeline = made("en");
    assert!(!colours(&timeline).iter().all(black_or_white));
    timeline.style = Style::Print;
    assert!(colours(&timeline).iter().all(black_or_white));
    let text = written(&timeline, Format::Svg);
    let document = roxmltree::Document::parse(&text).unwrap();
    let shapes = |id| {
        let group = document.descendants().find(|node| node.attribute("id") == Some(id)).unwrap();
        group.descendants().filter(|node| node.has_tag_name("path")).count()
    };
    assert_eq!((shapes("a"), shapes("d")), (1, 0));
}

#[test]
fn a_timeline_is_pixels_and_a_page() {
    let timeline = Picture::Timeline(made("ar"));
    assert!(timeline.write(Format::Png).unwrap().starts_with(b"\x89PNG"));
    let page = timeline.write(Format::Pdf).unwrap();
    let address = b"https://example.org/d";
    assert!(page.starts_with(b"%PDF-") && page.windows(address.len()).any(|found| found == address));
}
