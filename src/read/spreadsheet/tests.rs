//! Spreadsheets made by hand: as little of each format as a reader needs.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use super::*;
use crate::finding::{Finding, Findings};
use crate::ontology::Ontology;
use crate::read::budget::Total;
use crate::read::config::{Config, Mappings};
use crate::read::text::TextFile;
use crate::read::{Setting, workbook};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

pub(super) fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A workbook of sheets: name, state and rows of each; the state `chart` makes one of no cells but a chart. The styles are of the format codes that stand in [`CODES`].
fn workbook_of(sheets: &[(&str, &str, &str)]) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let wrap = |links: &str| format!("<Relationships>{links}</Relationships>");
    let (mut list, mut links, mut files) = (String::new(), String::new(), Vec::new());
    for (number, (name, state, rows)) in sheets.iter().enumerate() {
        let (kind, state) = if *state == "chart" { ("chartsheet", "visible") } else { ("worksheet", *state) };
        write!(list, r#"<sheet name="{name}" sheetId="{number}" state="{state}" r:id="r{number}"/>"#).unwrap();
        links += &link(&format!("r{number}"), kind, &format!("{kind}s/sheet{number}.xml"));
        let cells = if kind == "worksheet" { format!("<sheetData>{rows}</sheetData>") } else { String::new() };
        files.push((format!("xl/{kind}s/sheet{number}.xml"), format!("<{kind}>{cells}</{kind}>")));
    }
    let (mut formats, mut styles) = (String::new(), String::new());
    for (id, code) in (200..).zip(CODES) {
        write!(formats, r#"<numFmt numFmtId="{id}" formatCode="{code}"/>"#).unwrap();
        write!(styles, r#"<xf numFmtId="{id}"/>"#).unwrap();
    }
    let styles = format!(
        r#"<styleSheet><numFmts>{formats}</numFmts><cellXfs>{styles}<xf numFmtId="17"/></cellXfs></styleSheet>"#
    );
    files.extend([
        ("_rels/.rels".to_owned(), wrap(&link("r0", "officeDocument", "xl/workbook.xml"))),
        ("xl/workbook.xml".to_owned(), format!(r#"<workbook xmlns:r="r"><sheets>{list}</sheets></workbook>"#)),
        ("xl/_rels/workbook.xml.rels".to_owned(), wrap(&links)),
        ("xl/styles.xml".to_owned(), styles),
    ]);
    archive(&files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect::<Vec<_>>())
}

/// Style 7 is the built-in format 17.
const CODES: [&str; 7] = ["General", "yyyy-mm-dd", "mmm-yy", "yyyy", "h:mm", "000", "0.00"];

fn xlsx(rows: &str) -> Vec<u8> {
    workbook_of(&[("Members", "visible", rows)])
}

/// A row of cells, each a text.
fn texts_row(cells: &[&str]) -> String {
    let cell = |text: &&str| format!(r#"<c t="inlineStr"><is><t>{text}</t></is></c>"#);
    format!("<row>{}</row>", cells.iter().map(cell).collect::<String>())
}

fn ods(rows: &str) -> Vec<u8> {
    ods_with("", &format!(r#"<table:table table:name="Sheet1">{rows}</table:table>"#))
}

fn ods_with(styles: &str, tables: &str) -> Vec<u8> {
    let content = format!("<office:document-content>{styles}{tables}</office:document-content>");
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

/// The sheets that are tables, and what was found wrong.
fn read(bytes: &[u8], format: Format) -> (Vec<Sheet>, Vec<Finding>) {
    let (config, ontology) = (TextFile::new("dataset.toml", String::new()), Ontology::shipped().unwrap());
    let mappings = Mappings::default();
    let described = Config::default();
    let (total, budget) = (Total::of(0), Budget::of_file(bytes.len() as u64));
    let setting = Setting {
        mappings: &mappings,
        config: &config,
        ontology: &ontology,
        described: &described,
        has_tables: true,
        total: &total,
    };
    let mut findings = Findings::default();
    let tables = workbook::tables("t.xlsx", bytes, format, (&setting, &budget), &mut findings);
    (tables.into_iter().map(|(sheet, _)| sheet).collect(), findings.into_vec())
}

/// Code and place of each finding.
fn places(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(|finding| format!("{} {}", finding.code.name(), finding.location)).collect()
}

/// The one sheet of a file in which nothing is wrong.
fn only(bytes: &[u8], format: Format) -> Sheet {
    let (mut sheets, findings) = read(bytes, format);
    assert_eq!(findings, []);
    assert_eq!(sheets.len(), 1);
    sheets.remove(0)
}

fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
    (0..sheet.rows.len()).map(|row| (0..sheet.columns.len()).map(|column| sheet.text(row, column)).collect()).collect()
}

#[test]
fn cells_of_xlsx_are_read_as_they_would_be_typed() {
    let sheet = only(
        &xlsx(
            r#"<row r="2"><c r="B2" t="inlineStr"><is><t>id </t></is></c><c r="D2" t="inlineStr"><is><t>startDate</t></is></c></row>
               <row r="3"><c r="B3"><v>7</v></c><c r="D3" s="1"><v>45439</v></c></row>
               <row r="9"><c r="B9"><v>0.30000000000000004</v></c><c r="D9" t="b"><v>1</v></c></row>"#,
        ),
        Format::Xlsx,
    );
    assert_eq!(sheet.headers(), ["id", "startDate"]);
    assert_eq!(texts(&sheet), [["7", "2024-05-27"], ["0.3", "true"]]);
    assert_eq!(sheet.place(1, 1).to_string(), "t.xlsx:Members!D9");
    assert_eq!(sheet.row_place(1).to_string(), "t.xlsx:Members!9:9");
    assert_eq!(sheet.header_place(1).to_string(), "t.xlsx:Members!D2");
}

#[test]
fn a_date_of_xlsx_is_as_precise_as_it_is_shown() {
    let cell = |style, value| format!(r#"<row><c s="{style}"><v>{value}</v></c></row>"#);
    let dates = [(1, "45413"), (2, "45413"), (3, "45413"), (7, "45413"), (4, "0.4375"), (1, "0.5"), (1, "-1")];
    let rows: String = dates.iter().map(|(style, value)| cell(style, value)).collect();
    let sheet = only(&xlsx(&(texts_row(&["startDate"]) + &rows)), Format::Xlsx);
    let shown = ["2024-05-01", "2024-05", "2024", "2024-05", "10:30", "12:00", "-1"];
    assert_eq!(texts(&sheet).concat(), shown);
}

#[test]
fn a_number_is_shown_in_a_column_of_text_and_plain_in_one_of_numbers() {
    let header = texts_row(&["number", "amount", "object"]);
    let row = |style, value| {
        let cell = format!(r#"<c s="{style}"><v>{value}</v></c>"#);
        format!("<row>{cell}{cell}{cell}</row>")
    };
    let sheet = only(&xlsx(&(header + &row(5, "7") + &row(6, "2.1"))), Format::Xlsx);
    assert_eq!(texts(&sheet), [["007", "7", "007"], ["2.10", "2.1", "2.10"]]);
}

#[test]
fn a_formula_without_its_value_is_reported() {
    let row = r#"<row><c><f>1+1</f><v></v></c><c><f>1+1</f><v>2</v></c><c s="1"/></row>"#;
    let (_, findings) = read(&xlsx(&(texts_row(&["id", "class", "partOf"]) + row)), Format::Xlsx);
    assert_eq!(places(&findings), ["unreadable-sheet t.xlsx:Members!A2"]);
    let row = r#"<table:table-row><table:table-cell table:formula="of:=1+1"/></table:table-row>"#;
    let (_, findings) = read(&ods(&(ods_row(&["id"]) + row)), Format::Ods);
    assert_eq!(places(&findings), ["unreadable-sheet t.xlsx:Sheet1!A2"]);
}

#[test]
fn every_sheet_is_read_and_those_that_are_not_are_named() {
    let table = texts_row(&["id", "class"]) + &texts_row(&["a", "Topic"]);
    let bytes = workbook_of(&[
        ("Notes", "visible", &texts_row(&["How to use this", "by me"])),
        ("One", "visible", &table),
        ("Two", "visible", &table),
        ("Old", "hidden", &table),
        ("Sheet5", "visible", ""),
    ]);
    let (sheets, findings) = read(&bytes, Format::Xlsx);
    assert_eq!(sheets.iter().map(Sheet::name).collect::<Vec<_>>(), ["One", "Two"]);
    assert_eq!(places(&findings), ["unread-sheet t.xlsx:Old!A1", "unread-sheet t.xlsx:Notes!A1"]);
    let hidden = r#"<style:style style:name="h" style:family="table"><style:table-properties table:display="false"/></style:style>"#;
    let sheet = |name: &str, style: &str| {
        let rows = ods_row(&["id"]);
        format!(r#"<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>"#)
    };
    let (sheets, findings) = read(&ods_with(hidden, &(sheet("One", "") + &sheet("Old", "h"))), Format::Ods);
    assert_eq!((sheets.len(), places(&findings)), (1, vec!["unread-sheet t.xlsx:Old!A1".to_owned()]));
}

#[test]
fn a_sheet_of_a_chart_is_left_out_and_named() {
    let table = texts_row(&["id", "class"]) + &texts_row(&["a", "Topic"]);
    let bytes = workbook_of(&[("Trend", "chart", ""), ("One", "visible", &table), ("Shares", "chart", "")]);
    let (sheets, findings) = read(&bytes, Format::Xlsx);
    assert_eq!(sheets.iter().map(Sheet::name).collect::<Vec<_>>(), ["One"]);
    assert_eq!(places(&findings), ["unread-sheet t.xlsx:Trend!A1", "unread-sheet t.xlsx:Shares!A1"]);
    assert_eq!(findings[0].message, "the sheet `Trend` is left out: it has no cells");
}

fn ods_row(cells: &[&str]) -> String {
    let cell = |text: &&str| {
        format!(r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#)
    };
    format!("<table:table-row>{}</table:table-row>", cells.iter().map(cell).collect::<String>())
}

#[test]
fn cells_of_ods_are_read_as_they_would_be_typed() {
    let rows = ods_row(&["id", "startDate"])
        + r#"<table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/></table:table-row>
             <table:table-row><table:table-cell office:value-type="float" office:value="7"/>
             <table:table-cell office:value-type="date" office:date-value="2024-05-27T10:00:00"/></table:table-row>
             <table:table-row><table:table-cell><text:p>a<text:s text:c="2"/>&amp;<text:tab/></text:p><office:annotation><text:p>x</text:p></office:annotation><text:p>b</text:p></table:table-cell>
             <table:table-cell office:value-type="time" office:time-value="PT10H30M00S"/></table:table-row>"#;
    let sheet = only(&ods(&rows), Format::Ods);
    assert_eq!(texts(&sheet), [["7", "2024-05-27"], ["a  &\t\nb", "10:30"]]);
    assert_eq!(sheet.place(0, 1).to_string(), "t.xlsx:Sheet1!B4");
}

#[test]
fn a_number_of_ods_is_as_its_style_shows_it() {
    let styles = r#"
        <number:date-style style:name="N1"><number:month number:textual="true"/><number:text> </number:text><number:year/></number:date-style>
        <number:number-style style:name="N2"><number:number number:decimal-places="2" number:min-integer-digits="1"/></number:number-style>
        <number:number-style style:name="N3"><number:number number:decimal-places="0" number:min-integer-digits="3"/></number:number-style>
        <number:number-style style:name="N4"><number:text>(</number:text><number:number number:decimal-places="0" number:min-integer-digits="6"><number:embedded-text number:position="2">-</number:embedded-text><number:embedded-text number:position="4">) </number:embedded-text></number:number></number:number-style>
        <style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
        <style:style style:name="money" style:family="table-cell" style:data-style-name="N2"/>
        <style:style style:name="red" style:family="table-cell" style:parent-style-name="money"/>
        <style:style style:name="zeros" style:family="table-cell" style:data-style-name="N3"/>
        <style:style style:name="code" style:family="table-cell" style:data-style-name="N4"/>"#;
    let tables = format!(
        r#"<table:table table:name="Sheet1"><table:table-column table:number-columns-repeated="2"/>
        <table:table-column table:default-cell-style-name="zeros"/>{}<table:table-row>
        <table:table-cell table:style-name="month" office:value-type="date" office:date-value="2024-05-01"/>
        <table:table-cell table:style-name="red" office:value-type="float" office:value="2.1"/>
        <table:table-cell office:value-type="float" office:value="7"/>
        <table:table-cell table:style-name="code" office:value-type="float" office:value="1234"/></table:table-row></table:table>"#,
        ods_row(&["startDate", "number", "document", "label@en"])
    );
    assert_eq!(texts(&only(&ods_with(styles, &tables), Format::Ods)), [["2024-05", "2.10", "007", "(00) 12-34"]]);
}

#[test]
fn a_number_of_ods_is_shown_by_the_section_that_takes_it() {
    // As LibreOffice writes `yyyy;@`, `yyyy-mm;[Red]-0`, `[>40000]yyyy;0` and `00000;@` of a workbook.
    let month = "<number:year/><number:text>-</number:text><number:month/>";
    let digits = |least| format!(r#"<number:number number:decimal-places="0" number:min-integer-digits="{least}"/>"#);
    let other = |condition, name| {
        format!(r#"<style:map style:condition="value(){condition}" style:apply-style-name="{name}P0"/>"#)
    };
    let always = "&lt;=1.7976931348623157E+308";
    let one = digits(1);
    let styles = format!(
        r#"<number:date-style style:name="N1P0"><number:year/></number:date-style>
        <number:text-style style:name="N1"><number:text-content/>{}</number:text-style>
        <number:date-style style:name="N2P0">{month}</number:date-style>
        <number:number-style style:name="N2"><number:text>-</number:text>{one}{}</number:number-style>
        <number:date-style style:name="N3P0"><number:year/></number:date-style>
        <number:number-style style:name="N3">{one}{}</number:number-style>
        <number:number-style style:name="N4P0">{}</number:number-style>
        <number:text-style style:name="N4"><number:text-content/>{}</number:text-style>"#,
        other(always, "N1"),
        other("&gt;=0", "N2"),
        other("&gt;40000", "N3"),
        digits(5),
        other(always, "N4")
    );
    let cells = |null_date: &str, cells: [(u8, &str); 5]| {
        let style = |number| {
            format!(
                r#"<style:style style:name="c{number}" style:family="table-cell" style:data-style-name="N{number}"/>"#
            )
        };
        let cell = |(style, value): (u8, &str)| {
            let kind = if value.contains('-') && style == 1 { "date" } else { "float" };
            let key = if kind == "date" { "date-value" } else { "value" };
            format!(
                r#"<table:table-cell table:style-name="c{style}" office:value-type="{kind}" office:{key}="{value}"/>"#
            )
        };
        let rows = ods_row(&["startDate", "endDate", "document", "number", "label@en"])
            + &format!("<table:table-row>{}</table:table-row>", cells.map(cell).concat());
        let styles = styles.clone() + &(1..5).map(style).collect::<String>() + null_date;
        let sheet =
            only(&ods_with(&styles, &format!(r#"<table:table table:name="S">{rows}</table:table>"#)), Format::Ods);
        texts(&sheet).concat().join(" ")
    };
    let numbers = [(1, "2024-05-01"), (2, "45413.25"), (3, "45413"), (3, "7"), (4, "42")];
    assert_eq!(cells("", numbers), "2024 2024-05 2024 7 00042");
    let negative = [(1, "2024-05-01T06:00:00"), (2, "-3.5"), (2, "0"), (3, "-45413"), (4, "-42")];
    assert_eq!(cells("", negative), "2024 -3.5 1899-12 -45413 -00042");
    // Workbooks of old Macintoshes count from another day.
    let null_date =
        r#"<table:calculation-settings><table:null-date table:date-value="1904-01-01"/></table:calculation-settings>"#;
    assert_eq!(
        cells(null_date, [(2, "43951"), (1, "2024-05-01"), (3, "7"), (3, "8"), (4, "9")]),
        "2024-05 2024 7 8 00009"
    );
}

#[test]
fn a_repetition_that_fits_into_no_memory_is_reported() {
    let cell = |times: &str| {
        format!(
            r#"<table:table-row table:number-rows-repeated="{times}"><table:table-cell table:number-columns-repeated="16384" office:value-type="float" office:value="1"/></table:table-row>"#
        )
    };
    let header = ods_row(&["id", "class"]);
    for times in ["1048576", "99999999999999999999"] {
        let (sheets, findings) = read(&ods(&(header.clone() + &cell(times))), Format::Ods);
        assert_eq!((sheets.len(), places(&findings)), (0, vec!["unreadable-sheet t.xlsx".to_owned()]), "{times}");
    }
    // Empty cells may be repeated to the end of the sheet, as spreadsheet programs do.
    let empty = cell("1048576").replace(r#"office:value-type="float" office:value="1""#, "");
    assert_eq!(texts(&only(&ods(&(header + &empty)), Format::Ods)), Vec::<Vec<&str>>::new());
}

#[test]
fn cells_far_away_from_the_rest_are_reported() {
    let cell =
        |row: u32, column: u32| format!(r#"<row r="{}"><c r="{}"><v>1</v></c></row>"#, row + 1, cell_name(row, column));
    let rows: String = (0..8000).map(|number| cell(number, number)).collect();
    let sheet = format!(r#"<dimension ref="A1:XFD1048576"/><sheetData>{rows}</sheetData>"#);
    let (sheets, findings) = read(&xlsx(&sheet), Format::Xlsx);
    assert_eq!((sheets.len(), places(&findings)), (0, vec!["oversized-table t.xlsx:Members!A1".to_owned()]));
}

#[test]
fn an_error_of_a_formula_is_reported_at_its_cell() {
    let rows = r#"<row><c t="inlineStr"><is><t>id</t></is></c></row><row><c t="e"><v>#N/A</v></c></row>"#;
    let (_, findings) = read(&xlsx(rows), Format::Xlsx);
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].code, Code::UnreadableSheet);
    assert_eq!(findings[0].location.to_string(), "t.xlsx:Members!A2");
}

#[test]
fn what_is_no_spreadsheet_is_reported() {
    for bytes in [&b"id,class\n"[..], &archive(&[("a.txt", "")]), &[]] {
        for format in [Format::Xlsx, Format::Ods] {
            let (sheets, findings) = read(bytes, format);
            assert!(sheets.is_empty());
            assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnreadableSheet]);
        }
    }
}

#[test]
fn an_empty_sheet_has_no_header() {
    let (_, findings) = read(&xlsx(""), Format::Xlsx);
    assert_eq!(findings[0].code, Code::MissingHeader, "{findings:?}");
}

#[test]
fn cells_are_named_as_in_a_spreadsheet() {
    for (column, name) in [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7"), (16_383, "XFD7")] {
        assert_eq!(cell_name(6, column), name);
    }
}

#[test]
fn a_cell_beyond_all_columns_is_an_error_and_not_another_cell() {
    for name in ["AAAAAAAAAAAA1", "A99999999999", "ZZZZZZZZ1"] {
        let row = format!(r#"<row><c r="{name}" t="inlineStr"><is><t>id</t></is></c></row>"#);
        let (sheets, findings) = read(&xlsx(&row), Format::Xlsx);
        assert!(sheets.is_empty(), "{name}");
        assert_eq!(findings.iter().map(|finding| finding.code).collect::<Vec<_>>(), [Code::UnreadableSheet], "{name}");
    }
}
