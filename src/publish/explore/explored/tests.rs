use super::super::Route;
use super::*;
use crate::ontology::Ontology;
use crate::read::Source;

fn graph() -> KnowledgeGraph {
    crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
}

fn shown(graph: &KnowledgeGraph, address: &[(&'static str, &str)]) -> usize {
    Exploration::read(graph, address.iter().copied()).unwrap().explored(graph).entities().len()
}

#[test]
fn neighbours_come_a_few_at_a_time_until_all_are_there() {
    let graph = graph();
    let steps = [("open", "itu"), ("open", "itu"), ("open", "itu,,all")];
    assert!(Exploration::read(&graph, steps).is_err());
    let counts: Vec<usize> = (1..=2).map(|n| shown(&graph, &vec![("open", "itu"); n])).collect();
    assert_eq!(counts, [1 + AT_A_TIME, 1 + 2 * AT_A_TIME]);
    let all = shown(&graph, &[("open", "itu,all")]);
    let explored = Exploration::read(&graph, [("open", "itu")]).unwrap().explored(&graph);
    let itu = graph.find("ITU").unwrap();
    assert_eq!(explored.around(itu), Count { shown: AT_A_TIME, all: all - 1 });
    let relations = explored.relations(itu);
    assert!(relations.iter().all(|(.., count)| count.shown <= count.all));
    assert_eq!(explored.classes(itu).iter().map(|(_, count)| count.all).sum::<usize>(), all - 1);
    // Each relation opens what it counts.
    for (property, back, count) in relations {
        let step = Step::Open { entity: itu, along: Along::Property(property, back), all: true };
        let opened = Exploration::default().with(step).explored(&graph);
        assert_eq!(opened.entities().len(), 1 + count.all);
    }
}

#[test]
fn what_is_hidden_or_filtered_is_not_shown_and_what_is_closed_keeps_what_others_hold() {
    let graph = graph();
    assert_eq!(shown(&graph, &[("open", "itu"), ("hide", "itu")]), AT_A_TIME);
    assert_eq!(shown(&graph, &[("open", "itu"), ("no", "Organization")]), {
        let all = Exploration::read(&graph, [("open", "itu")]).unwrap().explored(&graph);
        let organization = graph.ontology().class_by_name("Organization").unwrap();
        all.entities().iter().filter(|&&one| !graph.ontology().is_a(graph.entity(one).class, organization)).count()
    });
    let closed = Exploration::read(&graph, [("add", "itu"), ("open", "equals,all"), ("close", "equals")]).unwrap();
    let closed = closed.explored(&graph);
    let [itu, equals] = ["itu", "equals"].map(|id| graph.entity_by_id(id).unwrap());
    assert!(closed.entities().contains(&itu) || !closed.neighbours(equals).iter().any(|(other, ..)| *other == itu));
    assert!(closed.entities().contains(&equals));
    let early = shown(&graph, &[("open", "itu,all"), ("as_of", "1990")]);
    assert!(early < shown(&graph, &[("open", "itu,all")]), "{early}");
}

#[test]
fn what_finds_no_room_is_counted() {
    let graph = graph();
    let steps = graph.entity_ids().map(Step::Add).collect();
    let explored = Exploration { steps, ..Exploration::default() }.explored(&graph);
    assert_eq!(explored.entities().len(), MOST_ENTITIES);
    assert_eq!(explored.left().iter().map(|left| left.n).sum::<usize>(), graph.entities().len() - MOST_ENTITIES);
}

#[test]
fn a_path_shows_what_is_on_it() {
    let graph = graph();
    let [from, to] = ["EQUALS", "Guy Ryder"].map(|name| graph.find(name).unwrap());
    let explored = Exploration::default().with(Step::Path(Route::between(from, to))).explored(&graph);
    assert!(explored.entities().len() > 2 && !explored.statements().is_empty());
}

#[test]
fn partners_come_with_what_they_share_and_a_mode_shows_them_alone() {
    let graph = graph();
    let itu = graph.find("ITU").unwrap();
    let read = |address: &[(&'static str, &'static str)]| Exploration::read(&graph, address.iter().copied()).unwrap();
    let steps = [("partners", "itu"), ("mode", "two-mode")];
    let exploration = read(&steps);
    let two = exploration.explored(&graph);
    let partners = two.partners(itu);
    assert!(partners.len() > 5 && partners.is_sorted_by_key(|(_, pair)| Reverse(pair.weight())));
    let organization = graph.ontology().known().organization;
    assert!(two.entities().len() > AT_A_TIME && two.entities().iter().any(|&one| !graph.is_of(one, &[organization])));
    for (partner, pair) in partners.iter().take(AT_A_TIME) {
        assert!(two.entities().contains(partner));
        assert!(pair.things.iter().all(|(thing, _)| !graph.is_of(*thing, &[organization])));
    }
    let one = read(&[("partners", "itu"), ("mode", "one-mode")]);
    let one = one.explored(&graph);
    assert!(one.entities().iter().all(|&one| graph.is_of(one, &[organization])));
    let (partner, pair) = &partners[0];
    let shared = one.shared(*partner, itu).unwrap();
    assert_eq!(shared.things.len(), pair.things.len());
    assert!(shared.statements().all(|id| one.statements().contains(&id)));
    assert!(one.n_before_filters() > one.entities().len());
    // What works with nobody in the picture is still there.
    assert_eq!(read(&[("add", "who"), ("mode", "one-mode")]).explored(&graph).entities().len(), 1);
    assert_eq!(read(&[("partners", "equals")]).explored(&graph).entities().len(), 1);
}

#[test]
fn what_is_undone_is_done_again_and_another_step_forgets_it() {
    let graph = graph();
    let [itu, who] = ["itu", "who"].map(|id| graph.entity_by_id(id).unwrap());
    let both = Exploration::default().with(Step::Add(itu)).with(Step::Add(who));
    let one = both.before().unwrap();
    assert_eq!((one.steps.len(), one.again().as_ref()), (1, Some(&both)));
    let address = one.address(&graph);
    let again = Exploration::read(&graph, address.iter().map(|(name, value)| (*name, value.as_str()))).unwrap();
    assert_eq!(again, one);
    assert_eq!(one.with(Step::Hide(itu)).again(), None);
    assert_eq!(Exploration::default().before(), None);
    assert!(Exploration::read(&graph, [("undone", "itu")]).is_err());
}

#[test]
fn a_path_may_follow_the_direction_of_statements_and_there_may_be_more() {
    let graph = graph();
    let exploration = Exploration::read(&graph, [("path", "equals,who,directed,6")]).unwrap();
    let Step::Path(route) = exploration.steps[0] else { panic!() };
    assert!(route.directed && route.most == 6);
    assert_eq!(exploration.address(&graph), [("path", "equals,who,directed,6".to_owned())]);
    assert_eq!(route.with_more().unwrap().with_more(), None);
    for wrong in ["equals", "equals,who,sideways", "equals,who,0", "equals,who,1000", "equals,nobody"] {
        assert!(Exploration::read(&graph, [("path", wrong)]).is_err(), "{wrong}");
    }
    let between = Route::between(route.from, route.to);
    let explored = exploration.explored(&graph);
    assert!(explored.paths(between).len() > explored.paths(Route { most: 1, ..between }).len());
}
