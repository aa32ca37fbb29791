use super::*;
use crate::draw::timeline::place::place;
use crate::ontology::Ontology;
use crate::read::Source;

fn shipped(language: &str) -> Timeline {
    let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
    timeline(&graph, &View::default(), &graph.languages(Language::parse(language).ok()))
}

fn event<'a>(timeline: &'a Timeline, id: &str) -> &'a DatedEvent {
    timeline.events.iter().find(|event| event.node.id == id).unwrap()
}

#[test]
fn events_have_the_best_claim_of_their_dates() {
    let timeline = shipped("en");
    let csw = event(&timeline, "csw68");
    assert_eq!((csw.when.as_str(), csw.exact, csw.stage), ("2024-03-11/2024-03-22", true, Stage::Held));
    assert_eq!((event(&timeline, "ra23").when.as_str(), event(&timeline, "ra23").exact), ("2023-11", false));
    assert_eq!(event(&timeline, "sotf").stage, Stage::Planned);
    let moved = event(&timeline, "lldc3");
    assert_eq!((moved.stage, moved.when.as_str()), (Stage::Postponed, "2025-08-05/2025-08-08"));
    assert!(moved.previous.unwrap().last < moved.days.first);
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
fn nothing_overlaps_and_nothing_is_outside_in_either_direction() {
    for language in ["en", "ar"] {
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
    let text = timeline_svg(&timeline);
    let document = roxmltree::Document::parse(&text).unwrap();
    let events = document.descendants().filter(|node| node.attribute("class") == Some("node"));
    assert_eq!(events.count(), timeline.events.len());
}
