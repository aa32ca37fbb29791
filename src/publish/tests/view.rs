//! Views by the names of their parts.

use crate::publish::{NamedPart, NamedView, ViewError};
use crate::tests::{dataset, open};

const DOCUMENTS: &str = "id,class,label@en\na,Report,First report\nb,Report,Second report\nc,Document,Third\n";
const CONFIG: &str = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/licence\"\n\
    languages = [\"en\"]\nreport = [\"a\", \"c\"]\n";

#[test]
fn a_section_of_several_reports_is_named_with_its_report() {
    let paragraphs = "document,number\na,1\na,2\nb,1\nb,2\nc,1\n";
    let folder = dataset(&[("e.csv", DOCUMENTS), ("p.csv", paragraphs), ("dataset.toml", CONFIG)]);
    let graph = open(folder.path()).0;
    let view = |name| NamedView { part: NamedPart::Section(name), ..NamedView::default() }.view(&graph);
    for name in ["2", "a#2", "First report#2"] {
        assert_eq!(view(name), view("a#2"), "{name}");
        assert!(view(name).is_ok(), "{name}");
    }
    let names = ["a#1", "c#1"].map(str::to_owned).to_vec();
    assert_eq!(view("1"), Err(ViewError::AmbiguousSection { number: "1".to_owned(), names }));
    for unknown in ["b#1", "3", "c#2", "nobody#1"] {
        assert!(matches!(view(unknown), Err(ViewError::Section { .. })), "{unknown}");
    }
}
