//! What is wrong with the questions of a data set: their heads, their queries, and whether the data answer them.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

use super::ask::term;
use super::fill::{Filled, variables};
use super::head::{Line, Part, head};
use super::worded::{SentenceMistake, did_you_mean, one_of, unnamed, unreadable};
use super::{KINDS, Kind, PARAGRAPHS, Parameter, shipped};
use crate::finding::{Code, Finding};
use crate::graph::KnowledgeGraph;
use crate::model::Language;
use crate::ontology::nearest;
use crate::query::{self, Engine, Options, QueryError, Results};
use crate::rdf::Profile;
use crate::read::QuestionFile;

/// The keys of a head: those that mean something here, and those of grlc that mean something there.
const KEYS: [&str; 10] = [
    "summary",
    "description",
    "sentence",
    "parameters",
    "tags",
    "method",
    "endpoint",
    "pagination",
    "enumerate",
    "defaults",
];
/// How long the data may be asked for an answer to a question.
const PATIENCE: Duration = Duration::from_secs(10);
/// What an address says of an answer, so that no parameter can be called so.
const TAKEN: [&str; 5] = ["format", "lang", "profile", "default-graph-uri", "named-graph-uri"];

/// Returns what is wrong with the questions of a data set. Each is asked, with the values that it begins with.
#[must_use]
pub(crate) fn check_questions(graph: &Arc<KnowledgeGraph>) -> Vec<Finding> {
    let mut engine = None;
    let mut all = Vec::new();
    for file in graph.questions() {
        let mut check = Check { graph, file, findings: Vec::new() };
        check.name();
        let lines = head(file.text());
        check.lines(&lines);
        check.titles(&lines);
        for mistake in unreadable(&lines) {
            check.sentence(mistake);
        }
        let parameters = check.parameters(&lines);
        check.variables(&parameters);
        if let Some(filled) = check.query(&parameters)
            && check.findings.iter().all(|finding| finding.code != Code::InvalidQuestion)
        {
            let engine = engine.get_or_insert_with(|| Engine::new(Arc::clone(graph), Profile::default()));
            if let Ok(engine) = engine {
                check.answer(engine, &filled, &lines, &parameters);
            }
        }
        all.append(&mut check.findings);
    }
    all
}

/// A parameter as it is declared, with its value as a term if it has one that fits.
struct Declared<'t> {
    name: Part<'t>,
    parameter: Parameter,
    term: Option<String>,
}

struct Check<'a> {
    graph: &'a KnowledgeGraph,
    file: &'a QuestionFile,
    findings: Vec<Finding>,
}

impl<'a> Check<'a> {
    fn report(&mut self, code: Code, range: Range<usize>, message: String, help: impl Into<String>) {
        let finding = Finding::new(code, self.file.locate(range), message).help(help);
        self.findings.push(finding.about(self.file.name()));
    }

    fn wrong(&mut self, range: Range<usize>, message: String, help: impl Into<String>) {
        self.report(Code::InvalidQuestion, range, message, help);
    }

    fn name(&mut self) {
        let name = self.file.name();
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if name.is_empty() || !name.bytes().all(fits) {
            let message = format!("`{name}` is no name of a question");
            let finding = Finding::new(Code::InvalidQuestion, self.file.place(), message).about(name);
            self.findings.push(finding.help("name the file by small letters of ASCII, digits and `-`"));
        }
        if shipped::SHIPPED.iter().any(|(shipped, _)| *shipped == name) {
            let message = format!("the question `{name}` stands in place of the one that is part of the program");
            let finding = Finding::new(Code::ReplacedQuestion, self.file.place(), message).about(name);
            self.findings.push(finding.help("give the file another name to have both"));
        }
    }

    /// Lines that nobody understands, and keys that are there twice.
    fn lines(&mut self, lines: &[Line<'a>]) {
        let mut known = BTreeSet::new();
        let mut in_parameters = false;
        for line in lines {
            match line {
                Line::Parameter { name, .. } if !in_parameters => {
                    let message = format!("`{}` stands below no `parameters:`", name.text);
                    self.wrong(name.range.clone(), message, "write `#+ parameters:` before the first parameter");
                }
                Line::Parameter { .. } => {}
                Line::Other(part) => {
                    let message = format!("`{}` is neither `key: value` nor a parameter", part.text);
                    self.wrong(part.range.clone(), message, "write `#` before what is a comment only");
                }
                Line::Key { key, tag, .. } => {
                    in_parameters = key.text == "parameters";
                    if !KEYS.contains(&key.text) {
                        let near = nearest(key.text, KEYS.into_iter(), 1);
                        let help = near.first().map_or_else(|| one_of(&KEYS), |near| did_you_mean(near));
                        self.wrong(key.range.clone(), format!("a question has no `{}`", key.text), help);
                    }
                    if let Some(tag) = tag
                        && Language::parse(tag.text).is_err()
                    {
                        let message = format!("`{}` is no tag of a language", tag.text);
                        self.report(Code::InvalidLanguage, tag.range.clone(), message, "write it as in `summary@ar`");
                    }
                    if !known.insert((key.text, tag.as_ref().map_or("en", |tag| tag.text))) {
                        let message = format!("`{}` is there twice", &self.file.text()[whole(key, tag.as_ref())]);
                        self.wrong(whole(key, tag.as_ref()), message, "leave one of them");
                    }
                }
            }
        }
    }

    /// What the question asks must be said in each language that the data set requires; what is said besides too.
    fn titles(&mut self, lines: &[Line<'a>]) {
        for name in ["summary", "description"] {
            let mut tags = BTreeSet::new();
            let mut first = None;
            for line in lines {
                if let Line::Key { key, tag, value } = line
                    && key.text == name
                    && !value.text.is_empty()
                {
                    first.get_or_insert_with(|| whole(key, tag.as_ref()));
                    tags.extend(Language::parse(tag.as_ref().map_or("en", |tag| tag.text)));
                }
            }
            if name == "description" && tags.is_empty() {
                continue;
            }
            let missing = self.graph.config().required_languages.iter().filter(|language| !tags.contains(language));
            let missing: Vec<&str> = missing.map(Language::as_str).collect();
            if let Some(language) = missing.first() {
                let message = format!("the question has no {name} in {}", missing.join(", "));
                let help = format!("add a line `#+ {name}@{language}: …`");
                self.report(Code::UntitledQuestion, first.unwrap_or(0..0), message, help);
            }
        }
    }

    fn parameters<'t>(&mut self, lines: &[Line<'t>]) -> Vec<Declared<'t>>
    where
        'a: 't,
    {
        let mut all: Vec<Declared<'t>> = Vec::new();
        for line in lines {
            let Line::Parameter { name, kind, value } = line else { continue };
            self.parameter_name(name, all.iter().any(|other| other.name.text == name.text));
            let (text, begin) = (name.text.to_owned(), value.as_ref().map_or("", |value| value.text));
            let parameter = Parameter { name: text, kind: Kind::parse(kind.text), value: begin.to_owned() };
            let fits = self.kind(kind, &parameter.kind);
            let mut filled = None;
            if let Some(value) = value.as_ref().filter(|_| fits) {
                match term(self.graph, &parameter, value.text) {
                    Ok(term) => filled = Some(term),
                    Err(error) => {
                        let help = error.near().first().map_or_else(
                            || "give a value of that kind to begin with, or none".to_owned(),
                            |near| did_you_mean(near),
                        );
                        self.wrong(value.range.clone(), error.to_string(), help);
                    }
                }
            }
            all.push(Declared { name: name.clone(), parameter, term: filled });
        }
        all
    }

    fn parameter_name(&mut self, name: &Part<'_>, is_known: bool) {
        let fits = name.text.starts_with(|c: char| c.is_ascii_alphabetic())
            && name.text.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !fits || TAKEN.contains(&name.text) {
            let message = format!("a parameter cannot be called `{}`", name.text);
            self.wrong(name.range.clone(), message, "name it by letters of ASCII, as in `body`; `format` is taken");
        } else if is_known {
            self.wrong(name.range.clone(), format!("there are two parameters `{}`", name.text), "leave one of them");
        }
    }

    /// Whether there is such a kind.
    fn kind(&mut self, part: &Part<'_>, kind: &Kind) -> bool {
        let Kind::Entity(class) = kind else { return true };
        let ontology = self.graph.ontology();
        if ontology.class_by_name(class).is_some() {
            return true;
        }
        let names = ontology.classes().iter().map(|class| class.name.as_str());
        let near = nearest(class, names.chain(KINDS), 1);
        let help = near.first().map_or_else(
            || format!("write a class, such as Organization, or {}, or a choice such as open|closed", one_of(&KINDS)),
            |near| did_you_mean(near),
        );
        self.wrong(part.range.clone(), format!("`{class}` is no kind of parameter: there is no such class"), help);
        false
    }

    /// Each parameter is used, and nothing is used that is none.
    fn variables(&mut self, parameters: &[Declared<'_>]) {
        let text = self.file.text();
        let used: Vec<Range<usize>> = variables(text).collect();
        let names: Vec<String> = parameters.iter().map(|declared| declared.parameter.variable()).collect();
        for (declared, variable) in parameters.iter().zip(&names) {
            if !used.iter().any(|range| text[range.clone()] == **variable) {
                let message = format!("the query does not use the parameter `{}`", declared.name.text);
                self.wrong(declared.name.range.clone(), message, format!("it stands in the query as `{variable}`"));
            }
        }
        for range in used {
            let variable = &text[range.clone()];
            if names.iter().any(|name| name == variable) {
                continue;
            }
            let near = nearest(variable, names.iter().map(String::as_str), 1);
            let help = near.first().map_or_else(
                || {
                    "declare it: `#+   - name: kind = value` below `#+ parameters:` is `?_name_iri` or `?_name_literal`"
                        .to_owned()
                },
                |near| did_you_mean(near),
            );
            self.wrong(range.clone(), format!("`{variable}` stands for no parameter"), help);
        }
    }

    /// Whether the query is one, whatever is filled in.
    fn query(&mut self, parameters: &[Declared<'_>]) -> Option<Filled> {
        let filled = Filled::new(self.file.text(), |variable| {
            let declared = parameters.iter().find(|declared| declared.parameter.variable() == variable)?;
            let any = if matches!(declared.parameter.kind, Kind::Entity(_)) { "<urn:any>" } else { "\"\"" };
            Some(declared.term.clone().unwrap_or_else(|| any.to_owned()))
        });
        let Err(error) = query::check(self.graph, &filled.query) else { return Some(filled) };
        let range = error.place().map_or(0..0, |place| filled.back(&place.range));
        let help = error.help().unwrap_or_else(|| "correct the query".to_owned());
        self.wrong(range, error.message(), help);
        None
    }

    /// Whether the data answer it, and say where that is stated.
    fn answer(&mut self, engine: &Engine, filled: &Filled, lines: &[Line<'_>], parameters: &[Declared<'_>]) {
        let options = Options { timeout: Some(PATIENCE), ..Options::default() };
        let (is_select, has_paragraphs, is_answered) = match engine.start(&filled.query, &options) {
            Ok(Results::Solutions { variables, mut rows }) => {
                let has_paragraphs = variables.iter().any(|variable| variable == PARAGRAPHS);
                // A sentence has no value for the language.
                let asked = parameters.iter().filter(|declared| declared.parameter.kind != Kind::Language);
                let names = asked.map(|declared| declared.name.text);
                let names: BTreeSet<&str> = names.chain(variables.iter().map(String::as_str)).collect();
                for mistake in unnamed(lines, &names) {
                    self.sentence(mistake);
                }
                match rows.next() {
                    Some(Err(error)) => return self.unanswered(&error),
                    row => (true, has_paragraphs, row.is_some()),
                }
            }
            Ok(Results::Boolean(_) | Results::Graph(_)) => (false, false, true),
            Err(error) => return self.unanswered(&error),
        };
        let query = self.operation();
        if !is_select {
            let message = "the query is no SELECT, so that no row can say in which paragraph it is stated".to_owned();
            self.report(Code::UncitedAnswer, query, message, "write it as SELECT, with a column `?paragraphs`");
        } else if !has_paragraphs {
            let message = "the answer has no column `?paragraphs`, so that no row says where it is stated".to_owned();
            self.report(
                Code::UncitedAnswer,
                query,
                message,
                "select the paragraphs, as the questions of the program do",
            );
        } else if !is_answered && parameters.iter().all(|declared| declared.term.is_some()) {
            let message = "the data do not answer the question with the values that it begins with".to_owned();
            self.report(
                Code::UnansweredQuestion,
                query,
                message,
                "give other values to begin with, or correct the query",
            );
        }
    }

    fn sentence(&mut self, mistake: SentenceMistake) {
        self.wrong(mistake.range, mistake.message, mistake.help);
    }

    fn unanswered(&mut self, error: &QueryError) {
        let help = error.help().unwrap_or_else(|| "correct the query".to_owned());
        let range = self.operation();
        self.report(
            Code::UnansweredQuestion,
            range,
            format!("the question cannot be answered: {}", error.message()),
            help,
        );
    }

    /// Where the query begins: the first line that is neither comment nor prologue.
    fn operation(&self) -> Range<usize> {
        let mut from = 0;
        for line in self.file.text().split_inclusive('\n') {
            let begun = line.trim_start();
            let is_before = |word: &str| begun.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
            if !begun.is_empty() && !begun.starts_with('#') && !is_before("PREFIX") && !is_before("BASE") {
                let at = from + line.len() - begun.len();
                return at..at + begun.trim_end().len();
            }
            from += line.len();
        }
        0..0
    }
}

fn whole(key: &Part<'_>, tag: Option<&Part<'_>>) -> Range<usize> {
    key.range.start..tag.map_or(key.range.end, |tag| tag.range.end)
}
