//! Pages that are made for one request only, and are in no folder: the answer to a query, the place to ask one.
//!
//! They use the style of the site and its editor of queries, and are in the languages of the United Nations.

mod answer;
mod endpoint;
mod preview;
mod problem;
mod question;
mod question_words;
mod words;

pub(crate) use answer::{AnswerShown, answer_page};
pub(crate) use endpoint::{QueryLimits, endpoint_page};
pub(crate) use preview::preview_page;
pub(crate) use problem::{ProblemShown, problem_page};
pub(crate) use question::{question_page, questions_page};

use maud::{DOCTYPE, Markup, html};

use self::question_words::QuestionWords;
use self::words::QueryWords;
use super::site::refused_note;
use super::site::text::Text;
use crate::model::Language;

/// The same policy as that of pages that ask the server for more: nothing from elsewhere, no text that becomes markup.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    base-uri 'none'; form-action 'self'; require-trusted-types-for 'script'";

/// A page with a way back to the start and to where queries are asked, and if it has an address in each language, to those.
/// Where the data set is another by now and has so many violations, it says so.
fn framed(
    words: &QueryWords,
    here: Option<&dyn Fn(&str) -> String>,
    title: &str,
    refused: Option<usize>,
    main: &Markup,
) -> String {
    let language = Language::parse(words.language()).ok();
    let direction = language.map_or("ltr", |language| language.direction().as_str());
    let explore = QuestionWords::of(language.as_slice()).explore;
    let start = format!("/?lang={}", words.language());
    let note = language.zip(refused).map(|(language, n)| refused_note(n, language, &format!("/{language}/")));
    let page = html! {
        (DOCTYPE)
        html lang=(words.language()) dir=(direction) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (Text(title)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="/style.css";
                script src="/query.js" defer {}
            }
            body {
                a.skip href="#main" { (words.skip) }
                header {
                    nav.menu aria-label=(words.pages) { ul {
                        li { a href=(start) { (words.start) } }
                        li { a href={"/explore?lang=" (words.language())} { (explore) } }
                        li { a href={"/sparql?lang=" (words.language())} { (words.title) } }
                        li { a href={"/questions/?lang=" (words.language())} { (words.questions) } }
                    } }
                    @if let Some(here) = here { nav.languages aria-label=(words.languages) { ul {
                        @for (tag, own) in QueryWords::languages() {
                            li { a href=(here(tag)) hreflang=(tag) lang=(tag) aria-current=[(tag == words.language()).then_some("true")] { (own) } }
                        }
                    } } }
                }
                main #main tabindex="-1" { @if let Some(note) = note { (note) } (main) }
            }
        }
    };
    page.into_string()
}

/// The form in which a query is written.
fn form(words: &QueryWords, query: &str) -> Markup {
    let profiles = crate::rdf::Profile::ALL;
    html! {
        form.ask action="/sparql" method="get" {
            p {
                label for="sparql" { (words.query_label) } br;
                textarea #sparql name="query" rows="12" cols="80" spellcheck="false" dir="ltr" required
                    data-completions=(words.completions) data-prefix=(words.kind_prefix) data-class=(words.kind_class)
                    data-property=(words.kind_property) data-entity=(words.kind_entity) data-checking=(words.checking) { (Text(query)) }
            }
            p {
                label for="profile" { (words.profile) } " "
                select #profile name="profile" {
                    @for profile in profiles {
                        option value=(profile.name()) selected[profile == crate::rdf::Profile::default()] { (profile.name()) }
                    }
                }
                " "
                input type="hidden" name="lang" value=(words.language());
                button type="submit" { (words.ask) }
            }
        }
    }
}
