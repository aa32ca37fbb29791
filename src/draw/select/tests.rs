use super::*;
use crate::draw::{Hint, LineStyle, layout};
use crate::graph::{Filter, PathOptions};
use crate::model::{Date, Language};
use crate::ontology::Ontology;
use crate::read::Source;

fn graph() -> KnowledgeGraph {
    crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0
}

fn drawn(graph: &KnowledgeGraph, selection: &Selection, language: &str) -> Diagram {
    diagram(&Scene::new(graph, &selection.clone().into(), &graph.languages(Language::parse(language).ok())))
}

fn filtered(graph: &KnowledgeGraph, selection: &Selection, filter: Filter) -> Diagram {
    let view = View { selection: selection.clone(), filter, ..View::default() };
    diagram(&Scene { hints: told, ..Scene::new(graph, &view, &graph.languages(None)) })
}

/// Hints that say what they are.
fn told(hint: Hint, language: Language) -> Option<&'static str> {
    assert_eq!(language.as_str(), "en");
    match hint {
        Hint::Rest => Some("Rest in en"),
        Hint::OnePicture => Some("OnePicture in en"),
        Hint::Groups | Hint::Unlinked | Hint::AllEvents | Hint::OneEvent => None,
    }
}

fn between_organizations() -> View {
    View { mode: Mode::OneMode, ..View::default() }
}

#[test]
fn each_link_of_the_whole_is_in_one_edge() {
    let graph = graph();
    let whole = drawn(&graph, &Selection::Whole, "en");
    let sentences: usize = whole.edges.iter().map(|edge| edge.tooltip.lines().count()).sum();
    assert_eq!(sentences, graph.statements_where(is_drawn).len());
    assert!(whole.edges.iter().all(|edge| edge.from < whole.nodes.len() && edge.to < whole.nodes.len()));
}

#[test]
fn around_an_entity_every_edge_touches_it() {
    let graph = graph();
    let undp = graph.find("undp").unwrap();
    let near = drawn(&graph, &Selection::Around(undp, 1), "en");
    let center = near.nodes.iter().position(|node| node.id == "undp").unwrap();
    assert!(!near.edges.is_empty());
    assert!(near.edges.iter().all(|edge| edge.from == center || edge.to == center));
    assert!(drawn(&graph, &Selection::Around(undp, 2), "en").edges.len() > near.edges.len());
}

#[test]
fn a_section_is_drawn_in_every_language_without_overlaps() {
    let graph = graph();
    for language in Language::UN {
        let section = drawn(&graph, &Selection::Section(graph.sections_called("4").remove(0)), language);
        assert_eq!(layout(&section).overlaps(), (0, 0));
        assert_eq!(section.language.as_str(), language);
        assert!(section.title.contains('4') && section.title.contains([':', '：']), "{}", section.title);
    }
}

#[test]
fn legend_links_and_footer_are_in_the_language_of_the_picture() {
    let graph = graph();
    let ontology = graph.ontology();
    let said = |language: &str| {
        let section = drawn(&graph, &Selection::Section(graph.sections_called("7").remove(0)), language);
        let legend: Vec<_> = section.classes.into_iter().map(|class| class.label).collect();
        let styles = section.line_styles.into_iter().map(|(_, label)| label);
        let links: Vec<_> = section.edges.into_iter().map(|edge| edge.label).collect();
        (section.language, legend, links, [section.footer[0].clone()].into_iter().chain(styles).collect::<Vec<_>>())
    };
    let english = said("en");
    for tag in Language::UN {
        let language = Language::parse(tag).unwrap();
        let (found, legend, links, words) = said(tag);
        assert_eq!(found, language);
        let named = |label: &String| ontology.classes().iter().any(|class| class.labels[&language] == *label);
        assert!(legend.iter().all(named), "{tag}: {legend:?}");
        let named = |label: &str| ontology.properties().iter().any(|property| property.labels[&language] == label);
        assert!(links.iter().flat_map(|label| label.lines()).all(named), "{tag}: {links:?}");
        assert_eq!(words.len(), 2);
        assert!(tag == "en" || words.iter().zip(&english.3).all(|(word, english)| word != english), "{words:?}");
    }
    assert_eq!(said("de"), english);
    let (regional, french) = (said("fr-CH"), said("fr"));
    assert_eq!((regional.0.as_str(), &regional.1, &regional.2), ("fr-CH", &french.1, &french.2));
}

#[test]
fn tooltips_cite_paragraphs() {
    let graph = graph();
    let section = drawn(&graph, &Selection::Section(graph.sections_called("2").remove(0)), "en");
    assert!(section.edges.iter().all(|edge| edge.tooltip.contains("c24#2")), "{:?}", section.edges);
}

#[test]
fn what_ended_is_dotted_and_what_is_planned_is_dashed() {
    let graph = graph();
    let whole = drawn(&graph, &Selection::Whole, "en");
    for style in [LineStyle::Solid, LineStyle::Dashed, LineStyle::Dotted] {
        assert!(whole.edges.iter().any(|edge| edge.style == style), "{style:?}");
    }
    assert_eq!(whole.line_styles.len(), 2);
}

fn filter(graph: &KnowledgeGraph, classes: &[&str], as_of: Option<&str>) -> Filter {
    let class = |name: &&str| graph.ontology().class_by_name(name).unwrap();
    let as_of = as_of.map(|date| Date::parse(date).unwrap());
    Filter { classes: classes.iter().map(class).collect(), as_of, ..Filter::default() }
}

fn ids(diagram: &Diagram) -> Vec<&str> {
    diagram.nodes.iter().map(|node| node.id.as_str()).collect()
}

#[test]
fn of_a_class_all_entities_are_drawn_and_no_others() {
    let graph = graph();
    let people = filtered(&graph, &Selection::Whole, filter(&graph, &["Person"], None));
    assert!(people.nodes.len() > 10 && people.classes.len() == 1);
    assert!(people.title.ends_with(" – person"), "{}", people.title);
    assert_eq!(people.hints, ["Rest in en"]);
    let itu = graph.find("itu").unwrap();
    let events = filtered(&graph, &Selection::Around(itu, 1), filter(&graph, &["Event"], None));
    assert!(ids(&events).contains(&"itu") && events.classes.len() == 2);
}

#[test]
fn as_of_a_date_what_cannot_hold_is_left_out() {
    let graph = graph();
    let before = filtered(&graph, &Selection::Whole, filter(&graph, &[], Some("2024-05-28")));
    let after = filtered(&graph, &Selection::Whole, filter(&graph, &[], Some("2024-06-28")));
    assert!(ids(&before).contains(&"sids4") && !ids(&after).contains(&"sids4"));
    assert!(after.edges.iter().all(|edge| edge.style != LineStyle::Dotted));
    assert!(after.footer.iter().any(|line| line.contains("2024-06-28")));
}

#[test]
fn organizations_around_one_are_those_that_work_with_it() {
    let graph = graph();
    let around = |steps| {
        let selection = Selection::Around(graph.find("unesco").unwrap(), steps);
        let view = View { mode: Mode::OneMode, selection, ..View::default() };
        diagram(&Scene::new(&graph, &view, &graph.languages(None)))
    };
    let near = around(1);
    assert!(ids(&near).contains(&"unesco") && ids(&near).contains(&"itu"), "{:?}", ids(&near));
    // However many steps there may be, they end where the graph does.
    assert!(around(usize::MAX).nodes.len() > near.nodes.len());
}

#[test]
fn all_shortest_paths_are_drawn() {
    let graph = graph();
    let (from, to) = (graph.find("unesco").unwrap(), graph.find("aiab").unwrap());
    let path = drawn(&graph, &Selection::Path(from, to), "en");
    let one = graph.paths(from, to, PathOptions { most: 1, ..PathOptions::default() });
    assert!(path.edges.len() >= one[0].len());
    assert!([from, to].iter().all(|&end| ids(&path).contains(&graph.id(end))));
    assert_eq!(drawn(&graph, &Selection::Path(from, from), "en").nodes.len(), 1);
}

#[test]
fn organizations_are_linked_by_how_many_things_they_share() {
    let graph = graph();
    let languages = graph.languages(Language::parse("ar").ok());
    let all = diagram(&Scene::new(&graph, &between_organizations(), &languages));
    assert_eq!(all.classes.len(), 1);
    for edge in &all.edges {
        let shared = edge.tooltip.lines().filter(|line| line.starts_with('•')).count();
        // What is only stated counts as one.
        let weight = shared.max(1);
        assert_eq!((edge.label.clone(), edge.weight), (weight.to_string(), weight));
        assert_eq!(edge.kinds.contains(&0), shared > 0);
        // What is stated looks as the legend shows it, whether something is shared or not.
        let shown = &all.kinds[usize::from(edge.kinds != [0])];
        assert_eq!(all.colour_of(edge), Some(shown.colour), "{:?}", edge.kinds);
        assert!(edge.written().is_empty(), "no number stands on a line");
        assert!(edge.tooltip.contains("[c24#") || edge.tooltip.contains("[src-"), "{}", edge.tooltip);
    }
    let events = View { filter: filter(&graph, &["Event"], None), ..between_organizations() };
    let fewer = diagram(&Scene::new(&graph, &events, &graph.languages(None)));
    assert!(!fewer.edges.is_empty() && fewer.edges.len() < all.edges.len());
    assert_eq!(layout(&all).overlaps(), (0, 0));
}

#[test]
fn cooperation_that_is_stated_has_a_line_and_what_is_only_monitored_has_none() {
    let graph = graph();
    let between = between_organizations();
    let all = diagram(&Scene::new(&graph, &between, &graph.languages(None)));
    let ontology = graph.ontology();
    let known = ontology.known();
    let cooperates = ontology.property_by_name("cooperatesWith").unwrap();
    let stated = graph.statements().iter().filter(|statement| statement.property == cooperates);
    let mut n_stated = 0;
    for statement in stated {
        let Object::Entity(object) = statement.object else { panic!("{statement:?}") };
        let ends = [statement.subject, object];
        if ends.iter().all(|&end| graph.is_of(end, &[known.organization])) {
            let node = ends.map(|end| all.nodes.iter().position(|node| node.id == graph.id(end)).unwrap());
            let line = all.edges.iter().find(|edge| node.contains(&edge.from) && node.contains(&edge.to)).unwrap();
            assert!(line.kinds.iter().any(|&kind| all.kinds[kind].label == "cooperates with"), "{line:?}");
            n_stated += 1;
        }
    }
    assert!(n_stated > 40, "{n_stated}");
    let monitors = graph.ontology().property_by_name("monitors").unwrap();
    assert!(!ontology.property(monitors).takes_part && ontology.property(cooperates).takes_part);
    let over = Filter { taking_part: vec![monitors], ..Filter::default() };
    let watching = diagram(&Scene::new(&graph, &View { filter: over, ..between }, &graph.languages(None)));
    assert!(
        watching.edges.iter().all(|edge| edge.tooltip.contains("monitors")) && watching.edges.len() < all.edges.len()
    );
    // What is only stated has no word of what is shared.
    let over = Filter { taking_part: vec![cooperates], ..Filter::default() };
    let view = View { filter: over, ..between_organizations() };
    let said = diagram(&Scene::new(&graph, &view, &graph.languages(None)));
    assert_eq!(said.kinds.iter().map(|kind| kind.label.as_str()).collect::<Vec<_>>(), ["cooperates with"]);
    assert!(!said.edges.is_empty() && said.edges.iter().all(|edge| edge.kinds == [0]));
    assert!(!said.description.contains("both have a part"), "{}", said.description);
}

#[test]
fn what_is_left_out_is_counted_in_the_caption() {
    let graph = graph();
    let (between, languages) = (between_organizations(), graph.languages(None));
    let drawn = |keep| diagram(&Scene { keep, ..Scene::new(&graph, &between, &languages) });
    let all = drawn(Keep::default());
    let heavy = drawn(Keep { min_weight: Some(2), ..Keep::default() });
    let light = all.edges.iter().filter(|edge| edge.weight < 2).count();
    assert!(heavy.edges.iter().all(|edge| edge.weight > 1) && heavy.edges.len() + light == all.edges.len());
    assert!(heavy.footer[1].ends_with(&format!("less than 2: {light}")), "{:?}", heavy.footer);
    let top = drawn(Keep { top: Some(12), ..Keep::default() });
    assert!(top.nodes.len() == 12 && top.footer[1].ends_with(&format!("{}", all.nodes.len() - 12)));
    let backbone = drawn(Keep { backbone: Some(0.2), ..Keep::default() });
    assert!(!backbone.edges.is_empty() && backbone.edges.len() < all.edges.len() / 2, "{}", backbone.edges.len());
    assert!(backbone.footer[1].contains("0.2"));
}

#[test]
fn around_a_hub_each_neighbour_stands_once_under_a_relation() {
    let graph = graph();
    for language in ["en", "ar"] {
        let hub = drawn(&graph, &Selection::Around(graph.find("itu").unwrap(), 1), language);
        let listed: usize = hub.sectors.iter().map(|sector| sector.members.len()).sum();
        assert_eq!(listed + 1, hub.nodes.len());
        assert_eq!(hub.nodes[hub.hub.unwrap()].id, "itu");
        let largest = hub.sectors[0].members.len();
        assert!(largest > 10 && hub.sectors.iter().all(|sector| sector.heading.contains('–')));
        let layout = layout(&hub);
        assert_eq!(layout.overlaps(), (0, 0));
        assert!(layout.edges.iter().all(|edge| edge.curves.is_empty()) && layout.panels.len() >= hub.sectors.len());
        assert_eq!(
            hub.edges.iter().map(|edge| edge.statements.len()).sum::<usize>(),
            graph.links_of(graph.find("itu").unwrap()).len()
        );
    }
    let few = drawn(&graph, &Selection::Around(graph.find("gsma").unwrap(), 1), "en");
    assert!(few.hub.is_none() && few.edges.len() <= 25);
}

#[test]
fn what_is_too_large_is_an_overview_with_a_page_for_each_group() {
    let graph = graph();
    let languages = graph.languages(Language::parse("ar").ok());
    for selection in [Selection::Whole, Selection::Section(graph.sections_called("2").remove(0))] {
        let files = Files { stem: "all", extension: "svg" };
        let view = selection.clone().into();
        let pages = pages(&Scene::new(&graph, &view, &languages), Some(files));
        let whole = drawn(&graph, &selection, "ar");
        let (overview, groups) = pages.split_first().unwrap();
        assert_eq!(overview.nodes.len(), groups.len());
        assert_eq!(groups.iter().map(|page| page.nodes.len()).sum::<usize>(), whole.nodes.len());
        for ((number, page), node) in (1..).zip(groups).zip(&overview.nodes) {
            assert_eq!(node.href.as_deref(), Some(format!("all-{number}.svg").as_str()));
            assert!(page.nodes.len() <= 120 && node.tooltip.lines().count() == page.nodes.len() + 1);
            assert_eq!(page.title.starts_with(&whole.title), selection != Selection::Whole, "{}", page.title);
            assert_eq!(layout(page).overlaps().0, 0);
        }
        let of = |diagram: &Diagram| diagram.edges.iter().map(|edge| edge.tooltip.lines().count()).sum::<usize>();
        let between: usize = overview.edges.iter().map(|edge| edge.weight).sum();
        assert_eq!(groups.iter().map(of).sum::<usize>() + between, of(&whole));
        assert_eq!(layout(overview).overlaps(), (0, 0));
    }
}

#[test]
fn what_can_be_read_in_one_picture_is_one_page() {
    let graph = graph();
    let section = Selection::Section(graph.sections_called("7").remove(0));
    let view = section.clone().into();
    assert_eq!(pages(&Scene::new(&graph, &view, &graph.languages(None)), None), [drawn(&graph, &section, "en")]);
}

#[test]
fn where_there_are_no_files_the_overview_leads_nowhere_and_each_hint_is_said_once() {
    let graph = graph();
    let (view, languages) = (Selection::Section(graph.sections_called("2").remove(0)).into(), graph.languages(None));
    let pages = pages(&Scene { hints: told, ..Scene::new(&graph, &view, &languages) }, None);
    assert!(pages.len() > 1 && pages[0].nodes.iter().all(|node| node.href.is_none()));
    assert_eq!(pages[0].hints, ["OnePicture in en", "Rest in en"]);
    assert!(pages.iter().all(|page| page.footer.iter().all(|line| !line.contains(" in en"))));
    assert_eq!(pages[1].hints, ["Rest in en"]);
}
