//! Pictures that grow: what was there stays, whatever steps are taken, and every statement on a page leads to its paragraph.

use std::collections::BTreeMap;

use crate::draw::{Diagram, Layout};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::publish::explore::{Along, Exploration, Route, Step};
use crate::publish::{Looking, Site};
use crate::tests::shipped;

/// Numbers that look random and are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % n
    }
}

fn step(graph: &KnowledgeGraph, exploration: &Exploration, numbers: &mut Numbers) -> Step {
    let all: Vec<_> = graph.entity_ids().collect();
    let shown: Vec<_> = exploration.explored(graph).entities().iter().copied().collect();
    if shown.is_empty() || numbers.below(8) == 0 {
        return Step::Add(all[numbers.below(all.len())]);
    }
    let entity = shown[numbers.below(shown.len())];
    match numbers.below(7) {
        0 => Step::Hide(entity),
        1 => Step::Close(entity),
        2 => Step::Path(Route::between(entity, all[numbers.below(all.len())])),
        3 => Step::Partners { entity, all: false },
        _ => Step::Open { entity, along: Along::Any, all: false },
    }
}

/// Where something is: across, and down.
type Place = (f64, f64);

fn places(diagram: &Diagram, layout: &Layout) -> BTreeMap<String, Place> {
    let nodes = diagram.nodes.iter().zip(&layout.nodes);
    nodes.map(|(node, placed)| (node.id.clone(), (placed.rect.center.x, placed.rect.center.y))).collect()
}

/// How far what both pictures show moved within the picture, beside the others: the median, as a part of its width.
fn moved(before: &BTreeMap<String, Place>, after: &BTreeMap<String, Place>, width: f64) -> Option<f64> {
    let common: Vec<(Place, Place)> = before.iter().filter_map(|(id, &old)| Some((old, *after.get(id)?))).collect();
    let n = f64::from(u32::try_from(common.len()).unwrap());
    let mean = |of: fn(&(Place, Place)) -> f64| common.iter().map(of).sum::<f64>() / n;
    let (x, y) = (mean(|(old, new)| new.0 - old.0), mean(|(old, new)| new.1 - old.1));
    let mut ways: Vec<f64> =
        common.iter().map(|(old, new)| (new.0 - old.0 - x).hypot(new.1 - old.1 - y) / width).collect();
    ways.sort_by(f64::total_cmp);
    ways.get(ways.len() / 2).copied()
}

#[test]
fn whatever_steps_are_taken_what_was_there_stays_and_nothing_overlaps() {
    let graph = shipped();
    let languages = graph.languages(None);
    let mut compared = 0;
    for seed in 1..=4 {
        let (mut numbers, mut exploration) = (Numbers(seed), Exploration::default());
        let mut before = None;
        for _ in 0..7 {
            exploration = exploration.with(step(&graph, &exploration, &mut numbers));
            let Some((diagram, layout)) = exploration.picture(&graph, &languages) else {
                before = None;
                continue;
            };
            let rects: Vec<_> = layout.nodes.iter().map(|node| node.rect).collect();
            for (at, rect) in rects.iter().enumerate() {
                assert!(rects[..at].iter().all(|other| !rect.overlaps(other)), "{:?}", exploration.address(&graph));
            }
            let after = places(&diagram, &layout);
            if let Some(way) = before.as_ref().and_then(|before| moved(before, &after, layout.size.width)) {
                assert!(way < 0.1, "{way} of the width: {:?}", exploration.address(&graph));
                compared += 1;
            }
            before = Some(after);
            // The address alone gives the same picture.
            let address = exploration.address(&graph);
            let again = Exploration::read(&graph, address.iter().map(|(name, value)| (*name, value.as_str()))).unwrap();
            assert_eq!(again, exploration);
        }
    }
    assert!(compared > 12, "{compared}");
}

#[test]
fn a_page_says_what_it_leaves_out_and_cites_every_statement() {
    let graph = shipped();
    let site = Site::new(&graph, &[], graph.languages(None)).served();
    let exploration = Exploration::read(&graph, [("open", "itu")]).unwrap();
    let n = exploration.explored(&graph).statements().len();
    for tag in ["en", "ar", "zh"] {
        let looking = Looking { exploration: exploration.clone(), ..Looking::default() };
        let page = site.explore(&looking, Language::parse(tag).unwrap());
        let (_, evidence) = page.split_once("aria-labelledby=\"evidence\"").unwrap();
        let evidence = evidence.split("</section>").next().unwrap();
        assert_eq!(evidence.matches("<li").count(), n, "{tag}");
        assert!(evidence.split("<li").skip(1).all(|row| row.contains("class=\"source\"")), "{tag}");
        assert_eq!(page.matches("class=\"node\"").count(), 13);
        assert!(!page.contains(" style=") && !page.contains("<style") && !page.contains(" onclick"));
        // Every other language has the same view.
        assert!(page.contains("href=\"../fr/explore?open=itu\""), "{tag}");
    }
    let around = exploration.explored(&graph).around(graph.find("ITU").unwrap());
    assert!(around.shown == 12 && around.all > 100, "{around:?}");
    let english = site.explore(&Looking { exploration, ..Looking::default() }, Language::parse("en").unwrap());
    assert!(english.contains(&format!("12 of {} shown", around.all)));
    let empty = site.explore(&Looking::default(), Language::parse("en").unwrap());
    assert!(empty.contains("explore?open=itu") && empty.contains("<svg"));
    // Three questions, each an address that shows something.
    let (_, asked) = empty.split_once("class=\"questions\"").unwrap();
    let asked: Vec<&str> = asked.split("</ul>").next().unwrap().split("href=\"explore?").skip(1).collect();
    assert_eq!(asked.len(), 3, "{asked:?}");
}

#[test]
fn script_and_style_of_the_explorer_and_the_editor_are_small() {
    let graph = shipped();
    let assets = Site::new(&graph, &[], graph.languages(None)).served().assets();
    // Names are data.
    let own = assets.iter().filter(|asset| asset.name != "names.js");
    let bytes: usize = own.clone().map(|asset| asset.text.len()).sum();
    assert!(own.count() > 4 && bytes < 60_000, "{bytes}");
}
