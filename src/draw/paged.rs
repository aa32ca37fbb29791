//! Pictures for paper: as many pages as it takes for type to be read, each with its number.

use super::layout::{fits, layout};
use super::select::{self, Divided, Files, MOST_NAMED, Part};
use super::timeline;
use super::words::Words;
use super::{DatedEvent, Diagram, Keep, Paper, Scene, Timeline};
use crate::graph::{Mode, Selection};

/// The most entities of a page that are tried, one after the other.
const MOST: [usize; 6] = [120, 60, 36, 22, 14, 9];
/// How many groups of an overview are told, with the names of how many of their members, tried one after the other.
const OVERVIEWS: [(usize, usize); 7] =
    [(usize::MAX, MOST_NAMED), (usize::MAX, 2), (usize::MAX, 0), (24, 0), (16, 0), (11, 2), (6, 2)];
/// The most pages that what surrounds an entity is listed on.
const MOST_LISTS: usize = 12;

/// Returns a scene as pages on which no type is smaller than seven points: what is around an entity as lists, the whole as
/// an overview and its groups. Of organizations, which have no pages, as many as there is room for; the caption says of how
/// many.
#[must_use]
pub(crate) fn paged(scene: &Scene<'_>, files: Option<Files<'_>>, paper: Paper) -> Vec<Diagram> {
    let on_paper = |mut pages: Vec<Diagram>| -> Vec<Diagram> {
        for page in &mut pages {
            page.paper = Some(paper);
        }
        pages
    };
    let is_readable = |pages: &[Diagram]| pages.iter().all(|page| fits(&layout(page)));
    let mut pages = if scene.view.mode == Mode::OneMode {
        on_paper(vec![most_linked(scene, paper)])
    } else if let Some(lists) = lists(scene, |pages| is_readable(&on_paper(pages.to_vec()))) {
        on_paper(lists)
    } else {
        grouped(scene, files, on_paper, is_readable)
    };
    number(&mut pages);
    pages
}

/// Returns a timeline as pages on which no type is smaller than seven points, each with the events that have room and an
/// axis for these.
#[must_use]
pub(crate) fn paged_timeline(timeline: &Timeline, paper: Paper) -> Vec<Timeline> {
    let words = Words::of(timeline.language);
    let page = |events: &[DatedEvent], is_last: bool| {
        // What has no date is told once, and how much is shown is told of each page.
        let mut footer = timeline.footer.clone();
        if let (Some(shown), false) = (footer.first_mut(), events.len() == timeline.events.len()) {
            *shown = words.events_shown(events.len(), timeline.all);
        }
        if !is_last && !timeline.undated.is_empty() && footer.len() > 1 {
            footer.remove(1);
        }
        footer.push(words.page_number(99, 99));
        Timeline { events: events.to_vec(), footer, paper: Some(paper), ..timeline.clone() }
    };
    let has_room = |page: &Timeline| {
        let placed = timeline::place(page);
        placed.height <= placed.size.height
    };
    let mut pages = Vec::new();
    let mut rest = timeline.events.as_slice();
    loop {
        let fitting = most_that_fit(rest.len(), |n| has_room(&page(&rest[..n], n == rest.len())));
        pages.push(page(&rest[..fitting], fitting == rest.len()));
        rest = &rest[fitting..];
        if rest.is_empty() {
            break;
        }
    }
    let n = pages.len();
    for (page, number) in pages.iter_mut().zip(1..) {
        page.footer.pop();
        if n > 1 {
            page.footer.push(words.page_number(number, n));
        }
    }
    pages
}

/// The most of some things that have room; one at least, if there is one. Where some have room, fewer have.
fn most_that_fit(n: usize, fits: impl Fn(usize) -> bool) -> usize {
    if n < 2 || fits(n) {
        return n;
    }
    let (mut fitting, mut too_many) = (1, n);
    while too_many - fitting > 1 {
        let middle = usize::midpoint(fitting, too_many);
        if fits(middle) {
            fitting = middle;
        } else {
            too_many = middle;
        }
    }
    fitting
}

/// Organizations, as many as fit. Where not all do, large type would take the place of more of them.
fn most_linked(scene: &Scene<'_>, paper: Paper) -> Diagram {
    let mut diagram = Diagram { paper: Some(paper), ..select::diagram(scene) };
    let mut most = scene.keep.top.unwrap_or(diagram.nodes.len()).min(diagram.nodes.len());
    // Fewer at a time may leave out one that fits: what has room depends on the shape too.
    while most > 2 && !fits(&layout(&diagram)) {
        let keep = Keep { top: Some(most), ..scene.keep };
        diagram = Diagram { paper: Some(paper), ..select::diagram(&Scene { keep, ..*scene }) };
        for size in
            diagram.nodes.iter_mut().map(|node| &mut node.size).chain(diagram.sizes.iter_mut().map(|(size, _)| size))
        {
            *size = 100 + size.saturating_sub(100) / 3;
        }
        most = (most * 15 / 16).min(most - 1);
    }
    diagram
}

/// What surrounds an entity as lists, on as few pages as can be read; nothing where it is a network.
fn lists(scene: &Scene<'_>, is_readable: impl Fn(&[Diagram]) -> bool) -> Option<Vec<Diagram>> {
    let Selection::Around(..) = scene.view.selection else { return None };
    let mut lists = select::lists(scene, 1)?;
    for n in 2..=MOST_LISTS {
        if is_readable(&lists) {
            break;
        }
        lists = select::lists(scene, n)?;
    }
    Some(lists)
}

/// One picture or, where it cannot be read, an overview and the pages of groups. The groups are those of the overview on a
/// screen; what cannot be read on one page is divided on several.
fn grouped(
    scene: &Scene<'_>,
    files: Option<Files<'_>>,
    on_paper: impl Fn(Vec<Diagram>) -> Vec<Diagram>,
    is_readable: impl Fn(&[Diagram]) -> bool,
) -> Vec<Diagram> {
    let fits = |page: Diagram| is_readable(&on_paper(vec![page]));
    let groups = |most: usize| Divided::of(scene, files, most);
    let whole = groups(MOST[0]).is_none().then(|| select::diagram(scene));
    if let Some(whole) = whole.as_ref().filter(|whole| fits((*whole).clone())) {
        return on_paper(vec![whole.clone()]);
    }
    let several = MOST.iter().find_map(|&most| groups(most).filter(|divided| divided.n_groups() > 1));
    let Some(divided) = several else { return on_paper(whole.into_iter().collect()) };
    let (mut parts, mut first) = (Vec::new(), Vec::new());
    for group in 0..divided.n_groups() {
        first.push(parts.len() + 1);
        let mut of_group = Vec::new();
        divide(&divided, divided.part(group), &MOST, &fits, &mut of_group);
        parts.extend(joined(&divided, of_group, &fits));
    }
    let overview = |(told, named): (usize, usize)| divided.overview(told, named, &first);
    let [rest @ .., last] = OVERVIEWS;
    let readable = rest.into_iter().map(overview).find(|overview| fits(overview.clone()));
    let overview = readable.unwrap_or_else(|| overview(last));
    on_paper(std::iter::once(overview).chain(divided.pages(&parts)).collect())
}

/// Divides a part until each of its parts can be read, or it cannot be divided.
fn divide(divided: &Divided<'_>, part: Part, most: &[usize], fits: &impl Fn(Diagram) -> bool, parts: &mut Vec<Part>) {
    // With two digits each, numbers take as much room as they may.
    let Some((&next, rest)) = most.split_first().filter(|_| !fits(divided.page(&part, (99, 99)))) else {
        return parts.push(part);
    };
    let divided_once = divided.parts(&part, next);
    if divided_once.len() > 1 {
        for part in divided_once {
            divide(divided, part, rest, fits, parts);
        }
    } else {
        divide(divided, part, rest, fits, parts);
    }
}

/// Puts small parts that follow each other on one page where they can be read together.
fn joined(divided: &Divided<'_>, parts: Vec<Part>, fits: &impl Fn(Diagram) -> bool) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::new();
    for part in parts {
        let together = joined.last().map(|last| divided.joined(last, &part));
        match together.filter(|together| fits(divided.page(together, (99, 99)))) {
            Some(together) => {
                joined.pop();
                joined.push(together);
            }
            None => joined.push(part),
        }
    }
    joined
}

/// Numbers pages, where there are several.
fn number(pages: &mut [Diagram]) {
    let n = pages.len();
    for (page, number) in pages.iter_mut().zip(1..).filter(|_| n > 1) {
        page.footer.push(Words::of(page.language).page_number(number, n));
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::draw::timeline::place;
    use crate::draw::{Picture, timeline, write_pages};
    use crate::graph::View;
    use crate::model::Language;
    use crate::ontology::Ontology;
    use crate::read::Source;

    #[test]
    fn what_is_around_a_hub_is_read_on_numbered_pages_and_each_neighbour_stands_on_one() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let view = View::from(Selection::Around(graph.find("itu").unwrap(), 1));
        let all = select::diagram(&Scene::new(&graph, &view, &graph.languages(None)));
        for (language, last) in [("en", "Page"), ("ar", "الصفحة")] {
            let languages = graph.languages(Language::parse(language).ok());
            let pages = paged(&Scene::new(&graph, &view, &languages), None, Paper::A4);
            assert!(pages.len() > 1 && pages.iter().all(|page| fits(&layout(page))), "{}", pages.len());
            let nodes: BTreeSet<&str> =
                pages.iter().flat_map(|page| &page.nodes).map(|node| node.id.as_str()).collect();
            assert_eq!(nodes.len(), all.nodes.len());
            let places: usize = pages.iter().map(|page| page.nodes.len() - 1).sum();
            assert_eq!(places, all.nodes.len() - 1);
            assert!(pages.iter().all(|page| page.footer.last().unwrap().starts_with(last)));
            let layout = layout(&pages[0]);
            let points = layout.points.unwrap();
            let (width, height) = (layout.size.width * points, layout.size.height * points);
            assert!((width.max(height) - 841.89).abs() < 0.1 && (width.min(height) - 595.28).abs() < 0.1);
            let pages: Vec<Picture> = pages.into_iter().map(Picture::Network).collect();
            let book = write_pages(&pages).unwrap();
            let sheets = book.windows(9).filter(|found| *found == b"/MediaBox").count();
            assert!(book.starts_with(b"%PDF-") && sheets >= pages.len(), "{sheets}");
        }
    }

    #[test]
    fn the_whole_has_all_groups_in_its_overview_and_each_entity_on_a_page_that_can_be_read() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let (view, languages) = (View::default(), graph.languages(None));
        let scene = Scene::new(&graph, &view, &languages);
        let screen = select::pages(&scene, None);
        let pages = paged(&scene, None, Paper::A4);
        assert!(pages.iter().all(|page| fits(&layout(page))));
        assert_eq!(pages[0].nodes.len(), screen[0].nodes.len());
        let drawn = |pages: &[Diagram]| -> Vec<String> {
            let mut ids: Vec<_> = pages.iter().flat_map(|page| &page.nodes).map(|node| node.id.clone()).collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(drawn(&pages[1..]), drawn(&screen[1..]));
    }

    #[test]
    fn organizations_are_as_many_as_fit_and_the_caption_says_of_how_many() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let view = View { mode: Mode::OneMode, ..View::default() };
        let languages = graph.languages(None);
        let scene = Scene::new(&graph, &view, &languages);
        let [a4, a3] = [Paper::A4, Paper::A3].map(|paper| {
            let [page] = paged(&scene, None, paper).try_into().unwrap();
            assert!(fits(&layout(&page)) && page.nodes.iter().all(|node| node.size < 130));
            assert!(page.footer[0].contains(&format!("{} of {}", page.nodes.len(), graph.entities().len())));
            page.nodes.len()
        });
        assert!(23 <= a4 && a4 < a3, "{a4} {a3}");
    }

    #[test]
    fn events_that_do_not_fit_go_on_on_the_next_page_each_once() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        for language in ["en", "ar"] {
            let languages = graph.languages(Language::parse(language).ok());
            let whole = timeline(&Scene::new(&graph, &View::default(), &languages));
            for paper in Paper::ALL {
                let pages = paged_timeline(&whole, paper);
                assert!(pages.len() > 1 || paper != Paper::Wide);
                let events: Vec<&DatedEvent> = pages.iter().flat_map(|page| &page.events).collect();
                assert_eq!(events, whole.events.iter().collect::<Vec<_>>());
                for page in &pages {
                    let placed = place(page);
                    assert!(placed.height <= placed.size.height, "{} {:?}", paper.name(), placed.size);
                    // The smallest type has ten pixels.
                    assert!(placed.points.unwrap() * 10.0 > 6.999);
                }
                let told =
                    |page: &Timeline| page.footer.iter().any(|line| line.contains(whole.undated[0].label.as_str()));
                assert_eq!(pages.iter().filter(|page| told(page)).count(), 1);
            }
        }
    }

    #[test]
    fn what_fits_is_one_page_without_a_number() {
        let graph = crate::open(&Source::Embedded, Ontology::shipped().unwrap()).unwrap().0;
        let view = View::from(Selection::Around(graph.find("gsma").unwrap(), 1));
        let pages = paged(&Scene::new(&graph, &view, &graph.languages(None)), None, Paper::A3);
        assert!(pages.len() == 1 && pages[0].footer.iter().all(|line| !line.starts_with("Page")));
    }
}
