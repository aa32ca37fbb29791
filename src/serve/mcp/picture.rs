//! The tool that draws.

use rmcp::model::{Annotations, ContentBlock, EmbeddedResource, ResourceContents, Role};
use serde_json::{Value, json};

use super::arguments::{self, languages};
use super::look::Looking;
use super::part::Part;
use super::refusal::Refusal;
use super::tell::Teller;
use crate::draw::{self, DrawError, Format, Picture, Scene};
use crate::graph::Selection;
use crate::model::Date;
use crate::publish::{NamedPart, NamedView};
use crate::serve::digest;

/// The most entities of a picture: more cannot be read.
const MOST_DRAWN: usize = 300;
/// The most steps around an entity.
pub(super) const MOST_STEPS: usize = 3;
/// How many statements are told beside a picture.
const FEW: usize = 10;

impl Looking<'_> {
    /// A picture, and what it shows.
    pub(super) fn draw(&self) -> Result<(Value, ContentBlock), Refusal> {
        let asked: arguments::Draw = arguments::read(self.called.tool, self.called.arguments)?;
        let graph = self.graph;
        let teller = Teller::new(graph, languages(graph, asked.language.as_deref())?);
        let wanted = Part::read(self.called, asked.limit, asked.cursor.as_deref(), FEW)?;
        let as_of = asked.as_of.as_deref().map(|date| {
            let wrong = |_| Refusal::new(format!("`{date}` is no date")).help("write one such as 2024-03-01 or 2024");
            Date::parse(date).map_err(wrong)
        });
        let named = NamedView {
            part: part(&asked)?,
            classes: &asked.classes,
            as_of: as_of.transpose()?,
            ..NamedView::default()
        };
        let view = named.view(graph)?;
        let shown = graph.subgraph(&view);
        let n = shown.entities.len();
        if n > MOST_DRAWN {
            return Err(Refusal::new(format!("a picture has at most {MOST_DRAWN} entities, and this would have {n}"))
                .help("draw fewer steps around an entity, a section, or only some `classes`"));
        }
        if let Selection::Path(..) = view.selection
            && shown.statements.is_empty()
        {
            return Err(Refusal::new("no path leads from one to the other"));
        }
        let scene = Scene::new(graph, &view, &teller.languages);
        let picture = if asked.events {
            Picture::Timeline(draw::timeline(&scene))
        } else {
            Picture::Network(draw::diagram(&scene))
        };
        if picture.n_shown() == 0 {
            return Err(Refusal::new("the picture would be empty").help("leave out `classes`, `as_of` or `events`"));
        }
        let svg = picture.write(Format::Svg).map_err(|error| refused(&error))?;
        let answer = json!({
            "title": picture.title(),
            "description": picture.description(),
            "entities": n,
            "total": shown.statements.len(),
            "statements": teller.statements(wanted.of(shown.statements.iter().copied())),
        });
        let svg = String::from_utf8_lossy(&svg).into_owned();
        Ok((teller.told(answer, wanted.next(shown.statements.len())), for_people(svg)))
    }
}

/// What of the graph is to be drawn.
fn part(asked: &arguments::Draw) -> Result<NamedPart<'_>, Refusal> {
    let steps = asked.steps.unwrap_or(1);
    if !(1..=MOST_STEPS).contains(&steps) {
        return Err(Refusal::new(format!("`steps` is a number from 1 to {MOST_STEPS}, not {steps}")));
    }
    match (&asked.around, &asked.section, &asked.from, &asked.to) {
        (Some(name), None, None, None) => Ok(NamedPart::Around(name, steps)),
        (None, Some(section), None, None) => Ok(NamedPart::Section(section)),
        (None, None, Some(from), Some(to)) => Ok(NamedPart::Path(from, to)),
        _ => Err(Refusal::new("what is to be drawn is not clear")
            .help("give one of: `around`, `section`, or both `from` and `to`")),
    }
}

fn refused(error: &DrawError) -> Refusal {
    Refusal::new(error.to_string()).help("draw a smaller part")
}

/// The picture itself is for people: a model reads the statements instead.
fn for_people(svg: String) -> ContentBlock {
    let name = format!("urn:rapporteur:picture:{}", digest::short(&[&svg]));
    let resource = ResourceContents::text(svg, name).with_mime_type("image/svg+xml");
    let annotations = Annotations::default().with_audience(vec![Role::User]);
    ContentBlock::Resource(EmbeddedResource::new(resource).with_annotations(annotations))
}
