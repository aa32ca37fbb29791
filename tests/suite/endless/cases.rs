//! The queries.

#![expect(clippy::format_collect, reason = "a query is made once")]
#![expect(clippy::too_many_lines, reason = "a list of queries is as long as it is")]

/// What ends a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// A limit of time or memory.
    Limit,
    /// A refusal, before it is parsed or after.
    Refusal,
    /// Any of these, or an answer.
    Any,
}

/// A query, and what must be true of its end.
pub(super) struct Case {
    pub(super) end: End,
    pub(super) query: String,
}

/// Every combination of three triples, of which there are some ten to the twelfth.
const PRODUCT: &str = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i .";

/// Every combination of two.
const PAIRS: &str = "?a ?b ?c . ?d ?e ?f .";

fn case(end: End, query: impl Into<String>) -> Case {
    Case { end, query: query.into() }
}

fn nested(open: &str, depth: usize, inside: &str, close: &str) -> String {
    format!("{}{inside}{}", open.repeat(depth), close.repeat(depth))
}

/// Operators of the algebra over products.
pub(super) fn operators() -> Vec<Case> {
    // Conditions that the engine looks at before it makes the product.
    let quick = [
        format!("ASK {{ {PRODUCT} FILTER(?a = ?b && ?b = ?c && ?c = <http://e/no>) }}"),
        format!("ASK {{ {PRODUCT} FILTER(false || STRLEN(STR(?a)) > 1000000) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PRODUCT} VALUES ?a {{ 1 2 3 }} }}"),
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?c ?x ?f . ?f ?y ?a . ?e ?z ?b }".to_owned(),
    ];
    [
        format!("SELECT (COUNT(*) AS ?n) {{ {PRODUCT} }}"),
        format!("SELECT * {{ {PRODUCT} }} OFFSET 1000000000"),
        format!("SELECT DISTINCT ?b ?e {{ {PRODUCT} }}"),
        format!("SELECT REDUCED ?b {{ {PRODUCT} }} OFFSET 1000000000"),
        format!("SELECT * {{ {PRODUCT} }} ORDER BY ?a ?i"),
        format!("SELECT * {{ {PRODUCT} }} ORDER BY DESC(CONCAT(STR(?a), STR(?i)))"),
        format!("SELECT * {{ {PAIRS} MINUS {{ ?a ?x ?y . ?d ?y ?x }} }} OFFSET 1000000000"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PAIRS} OPTIONAL {{ ?g ?h ?i }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PAIRS} FILTER EXISTS {{ ?g ?h ?i FILTER(?a = ?i) }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PAIRS} FILTER NOT EXISTS {{ ?g ?h ?i FILTER(?a = ?i) }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {{ {PRODUCT} }} UNION {{ {PRODUCT} }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PAIRS} LATERAL {{ SELECT * {{ ?g ?h ?i }} LIMIT 1000 }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {PAIRS} }} }} {{ SELECT * {{ ?g ?h ?i }} }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?a ?d ?g {{ {PRODUCT} }} }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {{ SELECT * {{ {PAIRS} }} ORDER BY ?c }} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(?c < ?f && ?f < ?i && ?i < ?c) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PRODUCT} FILTER(?a IN (?d, ?e, ?f, ?g, ?h, ?i)) }}"),
        format!("SELECT ?a (COUNT(DISTINCT ?f) AS ?n) {{ {PRODUCT} }} GROUP BY ?a"),
        format!("SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {PRODUCT} }} GROUP BY ?a ?d ?g"),
        format!("SELECT ?a {{ {PRODUCT} }} GROUP BY ?a HAVING (COUNT(?i) > 1000000000)"),
        format!("SELECT (COUNT(DISTINCT *) AS ?n) {{ {PRODUCT} }}"),
        format!("CONSTRUCT {{ ?a ?h ?f . ?d ?b ?i }} {{ {PRODUCT} }}"),
        format!("DESCRIBE ?a ?d {{ {PRODUCT} }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PRODUCT} BIND(RAND() AS ?r) FILTER(?r > 2) }}"),
        format!("SELECT (COUNT(*) AS ?n) {{ {PRODUCT} BIND(BNODE() AS ?r) }}"),
        format!("SELECT (COUNT(DISTINCT ?r) AS ?n) {{ {PRODUCT} BIND(STRUUID() AS ?r) }}"),
        "SELECT * { ?a ?b ?c . ?d ?b ?f . ?g ?b ?i . ?j ?b ?k } OFFSET 1000000000".to_owned(),
        "SELECT (COUNT(*) AS ?n) { ?a a ?c . ?d a ?c . ?g a ?c . ?j a ?c . ?k a ?c }".to_owned(),
    ]
    .into_iter()
    .map(|query| case(End::Limit, query))
    .chain(quick.into_iter().map(|query| case(End::Any, query)))
    .collect()
}

/// Every function, called for each of very many solutions.
pub(super) fn functions() -> Vec<Case> {
    let of_texts = [
        "STR(?c)",
        "LANG(?c)",
        "LANGMATCHES(LANG(?c), \"en\")",
        "DATATYPE(?c)",
        "IRI(STR(?a))",
        "BNODE(STR(?a))",
        "ABS(?c)",
        "CEIL(?c)",
        "FLOOR(?c)",
        "ROUND(?c)",
        "CONCAT(STR(?a), STR(?d))",
        "SUBSTR(STR(?a), 2)",
        "STRLEN(STR(?a))",
        "REPLACE(STR(?a), \"(.)\", \"$1$1\")",
        "UCASE(STR(?a))",
        "LCASE(STR(?a))",
        "ENCODE_FOR_URI(STR(?a))",
        "CONTAINS(STR(?a), STR(?f))",
        "STRSTARTS(STR(?a), STR(?f))",
        "STRENDS(STR(?a), STR(?f))",
        "STRBEFORE(STR(?a), \"/\")",
        "STRAFTER(STR(?a), \"/\")",
        "YEAR(?c)",
        "MONTH(?c)",
        "DAY(?c)",
        "HOURS(?c)",
        "MINUTES(?c)",
        "SECONDS(?c)",
        "TIMEZONE(?c)",
        "TZ(?c)",
        "NOW()",
        "UUID()",
        "MD5(STR(?a))",
        "SHA1(STR(?a))",
        "SHA256(STR(?a))",
        "SHA384(STR(?a))",
        "SHA512(STR(?a))",
        "COALESCE(1 / 0, ?q, ?c)",
        "IF(?a = ?d, ?c, ?f)",
        "STRLANG(STR(?a), \"en\")",
        "STRLANGDIR(STR(?a), \"ar\", \"rtl\")",
        "STRDT(STR(?a), rdf:type)",
        "sameTerm(?a, ?d)",
        "isIRI(?c)",
        "isBLANK(?c)",
        "isLITERAL(?c)",
        "isNUMERIC(?c)",
        "hasLang(?c)",
        "hasLangDir(?c)",
        "LANGDIR(?c)",
        "REGEX(STR(?a), \"^(a+)+$\")",
        "TRIPLE(?a, ?b, ?c)",
        "SUBJECT(TRIPLE(?a, ?b, ?c))",
        "isTriple(?c)",
        "BOUND(?c)",
        "xsd:integer(?c)",
        "xsd:double(?c)",
        "xsd:dateTime(STR(?c))",
        "EXISTS { ?a ?h ?f }",
        "?c + ?f * 2 - ?c / 3",
        "!(?c = ?f)",
    ];
    let of_many = |call: &str| case(End::Limit, format!("SELECT (COUNT(?x) AS ?n) {{ {PRODUCT} BIND({call} AS ?x) }}"));
    let aggregates = [
        "COUNT",
        "SUM",
        "MIN",
        "MAX",
        "AVG",
        "SAMPLE",
        "COUNT(DISTINCT",
        "SUM(DISTINCT",
        "MIN(DISTINCT",
        "GROUP_CONCAT",
    ];
    let of_all = |name: &str| {
        let call = if name.contains('(') { format!("{name} ?c)") } else { format!("{name}(?c)") };
        case(End::Limit, format!("SELECT ({call} AS ?x) {{ {PRODUCT} }}"))
    };
    of_texts.into_iter().map(of_many).chain(aggregates.into_iter().map(of_all)).collect()
}

/// Texts and rows that grow where no term is made, or few.
pub(super) fn growth() -> Vec<Case> {
    let doubled = |times: usize, of: &dyn Fn(usize) -> String| -> String { (0..times).map(of).collect() };
    let concat = |n: usize| format!("BIND(CONCAT(?x{n}, ?x{n}) AS ?x{}) ", n + 1);
    let replace = |n: usize| format!("BIND(REPLACE(?x{n}, \"(.)\", \"$1$1$1$1\") AS ?x{}) ", n + 1);
    let encode = |n: usize| format!("BIND(ENCODE_FOR_URI(?x{n}) AS ?x{}) ", n + 1);
    let triple = |n: usize| format!("BIND(TRIPLE(<http://e/s>, <http://e/p>, ?x{n}) AS ?x{}) ", n + 1);
    let start = "BIND(\"0123456789\" AS ?x0) ";
    let empty = " { {} UNION {} }";
    let product = |variables: usize| -> String {
        (0..variables).map(|number| format!("VALUES ?v{number} {{ 0 1 2 3 4 5 6 7 8 9 }} ")).collect()
    };
    vec![
        case(End::Limit, format!("ASK {{ {start} {} FILTER(STRLEN(?x40) < 0) }}", doubled(40, &concat))),
        case(End::Limit, format!("SELECT (STRLEN(?x30) AS ?n) {{ {start} {} }}", doubled(30, &replace))),
        case(End::Limit, format!("SELECT ?x33 {{ {start} {} }}", doubled(33, &concat))),
        case(End::Any, format!("SELECT ?x40 {{ BIND(\"%\" AS ?x0) {} }}", doubled(40, &encode))),
        case(End::Any, format!("SELECT ?x90 {{ {start} {} }}", doubled(90, &triple))),
        case(End::Limit, format!("SELECT (STRLEN(GROUP_CONCAT(?v0)) AS ?n) {{ {} }}", product(8))),
        case(
            End::Any,
            format!("SELECT (GROUP_CONCAT(?v0; SEPARATOR=\"{}\") AS ?all) {{ {} }}", "-".repeat(999), product(6)),
        ),
        case(End::Limit, format!("SELECT (GROUP_CONCAT(DISTINCT CONCAT(STR(?a), STR(?f))) AS ?all) {{ {PAIRS} }}")),
        case(End::Limit, format!("SELECT (COUNT(*) AS ?n) {{ {} }}", empty.repeat(30))),
        case(End::Any, format!("ASK {{ {} FILTER(RAND() > 2) }}", empty.repeat(30))),
        case(End::Limit, format!("SELECT * {{ {} }}", empty.repeat(30))),
        case(
            End::Limit,
            format!("SELECT (COUNT(*) AS ?n) {{ {} }}", format!("VALUES () {{ {} }} ", "() ".repeat(500)).repeat(6)),
        ),
        case(End::Limit, format!("SELECT (COUNT(*) AS ?n) {{ {} }}", product(8))),
        case(End::Limit, format!("SELECT * {{ {} }} ORDER BY ?v1 ?v0", product(8))),
        case(End::Limit, format!("SELECT DISTINCT * {{ {} }}", product(8))),
        case(End::Limit, format!("SELECT (SUM(?v0 * ?v1 + ?v2) AS ?n) {{ {} }}", product(8))),
        case(
            End::Limit,
            format!("SELECT * {{ {} BIND(CONCAT(STR(?v0), \"{}\") AS ?x) }}", product(7), "x".repeat(9_000)),
        ),
        case(End::Limit, format!("SELECT (SHA512(?x27) AS ?n) {{ {start} {} }}", doubled(27, &concat))),
        case(End::Limit, format!("SELECT (STRLEN(UCASE(LCASE(?x26))) AS ?n) {{ {start} {} }}", doubled(26, &concat))),
        case(End::Limit, format!("SELECT (REGEX(?x26, \"(0.*)*9$\") AS ?n) {{ {start} {} }}", doubled(26, &concat))),
    ]
}

/// Paths.
pub(super) fn paths() -> Vec<Case> {
    let limit = [
        "SELECT (COUNT(*) AS ?n) { ?a (rdfs:subClassOf|!rdfs:subClassOf)* ?b . ?c (rdf:type|!rdf:type)* ?d }",
        "SELECT (COUNT(*) AS ?n) { ?a !<http://e/no>+ ?b . ?c !<http://e/no>+ ?d }",
        "SELECT (COUNT(*) AS ?n) { ?a (!<http://e/no>|^!<http://e/no>)+ ?b }",
        "SELECT (COUNT(*) AS ?n) { ?a ((!<http://e/no>)*)* ?b . ?b ((!<http://e/no>)*)* ?c }",
        "SELECT DISTINCT ?a ?b { ?a (^!<http://e/no>/!<http://e/no>)+ ?b }",
    ];
    let any = [
        "SELECT (COUNT(*) AS ?n) { ?a (!<http://e/no>/!<http://e/no>)* ?b . ?b !<http://e/no>* ?c }".to_owned(),
        "SELECT (COUNT(*) AS ?n) { ?a rdfs:subClassOf* ?b . ?c rdfs:subClassOf* ?d . ?e rdfs:subClassOf* ?f }"
            .to_owned(),
        format!("ASK {{ ?s {} ?o }}", nested("(", 90, "a", ")*")),
        format!("ASK {{ ?s {} ?o }}", nested("(", 90, "a", "?/a?)?")),
        format!("ASK {{ ?s {} ?o }}", nested("^(", 90, "a", ")")),
        format!("ASK {{ ?s a{} ?o }}", "/a".repeat(32_000)),
        format!("ASK {{ ?s a{} ?o }}", "|a".repeat(32_000)),
        format!("ASK {{ ?s a{} ?o }}", "?/a".repeat(20_000)),
        format!("ASK {{ ?s a{} ?o }}", "*/a".repeat(20_000)),
        format!("ASK {{ ?s !({}a) ?o }}", "a|".repeat(32_000)),
    ];
    let refused = [
        format!("ASK {{ ?s a{} ?o }}", "/a".repeat(90_000)),
        format!("ASK {{ ?s {} ?o }}", nested("(", 900, "a", ")*")),
    ];
    let limit = limit.into_iter().map(|query| case(End::Limit, query));
    limit
        .chain(any.into_iter().map(|query| case(End::Any, query)))
        .chain(refused.into_iter().map(|query| case(End::Refusal, query)))
        .collect()
}

/// Queries that are hard to parse or to plan.
pub(super) fn syntax() -> Vec<Case> {
    let condition = |text: String| format!("ASK {{ FILTER({text}) }}");
    let refused = [
        condition(nested("SUBSTR(", 25, "\"x\"", ",1)")),
        condition(nested("REGEX(", 25, "\"x\"", ",\"x\")")),
        condition(nested("REPLACE(", 25, "\"x\"", ",\"x\",\"y\")")),
        format!("SELECT ({} AS ?n) {{}}", nested("GROUP_CONCAT(", 25, "?x", ")")),
        condition(nested("SUBSTR(", 25, "oops", ",1,2)")),
        condition(nested("!(", 30, "oops", ")")),
        condition(nested("SUBSTR(REGEX(REPLACE(", 9, "oops", ",1,1),1),1)")),
        format!("ASK {{ FILTER(1<{}>2) }}", nested("SUBSTR(", 25, "1", ",1)")),
        format!("ASK {{ {} }}", nested("FILTER rdf:f(EXISTS{", 25, "oops", "})")),
        format!(
            "ASK {{ {} }}",
            nested("{ SELECT * {", 25, "", "} GROUP BY rdf:f(EXISTS{}) }").replace("EXISTS{}", &"(".repeat(80))
        ),
        format!("ASK {{ ?s ?p ?o {} }}", nested("~ {| ?p ?o ", 30, "oops", " |}")),
        condition(nested("(", 1_600, "1", ")")),
        format!("SELECT * {}", nested("{", 700, "", "}")),
        format!("ASK {{ {} }}", nested("[ ?p ", 800, "1", "]")),
        format!("ASK {{ ?s ?p {} }}", nested("<<( <x:a> <x:b> ", 800, "1", ")>>")),
        format!("ASK {{ {} }}", nested("<< ?s ?p ", 800, "1", ">>")),
        format!("ASK {{ VALUES ?x {{ {} }} }}", nested("<<( <x:a> <x:b> ", 800, "1", ")>>")),
        condition(nested("IF(1,1,", 1_600, "1", ")")),
        condition(nested("EXISTS{FILTER ", 800, "1", "}")),
        "{".repeat(60_000),
        "(".repeat(60_000),
        "[".repeat(60_000),
        "<<".repeat(30_000),
        "ASK { ?s ?p \"".to_owned() + &"\\".repeat(60_000),
        "ASK { # ".to_owned() + &"x".repeat(90_000),
        "INSERT DATA { <x:s> <x:p> 1 }".to_owned(),
        "LOAD <file:///etc/passwd>".to_owned(),
        "ASK { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }".to_owned(),
        "\0".repeat(1_000),
        "سؤال ".repeat(5_000),
    ];
    let any = [
        condition(nested("SUBSTR(", 8, "\"x\"", ",1)")),
        condition("!".repeat(60_000) + "1"),
        condition("-".repeat(60_000) + "1"),
        condition("1".to_owned() + &" + 1".repeat(15_000)),
        condition("1".to_owned() + &" || 1".repeat(10_000)),
        condition("1".to_owned() + &" = 1 && 1".repeat(7_000)),
        condition(format!("?x IN ({})", vec!["1"; 30_000].join(","))),
        condition(format!("COALESCE({})", vec!["1"; 30_000].join(","))),
        condition(format!("CONCAT({})", vec!["\"x\""; 15_000].join(","))),
        format!("ASK {{ ?s ?p 1{} }}", ", 1".repeat(150)),
        format!("ASK {{ ?s ?p 1{} }}", ", 1".repeat(20_000)),
        format!("ASK {{ {} }}", "?s ?p ?o . ".repeat(5_000)),
        format!("ASK {{ {} oops }}", "?s ?p ?o . ".repeat(5_000)),
        format!("ASK {{ {{}}{} }}", " UNION {}".repeat(6_400)),
        format!("ASK {{ {} }}", "OPTIONAL {} ".repeat(5_000)),
        format!("ASK {{ {} }}", "MINUS {} ".repeat(7_000)),
        format!("ASK {{ {} }}", "FILTER(1) ".repeat(6_000)),
        format!("ASK {{ {} }}", (0..3_000).map(|n| format!("BIND({n} AS ?x{n}) ")).collect::<String>()),
        format!("ASK {{ {} }}", "GRAPH ?g {} ".repeat(5_000)),
        format!("ASK {{ {} }}", nested("OPTIONAL { ?s ?p ?o ", 90, "", "}")),
        format!("ASK {{ {} }}", nested("{ SELECT * { ?s ?p ?o ", 48, "", "} }")),
        format!("ASK {{ ?s ?p ({}) }}", "1 ".repeat(30_000)),
        format!("ASK {{ VALUES ?x {{ {} }} }}", "1 ".repeat(30_000)),
        format!("ASK {{ ?s ?p {} }}", nested("<<( <x:a> <x:b> ", 48, "1", ")>>")),
        format!("SELECT {} {{ ?s ?p ?o }}", (0..8_000).map(|n| format!("?x{n} ")).collect::<String>()),
        format!("SELECT * {{ ?s ?p ?o }} ORDER BY {}", "?s ".repeat(20_000)),
        format!("SELECT (1 AS ?n) {{ ?s ?p ?o }} GROUP BY {}", "?s ".repeat(20_000)),
        format!("CONSTRUCT {{ {} }} {{ ?s ?p ?o }}", "?s ?p ?o . ".repeat(5_000)),
        format!("DESCRIBE {}", "<x:y> ".repeat(10_000)),
        "PREFIX a: <x:a> ".repeat(4_000) + "ASK {}",
        "ASK ".to_owned() + &"FROM <x:a> ".repeat(5_000) + "{ ?s ?p ?o }",
        "ASK ".to_owned() + &"FROM NAMED <x:a> ".repeat(3_500) + "{ GRAPH ?g { ?s ?p ?o } }",
        condition("REGEX(\"x\", \"((((x{100}){100}){100}){100})\")".to_owned()),
        condition(format!("REGEX(\"{}\", \"(x+x+)+y\")", "x".repeat(30_000))),
        condition(format!("REGEX(\"x\", \"{}\")", nested("(", 5_000, "x", ")*"))),
        condition(format!("REGEX(\"x\", \"{}\")", "\\\\p{L}".repeat(5_000))),
        condition(format!("REPLACE(\"{0}\", \"\", \"{0}\") = \"\"", "x".repeat(30_000))),
        condition(format!("{} > 1", "9".repeat(60_000))),
        condition(format!("\"{}\"^^xsd:decimal > 1", "9".repeat(60_000))),
        condition("\"P99999999999999999Y\"^^xsd:duration < \"P1Y\"^^xsd:duration".to_owned()),
        condition("\"999999999-12-31T00:00:00Z\"^^xsd:dateTime + \"P999999999Y\"^^xsd:duration > NOW()".to_owned()),
        "SELECT * { ?s ?p ?o } LIMIT 18446744073709551615 OFFSET 18446744073709551615".to_owned(),
        "SELECT * { ?s ?p ?o } LIMIT 99999999999999999999999".to_owned(),
    ];
    let refused = refused.into_iter().map(|query| case(End::Refusal, query));
    refused.chain(any.into_iter().map(|query| case(End::Any, query))).collect()
}
