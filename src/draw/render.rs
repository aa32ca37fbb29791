//! Pictures as pixels, and what they and pages have in common: the SVG, read with the bundled font, and one that is given,
//! only, so that every machine draws the same.

use std::collections::BTreeSet;
use std::sync::Arc;

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, Source};
use resvg::usvg::{Options, Tree};

use super::font::Font;
use super::geometry::{Rect, Size};
use super::layout::{Layout, PlacedText};
use super::svg::svg;
use super::{Diagram, DrawError, Edge, FontFile, Node, Unwritable};
use crate::model::Language;

/// The most pixels of a picture: at four bytes each, and twice while they are written, what any machine can hold.
pub(super) const MOST_PIXELS: f64 = 64e6;
/// Pixels of the picture for one of the layout where they are not too many: text is sharp on paper.
const SCALE: f32 = 2.0;
/// What messages call the parts of a picture.
pub(super) const LEGEND: &str = "the legend";
const HEADING: &str = "a heading";
pub(super) const FOOTER: &str = "the footer";
pub(super) const AXIS: &str = "the axis";

/// A picture as the writers of PNG and PDF need it: its SVG, and what they must know besides.
pub(super) struct Drawn<'a> {
    pub(super) svg: String,
    pub(super) size: Size,
    /// How many points of a sheet a pixel has; one where it is for none.
    pub(super) points: f64,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
    pub(super) language: Language,
    /// A font for what the bundled one lacks.
    pub(super) font: Option<&'a FontFile>,
    /// The text in bold.
    pub(super) bold: &'a PlacedText,
    /// All other text, and what it belongs to.
    pub(super) regular: Vec<(String, &'a PlacedText)>,
    /// The nodes, and where they are.
    pub(super) nodes: Vec<(&'a Node, Rect)>,
}

impl<'a> Drawn<'a> {
    /// Returns what of a network is drawn where.
    pub(super) fn network(diagram: &'a Diagram, layout: &'a Layout) -> Self {
        let id = |node: usize| diagram.nodes.get(node).map_or("", |node| node.id.as_str());
        let link = |edge: &Edge| format!("the link from `{}` to `{}`", id(edge.from), id(edge.to));
        let nodes = diagram.nodes.iter().zip(&layout.nodes);
        let edges = diagram.edges.iter().zip(&layout.edges);
        let regular = nodes
            .map(|(node, placed)| (entity(node), &placed.label))
            .chain(edges.map(|(edge, placed)| (link(edge), &placed.label)))
            .chain(layout.legend.iter().map(|entry| (LEGEND.to_owned(), &entry.label)))
            .chain(layout.panels.iter().map(|panel| (HEADING.to_owned(), &panel.heading)))
            .chain(layout.footer.iter().map(|line| (FOOTER.to_owned(), line)));
        Self {
            svg: svg(diagram, layout),
            size: layout.size,
            points: layout.points.unwrap_or(1.0),
            title: &diagram.title,
            description: &diagram.description,
            language: diagram.language,
            font: diagram.font.as_ref(),
            bold: &layout.title,
            regular: regular.collect(),
            nodes: diagram.nodes.iter().zip(layout.nodes.iter().map(|placed| placed.rect)).collect(),
        }
    }
}

/// Returns a picture as PNG. O(pixels).
///
/// # Errors
///
/// If the font lacks a character, or there would be too many pixels.
#[expect(clippy::cast_possible_truncation, reason = "a number of pixels, which single precision holds well enough")]
pub(super) fn png(drawn: &Drawn<'_>) -> Result<Vec<u8>, DrawError> {
    let Size { width, height } = drawn.size;
    let pixels = width * height;
    if pixels > MOST_PIXELS {
        return Err(DrawError::Pixels { width, height });
    }
    let scale = if pixels * f64::from(SCALE * SCALE) > MOST_PIXELS { 1.0 } else { SCALE };
    let tree = tree(drawn)?;
    // What is shown in points has been made that large already.
    let scale = scale * (width as f32) / tree.size().width();
    let size = tree.size().to_int_size().scale_by(scale);
    let pixmap = size.and_then(|size| Pixmap::new(size.width(), size.height()));
    let mut pixmap = pixmap.ok_or(DrawError::Pixels { width, height })?;
    // The last row and column are drawn in part only.
    pixmap.fill(Color::WHITE);
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|error| DrawError::Render(error.into()))
}

/// Reads our SVG with the bundled font.
pub(super) fn tree(drawn: &Drawn<'_>) -> Result<Tree, DrawError> {
    let unwritable = unwritable(drawn);
    if !unwritable.is_empty() {
        return Err(DrawError::Glyphs(unwritable));
    }
    let mut fonts = Database::new();
    for font in [dejavu::sans::regular(), dejavu::sans::bold()] {
        fonts.load_font_source(Source::Binary(Arc::new(font)));
    }
    if let Some(font) = drawn.font {
        fonts.load_font_source(Source::Binary(font.bytes()));
    }
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    Tree::from_str(&drawn.svg, &options).map_err(|error| DrawError::Render(error.into()))
}

/// Names an entity in a message.
pub(super) fn entity(node: &Node) -> String {
    format!("`{}`", node.id)
}

/// The texts of a picture that the bundled font cannot write, the title first.
fn unwritable(drawn: &Drawn<'_>) -> Vec<Unwritable> {
    let (regular, bold) = (Font::regular(1.0, drawn.font), Font::bold(1.0, drawn.font));
    let check = |font: &Font<'_>, place: &str, text: &PlacedText| {
        let lines: Vec<&str> = text.lines.iter().map(|line| line.text.as_str()).collect();
        let text = lines.join(" ");
        let characters: BTreeSet<char> = text.chars().filter(|&character| !font.has(character)).collect();
        (!characters.is_empty()).then(|| Unwritable { place: place.to_owned(), text, characters })
    };
    let title = check(&bold, "the title", drawn.bold);
    title.into_iter().chain(drawn.regular.iter().filter_map(|(place, text)| check(&regular, place, text))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::layout::layout;
    use super::super::samples::diagram;
    use super::*;

    #[test]
    fn a_picture_is_drawn_twice_as_large_and_the_same_each_time() {
        let diagram = diagram("ar", &["قمة المستقبل (UN)", "ITU"], &[(0, 1, "leads")]);
        let layout = layout(&diagram);
        let bytes = png(&Drawn::network(&diagram, &layout)).unwrap();
        assert_eq!(bytes, png(&Drawn::network(&diagram, &layout)).unwrap());
        let width = u32::from_be_bytes(bytes[16..20].try_into().unwrap());
        assert!((f64::from(width) - 2.0 * layout.size.width).abs() < 2.5, "{width} {}", layout.size.width);
    }

    #[test]
    fn characters_without_a_glyph_are_named_with_every_text_that_they_stand_in() {
        let mut diagram = diagram("en", &["国际电信联盟", "a\u{200F}b", "ITU 国"], &[(0, 1, "领导")]);
        diagram.title = "联".to_owned();
        diagram.footer = Vec::new();
        let error = png(&Drawn::network(&diagram, &layout(&diagram))).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the font of pictures has no glyph for 信, 国, 导, 电, 盟, 联, 际, 领: in the title (联); \
             in `n0` (国际电信联盟); in `n2` (ITU 国); in the link from `n0` to `n1` (领导)"
        );
    }

    #[test]
    fn of_very_many_characters_and_texts_some_are_named_and_the_others_counted() {
        let labels: Vec<String> = ('\u{4E00}'..).take(30).map(String::from).collect();
        let mut diagram = diagram("en", &labels.iter().map(String::as_str).collect::<Vec<_>>(), &[]);
        diagram.title = "a".to_owned();
        diagram.footer = Vec::new();
        let error = png(&Drawn::network(&diagram, &layout(&diagram))).unwrap_err().to_string();
        assert!(error.contains(" and 10 more: in `n0` (一); in `n1`"), "{error}");
        assert!(error.ends_with(" and 20 more texts"), "{error}");
    }

    #[test]
    fn too_many_pixels_are_refused_with_the_size() {
        let diagram = diagram("en", &["a"], &[]);
        let mut layout = layout(&diagram);
        (layout.size.width, layout.size.height) = (10_000.0, 10_000.0);
        let error = png(&Drawn::network(&diagram, &layout)).unwrap_err();
        assert_eq!(error.to_string(), "the picture would be 10000 by 10000 pixels, more than 64 million");
    }
}
