//! What a query that is wrong is told.

use super::{engine, fail};
use crate::query::{Options, QueryError, render};

/// Checks where the query is marked, what is said and what is advised.
#[track_caller]
fn check(query: &str, marked: &str, message: &str, help: Option<&str>) {
    let error = fail(query);
    let place = error.place().expect("it has a place");
    assert_eq!(&query[place.range.clone()], marked);
    assert_eq!(error.to_string(), format!("{place}: {message}"));
    assert_eq!(error.help().as_deref(), help);
}

#[test]
fn an_error_is_shown_in_the_query_with_what_was_expected() {
    let query = "SELECT * {\n  ?s rap:label ?label .\n  OPTINAL { ?s rap:ledBy ?who }\n}";
    expect_test::expect![[r"
        error: unexpected `OPTINAL`
         --> query:3:3
          |
        3 |   OPTINAL { ?s rap:ledBy ?who }
          |   ^^^^^^^ expected a variable, an IRI, a string, a number, `}`, `{`, `(`, OPTIONAL…
          |
          = help: did you mean `OPTIONAL`?"]]
    .assert_eq(&render(&fail(query), query, false));
}

#[test]
fn the_mark_is_below_its_place_after_arabic_too() {
    let query = "ASK { ?s rap:label 'منظمة'@ar ?o }";
    expect_test::expect![[r"
        error: unexpected `?o`
         --> query:1:31
          |
        1 | ASK { ?s rap:label 'منظمة'@ar ?o }
          |                               ^^ expected `.`, `;`, `,`, `}`, `{`, OPTIONAL, MINUS, FILTER…"]]
    .assert_eq(&render(&fail(query), query, false));
}

#[test]
fn an_error_without_a_place_is_shown_with_its_cause() {
    let query = "SELECT (<http://e/f>(1) AS ?x) {}";
    expect_test::expect![[r"
        error: the query cannot be evaluated
         |
         = note: The custom function <http://e/f> is not supported"]]
    .assert_eq(&render(&fail(query), query, false));
}

#[test]
fn colours_are_used_only_when_asked_for() {
    assert!(!render(&fail("ASK"), "ASK", false).contains('\u{1b}'));
    assert!(render(&fail("ASK"), "ASK", true).contains('\u{1b}'));
}

#[test]
fn an_error_in_another_text_is_shown_without_excerpt() {
    assert!(render(&fail("ASK { ?s"), "ع", false).starts_with("error: the query ends"));
}

#[test]
fn misspelt_words_are_recognized() {
    for (query, word, meant) in [
        ("SELCT * {}", "SELCT", "SELECT"),
        ("SELECT * WHER {}", "WHER", "WHERE"),
        ("SELECT * { ?s ?p ?o FILTR(?o) }", "FILTR", "FILTER"),
        ("SELECT * { FILTER(STRLENS(?o) > 3) }", "STRLENS", "STRLEN"),
        ("SELECT * { ?s ?p ?o } ODER BY ?s", "ODER", "ORDER"),
        ("SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROP BY ?s", "GROP", "GROUP"),
        ("SELECT * { FILTER NOT EXIST { ?s ?p ?o } }", "EXIST", "EXISTS"),
    ] {
        check(query, word, &format!("unexpected `{word}`"), Some(&format!("did you mean `{meant}`?")));
    }
}

#[test]
fn signs_of_other_keyboards_are_recognized() {
    for (query, sign, meant) in
        [("SELECT ؟s {}", "؟", "?"), ("ASK { ?s ?p ?o ؛ ?q 1 }", "؛", ";"), ("ASK { ?s ?p “ITU” }", "“", "\"")]
    {
        check(query, sign, &format!("unexpected `{sign}`"), Some(&format!("did you mean `{meant}`?")));
    }
    check("ASK \u{feff}{}", "\u{feff}", "unexpected character U+FEFF", None);
}

#[test]
fn unknown_prefixes_are_named_with_those_that_are_known() {
    let query = "PREFIX foaf: <http://f/> ASK { ?s rpa:label ?o }";
    check(query, "rpa:label", "unknown prefix `rpa:`", Some("did you mean `rap:`? Known are ex, rap, foaf"));
    let help = "declare it with PREFIX, or use one of ex, rap";
    check("ASK { ?s schema:name ?o }", "schema:name", "unknown prefix `schema:`", Some(help));
    check("ASK { rap:a rap:b rap:c rap:d }", "rap:d", "unexpected `rap:d`", None);
}

#[test]
fn what_is_not_closed_is_named() {
    let help = "end it with the quote that it starts with; text of several lines needs three of them";
    check("ASK { ?s ?p \"a }", "\"a }", "this string is never closed", Some(help));
    let help = Some("the `{` at 1:5 is not closed yet");
    check("ASK { ?s ?p ?o", "", "the query ends before it is complete", help);
    check("ASK { ?s ?p ?o )", ")", "unexpected `)`", help);
    check("ASK { ?a < ?b }", "<", "unexpected `<`", None);
}

#[test]
fn terms_that_mean_nothing_here_are_explained() {
    let help = "write it whole, or with a prefix";
    check("ASK { <http://[> ?p ?o }", "<http://[>", "`<http://[>` is not an IRI", Some(help));
    let help = "use a variable: a label means the same node within one group only";
    check(
        "ASK { { _:b ?p 1 } { _:b ?p 2 } }",
        "_:b",
        "the blank node `_:b` is used in more than one group",
        Some(help),
    );
    check("ASK { FILTER(CONCAT ('a') = 'a') }", "CONCAT", "unexpected `CONCAT`", Some("write `CONCAT(` without space"));
}

#[test]
fn rules_beyond_the_grammar_are_explained_where_their_part_begins() {
    let select = |query, message| check(query, "SELECT", message, None);
    select(
        "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o }",
        "a variable of this SELECT is neither grouped by nor in an aggregate",
    );
    select("ASK { { SELECT ?s ?s { ?s ?p ?o } } }", "this SELECT names a variable twice");
    select("SELECT * { ?s ?p ?o } GROUP BY ?s", "SELECT * cannot be grouped: name the variables");
    select("SELECT (1 AS ?s) { ?s ?p ?o }", "this SELECT gives a value to a variable that has one already");
    let message = "a BIND of this group gives a value to a variable that has one already";
    check("ASK { ?s ?p ?o BIND(1 AS ?s) }", "BIND", message, None);
    let message = "a row of these VALUES has more or fewer values than there are variables (UNDEF stands for none)";
    check("ASK { VALUES (?a ?b) { (1 2) (3) } }", "VALUES", message, None);
    check("ASK { VALUES (?a ?a) { (1 2) } }", "VALUES", "these VALUES name a variable twice", None);
}

/// Every token of a right query, left out or doubled, gives an answer or an error that names a place near by.
#[test]
fn every_mistake_of_one_token_is_marked_not_before_it() {
    let engine = engine("");
    let query = "PREFIX e: <http://e/> SELECT ?s (COUNT(?o) AS ?n) WHERE { ?s e:p/rap:q+ ?o ; a 'x'@en . \
        FILTER(STRLEN(?o) > 1.5 && NOT EXISTS { ?o ?p <http://x> }) VALUES ?s { e:a } } \
        GROUP BY ?s ORDER BY DESC(?n) LIMIT 3";
    assert!(engine.run(query, &Options::default()).is_ok());
    for token in crate::query::token::tokens(query) {
        let without = format!("{}{}", &query[..token.start], &query[token.end()..]);
        let doubled = format!("{} {}", &query[..token.end()], &query[token.start..]);
        for wrong in [without, doubled] {
            match engine.run(&wrong, &Options::default()) {
                Ok(_) => (),
                Err(QueryError::Syntax(error)) => {
                    let is_rule = error.expected.is_empty();
                    assert!(is_rule || error.place.range.end + 1 >= token.start, "{error} in {wrong}");
                    assert!(!render(&error.into(), &wrong, false).is_empty());
                }
                Err(error) => panic!("{error} in {wrong}"),
            }
        }
    }
}

#[test]
fn updates_and_federation_are_refused_before_they_are_read() {
    let help = Some("ask with SELECT, ASK, CONSTRUCT or DESCRIBE; change the tables of the data set instead");
    for (query, word) in [
        ("INSERT DATA { ex:a ex:b ex:c }", "INSERT"),
        ("PREFIX with: <http://with/> BASE <http://e/> delete where { ?s ?p ?o }", "delete"),
        ("LOAD <file:///etc/passwd>", "LOAD"),
        ("CLEAR ALL", "CLEAR"),
    ] {
        let message = format!("{} is an update, and the graph is read-only", word.to_uppercase());
        check(query, word, &message, help);
    }
    let help = Some("export the graph to a store that may reach the network, and ask there");
    for (query, word) in [
        ("ASK { SERVICE <http://e/sparql> { ?s ?p ?o } }", "SERVICE"),
        ("ASK { service silent ?x { ?s ?p ?o } }", "service"),
        ("ASK { SERVICESILENT<http://e/>{} }", "SERVICESILENT"),
        ("ASK { FILTER(trueSERVICE <http://e/> {}) }", "trueSERVICE"),
    ] {
        check(query, word, "SERVICE is refused: a query asks no other endpoint", help);
    }
}

#[test]
fn the_words_of_updates_and_federation_may_be_names() {
    let query = "SELECT ?service ?load { ?service ex:service 'SERVICE <http://e/> {}' ; ex:load ?load } # SERVICE";
    assert!(engine("").run(query, &Options::default()).is_ok());
}
