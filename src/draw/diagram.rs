//! What is drawn, in words: nodes, edges, legend, title. No geometry.

use super::geometry::count;
use super::{FontFile, Paper, Style};
use crate::model::{Language, StatementId};
use crate::ontology::{Colour, Shape};

/// A picture before it is laid out: everything that it says.
#[derive(Debug, Clone, PartialEq)]
pub struct Diagram {
    /// The title.
    pub(crate) title: String,
    /// What the picture shows, in sentences, for those who cannot see it.
    pub(crate) description: String,
    /// The language of title, legend and footer; its direction is the picture's.
    pub(crate) language: Language,
    /// Lines below the picture: date of the data, source, licence, how much of the whole is shown.
    pub(crate) footer: Vec<String>,
    /// Where to see what the picture does not show: for whoever shows it, beside it.
    pub(crate) hints: Vec<String>,
    /// The classes of nodes, as the legend lists them.
    pub(crate) classes: Vec<ClassStyle>,
    /// What the styles of lines mean, as the legend lists them. A style that is not here needs no explanation.
    pub(crate) line_styles: Vec<(LineStyle, String)>,
    /// The kinds of links that the legend names, so that no line has to.
    pub(crate) kinds: Vec<Kind>,
    /// Weights, and what a line of that width means.
    pub(crate) widths: Vec<(usize, String)>,
    /// Sizes of text in nodes, in hundredths of the usual one, and what they mean.
    pub(crate) sizes: Vec<(u16, String)>,
    /// Groups of nodes, each an area of its own.
    pub(crate) groups: Vec<Group>,
    /// The node in the middle, if the others are listed around it by relation instead of being linked by lines.
    pub(crate) hub: Option<usize>,
    /// The relations by which they are listed.
    pub(crate) sectors: Vec<Sector>,
    /// The nodes.
    pub(crate) nodes: Vec<Node>,
    /// The edges.
    pub(crate) edges: Vec<Edge>,
    /// How it is painted.
    pub(crate) style: Style,
    /// The sheet that it is made for; one of its own size where there is none.
    pub(crate) paper: Option<Paper>,
    /// A font for what the bundled one lacks.
    pub(crate) font: Option<FontFile>,
}

/// How the nodes of a class are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ClassStyle {
    /// The name of the class.
    pub label: String,
    /// The shape of its nodes.
    pub shape: Shape,
    /// The colour of its nodes' borders; they are filled with a tint of it.
    pub colour: Colour,
}

/// A kind of links, told apart from others by the marks at the ends of its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kind {
    /// What it says.
    pub label: String,
    /// What its lines end in.
    pub mark: Mark,
    /// Where they have that mark.
    pub ends: Ends,
    /// The colour of its lines; the marks tell the same.
    pub colour: Colour,
}

/// What a line ends in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Mark {
    /// A filled arrowhead.
    Arrow,
    /// An open arrowhead.
    Vee,
    /// A disc.
    Dot,
    /// A lozenge.
    Diamond,
    /// A square.
    Square,
    /// A bar across the line.
    Bar,
}

/// Where a line has a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Ends {
    /// At neither end.
    Neither,
    /// Where it leads.
    Last,
    /// At both.
    Both,
}

/// What the weight of a line counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// What two organizations have in common.
    Shared,
    /// Links between two groups.
    Links,
    /// The numbers that statements give.
    Stated,
}

/// A group of nodes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Group {
    /// Its name.
    pub label: String,
    /// The colour of its area.
    pub colour: Colour,
}

/// Those that one relation links with the node in the middle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sector {
    /// The relation, with the name of the one in the middle.
    pub heading: String,
    /// The nodes, as indices of [`Diagram::nodes`], with what else there is to say of their link.
    pub members: Vec<(usize, Option<String>)>,
}

/// What the legend explains.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Sign<'a> {
    /// A class of nodes.
    Class(&'a ClassStyle),
    /// A style of lines.
    Line(LineStyle),
    /// A kind of links.
    Kind(&'a Kind),
    /// A line of a weight.
    Width(usize),
    /// Text of a size.
    Size(u16),
    /// The area of a group.
    Group(Colour),
}

/// A node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Node {
    /// A name for programs, of ASCII letters, digits, `-`, `_` and `.`; unique among the nodes.
    pub id: String,
    /// The text in it.
    pub label: String,
    /// The class, as an index of [`Diagram::classes`].
    pub class: usize,
    /// Where it leads: `http`, `https` or relative. Any other address is left out.
    pub href: Option<String>,
    /// More about it, after a first line that names it.
    pub tooltip: String,
    /// The size of its text, in hundredths of the usual one.
    pub size: u16,
    /// The group that it is in, as an index of [`Diagram::groups`].
    pub group: Option<usize>,
}

/// An edge from one node to another or to itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Edge {
    /// Where it starts, as an index of [`Diagram::nodes`].
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it says; `\n` separates several relations that one line stands for.
    pub label: String,
    /// More about it: the relation with its ends, dates and paragraphs.
    pub tooltip: String,
    /// The statements that it stands for.
    pub statements: Vec<Stated>,
    /// How its line is drawn.
    pub style: LineStyle,
    /// Where it has arrowheads.
    pub arrow: Arrow,
    /// How much it stands for. A greater weight gives a thicker line, up to a limit.
    pub weight: usize,
    /// What kinds of links it is, as indices of [`Diagram::kinds`]; where there are none, it has its label on the line.
    pub kinds: Vec<usize>,
    /// Where it leads, if it leads anywhere: as of a node.
    pub href: Option<String>,
}

/// A statement that an edge stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// The relation.
    pub relation: String,
    /// Dates and what else is said of it.
    pub remarks: String,
    /// What states it, as tables write it: `c24#2.10`.
    pub sources: Vec<String>,
    /// The statements themselves; several where they say together what is meant.
    pub ids: Vec<StatementId>,
}

/// How a line is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum LineStyle {
    /// Unbroken: what holds.
    Solid,
    /// In dashes: what is planned or proposed.
    Dashed,
    /// In dots: what held before.
    Dotted,
}

/// Where an edge has arrowheads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Arrow {
    /// At its end.
    Forward,
    /// At neither end: what it says holds in both directions.
    None,
}

impl LineStyle {
    /// Returns the name, as Graphviz spells it.
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Solid => "solid",
            Self::Dashed => "dashed",
            Self::Dotted => "dotted",
        }
    }
}

/// How thick a line is that stands for one thing, and the thickest, in pixels.
const THICKNESS: (f64, f64) = (1.2, 6.0);

impl Diagram {
    /// Returns how many entities it shows.
    #[must_use]
    pub fn n_nodes(&self) -> usize {
        self.nodes.len()
    }

    /// Returns how many lines it has.
    #[must_use]
    pub fn n_edges(&self) -> usize {
        self.edges.len()
    }

    /// Returns how thick a line of a weight is in pixels: it grows with the root of the weight, so that the heaviest line
    /// of the picture is no thicker than the limit and none is thinner than that of one.
    pub(super) fn thickness(&self, weight: usize) -> f64 {
        let most = self.edges.iter().map(|edge| edge.weight).max().unwrap_or(1);
        let limit = THICKNESS.1 / THICKNESS.0;
        let unit = (count(most) / (limit * limit)).max(1.0);
        (THICKNESS.0 * (count(weight) / unit).sqrt()).clamp(THICKNESS.0, THICKNESS.1)
    }

    /// Returns what the legend explains, in its order, each with its words.
    pub(super) fn signs(&self) -> impl Iterator<Item = (Sign<'_>, &str)> {
        let classes = self.classes.iter().map(|class| (Sign::Class(class), class.label.as_str()));
        let kinds = self.kinds.iter().map(|kind| (Sign::Kind(kind), kind.label.as_str()));
        let lines = self.line_styles.iter().map(|(style, label)| (Sign::Line(*style), label.as_str()));
        let widths = self.widths.iter().map(|(weight, label)| (Sign::Width(*weight), label.as_str()));
        let sizes = self.sizes.iter().map(|(size, label)| (Sign::Size(*size), label.as_str()));
        let groups = self.groups.iter().map(|group| (Sign::Group(group.colour), group.label.as_str()));
        let signs = classes.chain(kinds).chain(lines).chain(widths).chain(sizes).chain(groups);
        signs.filter(|(_, label)| !label.is_empty())
    }

    /// Adds to the footer what is left out, after the line that says how much is shown.
    pub(super) fn say(&mut self, left_out: Vec<String>) {
        let at = self.footer.len().min(1);
        self.footer.splice(at..at, left_out);
    }

    /// Returns the colour of an edge's line: of several kinds, that of the one which fewest lines are of. So it looks as the
    /// legend shows it, and not as a common kind with the marks of another.
    pub(super) fn colour_of(&self, edge: &Edge) -> Option<Colour> {
        let rarest = edge.kinds.iter().max()?;
        self.kinds.get(*rarest).map(|kind| kind.colour)
    }

    /// Returns the kinds of links that an edge is.
    pub(super) fn kinds_of(&self, edge: &Edge) -> impl Iterator<Item = &Kind> {
        edge.kinds.iter().filter_map(|&kind| self.kinds.get(kind))
    }
}

impl Edge {
    /// Returns what stands on the line; nothing where the legend names it.
    pub(super) fn written(&self) -> &str {
        if self.kinds.is_empty() { &self.label } else { "" }
    }
}

impl Sector {
    /// Returns what else there is to say of the link of a node.
    pub(super) fn note(&self, node: usize) -> Option<&str> {
        self.members.iter().find(|(member, _)| *member == node)?.1.as_deref()
    }
}

impl Mark {
    /// All marks, in the order in which kinds get them.
    pub(crate) const ALL: [Self; 6] = [Self::Arrow, Self::Dot, Self::Vee, Self::Diamond, Self::Bar, Self::Square];

    /// Returns the name of the mark as an arrowhead of [Graphviz](https://graphviz.org/docs/attr-types/arrowType/).
    #[must_use]
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Arrow => "normal",
            Self::Vee => "vee",
            Self::Dot => "dot",
            Self::Diamond => "diamond",
            Self::Square => "box",
            Self::Bar => "tee",
        }
    }
}

/// Returns the address that a node or an edge may lead to.
pub(super) fn safe(href: Option<&str>) -> Option<&str> {
    href.filter(|href| is_safe(href))
}

/// Tells whether an address is `http`, `https` or relative. An address is refused if a program might read it as another
/// scheme, for example after dropping white space or control characters.
fn is_safe(href: &str) -> bool {
    if href.is_empty() || href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return false;
    }
    match href.split_once(':') {
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => {
            scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
        }
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_and_relative_addresses_are_followed() {
        for safe in ["https://example.org/a?b=c&d", "HTTP://example.org", "itu", "../c24/itu#a:b", "#itu", "a/b:c"] {
            assert!(is_safe(safe), "{safe}");
        }
        for unsafe_one in
            ["javascript:alert(1)", "java\nscript:alert(1)", " https:x", "data:text/html,x", "", "\\x", "file:x"]
        {
            assert!(!is_safe(unsafe_one), "{unsafe_one}");
        }
    }
}
