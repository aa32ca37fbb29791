use super::*;
use proptest::prelude::*;

const CSV: Syntax = Syntax { separator: '|', quotes: true, apostrophes: false };

/// The rows after the header, and code and place of each finding.
fn read(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let mut findings = Findings::default();
    let file = TextFile::new("t.csv", text.to_owned());
    let table = Delimited::read(file, (b',', true), &Budget::of_file(0), &mut findings);
    let rows = table.map_or_else(Vec::new, |table| {
        let cell = |row, column| CSV.whole(&table.file.text()[table.grid.cell(row, column)]).into_owned();
        (0..table.grid.rows()).map(|row| (0..table.header.len()).map(|column| cell(row, column)).collect()).collect()
    });
    (rows, findings.kept().iter().map(|finding| format!("{} {}", finding.code.name(), finding.location)).collect())
}

#[test]
fn quoted_cells_may_hold_anything() {
    let (rows, findings) = read("a,b\r\n\"x, \"\"y\"\"\r\nz\",  w \r\n\r\n, \r\n1,2");
    assert_eq!(rows, [["x, \"y\"\r\nz", "w"], ["1", "2"]]);
    assert!(findings.is_empty());
}

#[test]
fn lines_end_with_lf_crlf_or_cr() {
    for end in ["\n", "\r\n", "\r"] {
        assert_eq!(read(&["a,b", "1,2", "", "3,\"4\"", ""].join(end)).0, [["1", "2"], ["3", "4"]], "{end:?}");
    }
}

#[test]
fn a_first_line_may_say_the_delimiter() {
    for start in ["sep=;\r\n", "sep=;\n", "sep=;\r"] {
        assert_eq!(read(&format!("{start}a;b\n1;2,3\n")), (vec![vec!["1".into(), "2,3".into()]], vec![]));
    }
    assert_eq!(read("sep=x,b\n1,2\n").0, [["1", "2"]]);
}

#[test]
fn a_ragged_row_is_left_out() {
    let (rows, findings) = read("a,b\n1,2,3\nع\n5,6\n");
    assert_eq!(rows, [["5", "6"]]);
    assert_eq!(findings, ["ragged-row t.csv:2:5", "ragged-row t.csv:3:2"]);
}

#[test]
fn empty_cells_behind_the_last_column_do_no_harm() {
    assert_eq!(
        read("a,b\n1,2,,\n3,4, ,\"\"\n"),
        (vec![vec!["1".into(), "2".into()], vec!["3".into(), "4".into()]], vec![])
    );
}

#[test]
fn quotes_are_characters_where_they_mean_nothing() {
    let file = TextFile::new("t.tsv", "a\tb\n\"x\tGamma, \"Inc\"\n\"y\"\t\"\"\n".to_owned());
    let mut findings = Findings::default();
    let table = Delimited::read(file, (b'\t', false), &Budget::of_file(0), &mut findings).unwrap();
    let cell = |row, column| table.syntax('|').whole(&table.file.text()[table.grid.cell(row, column)]).into_owned();
    assert_eq!([cell(0, 0), cell(0, 1)], ["\"x", "Gamma, \"Inc\""]);
    assert_eq!([cell(1, 0), cell(1, 1)], ["\"y\"", "\"\""]);
    assert_eq!(table.place(1, 0, 0, table.syntax('|')).to_string(), "t.tsv:3:1");
    assert!(findings.kept().is_empty());
}

#[test]
fn a_stray_quote_leaves_its_row_out() {
    let (rows, findings) = read("a,b\nx\"y,\"1\"\n\"x\"y\"z,1\n3,\"4\"\n");
    assert_eq!(rows, [["3", "4"]]);
    assert_eq!(findings, ["stray-quote t.csv:2:2", "stray-quote t.csv:3:3"]);
}

#[test]
fn an_unclosed_quote_is_reported_where_it_opens() {
    let (rows, findings) = read("a,b\n1,2\nx,\"y\n3,4\n");
    assert_eq!(rows, [["1", "2"]]);
    assert_eq!(findings, ["unclosed-quote t.csv:3:3"]);
    assert_eq!(read("a\n\"").1, ["unclosed-quote t.csv:2:1"]);
}

#[test]
fn a_quote_that_closes_lines_later_names_the_line_where_the_cell_begins() {
    let mut findings = Findings::default();
    let file = TextFile::new("t", "a\n\"x\ny\n\"z\"\n".to_owned());
    Delimited::read(file, (b',', true), &Budget::of_file(0), &mut findings);
    let findings = findings.into_vec();
    assert_eq!(findings[0].location.to_string(), "t:4:1");
    assert!(findings[0].help.as_ref().unwrap().starts_with("the cell begins in line 2"));
}

#[test]
fn an_empty_table_has_no_header() {
    for text in ["", "\n\n", " , \n"] {
        assert_eq!(read(text), (vec![], vec!["missing-header t.csv:1:1".to_owned()]), "{text:?}");
    }
}

proptest! {
    /// The `csv` crate reads the same rows from whatever we have no objection to.
    #[test]
    fn rows_are_those_of_the_csv_crate(text in "([ab,|\"\r\n ع]|\"\"|\",\"|\r\n){0,40}") {
        let (rows, findings) = read(&text);
        if findings.is_empty() {
            let mut judge = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
            let records = judge.records().map(|record| record.unwrap().iter().map(|cell| cell.trim().to_owned()).collect());
            let full: Vec<Vec<String>> = records.filter(|row: &Vec<String>| row.iter().any(|cell| !cell.is_empty())).collect();
            // Empty cells behind the last column are no part of the table.
            let width = full[0].len();
            let full: Vec<_> = full.iter().map(|row| &row[..width]).collect();
            prop_assert_eq!(&rows[..], &full[1..]);
        }
    }
}
