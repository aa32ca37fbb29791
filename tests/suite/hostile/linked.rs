//! Tables that ask for much when they are linked.

use super::run;
use crate::cli::{stderr, stdout};

/// Ids or numbers from 0 on, with something before each, as the values of a cell.
fn values(before: &str, n: usize) -> String {
    (0..n).map(|number| format!("{before}{number}")).collect::<Vec<_>>().join("|")
}

/// Each statement in the row of an entity has all sources of the row.
#[test]
fn sources_take_no_more_memory_than_what_is_read() {
    let paragraphs = |n: usize| {
        format!("document,number\n{}", (0..n).map(|number| format!("d,{number}\n")).collect::<Vec<_>>().concat())
    };
    let organizations = |n: usize, cells: &str| {
        (0..n).map(|number| format!("o{number},Organization,x,{cells}\n")).collect::<Vec<_>>().concat()
    };
    let head = "id,class,label@en,memberOf,hasMember,source\nd,Report,x,,,d\n";
    let run = |rows: &str, n: usize| {
        let files = [("e.csv", format!("{head}{rows}")), ("p.csv", paragraphs(n))];
        let files = files.each_ref().map(|(name, text)| (*name, text.as_bytes()));
        run("", &files, &["check", "--message-format", "short"])
    };
    let n = 8000;
    let (ids, sources) = (values("o", n), values("d#", n));
    for (name, rows) in [
        ("once", format!("x,Organization,x,{ids},,{sources}\n")),
        ("twice", format!("x,Organization,x,{ids}|{ids},,{sources}\n")),
        ("turned", format!("x,Organization,x,,{ids},{sources}\ny,Organization,x,,{ids},{sources}\n")),
    ] {
        let output = run(&format!("{}{rows}", organizations(n, ",,d")), n);
        assert_eq!(output.status.code(), Some(0), "{name}: {}", stderr(&output));
    }
    // Each of the statements is made in two rows, and no two of them in the same two.
    let n = 250;
    let bodies = (0..n).map(|number| format!("b{number},Organization,x,,{},{}\n", values("o", n), values("d#", n)));
    let members = organizations(n, &format!("{},,{}", values("b", n), values("d#", n)));
    let output = run(&format!("{}{members}", bodies.collect::<String>()), n);
    assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
    assert!(stdout(&output).contains("the sources of all would be too many together"), "{}", stdout(&output));
}
