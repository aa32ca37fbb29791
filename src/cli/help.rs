//! What to do about a failure, in the words of the command line: which option, which name.

use std::error::Error;

use crate::draw::{DrawError, EngineError};
use crate::publish::{AloneError, BuildError, FindError, ViewError};
use crate::read::{NearbyError, ReadError};
use crate::remote::RemoteError;

/// Returns what to do about a failure of the library, where its message does not say.
pub(super) fn help(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref() {
        return of_read(error);
    }
    if let Some(error) = error.downcast_ref() {
        return Some(of_nearby(error));
    }
    if let Some(error) = error.downcast_ref() {
        return of_find(error);
    }
    if let Some(error) = error.downcast_ref() {
        return of_view(error);
    }
    if let Some(error) = error.downcast_ref() {
        return Some(of_draw(error).to_owned());
    }
    if let Some(error) = error.downcast_ref() {
        return Some(of_alone(error).to_owned());
    }
    if let Some(error) = error.downcast_ref() {
        return of_remote(error).map(str::to_owned);
    }
    match error.downcast_ref()? {
        BuildError::Draw(error) => Some(of_draw(error).to_owned()),
        BuildError::Export(_) | BuildError::Io(_) | BuildError::Manifest(_) => None,
    }
}

fn of_read(error: &ReadError) -> Option<String> {
    let help = match error {
        ReadError::NoFolder { .. } => "name the folder of a data set with --data",
        ReadError::NoConfig { .. } => {
            "name the folder of a data set with --data, or make one with `rapporteur new` and put the tables into it"
        }
        ReadError::NotAlone { .. } => {
            "a workbook is one alone if `rapporteur export` wrote it, and so is a file of RDF"
        }
        ReadError::Memory { .. } => "make data sets of its parts, or read it where there is more memory",
        ReadError::Config { .. }
        | ReadError::Io { .. }
        | ReadError::TooLarge { .. }
        | ReadError::TooLong { .. }
        | ReadError::FileName { .. }
        | ReadError::Outside { .. }
        | ReadError::TooManyTables => return None,
    };
    Some(help.to_owned())
}

fn of_nearby(error: &NearbyError) -> String {
    match error {
        NearbyError::Several { found, .. } => {
            let names: Vec<_> = found.iter().map(|path| path.display().to_string()).collect();
            format!("name one with --data: {}", names.join(", "))
        }
        NearbyError::Unreadable { .. } => "name the folder of a data set with --data".to_owned(),
        NearbyError::NoConfig { .. } => {
            "make a data set with `rapporteur new` and put the tables into it, or name another folder with --data"
                .to_owned()
        }
    }
}

fn of_find(error: &FindError) -> Option<String> {
    match error {
        FindError::Unknown { near, .. } => did_you_mean(near),
        FindError::Ambiguous { ids, .. } => Some(format!("write the id: {}", ids.join(", "))),
    }
}

fn of_view(error: &ViewError) -> Option<String> {
    match error {
        ViewError::Entity(error) => of_find(error),
        ViewError::Class { near, .. } | ViewError::Property { near, .. } => did_you_mean(near),
        ViewError::NoSections => {
            Some("name the report in dataset.toml, as `report`, and its paragraphs in a table".to_owned())
        }
        ViewError::Section { known, .. } => Some(format!("the sections are {}", first(known))),
        ViewError::AmbiguousSection { names, .. } => Some(format!("write the one that is meant: {}", first(names))),
    }
}

/// How many sections are listed.
const MOST_LISTED: usize = 30;

/// The first of many names, and how many more there are.
fn first(names: &[String]) -> String {
    let more = names.len().saturating_sub(MOST_LISTED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    names[..names.len().min(MOST_LISTED)].join(", ") + &more
}

fn did_you_mean(near: &[String]) -> Option<String> {
    (!near.is_empty()).then(|| format!("did you mean {}?", near.join(", ")))
}

fn of_alone(error: &AloneError) -> &'static str {
    match error {
        AloneError::Entities(_) | AloneError::Bytes(_) => {
            "draw a smaller part, such as a section, a class or what is around an entity; or `rapporteur build` a site"
        }
        AloneError::Draw(error) => of_draw(error),
    }
}

fn of_draw(error: &DrawError) -> &'static str {
    match error {
        DrawError::MermaidEdges(_) | DrawError::MermaidText(_) | DrawError::Pixels { .. } | DrawError::Page { .. } => {
            "draw a smaller part, or use svg, which has no limit of size"
        }
        DrawError::Nodes(_) => "draw a smaller part, such as a section, a class or what is around an entity",
        DrawError::Engine(error) => of_engine(error),
        DrawError::Glyphs(_) => {
            "give a font that has them with --font FILE (for Chinese, Japanese and Korean NotoSansCJK-Regular.ttc of the \
             package fonts-noto-cjk, or wqy-zenhei.ttc of fonts-wqy-zenhei); or use svg, which keeps text as text and is \
             shown in the reader's fonts, or another language with --lang"
        }
        DrawError::Font => "give a file such as NotoSansCJK-Regular.ttc of the package fonts-noto-cjk",
        DrawError::NoNetwork(_) => "use svg, png, pdf or md, or draw without --events",
        DrawError::Render(_) | DrawError::Pdf(_) => "use svg, and convert it with another program",
    }
}

fn of_engine(error: &EngineError) -> &'static str {
    match error {
        EngineError::NotRun { .. } => {
            "install Graphviz, or leave out --engine: the layout of our own needs no other program"
        }
        EngineError::Failed { .. } | EngineError::Unreadable { .. } => "try another engine, or leave out --engine",
        EngineError::Format(_) => "use svg, png, pdf or dot, or leave out --engine",
    }
}

fn of_remote(error: &RemoteError) -> Option<&'static str> {
    let help = match error {
        RemoteError::Address { .. } => {
            "a login is taken from RAPPORTEUR_USER and RAPPORTEUR_PASSWORD, or RAPPORTEUR_TOKEN"
        }
        RemoteError::OpenLogin { .. } => "use an address of https, or a tunnel that begins on this machine",
        RemoteError::NoTls(_) => "let a proxy on this machine speak TLS, and name its address",
        RemoteError::NoCertificates => "install ca-certificates, or name a file with SSL_CERT_FILE",
        RemoteError::Refused { status: 401 | 403, .. } => {
            "the login is taken from RAPPORTEUR_USER and RAPPORTEUR_PASSWORD, or RAPPORTEUR_TOKEN"
        }
        RemoteError::Refused { status: 400 | 415, method: "PUT" | "POST", .. } => {
            "if the store does not unpack what is sent, push with --plain"
        }
        RemoteError::Refused { status: 413, .. } => "send smaller parts, such as --split 1MB",
        RemoteError::Elsewhere { .. } => "if that is where you want to go, name that address",
        RemoteError::NoStore { .. } => "docs/stores.md has the addresses of stores",
        RemoteError::SameGraph(_) => "name another one with --graph",
        RemoteError::TooMuch { what: "bytes", .. } => "allow more, if that is what you expect",
        RemoteError::Different { .. } | RemoteError::Counted { .. } => {
            "push again, which replaces what is there; if that does not help, the store keeps something else than it is sent"
        }
        RemoteError::GivenUp { last, .. } => {
            return of_remote(last).or(Some("push again when the store answers: it begins anew and doubles nothing"));
        }
        _ => return None,
    };
    Some(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_is_found_for_a_failure_of_each_part_of_the_library() {
        let near = vec!["ITU".to_owned()];
        let unknown = FindError::Unknown { name: "IUT".to_owned(), near };
        let failures: [(Box<dyn Error>, Option<&str>); 7] = [
            (Box::new(unknown.clone()), Some("did you mean ITU?")),
            (Box::new(ViewError::Entity(unknown)), Some("did you mean ITU?")),
            (Box::new(FindError::Unknown { name: String::new(), near: Vec::new() }), None),
            (
                Box::new(DrawError::Nodes(1)),
                Some("draw a smaller part, such as a section, a class or what is around an entity"),
            ),
            (
                Box::new(BuildError::Draw(DrawError::Nodes(1))),
                Some("draw a smaller part, such as a section, a class or what is around an entity"),
            ),
            (Box::new(ReadError::NoFolder { path: "x".into() }), Some("name the folder of a data set with --data")),
            (
                Box::new(NearbyError::Several { folder: "data".into(), found: vec!["data/a".into(), "data/b".into()] }),
                Some("name one with --data: data/a, data/b"),
            ),
        ];
        for (failure, expected) in failures {
            assert_eq!(help(failure.as_ref()).as_deref(), expected, "{failure}");
        }
        assert_eq!(help(&std::fmt::Error), None);
    }
}
