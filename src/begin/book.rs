//! What a new data set holds, whatever it is written as: sheets with columns, and rows that show how they are filled.

use super::words::Words;
use crate::model::{ClassId, Language, PropertyId};
use crate::ontology::{Datatype, Labels, Ontology, PropertyKind, RESERVED, Range, preferred};
use crate::sort;

/// A sheet, or a table of its own.
#[derive(Debug)]
pub(super) struct Sheet {
    /// The name that people see.
    pub(super) name: String,
    /// The name of its file, where it is one.
    pub(super) file: String,
    /// The class of its rows, where they are entities.
    pub(super) base: Option<ClassId>,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

/// A column.
#[derive(Debug)]
pub(super) struct Column {
    /// The reserved word or local name, with a language where it has one.
    pub(super) key: String,
    pub(super) heading: String,
    /// What goes in.
    pub(super) note: String,
    pub(super) required: bool,
    pub(super) choice: Choice,
}

/// What the drop-down list of a column offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// Nothing: there is no list.
    Free,
    /// Words of the ontology.
    Words(Vec<String>),
    /// The entities of one sheet.
    EntitiesOf(ClassId),
    /// The entities of all sheets.
    Entities,
    /// The documents of their sheet, and the paragraphs.
    Sources,
}

/// A row: the texts of columns by their keys.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) cells: Vec<(&'static str, String)>,
    /// Whether it only shows how rows are filled.
    pub(super) example: bool,
}

/// The names of the base classes in the order of their sheets, with the properties that have a column.
const BASES: [(&str, &[&str]); 8] = [
    ("Document", &["identifier", "issued", "documentStatus"]),
    ("Organization", &["memberOf", "partOf", "startDate", "locatedIn"]),
    ("Initiative", &["partOf", "startDate", "endDate", "eventStatus"]),
    ("Event", &["startDate", "endDate", "eventStatus", "heldIn", "editionOf"]),
    ("Person", &["holdsPost", "represents"]),
    ("Post", &["postIn"]),
    ("Place", &["locatedIn"]),
    ("Topic", &["broader"]),
];

/// The qualifiers that come first, for they are used most.
const FIRST_QUALIFIERS: [&str; 4] = ["start", "end", "role", "status"];

/// Returns the id of a report by its number, from 0.
pub(super) fn report_id(number: usize) -> String {
    if number == 0 { "report".to_owned() } else { format!("report-{}", number + 1) }
}

/// Makes the sheets of a new data set from the ontology.
pub(super) struct Maker<'a> {
    pub(super) ontology: &'a Ontology,
    pub(super) words: &'static Words,
    /// The languages of names, in which words of the ontology are looked for too.
    pub(super) languages: &'a [Language],
    /// The names of the reports; none where there is one without a name.
    pub(super) reports: &'a [String],
}

impl Maker<'_> {
    /// Returns the sheets: one for each base class, then paragraphs and statements.
    pub(super) fn sheets(&self) -> Vec<Sheet> {
        let mut bases: Vec<ClassId> =
            self.ontology.class_ids().filter(|&id| self.ontology.class(id).shape.is_some()).collect();
        let place = |id: &ClassId| BASES.iter().position(|(name, _)| *name == self.ontology.class(*id).name);
        sort::by_key(&mut bases, |id| (place(id).unwrap_or(BASES.len()), *id));
        let mut sheets: Vec<_> = bases.into_iter().map(|base| self.entities(base)).collect();
        sheets.push(self.paragraphs());
        sheets.push(self.statements());
        sheets
    }

    fn entities(&self, base: ClassId) -> Sheet {
        let class = self.ontology.class(base);
        let own = BASES.iter().find(|(name, _)| *name == class.name).map_or(&[][..], |(_, own)| own);
        let mut columns = vec![self.reserved("id", Choice::Free, true), self.class_column(base)];
        for (number, language) in self.languages.iter().enumerate() {
            columns.extend(self.text("label", *language, number == 0));
        }
        columns.extend(self.languages.first().and_then(|language| self.text("altLabel", *language, false)));
        columns.extend(["acronym"].iter().chain(own).chain(&["homepage"]).filter_map(|name| self.term(name)));
        columns.extend(self.languages.first().and_then(|language| self.text("note", *language, false)));
        columns.push(self.reserved("source", Choice::Sources, false));
        let rows = self.example_entities(&class.name, base);
        Sheet {
            name: self.shown(&class.labels, &class.name),
            file: file_name(&class.name),
            base: Some(base),
            columns,
            rows,
        }
    }

    fn paragraphs(&self) -> Sheet {
        let document = self.ontology.class_by_name("Document");
        let mut columns = vec![
            self.reserved("document", document.map_or(Choice::Entities, Choice::EntitiesOf), true),
            self.reserved("number", Choice::Free, true),
        ];
        let texts = ["heading", "noLink"];
        let language = self.languages.first();
        columns.extend(
            language.into_iter().flat_map(|&tag| texts.iter().filter_map(move |name| self.text(name, tag, false))),
        );
        let row = |report: &str, number: &str| Row {
            cells: vec![("document", report.to_owned()), ("number", number.to_owned())],
            example: true,
        };
        let others = (1..self.reports.len()).map(|number| row(&report_id(number), "1"));
        let first = report_id(0);
        let rows = [row(&first, "1"), row(&first, "2")].into_iter().chain(others).collect();
        self.sheet_of_model("Paragraph", "paragraphs", columns, rows)
    }

    fn statements(&self) -> Sheet {
        let mut columns = vec![
            self.reserved("subject", Choice::Entities, true),
            self.reserved("property", Choice::Words(self.properties()), true),
            self.reserved("object", Choice::Entities, true),
        ];
        columns.push(self.reserved("source", Choice::Sources, true));
        columns.extend(FIRST_QUALIFIERS.iter().filter_map(|name| self.term(name)));
        let qualifiers = self.ontology.properties().iter().filter(|property| property.kind == PropertyKind::Qualifier);
        let others = qualifiers.filter(|property| !FIRST_QUALIFIERS.contains(&property.name.as_str()));
        for property in others {
            match (property.range, self.languages.first()) {
                (Range::Literal(Datatype::LangString), Some(&language)) => {
                    columns.extend(self.text(&property.name, language, false));
                }
                _ => columns.extend(self.term(&property.name)),
            }
        }
        columns.push(self.reserved("rank", Choice::Words(self.values_of("Rank")), false));
        self.sheet_of_model("Statement", "statements", columns, self.example_statements())
    }

    fn sheet_of_model(&self, class: &str, file: &str, columns: Vec<Column>, rows: Vec<Row>) -> Sheet {
        let labels = self.ontology.class_by_name(class).map(|id| &self.ontology.class(id).labels);
        let name = labels.map_or_else(|| file.to_owned(), |labels| self.shown(labels, file));
        Sheet { name, file: file.to_owned(), base: None, columns, rows }
    }

    fn example_entities(&self, base: &str, id: ClassId) -> Vec<Row> {
        let [report, organization, agency, initiative] = self.words.examples;
        let row = |id: &str, class: String, name: &str, source: Option<&str>, example| Row {
            cells: [("id", id.to_owned()), ("class", class), ("label", name.to_owned())]
                .into_iter()
                .chain(source.map(|source| ("source", source.to_owned())))
                .collect(),
            example,
        };
        let class = |name: &str| self.class_label(self.ontology.class_by_name(name).unwrap_or(id));
        match base {
            "Document" => {
                // A name may hold what would end a value.
                let escaped = |name: &str| name.replace('\\', "\\\\").replace('|', "\\|");
                let unnamed = [report.to_owned()];
                let names = if self.reports.is_empty() { &unnamed[..] } else { self.reports };
                let reports = names.iter().enumerate();
                let document = |(number, name): (usize, &String)| {
                    row(&report_id(number), class("Report"), &escaped(name), None, false)
                };
                reports.map(document).collect()
            }
            "Organization" => vec![
                row("example-organization", class("Organization"), organization, Some("report#1"), true),
                row("example-agency", class("SpecializedAgency"), agency, Some("report#2"), true),
            ],
            "Initiative" => vec![row("example-initiative", class("Partnership"), initiative, Some("report#1"), true)],
            _ => Vec::new(),
        }
    }

    fn example_statements(&self) -> Vec<Row> {
        let [_, organization, agency, initiative] = self.words.examples;
        let property = |name: &str| {
            let found = self.ontology.property_by_name(name).map(|id| self.ontology.property(id));
            found.map_or_else(|| name.to_owned(), |property| self.plain(&property.labels, &property.name))
        };
        let role = self.ontology.value_by_name("coLead").map(|id| self.ontology.value(id));
        let role = role.map_or_else(String::new, |role| self.plain(&role.labels, &role.name));
        let row = |cells: Vec<(&'static str, String)>| Row { cells, example: true };
        let said = |subject: &str, link: &str, source: &str| {
            vec![
                ("subject", subject.to_owned()),
                ("property", property(link)),
                ("object", initiative.to_owned()),
                ("source", source.to_owned()),
            ]
        };
        let mut dated = said(organization, "leads", "report#1");
        dated.extend([("start", "2023-09".to_owned()), ("end", "2024-05-27".to_owned()), ("role", role)]);
        // Each report is cited.
        let others = (1..self.reports.len()).map(|number| format!("|{}#1", report_id(number)));
        let sources: String = std::iter::once("report#2".to_owned()).chain(others).collect();
        vec![row(dated), row(said(agency, "supports", &sources))]
    }

    fn reserved(&self, name: &str, choice: Choice, required: bool) -> Column {
        let reserved = RESERVED.iter().find(|reserved| reserved.name == name);
        let tag = self.languages.first().map(ToString::to_string).unwrap_or_default();
        let (heading, definition) =
            reserved.map_or((name, ""), |reserved| (reserved.label(&tag), reserved.definition(&tag)));
        let hint = match choice {
            Choice::Words(_) => self.words.choice,
            Choice::Entities | Choice::EntitiesOf(_) => self.words.entity,
            Choice::Free | Choice::Sources => "",
        };
        let several = if choice == Choice::Sources { self.words.several } else { "" };
        let note = self.note(Some(definition), &[hint, several], required);
        Column { key: name.to_owned(), heading: capitalized(heading), note, required, choice }
    }

    fn class_column(&self, base: ClassId) -> Column {
        let base_name = &self.ontology.class(base).name;
        let inside = |&id: &ClassId| self.ontology.base_class(id).is_some_and(|class| class.name == *base_name);
        let words = self.ontology.class_ids().filter(inside).map(|id| self.class_label(id)).collect();
        self.reserved("class", Choice::Words(words), true)
    }

    /// The column of a property or qualifier without a language.
    fn term(&self, name: &str) -> Option<Column> {
        let id = self.ontology.property_by_name(name)?;
        let property = self.ontology.property(id);
        let (choice, hint) = self.choice(id);
        let several =
            if property.functional || property.kind == PropertyKind::Qualifier { "" } else { self.words.several };
        Some(Column {
            key: property.name.clone(),
            heading: self.shown(&property.labels, &property.name),
            note: self.note(self.defined(&property.definitions), &[hint, several], false),
            required: false,
            choice,
        })
    }

    /// The column of a property's text in a language. The first language is that of the heading, and needs no tag.
    fn text(&self, name: &str, language: Language, required: bool) -> Option<Column> {
        let property = self.ontology.property(self.ontology.property_by_name(name)?);
        let own = self.languages.first() == Some(&language) && property.labels.contains_key(&language);
        let label = self.shown(&property.labels, &property.name);
        let heading = if own { label } else { format!("{label}@{language}") };
        let key =
            if self.languages.first() == Some(&language) { name.to_owned() } else { format!("{name}@{language}") };
        let note = self.note(self.defined(&property.definitions), &[], required);
        Some(Column { key, heading, note, required, choice: Choice::Free })
    }

    /// What a cell of a property offers, and how it is filled.
    fn choice(&self, id: PropertyId) -> (Choice, &'static str) {
        let words = self.words;
        match self.ontology.property(id).range {
            Range::Value(class) => (Choice::Words(self.values_of(&self.ontology.class(class).name)), words.choice),
            Range::Entity(class) => {
                let one = self.ontology.class(class).shape.is_some();
                (if one { Choice::EntitiesOf(class) } else { Choice::Entities }, words.entity)
            }
            Range::Literal(datatype) => match datatype {
                Datatype::Edtf | Datatype::Date => (Choice::Free, words.date),
                Datatype::Integer | Datatype::Decimal => (Choice::Free, words.number),
                Datatype::AnyUri => (Choice::Free, words.address),
                Datatype::Boolean => (Choice::Words(vec!["true".to_owned(), "false".to_owned()]), words.choice),
                Datatype::String | Datatype::LangString | Datatype::PlainLiteral => (Choice::Free, ""),
            },
        }
    }

    /// The labels of the properties that link or describe entities, in the order of their letters.
    fn properties(&self) -> Vec<String> {
        let claims = self.ontology.properties().iter().filter(|property| property.kind == PropertyKind::Claim);
        let mut labels: Vec<_> = claims.map(|property| self.plain(&property.labels, &property.name)).collect();
        labels.sort();
        labels
    }

    fn values_of(&self, class: &str) -> Vec<String> {
        let Some(class) = self.ontology.class_by_name(class) else { return Vec::new() };
        let of_class = self.ontology.values().iter().filter(|value| self.ontology.is_a(value.class, class));
        of_class.map(|value| self.plain(&value.labels, &value.name)).collect()
    }

    fn class_label(&self, id: ClassId) -> String {
        let class = self.ontology.class(id);
        self.plain(&class.labels, &class.name)
    }

    fn defined<'d>(&self, definitions: &'d Labels) -> Option<&'d str> {
        preferred(definitions, self.languages)
    }

    /// The label as the ontology has it.
    fn plain(&self, labels: &Labels, name: &str) -> String {
        preferred(labels, self.languages).unwrap_or(name).to_owned()
    }

    /// The label as a heading has it.
    fn shown(&self, labels: &Labels, name: &str) -> String {
        capitalized(preferred(labels, self.languages).unwrap_or(name))
    }

    fn note(&self, definition: Option<&str>, hints: &[&str], required: bool) -> String {
        let required = if required { format!("({})", self.words.required) } else { String::new() };
        let parts =
            [definition.unwrap_or_default()].into_iter().chain(hints.iter().copied()).chain([required.as_str()]);
        parts.filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

/// A word with its first letter in upper case.
fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The name of a class as one of a file.
fn file_name(class: &str) -> String {
    class.chars().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()).collect()
}
