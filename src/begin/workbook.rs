//! A new data set as a workbook: drop-down lists, notes on headings, a sheet that explains, and right-to-left sheets for
//! languages that are written so.
//!
//! What the lists offer stands in a hidden sheet: words of the ontology as they are, and formulas that gather what the
//! other sheets hold. A list never forbids what it does not offer: a cell may hold several values, and words may be
//! written in other languages.

use rust_xlsxwriter::{
    Color, DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Note, Workbook, Worksheet,
    XlsxError,
};

use super::book::{Choice, Column, Sheet};
use super::words::Words;
use crate::model::{ClassId, Direction, Language};

/// The name of the hidden sheet.
const LISTS: &str = "lists";
/// Down to which row cells have lists, and lists look for what they offer.
const FILLED: u32 = 1_000;
/// The reading directions of cells, as
/// [ECMA-376](https://ecma-international.org/publications-and-standards/standards/ecma-376/) numbers them (18.8.1).
const BY_CONTENT: u8 = 0;
const RIGHT_TO_LEFT: u8 = 2;

/// Returns the workbook. The same options give the same bytes.
pub(super) fn xlsx(sheets: &[Sheet], words: &Words, language: Language) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The library's default is the clock.
    let epoch = ExcelDateTime::from_ymd(1980, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&epoch));
    let right_to_left = language.direction() == Direction::RightToLeft;
    let styles = Styles::new(right_to_left);
    guide(workbook.add_worksheet(), sheets, words, &styles)?.set_right_to_left(right_to_left);
    let lists = Lists::of(sheets);
    for sheet in sheets {
        let out = workbook.add_worksheet();
        fill(out, sheet, &lists, &styles)?;
        out.set_right_to_left(right_to_left);
    }
    lists.write(workbook.add_worksheet(), sheets)?;
    workbook.save_to_buffer()
}

/// How cells look.
struct Styles {
    required: Format,
    optional: Format,
    /// Text as it is typed: no date or number is made of it.
    text: Format,
    example: Format,
    title: Format,
    line: Format,
}

impl Styles {
    fn new(right_to_left: bool) -> Self {
        // By default the first letter of a cell decides, and a full stop after Arabic would stand at the wrong end.
        let plain = || Format::new().set_reading_direction(if right_to_left { RIGHT_TO_LEFT } else { BY_CONTENT });
        let cell = || plain().set_num_format("@");
        let head = || cell().set_bold();
        let side = if right_to_left { FormatAlign::Right } else { FormatAlign::Left };
        Self {
            required: head().set_background_color(Color::RGB(0x1F_4E_79)).set_font_color(Color::White),
            optional: head().set_background_color(Color::RGB(0xDD_EB_F7)),
            text: cell(),
            example: cell().set_italic().set_font_color(Color::RGB(0x59_59_59)),
            title: plain().set_bold().set_font_size(16).set_align(side),
            line: plain().set_text_wrap().set_align(FormatAlign::Top).set_align(side),
        }
    }
}

/// Fills the sheet that explains.
fn guide<'w>(
    out: &'w mut Worksheet,
    sheets: &[Sheet],
    words: &Words,
    styles: &Styles,
) -> Result<&'w mut Worksheet, XlsxError> {
    out.set_name(words.guide)?.set_column_width(0, 100)?.set_landscape().set_print_fit_to_pages(1, 0);
    let name =
        |file: &'static str| sheets.iter().find(|sheet| sheet.file == file).map_or(file, |sheet| sheet.name.as_str());
    for (row, line) in (0..).zip(words.lines) {
        let text = line.replace("{statements}", name("statements")).replace("{paragraphs}", name("paragraphs"));
        let style = if row == 0 { &styles.title } else { &styles.line };
        out.write_string_with_format(row, 0, text, style)?;
        if row > 0 {
            out.set_row_height(row, 34)?;
        }
    }
    Ok(out)
}

/// Fills the sheet of a table.
fn fill(out: &mut Worksheet, sheet: &Sheet, lists: &Lists, styles: &Styles) -> Result<(), XlsxError> {
    out.set_name(&sheet.name)?.set_freeze_panes(1, 0)?.set_landscape().set_print_fit_to_pages(1, 0);
    for (number, column) in (0..).zip(&sheet.columns) {
        out.set_column_format(number, &styles.text)?.set_column_width(number, width(column))?;
        let style = if column.required { &styles.required } else { &styles.optional };
        out.write_string_with_format(0, number, &column.heading, style)?;
        if !column.note.is_empty() {
            out.insert_note(
                0,
                number,
                &Note::new(&column.note).add_author_prefix(false).set_width(260).set_height(110),
            )?;
        }
        if let Some(list) = lists.formula(&column.choice) {
            let offered = DataValidation::new().allow_list_formula(Formula::new(list)).show_error_message(false);
            out.add_data_validation(1, number, FILLED, number, &offered)?;
        }
    }
    for (number, row) in (1..).zip(&sheet.rows) {
        let style = if row.example { &styles.example } else { &styles.text };
        for (key, text) in &row.cells {
            let column = (0..).zip(&sheet.columns).find(|(_, column)| column.key == *key);
            if let Some((column, _)) = column {
                out.write_string_with_format(number, column, text, style)?;
            }
        }
    }
    Ok(())
}

/// The width of a column, in characters: that of its heading, and of what it will hold.
fn width(column: &Column) -> f64 {
    let held: u32 = match column.key.as_str() {
        "label" | "subject" | "object" => 32,
        "property" | "class" | "id" => 24,
        _ => 14,
    };
    let heading = u32::try_from(column.heading.chars().count()).unwrap_or(held);
    f64::from(held.max(heading.saturating_add(3)).min(60))
}

/// What stands in the columns of the hidden sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
enum List {
    Words(Vec<String>),
    EntitiesOf(ClassId),
    Paragraphs,
    /// The entities of all sheets and the paragraphs, one below the other, with empty cells between them.
    Stacked,
    /// How many cells of those are filled, down to each.
    Counted,
    /// The same without empty cells: those of a sheet are a part of it.
    Filled,
}

/// The columns of the hidden sheet.
struct Lists {
    /// First what is gathered from sheets.
    columns: Vec<List>,
    /// How many sheets hold entities.
    sheets: u32,
}

impl Lists {
    fn of(sheets: &[Sheet]) -> Self {
        let bases: Vec<_> = sheets.iter().filter_map(|sheet| sheet.base).collect();
        let mut columns: Vec<List> = bases.iter().map(|base| List::EntitiesOf(*base)).collect();
        columns.extend([List::Paragraphs, List::Stacked, List::Counted, List::Filled]);
        for column in sheets.iter().flat_map(|sheet| &sheet.columns) {
            if let Choice::Words(words) = &column.choice {
                let list = List::Words(words.clone());
                if !columns.contains(&list) {
                    columns.push(list);
                }
            }
        }
        Self { columns, sheets: u32::try_from(bases.len()).unwrap_or(0) }
    }

    /// The letters of a list's column.
    fn column(&self, list: &List) -> Option<String> {
        self.columns.iter().position(|column| column == list).map(letters)
    }

    /// Returns the formula of what a column offers.
    fn formula(&self, choice: &Choice) -> Option<String> {
        match choice {
            Choice::Free => None,
            Choice::Words(words) => {
                let column = self.column(&List::Words(words.clone()))?;
                Some(format!("={LISTS}!${column}$1:${column}${}", words.len()))
            }
            Choice::EntitiesOf(class) => {
                let sheet = (0..).zip(&self.columns).find(|(_, list)| **list == List::EntitiesOf(*class))?.0;
                self.filled(sheet, 1)
            }
            Choice::Entities => self.filled(0, self.sheets),
            Choice::Sources => self.filled(self.sheets, 1),
        }
    }

    /// How many rows all that is gathered takes.
    fn rows(&self) -> u32 {
        FILLED * (self.sheets + 1)
    }

    /// What is gathered from so many sheets, without empty cells; one empty cell if there is nothing.
    fn filled(&self, first: u32, sheets: u32) -> Option<String> {
        let (counted, filled) = (self.column(&List::Counted)?, self.column(&List::Filled)?);
        let until = |sheet: u32| match sheet {
            0 => "0".to_owned(),
            _ => format!("{LISTS}!${counted}${}", FILLED * sheet),
        };
        let (before, last, beyond) = (until(first), until(first + sheets), self.rows());
        let start = format!("IF({last}={before},{beyond},{before})");
        Some(format!("=OFFSET({LISTS}!${filled}$1,{start},0,MAX(1,{last}-{before}),1)"))
    }

    /// Fills the hidden sheet.
    fn write(&self, out: &mut Worksheet, sheets: &[Sheet]) -> Result<(), XlsxError> {
        out.set_name(LISTS)?.set_hidden(true);
        for (number, list) in (0..).zip(&self.columns) {
            match list {
                List::Words(words) => {
                    for (row, word) in (0..).zip(words) {
                        out.write_string(row, number, word)?;
                    }
                }
                List::EntitiesOf(class) => {
                    let named = sheets.iter().find(|sheet| sheet.base == Some(*class)).and_then(named);
                    formulas(out, number, named.as_ref().map_or(0, |_| FILLED), |row| {
                        named.as_ref().map_or_else(String::new, |named| named.formula(row))
                    })?;
                }
                List::Stacked => {
                    let from = |row: u32| format!("={}{}", letters((row / FILLED) as usize), row % FILLED + 1);
                    formulas(out, number, self.rows(), from)?;
                }
                List::Counted => {
                    let stacked = self.column(&List::Stacked).unwrap_or_default();
                    let own = letters(usize::from(number));
                    formulas(out, number, self.rows(), |row| match row {
                        0 => format!("=IF({stacked}1<>\"\",1,0)"),
                        row => format!("={own}{row}+IF({stacked}{0}<>\"\",1,0)", row + 1),
                    })?;
                }
                List::Filled => {
                    let stacked = self.column(&List::Stacked).unwrap_or_default();
                    let counted = self.column(&List::Counted).unwrap_or_default();
                    let rows = self.rows();
                    let from = |row: u32| {
                        format!(
                            "=IFERROR(INDEX(${stacked}$1:${stacked}${rows},MATCH({},${counted}$1:${counted}${rows},0)),\"\")",
                            row + 1
                        )
                    };
                    formulas(out, number, rows, from)?;
                }
                List::Paragraphs => {
                    let sheet = sheets.iter().find(|sheet| sheet.file == "paragraphs");
                    let column = |key: &str| sheet.and_then(|sheet| position(sheet, key));
                    if let (Some(sheet), Some(document), Some(paragraph)) =
                        (sheet, column("document"), column("number"))
                    {
                        let name = quoted(&sheet.name);
                        formulas(out, number, FILLED, |row| {
                            let row = row + 2;
                            format!(
                                "=IF({name}!{paragraph}{row}<>\"\",{name}!{document}{row}&\"#\"&{name}!{paragraph}{row},\"\")"
                            )
                        })?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// Where a sheet has the names and ids of its entities.
struct Named {
    sheet: String,
    id: String,
    label: String,
}

fn named(sheet: &Sheet) -> Option<Named> {
    let (id, label) = (position(sheet, "id")?, position(sheet, "label")?);
    Some(Named { sheet: quoted(&sheet.name), id, label })
}

impl Named {
    /// The name of the entity in a row, else its id, else nothing.
    fn formula(&self, row: u32) -> String {
        let Self { sheet, id, label } = self;
        let row = row + 2;
        format!(
            "=IF({sheet}!{label}{row}<>\"\",{sheet}!{label}{row},IF({sheet}!{id}{row}<>\"\",{sheet}!{id}{row},\"\"))"
        )
    }
}

/// The letters of the column of that key.
fn position(sheet: &Sheet, key: &str) -> Option<String> {
    sheet.columns.iter().position(|column| column.key == key).map(letters)
}

/// The name of a sheet as formulas write it.
fn quoted(name: &str) -> String {
    format!("'{}'", name.replace('\'', "''"))
}

/// Writes a column of formulas, whose values are computed when the workbook is opened.
fn formulas(out: &mut Worksheet, column: u16, rows: u32, formula: impl Fn(u32) -> String) -> Result<(), XlsxError> {
    for row in 0..rows {
        out.write_formula(row, column, Formula::new(formula(row)).set_result(""))?;
    }
    Ok(())
}

/// The letters of a column by its number, from 0.
fn letters(number: usize) -> String {
    let mut left = number + 1;
    let mut letters = Vec::new();
    while left > 0 {
        let (rest, digit) = ((left - 1) / 26, (left - 1) % 26);
        letters.push(char::from(b'A' + u8::try_from(digit).unwrap_or(0)));
        left = rest;
    }
    letters.iter().rev().collect()
}
