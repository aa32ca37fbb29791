//! What can be done with the view as a whole: undone, looked at in another way, taken along, cited, passed on.

use maud::{Markup, html};

use super::super::text::{Text, keys};
use super::{Explore, HERE, address};
use crate::draw::Grouping;
use crate::graph::Mode;
use crate::publish::explore::Exploration;

/// The formats in which a view can be taken along.
const FORMATS: [&str; 9] = ["svg", "png", "pdf", "dot", "gexf", "graphml", "csv", "xlsx", "ttl"];

impl Explore<'_, '_, '_, '_> {
    pub(super) fn actions(&self) -> Markup {
        let exploration = &self.looking.exploration;
        html! {
            nav.actions aria-label=(self.words.modes) {
                ul {
                    @if let Some(before) = exploration.before() {
                        li { a #undo rel="prev" href=(self.href(&before, None)) { (self.words.undo) } }
                    }
                    @if let Some(again) = exploration.again() {
                        li { a #redo rel="next" href=(self.href(&again, None)) { (self.words.again) } }
                    }
                    li { a href=(HERE) { (self.words.begin) } }
                }
                ul { li { (self.words.modes) ": " } (self.modes()) }
            }
            (self.keys())
        }
    }

    /// The ways of looking at it.
    fn modes(&self) -> Markup {
        let exploration = &self.looking.exploration;
        let of = |mode: Mode| match mode {
            Mode::Statements => self.words.all_links,
            Mode::TwoMode => self.words.two_mode,
            Mode::OneMode => self.words.one_mode,
        };
        let (grouping, word) = match exploration.grouping {
            Grouping::Always => (Grouping::Never, self.words.without_communities),
            Grouping::Dense | Grouping::Never => (Grouping::Always, self.words.with_communities),
        };
        html! {
            @for mode in Mode::ALL {
                @let href = self.href(&Exploration { mode, ..exploration.clone() }, self.looking.focus);
                li { a id={"mode-" (mode.name())} href=(href) aria-current=[(mode == exploration.mode).then_some("true")] { (of(mode)) } }
            }
            li { a #communities href=(self.href(&Exploration { grouping, ..exploration.clone() }, self.looking.focus)) { (word) } }
        }
    }

    /// A file of the view.
    pub(super) fn file(&self, format: &str) -> Markup {
        let href = address(self.page.graph(), &format!("{HERE}.{format}"), &self.looking.exploration, None);
        html! { a href=(href) data-file { bdi dir="ltr" { (format.to_uppercase()) } } }
    }

    fn keys(&self) -> Markup {
        const KEYS: [&str; 9] = ["/", "Tab", "← ↑ → ↓", "Enter", "E", "H", "+ − 0", "U R", "Esc"];
        html! {
            details.keys #keys { (keys(self.words.keys, &KEYS, self.words.keys_do)) }
        }
    }

    /// The view as files, how it is cited, and its address.
    pub(super) fn cite(&self) -> Markup {
        let exploration = &self.looking.exploration;
        let here = self.href(exploration, self.looking.focus);
        let here = format!("{}/{}/{here}", self.looking.origin, self.page.language);
        let title = exploration.title(self.page.graph(), &self.page.languages);
        html! {
            section aria-labelledby="take" {
                h2 #take { (self.words.take_along) }
                p { @for (number, format) in FORMATS.iter().enumerate() {
                    @if number > 0 { " · " }
                    (self.file(format))
                } }
            }
            section aria-labelledby="cite" {
                h2 #cite { (self.words.cite) }
                (self.page.citation(&html! { bdi { (Text(&title)) } }, &here))
                p {
                    label for="address" { (self.words.address) } " "
                    input #address readonly dir="ltr" value=(Text(&here)) size="40"; " "
                    button #copy type="button" hidden data-copied=(self.words.copied) { (self.words.copy) }
                }
            }
        }
    }
}
