//! Which sheets of a workbook are tables, and what is told of the others.

use super::budget::Budget;
use super::keys::toml_string;
use super::signature::{CONFIG_SHEET, Exported, TERMS_SHEET};
use super::spreadsheet::{Format, Kind, Sheet, SheetInfo, sheets};
use super::{Context, Setting, spreadsheet, terms};
use crate::finding::{Code, Finding, Findings, Location, Position, Severity};
use crate::ontology::{Column, nearest};

/// A sheet that is a table, with what tells how to read it.
type Table<'a> = (Sheet, Context<'a>);

/// Reads the sheets of a workbook that are tables. What is left out, and what cannot be read, is reported.
pub(super) fn tables<'a>(
    file: &str,
    bytes: &[u8],
    format: Format,
    (setting, budget): (&Setting<'a>, &Budget),
    findings: &mut Findings,
) -> Vec<Table<'a>> {
    let mut choice = Choice { file, setting, contexts: Vec::new(), first: true, names: Vec::new(), findings };
    let read = match sheets(bytes, format, budget, |info| choice.takes(info)) {
        Ok(read) => read,
        Err(error) => {
            let message = format!("the spreadsheet cannot be read: {error}");
            let finding = Finding::new(Code::UnreadableSheet, Location::file(file), message);
            findings.push(finding.help("open it in a spreadsheet program and save it anew, or as CSV in UTF-8"));
            return Vec::new();
        }
    };
    choice.check_names();
    let contexts = choice.contexts;
    let raw = read.into_iter().filter_map(|(_, raw)| raw);
    let found: Vec<_> = raw.zip(contexts).collect();
    for (raw, _) in &found {
        raw.report_faults(file, findings);
    }
    let filled: Vec<_> = found.into_iter().filter(|(raw, _)| !raw.is_empty()).collect();
    if filled.is_empty() && findings.kept().iter().all(|finding| finding.severity() != Severity::Violation) {
        let finding = Finding::new(Code::MissingHeader, Location::file(file), "no sheet has a cell with a text");
        findings.push(finding.help("give a sheet a header, or name another sheet in dataset.toml: sheet = \"…\""));
    }
    let mut tables = Vec::with_capacity(filled.len());
    for (raw, context) in filled {
        let place = sheet_place(file, &raw.name);
        match Sheet::new(file, raw, &context, budget) {
            Ok(sheet) => tables.push((sheet, context)),
            Err(too_much) => {
                findings.push(too_much.finding(place));
            }
        }
    }
    tables.retain(|(sheet, context)| context.mapping.is_some() || !is_config(sheet));
    without_notes(tables, findings)
}

/// Tells whether a sheet says what `dataset.toml` says.
fn is_config(sheet: &Sheet) -> bool {
    sheet.name() == CONFIG_SHEET && Exported::of(sheet.headers()) == Some(Exported::Config)
}

/// Reads the sheet that declares terms, if there is one and no mapping says otherwise. What is wrong with the workbook is
/// left to [`tables`].
pub(super) fn terms(
    file: &str,
    bytes: &[u8],
    format: Format,
    (setting, budget): (&Setting<'_>, &Budget),
) -> Option<Sheet> {
    if !spreadsheet::may_have_sheet(bytes, TERMS_SHEET) {
        return None;
    }
    let is_mapped = |name: &str| setting.mappings.tables.contains_key(&format!("{file}:{name}"));
    let takes =
        |info: &SheetInfo| info.kind == Kind::Visible && terms::is_called_so(&info.name) && !is_mapped(&info.name);
    let raw = sheets(bytes, format, budget, takes).ok()?.into_iter().find_map(|(_, raw)| raw)?;
    if raw.is_empty() { None } else { Sheet::new(file, raw, &setting.context(None), budget).ok() }
}

/// Leaves out the sheets of which no header is known, if there are others: they explain, or note something down.
fn without_notes<'a>(tables: Vec<Table<'a>>, findings: &mut Findings) -> Vec<Table<'a>> {
    let is_table = |(sheet, context): &Table<'_>| {
        let headers = sheet.headers();
        let known: Vec<_> = headers.iter().filter_map(|header| context.meaning(header)).collect();
        let is_structure = |column: &Column| !matches!(column, Column::Term(..));
        let is_terms = terms::is_called_so(sheet.name()) && terms::are_of_terms(headers);
        context.mapping.is_some() || is_terms || known.iter().any(is_structure) || known.len() * 2 > headers.len()
    };
    if !tables.iter().any(is_table) {
        return tables;
    }
    let (tables, notes): (Vec<_>, Vec<_>) = tables.into_iter().partition(is_table);
    for (sheet, _) in notes {
        findings.push(unread(sheet.file(), sheet.name(), "none of its headers is known"));
    }
    tables
}

/// The finding that a sheet is left out.
fn unread(file: &str, sheet: &str, reason: &str) -> Finding {
    let help = format!("to read it, map it in dataset.toml: [table.{}]", toml_string(&format!("{file}:{sheet}")));
    left_out(file, sheet, reason).help(help)
}

fn left_out(file: &str, sheet: &str, reason: &str) -> Finding {
    let message = format!("the sheet `{sheet}` is left out: {reason}");
    Finding::new(Code::UnreadSheet, sheet_place(file, sheet), message)
}

fn sheet_place(file: &str, sheet: &str) -> Location {
    let position = Position::Cell { sheet: sheet.to_owned(), cell: "A1".to_owned(), excerpt: String::new() };
    Location { file: file.to_owned(), position }
}

/// The choice of sheets, made one after the other.
struct Choice<'c, 'a> {
    file: &'c str,
    setting: &'c Setting<'a>,
    /// How each sheet that was taken is to be read.
    contexts: Vec<Context<'a>>,
    /// Whether no visible sheet was seen yet.
    first: bool,
    names: Vec<String>,
    findings: &'c mut Findings,
}

impl Choice<'_, '_> {
    /// Tells whether a sheet is to be read; reports it otherwise.
    fn takes(&mut self, info: &SheetInfo) -> bool {
        self.names.push(info.name.clone());
        let of_sheet = self.setting.mappings.tables.get(&format!("{}:{}", self.file, info.name));
        let of_file = self.setting.mappings.tables.get(self.file);
        let named = of_file.and_then(|mapping| mapping.sheet.as_ref()).map(|name| name.get_ref() == &info.name);
        let is_first = info.kind == Kind::Visible && std::mem::take(&mut self.first);
        let mapping = match (of_sheet, of_file, named) {
            (Some(mapping), ..) | (None, Some(mapping), Some(true)) => Some(mapping),
            (None, Some(mapping), None) if is_first => Some(mapping),
            (None, ..) => None,
        };
        let reason = match (info.kind, mapping, named) {
            (Kind::NoCells, ..) => {
                let finding = left_out(self.file, &info.name, "it has no cells");
                self.findings.push(finding.help("it may stay where it is: charts and macros have no rows to read"));
                return false;
            }
            (Kind::Hidden, None, _) => Some("it is hidden"),
            (Kind::Visible, None, Some(false)) => Some("the mapping of the file names another"),
            (Kind::Visible | Kind::Hidden, ..) => None,
        };
        if let Some(reason) = reason {
            self.findings.push(unread(self.file, &info.name, reason));
            return false;
        }
        self.contexts.push(self.setting.context(mapping));
        true
    }

    /// Reports mappings of sheets that the workbook does not have.
    fn check_names(&mut self) {
        let of_file = self.setting.mappings.tables.get(self.file).and_then(|mapping| mapping.sheet.as_ref());
        let named = of_file.map(|name| (name.get_ref().as_str(), name.span()));
        let start = format!("{}:", self.file);
        let of_sheets = self
            .setting
            .mappings
            .tables
            .iter()
            .filter_map(|(key, mapping)| Some((key.strip_prefix(&start)?, mapping.span.clone())));
        let wanted: Vec<_> = named.into_iter().chain(of_sheets).collect();
        for (name, span) in wanted {
            if self.names.iter().any(|sheet| sheet == name) {
                continue;
            }
            let message = format!("{} has no sheet `{name}`", self.file);
            let help = match nearest(name, self.names.iter().map(String::as_str), 1).first() {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("its sheets are {}", self.names.join(", ")),
            };
            let place = self.setting.config.locate(span);
            self.findings.push(Finding::new(Code::InvalidMapping, place, message).help(help));
        }
    }
}
