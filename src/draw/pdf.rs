//! PDF: pages of the size of their sheets or pictures, of vectors, with text that can be selected, nodes that are links, and the
//! description in words for those who cannot see it.
//!
//! What is drawn is what resvg reads from our SVG, so that the page looks like the SVG. Glyphs are in the order of
//! reading, each with the text that it stands for and with marks that keep brackets between two directions in order.

use krilla::action::{Action, LinkAction};
use krilla::annotation::{Annotation, LinkAnnotation, Target};
use krilla::color::rgb;
use krilla::geom::{Path, PathBuilder, Point, Rect, Transform};
use krilla::metadata::{Metadata, TextDirection};
use krilla::num::NormalizedF32;
use krilla::page::{Page, PageSettings};
use krilla::paint::{Fill, LineCap, LineJoin, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{ContentTag, Tag, TagGroup, TagTree};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Data, Document};
use resvg::tiny_skia::PathSegment;
use resvg::usvg::layout::PositionedGlyph;
use resvg::usvg::{self, Group, Node, Paint, Tree, fontdb};

use super::DrawError;
use super::diagram::safe;
use super::font as own;
use super::geometry::count;
use super::reading::{Marks, reading};
use super::render::{self, Drawn};
use super::text::direction;
use crate::model::Direction::{LeftToRight, RightToLeft};

/// The longest side of a page that PDF 1.7 allows.
pub(super) const LONGEST: f64 = 14_400.0;

/// Returns pictures as PDF, each on a page. O(size of the output).
///
/// # Errors
///
/// If the font lacks a character, or a page would be too large.
pub(super) fn pdf(pages: &[Drawn<'_>]) -> Result<Vec<u8>, DrawError> {
    let mut document = Document::new();
    if let Some(first) = pages.first() {
        document.set_metadata(metadata(first));
    }
    let mut tags = TagTree::new();
    pages.iter().try_for_each(|drawn| add_page(&mut document, drawn, &mut tags))?;
    document.set_tag_tree(tags);
    document.finish().map_err(DrawError::Pdf)
}

/// Adds a page of the size of its sheet, or of the picture's.
#[expect(clippy::cast_possible_truncation, reason = "krilla counts in single precision")]
fn add_page(document: &mut Document, drawn: &Drawn<'_>, tags: &mut TagTree) -> Result<(), DrawError> {
    let (width, height) = (drawn.size.width * drawn.points, drawn.size.height * drawn.points);
    if width.max(height) > LONGEST {
        return Err(DrawError::Page { width, height });
    }
    let tree = render::tree(drawn)?;
    let settings = PageSettings::from_wh(width as f32, height as f32).ok_or(DrawError::Page { width, height })?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    // The reader of SVG makes pixels of points; the page has points.
    let scale = width as f32 / tree.size().width();
    let content = surface.start_tagged(ContentTag::Other);
    surface.push_transform(&Transform::from_row(scale, 0.0, 0.0, scale, 0.0, 0.0));
    let mut painter = Painter { tree: &tree, surface: &mut surface, fonts: Vec::new() };
    painter.group(tree.root());
    surface.pop();
    surface.end_tagged();
    surface.finish();
    tags.push(TagGroup::with_children(Tag::Figure(Some(drawn.description.to_owned())), vec![content.into()]));
    links(drawn, &mut page, tags);
    page.finish();
    Ok(())
}

fn metadata(drawn: &Drawn<'_>) -> Metadata {
    let direction = match drawn.language.direction() {
        LeftToRight => TextDirection::LeftToRight,
        RightToLeft => TextDirection::RightToLeft,
    };
    Metadata::new()
        .title(drawn.title.to_owned())
        .description(drawn.description.to_owned())
        .language(drawn.language.to_string())
        .text_direction(direction)
        .creator("rapporteur".to_owned())
}

/// Makes each node a link to its address.
#[expect(clippy::cast_possible_truncation, reason = "krilla counts in single precision")]
fn links(drawn: &Drawn<'_>, page: &mut Page<'_>, tags: &mut TagTree) {
    for (node, place) in &drawn.nodes {
        let Some(href) = safe(node.href.as_deref()) else { continue };
        let scaled = |length: f64| (length * drawn.points) as f32;
        let [x, y, width, height] = [place.left(), place.top(), place.size.width, place.size.height].map(scaled);
        let Some(rect) = Rect::from_xywh(x, y, width, height) else { continue };
        let target = Target::Action(Action::Link(LinkAction::new(href.to_owned())));
        let link = Annotation::new_link(LinkAnnotation::new(rect, target), Some(node.label.clone()));
        tags.push(TagGroup::with_children(Tag::Link, vec![page.add_tagged_annotation(link).into()]));
    }
}

/// Draws what resvg read onto a page.
struct Painter<'a, 'b> {
    tree: &'a Tree,
    surface: &'a mut Surface<'b>,
    fonts: Vec<(fontdb::ID, Option<Font>)>,
}

/// A glyph, with the size that it has on the page.
type Sized<'a> = (&'a PositionedGlyph, f32);

/// Where letters are put, and how far it is from there to the next glyph on the right.
type Base = (usvg::Transform, Option<f32>);

impl Painter<'_, '_> {
    fn group(&mut self, group: &Group) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.group(group),
                Node::Path(path) => self.path(path),
                Node::Text(text) => self.text(text),
                // Our pictures have no images.
                Node::Image(_) => {}
            }
        }
    }

    fn path(&mut self, path: &usvg::Path) {
        let Some(outline) = outline(path) else { return };
        self.surface.push_transform(&transform(path.abs_transform()));
        self.surface.set_fill(path.fill().map(fill));
        self.surface.set_stroke(path.stroke().map(stroke));
        self.surface.draw_path(&outline);
        self.surface.pop();
    }

    fn text(&mut self, text: &usvg::Text) {
        self.surface.set_stroke(None);
        let line: String = text.chunks().iter().map(usvg::TextChunk::text).collect();
        for span in text.layouted() {
            self.surface.set_fill(span.fill.as_ref().map(fill));
            let glyphs = &span.positioned_glyphs;
            let place = |glyph: &PositionedGlyph| text.abs_transform().pre_concat(glyph.transform());
            // On a sheet the picture has a scale of its own, the same to both sides.
            let sized = |glyph: &PositionedGlyph| glyph.font_size() * text.abs_transform().sx;
            // The letter under a mark is drawn by itself, and its text is with the mark.
            for glyph in glyphs.iter().filter(|glyph| glyph.text.is_empty()) {
                self.glyph((glyph, sized(glyph)), Marks::default(), place(glyph), (place(glyph), None));
            }
            for (at, marks) in reading(&line, glyphs.iter().map(|glyph| glyph.text.as_str())) {
                let mut beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
                let under = beside.find(|&at| glyphs.get(at).is_some_and(|glyph| glyph.text.is_empty()));
                let base = place(under.and_then(|at| glyphs.get(at)).unwrap_or(&glyphs[at]));
                let right = glyphs.get(under.unwrap_or(at).max(at) + 1).map(|glyph| place(glyph).tx - base.tx);
                let glyph = &glyphs[at];
                self.glyph((glyph, sized(glyph)), marks, place(glyph), (base, right));
            }
        }
    }

    /// Draws a glyph with its text. One that stands for several letters from right to left is drawn without: readers
    /// disagree on whether they are in the order of reading or of seeing.
    fn glyph(&mut self, (glyph, size): Sized<'_>, marks: Marks, place: usvg::Transform, base: Base) {
        let Some(font) = self.font(glyph.font) else { return };
        let several = self.is_own(glyph.font)
            && glyph.text.chars().nth(1).is_some()
            && direction(&glyph.text, RightToLeft) == RightToLeft;
        let text: String = marks.0.into_iter().chain(glyph.text.chars()).chain(marks.1).collect();
        let drawn = whole(GlyphId::new(glyph.id.0.into()), &text);
        let start = Point::from_xy(place.tx, place.ty);
        let outlined = several || glyph.text.is_empty();
        self.surface.draw_glyphs(start, &[drawn], font, &text, size, outlined);
        if several {
            self.letters((glyph, size), base);
        }
    }

    /// Puts the letters that a glyph stands for over it, invisible, side by side, each as wide as its share.
    fn letters(&mut self, (glyph, size): Sized<'_>, (place, right): Base) {
        let Some(font) = self.font(glyph.font) else { return };
        let bold = self.tree.fontdb().face(glyph.font).is_some_and(|face| face.weight == fontdb::Weight::BOLD);
        let pixels = f64::from(size);
        let measure = if bold { own::Font::bold(pixels, None) } else { own::Font::regular(pixels, None) };
        let visible = self.surface.get_fill().cloned();
        self.surface.set_fill(Some(Fill { opacity: NormalizedF32::ZERO, ..Fill::default() }));
        let n = glyph.text.chars().filter(|&letter| !is_mark(letter)).count().max(1);
        let width = right.filter(|width| *width > 0.0).map_or_else(|| measure.width(&glyph.text), f64::from);
        let share = width / count(n);
        let mut x = 0.0;
        for letter in glyph.text.chars().rev() {
            let width = if is_mark(letter) { 0.0 } else { share };
            let letter = letter.to_string();
            #[expect(clippy::cast_possible_truncation, reason = "krilla counts in single precision")]
            let (stretch, start) = ((width / measure.width(&letter).max(1e-3)).max(1e-3) as f32, x as f32);
            self.surface.push_transform(&Transform::from_row(stretch, 0.0, 0.0, 1.0, place.tx + start, place.ty));
            let drawn = whole(GlyphId::new(measure.glyph(&letter)), &letter);
            let start = Point::from_xy(0.0, 0.0);
            self.surface.draw_glyphs(start, &[drawn], font.clone(), &letter, size, false);
            self.surface.pop();
            x += width;
        }
        self.surface.set_fill(visible);
    }

    /// Tells whether a font is the bundled one, whose letters we know by number.
    fn is_own(&self, id: fontdb::ID) -> bool {
        let face = self.tree.fontdb().face(id);
        face.is_some_and(|face| face.families.iter().any(|(family, _)| family == "DejaVu Sans"))
    }

    /// The font of that number, read when first asked for.
    fn font(&mut self, id: fontdb::ID) -> Option<Font> {
        if let Some((_, font)) = self.fonts.iter().find(|(known, _)| *known == id) {
            return font.clone();
        }
        let read = |bytes: &[u8], index| Font::new(Data::from(bytes.to_vec()), index);
        let font = self.tree.fontdb().with_face_data(id, read).flatten();
        self.fonts.push((id, font.clone()));
        font
    }
}

/// Tells whether a character is an Arabic mark, which stands over or under a letter.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{610}'..='\u{61A}' | '\u{64B}'..='\u{65F}' | '\u{670}')
}

/// A glyph that stands for a whole text.
fn whole(id: GlyphId, text: &str) -> KrillaGlyph {
    KrillaGlyph::new(id, 0.0, 0.0, 0.0, 0.0, 0..text.len(), None)
}

fn outline(path: &usvg::Path) -> Option<Path> {
    let mut outline = PathBuilder::new();
    for segment in path.data().segments() {
        match segment {
            PathSegment::MoveTo(to) => outline.move_to(to.x, to.y),
            PathSegment::LineTo(to) => outline.line_to(to.x, to.y),
            PathSegment::QuadTo(by, to) => outline.quad_to(by.x, by.y, to.x, to.y),
            PathSegment::CubicTo(first, second, to) => {
                outline.cubic_to(first.x, first.y, second.x, second.y, to.x, to.y);
            }
            PathSegment::Close => outline.close(),
        }
    }
    outline.finish()
}

fn transform(from: usvg::Transform) -> Transform {
    Transform::from_row(from.sx, from.ky, from.kx, from.sy, from.tx, from.ty)
}

fn fill(fill: &usvg::Fill) -> Fill {
    Fill { paint: colour(fill.paint()).into(), opacity: opacity(fill.opacity()), ..Fill::default() }
}

fn stroke(stroke: &usvg::Stroke) -> Stroke {
    Stroke {
        paint: colour(stroke.paint()).into(),
        width: stroke.width().get(),
        opacity: opacity(stroke.opacity()),
        line_cap: match stroke.linecap() {
            usvg::LineCap::Butt => LineCap::Butt,
            usvg::LineCap::Round => LineCap::Round,
            usvg::LineCap::Square => LineCap::Square,
        },
        line_join: match stroke.linejoin() {
            usvg::LineJoin::Miter | usvg::LineJoin::MiterClip => LineJoin::Miter,
            usvg::LineJoin::Round => LineJoin::Round,
            usvg::LineJoin::Bevel => LineJoin::Bevel,
        },
        dash: stroke.dasharray().map(|array| StrokeDash { array: array.to_vec(), offset: stroke.dashoffset() }),
        ..Stroke::default()
    }
}

/// Our pictures are painted in plain colours only.
fn colour(paint: &Paint) -> rgb::Color {
    match paint {
        Paint::Color(color) => rgb::Color::new(color.red, color.green, color.blue),
        Paint::LinearGradient(_) | Paint::RadialGradient(_) | Paint::Pattern(_) => rgb::Color::black(),
    }
}

fn opacity(opacity: usvg::Opacity) -> NormalizedF32 {
    NormalizedF32::new(opacity.get()).unwrap_or(NormalizedF32::ONE)
}

#[cfg(test)]
mod tests {
    use super::super::layout::layout;
    use super::super::samples::diagram;
    use super::*;

    #[test]
    fn a_page_is_the_same_each_time_and_leads_to_the_entities() {
        let diagram = diagram("ar", &["قمة المستقبل", "ITU"], &[(0, 1, "leads")]);
        let layout = layout(&diagram);
        let bytes = pdf(&[Drawn::network(&diagram, &layout)]).unwrap();
        assert!(bytes.starts_with(b"%PDF-"));
        assert_eq!(bytes, pdf(&[Drawn::network(&diagram, &layout)]).unwrap());
        let address = b"https://example.org/?a=1&b=ITU";
        assert!(bytes.windows(address.len()).any(|found| found == address));
        // The description is the alternative text of a figure.
        let figure = b"/S/Figure";
        assert!(bytes.windows(figure.len()).any(|found| found == figure));
    }

    #[test]
    fn a_page_that_is_too_large_is_refused_with_its_size() {
        let diagram = diagram("en", &["a"], &[]);
        let mut layout = layout(&diagram);
        layout.size.width = 20_000.0;
        let error = pdf(&[Drawn::network(&diagram, &layout)]).unwrap_err();
        assert!(error.to_string().starts_with("the page would be 20000 by "), "{error}");
    }
}
