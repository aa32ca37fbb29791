//! What the IRIs of the data set lead to: a page for people, data for programs
//! ([303](https://www.w3.org/TR/cooluris/#r303gendocument)), and the data themselves.

use axum::http::header::{LINK, LOCATION};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::Response;

use super::address::{self, Resource};
use super::negotiate;
use super::parameters::decoded;
use super::problem::Problem;
use super::sent;
use super::server::Served;
use crate::export::Format;
use crate::publish::{Address, Subject};
use crate::rdf::segment;

/// The media types of data, with the name by which a query gives the same; nothing for a page.
const OFFERS: [(&str, Option<Format>); 9] = [
    ("text/turtle", Some(Format::Turtle)),
    ("application/n-triples", Some(Format::NTriples)),
    ("application/ld+json", Some(Format::JsonLd)),
    ("application/rdf+xml", Some(Format::RdfXml)),
    ("application/trig", Some(Format::TriG)),
    ("application/n-quads", Some(Format::NQuads)),
    ("application/json", Some(Format::JsonLd)),
    ("application/xhtml+xml", None),
    ("text/html", None),
];

const VARY: &str = "Accept, Accept-Language";

/// Answers at the path of an IRI of the data set; nothing if it is none.
pub(super) async fn resource(served: &Served, asked: &HeaderMap, uri: &Uri) -> Option<Result<Response, Problem>> {
    let resource = address::resource(&served.graph, uri.path())?;
    let Some((_, format)) = negotiate::choose(asked, &OFFERS) else {
        return Some(Err(Problem::not_acceptable(&OFFERS.map(|offer| offer.0))));
    };
    Some(see_other(served, asked, resource, *format).await)
}

async fn see_other(
    served: &Served,
    asked: &HeaderMap,
    resource: Resource,
    format: Option<Format>,
) -> Result<Response, Problem> {
    let described = |iri: &str| address::description(iri, format.map_or("turtle", Format::name));
    let to = match (resource, format) {
        (Resource::Dataset, None) => page(served, asked, Subject::Start).await?,
        (Resource::Dataset, Some(_)) => described(crate::rdf::base_iri(&served.graph)),
        (Resource::Entity(entity), None) => page(served, asked, Subject::Entity(entity)).await?,
        (Resource::Entity(entity), Some(format)) => {
            let path = served.pages.with(move |site| site.data_path(entity, format)).await?;
            format!("/{}", encoded(&path))
        }
        (Resource::Paragraph(paragraph), None) => page(served, asked, Subject::Paragraph(paragraph)).await?,
        (Resource::Paragraph(paragraph), Some(_)) => {
            let paragraph = served.graph.paragraph(paragraph);
            let (document, number) = (served.graph.id(paragraph.document), served.graph.text(paragraph.number));
            described(&crate::rdf::Node::Paragraph(crate::rdf::base_iri(&served.graph), document, number).to_iri())
        }
        (Resource::Statement(iri), _) => described(&iri),
    };
    sent::redirect(StatusCode::SEE_OTHER, &to, VARY)
}

async fn page(served: &Served, asked: &HeaderMap, subject: Subject) -> Result<String, Problem> {
    let Some(language) = negotiate::language(asked, &served.languages) else { return Err(Problem::internal()) };
    let path = served.pages.with(move |site| site.path(Address { subject, part: 0 })).await?;
    Ok(format!("/{language}/{}", encoded(&path)))
}

/// Answers with the data of an entity, by the name of the file that they would be in.
pub(super) async fn file(served: &Served, asked: &HeaderMap, name: &str) -> Result<Response, Problem> {
    let name = decoded(name).map_err(|_| Problem::not_found())?;
    let Some((stem, extension)) = name.rsplit_once('.') else { return Err(Problem::not_found()) };
    let format = Format::rdf().find(|format| format.extension() == extension).ok_or_else(Problem::not_found)?;
    let tag = sent::tag(&served.digest);
    let stem = stem.to_owned();
    let is_known = sent::is_known(asked, &tag);
    let found = served.pages.with(move |site| {
        let entity = site.entity_of_file(&stem)?;
        let page = site.path(Address { subject: Subject::Entity(entity), part: 0 });
        Some((entity, page, if is_known { Ok(Vec::new()) } else { site.data(entity, format) }))
    });
    let Some((entity, page, data)) = found.await? else { return Err(Problem::not_found()) };
    if is_known {
        return Ok(sent::not_modified(&tag, ""));
    }
    let data = data.map_err(|_| Problem::internal())?;
    let mut response = sent::body(format.media_type(), data, &tag, "");
    let language = served.languages.first().map(ToString::to_string).unwrap_or_default();
    let iri = crate::rdf::Node::Entity(crate::rdf::base_iri(&served.graph), served.graph.id(entity)).to_iri();
    let license = &served.graph.config().license;
    let links = format!(
        "</{language}/{}>; rel=\"alternate\"; type=\"text/html\", <{}>; rel=\"describes\", <{}>; rel=\"license\"",
        encoded(&page),
        ascii(&iri),
        ascii(license)
    );
    sent::set(response.headers_mut(), LINK, &links);
    response.headers_mut().remove(LOCATION);
    Ok(response)
}

/// A path with each of its parts escaped.
pub(super) fn encoded(path: &str) -> String {
    path.split('/').map(segment).collect::<Vec<_>>().join("/")
}

/// An IRI as a URI, for headers have no other letters than those of ASCII.
pub(super) fn ascii(iri: &str) -> String {
    let escaped = |c: char| {
        if c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"') { c.to_string() } else { segment(&c.to_string()) }
    };
    iri.chars().map(escaped).collect()
}
