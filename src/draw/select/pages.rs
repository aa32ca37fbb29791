//! A part that is too large for one picture, as an overview of groups and a page for each.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use petgraph::unionfind::UnionFind;

use super::compose::Composer;
use super::{Contents, Link, cluster, diagram, group, ids, kind, parts, sectors};
use crate::draw::{Arrow, ClassStyle, Diagram, Edge, Hint, LineStyle, Node, Scene, Shape, Weight};
use crate::graph::{Mode, Selection, View};
use crate::model::EntityId;
use crate::rdf::segment;

/// The most nodes of one picture. With more, readers of node-link diagrams guess more than they see.
const MOST: usize = 120;

/// The most members of a group that are named within its area.
pub(in crate::draw) const MOST_NAMED: usize = 8;

/// The longest name, in characters, that is told of the members of a group within its area.
const LONGEST_NAME: usize = 40;

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
    let Some(divided) = Divided::of(scene, files, MOST) else { return vec![diagram(scene)] };
    let parts: Vec<Part> = (0..divided.n_groups()).map(|group| divided.part(group)).collect();
    let first: Vec<usize> = (1..=parts.len()).collect();
    [divided.overview(usize::MAX, MOST_NAMED, &first)].into_iter().chain(divided.pages(&parts)).collect()
}

/// A scene that is too large for one picture, divided into groups.
pub(in crate::draw) struct Divided<'s> {
    composer: Composer<'s>,
    files: Option<Files<'s>>,
    links: Vec<Link>,
    groups: Vec<Group>,
    names: Vec<String>,
    between: Between,
}

/// What is drawn on a page: a group, or a part of one.
pub(in crate::draw) struct Part {
    group: usize,
    name: String,
    drawn: Group,
}

impl<'s> Divided<'s> {
    /// Divides a scene into groups of at most so many entities, as far as they can be divided; nothing if it has no more, or
    /// is drawn in another way.
    pub(in crate::draw) fn of(scene: &'s Scene<'_>, files: Option<Files<'s>>, most: usize) -> Option<Self> {
        if scene.view.mode == Mode::OneMode || sectors::is_star(scene.view) {
            return None;
        }
        let (entities, links) = parts(scene.graph, scene.view);
        if entities.len() <= most {
            return None;
        }
        let composer = Composer::new(scene);
        let (groups, between) = grouped(&entities, &links, most);
        let names = groups.iter().map(|group| group.name(&composer)).collect();
        Some(Self { composer, files, links, groups, names, between })
    }

    pub(in crate::draw) fn n_groups(&self) -> usize {
        self.groups.len()
    }

    /// Returns a whole group.
    pub(in crate::draw) fn part(&self, group: usize) -> Part {
        Part { group, name: self.names[group].clone(), drawn: self.groups[group].clone() }
    }

    /// Divides what is drawn on a page once more, into parts of at most so many entities as far as it can be divided.
    pub(in crate::draw) fn parts(&self, part: &Part, most: usize) -> Vec<Part> {
        let (parts, _) = grouped(&part.drawn.members, &part.drawn.inside, most);
        parts.into_iter().map(|drawn| self.part_of(part.group, drawn)).collect()
    }

    /// Returns two parts of a group as one.
    pub(in crate::draw) fn joined(&self, one: &Part, other: &Part) -> Part {
        let mut members = [one.drawn.members.as_slice(), &other.drawn.members].concat();
        members.sort_unstable();
        let is_in = |entity: EntityId| members.binary_search(&entity).is_ok();
        let inside = self.links.iter().filter(|link| is_in(link.subject) && is_in(link.object)).copied().collect();
        self.part_of(one.group, Group { members, inside })
    }

    fn part_of(&self, group: usize, drawn: Group) -> Part {
        let name = match drawn.name(&self.composer) {
            name if name == self.names[group] => name,
            name => format!("{} – {name}", self.names[group]),
        };
        Part { group, name, drawn }
    }

    /// Returns the pages of all parts.
    pub(in crate::draw) fn pages(&self, parts: &[Part]) -> Vec<Diagram> {
        parts.iter().zip(1..).map(|(part, page)| self.page(part, (page, parts.len()))).collect()
    }

    /// Returns a page: the links among the entities of a part, and how many lead out.
    pub(in crate::draw) fn page(&self, part: &Part, page: (usize, usize)) -> Diagram {
        let is_in = |entity: EntityId| part.drawn.members.binary_search(&entity).is_ok();
        let outward = self.links.iter().filter(|link| is_in(link.subject) != is_in(link.object)).count();
        self.composer.page(&part.drawn, &part.name, page, outward)
    }

    /// Returns the overview: so many groups, the greatest, each with so many of its members by name, that lead to the first
    /// pages of the groups.
    pub(in crate::draw) fn overview(&self, told: usize, named: usize, first: &[usize]) -> Diagram {
        let told = told.min(self.groups.len());
        let among = self.between.iter().filter(|((_, other), _)| *other < told);
        overview(self, told, named, &among.collect::<Vec<_>>(), first)
    }
}

/// Groups of at most so many entities, and the links between them.
fn grouped(entities: &[EntityId], links: &[Link], most: usize) -> (Vec<Group>, Between) {
    let number = |entity: EntityId| entities.binary_search(&entity).unwrap_or_default();
    let pairs: Vec<_> = links.iter().map(|link| (number(link.subject), number(link.object))).collect();
    let mut group_of = vec![0; entities.len()];
    let mut groups: Vec<Group> = Vec::new();
    for (at, members) in cluster::groups(entities.len(), &pairs, most).into_iter().enumerate() {
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
    (groups, between)
}

impl Files<'_> {
    /// Returns the name of a page's file, without extension; the overview has the number 0.
    #[must_use]
    pub(crate) fn page(&self, number: usize) -> String {
        if number == 0 { self.stem.to_owned() } else { format!("{}-{number}", self.stem) }
    }
}

/// The links between two groups, by the groups.
type Between = BTreeMap<(usize, usize), Vec<Link>>;

/// Entities that are drawn together, with the links among them.
#[derive(Clone)]
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
        self.central().first().copied().unwrap_or(self.members[0])
    }

    /// The members, those with most links in the group first.
    fn central(&self) -> Vec<EntityId> {
        let mut degrees: BTreeMap<EntityId, usize> = self.members.iter().map(|&member| (member, 0)).collect();
        for end in self.inside.iter().flat_map(|link| [link.subject, link.object]) {
            *degrees.entry(end).or_default() += 1;
        }
        let mut central: Vec<(Reverse<usize>, EntityId)> =
            degrees.into_iter().map(|(entity, n)| (Reverse(n), entity)).collect();
        central.sort_unstable();
        central.into_iter().map(|(_, entity)| entity).collect()
    }

    /// What stands in the area: the name, how many the members are, and the next central ones, more of them in a larger
    /// group, but no more than so many.
    fn label(&self, composer: &Composer<'_>, name: &str, most: usize) -> String {
        let n_named = (self.members.len() / 7).clamp(2, MOST_NAMED).min(most);
        let central = self.central().into_iter().map(|member| composer.short_name(member));
        let central = central.filter(|other| !name.contains(other.as_str()) && other.chars().count() <= LONGEST_NAME);
        let others: Vec<String> = central.take(n_named).collect();
        let counted = composer.words.group(name, self.members.len());
        if others.is_empty() { counted } else { format!("{counted}\n{}", others.join(composer.words.list)) }
    }
}

fn overview(
    divided: &Divided<'_>,
    told: usize,
    named: usize,
    between: &[(&(usize, usize), &Vec<Link>)],
    first: &[usize],
) -> Diagram {
    let Divided { composer, files, groups, names, .. } = divided;
    let (graph, words, n_groups, groups) = (composer.graph, composer.words, groups.len(), &groups[..told]);
    let largest = groups.iter().map(|group| group.members.len()).max().unwrap_or(1);
    let nodes = groups.iter().zip(names).zip(first).zip(0..).map(|(((group, name), &page), class)| Node {
        id: format!("group-{}", class + 1),
        label: group.label(composer, name, named),
        class,
        href: files.map(|files| format!("{}.{}", segment(&files.page(page)), files.extension)),
        tooltip: group.members.iter().fold(words.group(name, group.members.len()), |text, &member| {
            format!("{text}\n• {}", composer.name(member))
        }),
        size: text_size(group.members.len(), largest),
        group: None,
    });
    let edges = between.iter().map(|&(&(from, to), links)| Edge {
        from,
        to,
        label: links.len().to_string(),
        tooltip: words.links_between(&names[from], &names[to], links.len()),
        statements: Vec::new(),
        style: LineStyle::Solid,
        arrow: Arrow::None,
        weight: links.len(),
        kinds: vec![0],
        href: None,
    });
    let shown = groups.iter().map(|group| group.members.len()).sum();
    let footer = vec![words.groups_shown((groups.len(), n_groups), (shown, graph.entities().len()))];
    let one_picture = (*composer.view != View::default()).then(|| composer.hint(Hint::OnePicture)).flatten();
    let rest = [Hint::Groups, Hint::Unlinked].into_iter().filter_map(|hint| composer.rest(hint));
    let mut hints: Vec<String> = one_picture.into_iter().chain(rest).collect();
    hints.dedup();
    // All areas have the same shape, so that one sign explains them.
    let class = |number: usize| ClassStyle {
        label: if number == 0 { words.group_class.to_owned() } else { String::new() },
        shape: Shape::Ellipse,
        colour: group::COLOURS[number % group::COLOURS.len()],
    };
    let title = words.overview(&composer.title());
    // The widths say how many links a line stands for; there is but one kind.
    let kinds = vec![kind::kind(0, "", Arrow::None)];
    let classes = (0..groups.len()).map(class).collect();
    let contents = Contents { classes, nodes: nodes.collect(), edges: edges.collect(), kinds, weight: Weight::Links };
    composer.framed(title, (footer, hints), contents, &ids(between.iter().flat_map(|(_, links)| *links)))
}

/// The size of the text of a group, in hundredths of the usual one: by the root of its members, as areas are compared.
fn text_size(members: usize, largest: usize) -> u16 {
    let per_mille = (members * 1_000_000 / largest.max(1)).isqrt();
    u16::try_from(100 + 40 * per_mille / 1000).unwrap_or(100)
}

impl Composer<'_> {
    /// The page of a group: the links among its members, and how many lead out.
    fn page(&self, group: &Group, name: &str, page: (usize, usize), outward: usize) -> Diagram {
        let edges = self.edges(&group.inside, &group.members);
        let mut footer = vec![self.shown(group.members.len(), edges.len(), group.inside.len())];
        footer.push(self.words.outward(outward));
        let hints = self.rest(Hint::Groups).into_iter().collect();
        let page = self.words.page(name, page);
        let title = if self.view.selection == Selection::Whole { page } else { format!("{} – {page}", self.title()) };
        let (classes, nodes) = self.nodes(&group.members);
        let contents = Contents { classes, nodes, edges, kinds: Vec::new(), weight: Weight::Stated };
        self.framed(title, (footer, hints), contents, &ids(&group.inside))
    }
}
