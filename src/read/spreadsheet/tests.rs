//! Spreadsheets made by hand: as little of each format as a reader needs.

use std::io::Write as _;

use super::*;
use crate::ontology::Ontology;
use crate::read::text::TextFile;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn xlsx(rows: &str) -> Vec<u8> {
    const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let link = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationships><Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/></Relationships>"#)
    };
    archive(&[
        ("_rels/.rels", &link("r0", "officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            r#"<workbook xmlns:r="r"><sheets><sheet name="Members" sheetId="1" r:id="r1"/></sheets></workbook>"#,
        ),
        ("xl/_rels/workbook.xml.rels", &link("r1", "worksheet", "worksheets/sheet1.xml")),
        ("xl/styles.xml", r#"<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#),
        ("xl/worksheets/sheet1.xml", &format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")),
    ])
}

fn ods(rows: &str) -> Vec<u8> {
    let content = format!(
        r#"<office:document-content><table:table table:name="Sheet1">{rows}</table:table></office:document-content>"#
    );
    archive(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        ("content.xml", &content),
    ])
}

fn read(bytes: &[u8], format: Format) -> (Option<Sheet>, Vec<Finding>) {
    let (config, ontology) = (TextFile::new("dataset.toml", String::new()), Ontology::shipped().unwrap());
    let context = Context { mapping: None, config: &config, ontology: &ontology, languages: &[] };
    let mut findings = Vec::new();
    let sheet = Sheet::read("t.xlsx", bytes, format, &context, &mut findings).unwrap();
    (sheet, findings)
}

fn texts(sheet: &Sheet) -> Vec<Vec<&str>> {
    (0..sheet.rows.len()).map(|row| (0..sheet.columns.len()).map(|column| sheet.text(row, column)).collect()).collect()
}

#[test]
fn cells_of_xlsx_are_read_as_they_would_be_typed() {
    let (sheet, findings) = read(
        &xlsx(
            r#"<row r="2"><c r="B2" t="inlineStr"><is><t>id </t></is></c><c r="D2" t="inlineStr"><is><t>startDate</t></is></c></row>
               <row r="3"><c r="B3"><v>7</v></c><c r="D3" s="1"><v>45439</v></c></row>
               <row r="9"><c r="B9"><v>0.5</v></c><c r="D9" t="b"><v>1</v></c></row>"#,
        ),
        Format::Xlsx,
    );
    let sheet = sheet.unwrap();
    assert!(findings.is_empty());
    assert_eq!(sheet.headers(), ["id", "startDate"]);
    assert_eq!(texts(&sheet), [["7", "2024-05-27"], ["0.5", "true"]]);
    assert_eq!(sheet.place(1, 1).to_string(), "t.xlsx:Members!D9");
    assert_eq!(sheet.row_place(1).to_string(), "t.xlsx:Members!9:9");
    assert_eq!(sheet.header_place(1).to_string(), "t.xlsx:Members!D2");
}

#[test]
fn cells_of_ods_are_read_as_they_would_be_typed() {
    let (sheet, findings) = read(
        &ods(
            r#"<table:table-row><table:table-cell office:value-type="string"><text:p>id</text:p></table:table-cell>
               <table:table-cell office:value-type="string"><text:p>startDate</text:p></table:table-cell></table:table-row>
               <table:table-row table:number-rows-repeated="2"><table:table-cell table:number-columns-repeated="9"/></table:table-row>
               <table:table-row><table:table-cell office:value-type="float" office:value="7"/>
               <table:table-cell office:value-type="date" office:date-value="2024-05-27T10:00:00"/></table:table-row>"#
                .replace("\n               ", "")
                .as_str(),
        ),
        Format::Ods,
    );
    let sheet = sheet.unwrap();
    assert!(findings.is_empty());
    assert_eq!(texts(&sheet), [["7", "2024-05-27"]]);
    assert_eq!(sheet.place(0, 1).to_string(), "t.xlsx:Sheet1!B4");
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
            let (sheet, findings) = read(bytes, format);
            assert!(sheet.is_none());
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
fn a_table_of_strings_that_declares_more_than_it_has_is_refused() {
    assert!(check_strings(br#"<sst count="1" uniqueCount="1"><si><t>x</t></si></sst>"#).is_ok());
    for count in ["99999", "99999999999999999999999"] {
        let xml = format!("<sst uniqueCount = '{count}'/>");
        assert!(matches!(check_strings(xml.as_bytes()), Err(SheetError::TooLarge)), "{xml}");
    }
}

#[test]
fn a_spreadsheet_that_unpacks_to_too_much_is_refused() {
    let bytes = archive(&[("a.xml", "123"), ("b.xml", "456")]);
    assert!(check_size(&bytes, 6).is_ok());
    assert!(matches!(check_size(&bytes, 5), Err(SheetError::TooLarge)));
}

#[test]
fn cells_are_named_as_in_a_spreadsheet() {
    for (column, name) in [(0, "A7"), (25, "Z7"), (26, "AA7"), (701, "ZZ7"), (702, "AAA7"), (16_383, "XFD7")] {
        assert_eq!(cell_name(6, column), name);
    }
}
