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
    cut(scene, files, Cut { most: MOST, groups: usize::MAX })
}

/// How a scene is cut into pages: the most entities of one, and the most groups of the overview.
#[derive(Debug, Clone, Copy)]
pub(in crate::draw) struct Cut {
    pub(in crate::draw) most: usize,
    pub(in crate::draw) groups: usize,
}

/// Returns a scene as pictures that are no larger than wanted.
pub(in crate::draw) fn cut(scene: &Scene<'_>, files: Option<Files<'_>>, cut: Cut) -> Vec<Diagram> {
    if scene.view.mode == Mode::OneMode || sectors::is_star(scene.view) {
        return vec![diagram(scene)];
    }
    let (entities, links) = parts(scene.graph, scene.view);
    if entities.len() <= cut.most {
        return vec![diagram(scene)];
    }
    let composer = Composer::new(scene);
    let number = |entity: EntityId| entities.binary_search(&entity).unwrap_or_default();
    let pairs: Vec<_> = links.iter().map(|link| (number(link.subject), number(link.object))).collect();
    let mut group_of = vec![0; entities.len()];
    let mut groups: Vec<Group> = Vec::new();
    for (at, members) in cluster::groups(entities.len(), &pairs, cut.most).into_iter().enumerate() {
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
    let told = groups.len().min(cut.groups);
    let among: Between =
        between.iter().filter(|((_, other), _)| *other < told).map(|(ends, links)| (*ends, links.clone())).collect();
    let overview = overview(&composer, (&groups[..told], groups.len()), &names, &among, files);
    let pages = groups.iter().zip(&names).zip(1..).map(|((group, name), page)| {
        let outward = between.iter().filter(|((one, other), _)| [one, other].contains(&&(page - 1)));
        composer.page(group, name, (page, groups.len()), outward.map(|(_, links)| links.len()).sum())
    });
    [overview].into_iter().chain(pages).collect()
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
    /// group.
    fn label(&self, composer: &Composer<'_>, name: &str) -> String {
        let n_named = (self.members.len() / 7).clamp(2, 8);
        let central = self.central().into_iter().map(|member| composer.short_name(member));
        let central = central.filter(|other| !name.contains(other.as_str()) && other.chars().count() <= LONGEST_NAME);
        let others: Vec<String> = central.take(n_named).collect();
        format!("{}\n{}", composer.words.group(name, self.members.len()), others.join(composer.words.list))
    }
}

fn overview(
    composer: &Composer<'_>,
    (groups, n_groups): (&[Group], usize),
    names: &[String],
    between: &Between,
    files: Option<Files<'_>>,
) -> Diagram {
    let (graph, words) = (composer.graph, composer.words);
    let largest = groups.iter().map(|group| group.members.len()).max().unwrap_or(1);
    let nodes = groups.iter().zip(names).zip(1..).map(|((group, name), page)| Node {
        id: format!("group-{page}"),
        label: group.label(composer, name),
        class: page - 1,
        href: files.map(|files| format!("{}.{}", segment(&files.page(page)), files.extension)),
        tooltip: group.members.iter().fold(words.group(name, group.members.len()), |text, &member| {
            format!("{text}\n• {}", composer.name(member))
        }),
        size: text_size(group.members.len(), largest),
        group: None,
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
    composer.framed(title, (footer, hints), contents, &ids(between.values().flatten()))
}

/// The size of the text of a group, in hundredths of the usual one: by the root of its members, as areas are compared.
fn text_size(members: usize, largest: usize) -> u16 {
    let per_mille = (members * 1_000_000 / largest.max(1)).isqrt();
    u16::try_from(90 + 50 * per_mille / 1000).unwrap_or(100)
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
