//! A part that is too large for one picture, as an overview of groups and a page for each.

use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::compose::Composer;
use super::{GREY, Link, cluster, diagram, ids, parts};
use crate::draw::{Arrow, ClassStyle, Diagram, Edge, Hint, LineStyle, Node, Scene, Shape};
use crate::graph::{Mode, Selection, View};
use crate::model::EntityId;
use crate::rdf::segment;

/// The most nodes of one picture. With more, readers of node-link diagrams guess more than they see.
const MOST: usize = 120;

/// The files that pages are written to, beside the file of the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Files<'a> {
    /// The name of the overview's file, without extension.
    pub stem: &'a str,
    /// The extension of the files.
    pub extension: &'static str,
}

/// Returns a scene as pictures: one or, if it is too large to be read, an overview and a page for each group. In files,
/// the nodes of the overview lead to the pages, whose files have the name of the overview's and the page's number.
#[must_use]
pub fn pages(scene: &Scene<'_>, files: Option<Files<'_>>) -> Vec<Diagram> {
    if scene.view.mode == Mode::OneMode {
        return vec![diagram(scene)];
    }
    let (entities, links) = parts(scene.graph, scene.view);
    if entities.len() <= MOST {
        return vec![diagram(scene)];
    }
    let composer = Composer::new(scene);
    let number = |entity: EntityId| entities.binary_search(&entity).unwrap_or_default();
    let pairs: Vec<_> = links.iter().map(|link| (number(link.subject), number(link.object))).collect();
    let mut group_of = vec![0; entities.len()];
    let mut groups: Vec<Group> = Vec::new();
    for (at, members) in cluster::groups(entities.len(), &pairs, MOST).into_iter().enumerate() {
        for &member in &members {
            group_of[member] = at;
        }
        groups.push(Group { members: members.iter().map(|&member| entities[member]).collect(), inside: Vec::new() });
    }
    let mut between: Between = BTreeMap::new();
    for (link, (one, other)) in links.iter().zip(pairs) {
        let (one, other) = (group_of[one], group_of[other]);
        if one == other {
            groups[one].inside.push(*link);
        } else {
            between.entry((one.min(other), one.max(other))).or_default().push(*link);
        }
    }
    let names: Vec<String> = groups.iter().map(|group| group.name(&composer)).collect();
    let overview = overview(&composer, &groups, &names, &between, files);
    let pages = groups.iter().zip(&names).zip(1..).map(|((group, name), page)| {
        let outward = between.iter().filter(|((one, other), _)| [one, other].contains(&&(page - 1)));
        composer.page(group, name, (page, groups.len()), outward.map(|(_, links)| links.len()).sum())
    });
    [overview].into_iter().chain(pages).collect()
}

impl Files<'_> {
    /// Returns the name of a page's file, without extension; the overview has the number 0.
    #[must_use]
    pub fn page(&self, number: usize) -> String {
        if number == 0 { self.stem.to_owned() } else { format!("{}-{number}", self.stem) }
    }
}

/// The links between two groups, by the groups.
type Between = BTreeMap<(usize, usize), Vec<Link>>;

/// Entities that are drawn together, with the links among them.
struct Group {
    members: Vec<EntityId>,
    inside: Vec<Link>,
}

impl Group {
    /// The name of the entity with most links. If some of the others cannot be reached from it, a word for scattered
    /// groups.
    fn name(&self, composer: &Composer<'_>) -> String {
        let center = self.center();
        let place = |entity: EntityId| self.members.binary_search(&entity).unwrap_or_default();
        let mut sets = UnionFind::<usize>::new(self.members.len());
        for link in &self.inside {
            sets.union(place(link.subject), place(link.object));
        }
        let scattered = (1..self.members.len()).any(|member| !sets.equiv(0, member));
        if scattered { composer.words.scattered.to_owned() } else { composer.name(center) }
    }

    /// The entity with most links in the group.
    fn center(&self) -> EntityId {
        let mut degrees: BTreeMap<EntityId, usize> = self.members.iter().map(|&member| (member, 0)).collect();
        for end in self.inside.iter().flat_map(|link| [link.subject, link.object]) {
            *degrees.entry(end).or_default() += 1;
        }
        let best = degrees.into_iter().max_by_key(|&(entity, n)| (n, std::cmp::Reverse(entity)));
        best.map_or(self.members[0], |(entity, _)| entity)
    }
}

fn overview(
    composer: &Composer<'_>,
    groups: &[Group],
    names: &[String],
    between: &Between,
    files: Option<Files<'_>>,
) -> Diagram {
    let (graph, words) = (composer.graph, composer.words);
    let nodes = groups.iter().zip(names).zip(1..).map(|((group, name), page)| Node {
        id: format!("group-{page}"),
        label: words.group(name, group.members.len()),
        class: 0,
        href: files.map(|files| format!("{}.{}", segment(&files.page(page)), files.extension)),
        tooltip: group.members.iter().fold(words.group(name, group.members.len()), |text, &member| {
            format!("{text}\n• {}", composer.name(member))
        }),
    });
    let edges = between.iter().map(|(&(from, to), links)| Edge {
        from,
        to,
        label: links.len().to_string(),
        tooltip: words.links_between(&names[from], &names[to], links.len()),
        statements: Vec::new(),
        style: LineStyle::Solid,
        arrow: Arrow::None,
        weight: links.len(),
    });
    let shown = groups.iter().map(|group| group.members.len()).sum();
    let mut footer = vec![words.groups_shown(groups.len(), (shown, graph.entities().len()))];
    if *composer.view != View::default() {
        footer.extend(composer.hint(Hint::OnePicture));
    }
    footer.extend([Hint::Groups, Hint::Unlinked].into_iter().filter_map(|hint| composer.rest(hint)));
    footer.dedup();
    let class = ClassStyle { label: words.group_class.to_owned(), shape: Shape::Box, colour: GREY };
    let title = words.overview(&composer.title());
    composer.framed(title, footer, (vec![class], nodes.collect()), (edges.collect(), &ids(between.values().flatten())))
}

impl Composer<'_> {
    /// The page of a group: the links among its members, and how many lead out.
    fn page(&self, group: &Group, name: &str, page: (usize, usize), outward: usize) -> Diagram {
        let mut footer = vec![self.shown(group.members.len(), group.inside.len())];
        footer.push(self.words.outward(outward));
        footer.extend(self.rest(Hint::Groups));
        let page = self.words.page(name, page);
        let title = if self.view.selection == Selection::Whole { page } else { format!("{} – {page}", self.title()) };
        let edges = self.edges(&group.inside, &group.members);
        self.framed(title, footer, self.nodes(&group.members), (edges, &ids(&group.inside)))
    }
}
