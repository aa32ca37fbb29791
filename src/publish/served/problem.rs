//! What is said to people where there is nothing else to answer, with the ways on that every page has.

use maud::html;

use super::framed;
use super::words::QueryWords;
use crate::model::Language;
use crate::publish::site::text::Text;

/// What a page says of a problem, in English: what it is called, what it is, and what to do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ProblemShown<'a> {
    /// What it is called.
    pub title: &'a str,
    /// What it is.
    pub detail: &'a str,
    /// What to do about it.
    pub help: Option<&'a str>,
    /// The place in what was asked, with the lines around it, which say all of that.
    pub excerpt: Option<&'a str>,
}

/// Returns the page of a problem.
#[must_use]
pub(crate) fn problem_page(problem: ProblemShown<'_>, language: Language) -> String {
    let main = html! {
        div lang="en" dir="ltr" {
            h1 { (Text(problem.title)) }
            @if let Some(excerpt) = problem.excerpt {
                pre tabindex="0" { (Text(excerpt)) }
            } @else {
                p { (Text(problem.detail)) }
                @if let Some(help) = problem.help { p { (Text(help)) } }
            }
        }
    };
    framed(QueryWords::of(language), None, problem.title, None, &main)
}
