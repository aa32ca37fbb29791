//! Pages that are made for one request only, and are in no folder: the answer to a query, the place to ask one.
//!
//! They use the style of the site and no script, and their words are English.

mod answer;
mod endpoint;
mod question;

pub use answer::{AnswerShown, answer_page};
pub use endpoint::endpoint_page;
pub use question::{question_page, questions_page};

use maud::{DOCTYPE, Markup, html};

use super::site::text::Text;

/// A page with a way back to the start and to where queries are asked.
fn framed(title: &str, main: &Markup) -> String {
    let page = html! {
        (DOCTYPE)
        html lang="en" dir="ltr" {
            head {
                meta charset="utf-8";
                title { (Text(title)) }
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                link rel="stylesheet" href="/style.css";
                script src="/query.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header {
                    nav.menu aria-label="Pages" { ul {
                        li { a href="/" { "Start" } }
                        li { a href="/sparql" { "SPARQL" } }
                        li { a href="/questions/" { "Questions" } }
                    } }
                }
                main #main tabindex="-1" { (main) }
            }
        }
    };
    page.into_string()
}

/// The form in which a query is written.
fn form(query: &str) -> Markup {
    html! {
        form.ask action="/sparql" method="get" {
            p {
                label for="sparql" { "Query in SPARQL" } br;
                textarea #sparql name="query" rows="12" cols="80" spellcheck="false" dir="ltr" required { (Text(query)) }
            }
            p {
                label for="profile" { "Statements with their sources as " }
                select #profile name="profile" {
                    @for profile in crate::rdf::Profile::ALL {
                        option value=(profile.name()) selected[profile == crate::rdf::Profile::default()] { (profile.name()) }
                    }
                }
                " "
                button type="submit" { "Ask" }
            }
        }
    }
}
