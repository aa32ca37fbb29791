//! What the W3C's tests of the SPARQL 1.1 Protocol, the Service Description and the Graph Store Protocol ask for, each in
//! words of our own and about our own data.

use super::{Answer, Server};

/// A graph of the profile `graphs`: what the report says.
const REPORT: &str = "https://w3id.org/rapporteur/c24/c24";

fn escaped(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

/// Asks a query of the profile `graphs` by GET, with other parameters.
fn get(server: &Server, query: &str, parameters: &[(&str, &str)], accept: &str) -> Answer {
    let more: String = parameters.iter().map(|(name, value)| format!("&{name}={}", escaped(value))).collect();
    let path = format!("/sparql?profile=graphs&query={}{more}", escaped(query));
    server.ask("GET", &path, &[("Accept", accept)], "")
}

/// The same by POST of a form.
fn post(server: &Server, query: &str, parameters: &[(&str, &str)]) -> Answer {
    let more: String = parameters.iter().map(|(name, value)| format!("&{name}={}", escaped(value))).collect();
    let body = format!("profile=graphs&query={}{more}", escaped(query));
    server.ask("POST", "/sparql", &[("Content-Type", "application/x-www-form-urlencoded")], &body)
}

fn says(answer: &Answer, expected: bool) {
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!(answer.text(), format!("{{\"head\":{{}},\"boolean\":{expected}}}\n"));
}

#[test]
fn queries_are_asked_in_each_of_the_three_ways() {
    let server = Server::shipped(&[]);
    for answer in [get(&server, "ASK {}", &[], ""), post(&server, "ASK {}", &[]), server.query("ASK {}", "")] {
        says(&answer, true);
    }
}

#[test]
fn a_request_chooses_the_default_graph_and_the_named_graphs() {
    let server = Server::shipped(&[]);
    let other = "https://w3id.org/rapporteur/c24/res140";
    let none = "https://example.org/none";
    let any = "ASK { ?s ?p ?o }";
    says(&get(&server, any, &[("default-graph-uri", REPORT)], ""), true);
    says(&get(&server, any, &[("default-graph-uri", none)], ""), false);
    says(&post(&server, any, &[("default-graph-uri", none), ("default-graph-uri", REPORT)]), true);
    let named = "ASK { GRAPH ?g { ?s ?p ?o } }";
    says(&post(&server, named, &[("named-graph-uri", REPORT)]), true);
    says(&get(&server, named, &[("named-graph-uri", none)], ""), false);
    let both = format!("ASK {{ ?s ?p ?o FILTER NOT EXISTS {{ GRAPH ?g {{ ?a ?b ?c }} FILTER (?g != <{REPORT}>) }} }}");
    says(
        &get(
            &server,
            &both,
            &[("default-graph-uri", REPORT), ("named-graph-uri", REPORT), ("named-graph-uri", none)],
            "",
        ),
        true,
    );
    // What the request says goes before what the query says.
    let own = format!("ASK FROM <{REPORT}> {{ ?s ?p ?o }}");
    says(&get(&server, &own, &[("default-graph-uri", none)], ""), false);
    let own = format!("ASK FROM <{none}> FROM NAMED <{other}> {{ ?s ?p ?o }}");
    says(&get(&server, &own, &[("default-graph-uri", REPORT)], ""), true);
    let answer = get(&server, any, &[("default-graph-uri", "no iri")], "");
    assert_eq!(answer.status, 400, "{answer:?}");
}

/// The address of a graph of the data set in `tests/w3c`.
fn data(n: usize) -> String {
    format!("http://kasei.us/2009/09/sparql/data/data{n}.rdf")
}

#[test]
fn a_query_that_is_posted_as_it_is_has_its_graphs_in_the_address() {
    let server = Server::of(&crate::repository("tests/w3c"), &[]);
    let ask = |method: &str, graphs: &[(&str, usize)], query: &str| {
        let graphs = graphs.iter().map(|(name, n)| format!("&{name}={}", escaped(&data(*n))));
        let path = format!("/sparql?profile=graphs{}", graphs.collect::<String>());
        if method == "GET" {
            return server.ask("GET", &format!("{path}&query={}", escaped(query)), &[], "");
        }
        server.ask("POST", &path, &[("Content-Type", "application/sparql-query")], query)
    };
    let kind = |n| format!("<{}> a ?type", data(n));
    let (default, named) = ("default-graph-uri", "named-graph-uri");
    let both = format!("ASK {{ {} . {} }}", kind(1), kind(2));
    let in_each = format!("GRAPH ?g1 {{ {} }} GRAPH ?g2 {{ {} }}", kind(1), kind(2));
    let full = format!("ASK {{ {} {in_each} }}", kind(3));
    let from = format!("ASK FROM <{}> {{ {in_each} }}", data(3));
    for method in ["GET", "POST"] {
        for (graphs, query, expected) in [
            (&[(default, 1), (default, 2)][..], both.clone(), true),
            (&[(default, 1), (default, 3)], both.clone(), false),
            (&[(named, 1), (named, 2)], format!("ASK {{ {in_each} }}"), true),
            (&[(named, 1), (named, 3)], format!("ASK {{ {in_each} }}"), false),
            (&[(default, 3), (named, 1), (named, 2)], full.clone(), true),
            (&[(default, 2), (named, 1), (named, 2)], full.clone(), false),
            (&[(named, 1), (named, 2)], from.clone(), true),
            (&[(named, 1), (named, 3)], from.clone(), false),
        ] {
            says(&ask(method, graphs, &query), expected);
        }
    }
}

#[test]
fn iris_that_are_not_whole_are_meant_from_the_base_of_the_data_set() {
    let server = Server::of(&crate::repository("tests/w3c"), &[]);
    says(&server.query("ASK { <data1.rdf> a ?type }", ""), true);
    let made = server.query("CONSTRUCT { <s> <p> 1 } WHERE {}", "application/n-triples");
    assert!(made.text().starts_with("<http://kasei.us/2009/09/sparql/data/s> "), "{}", made.text());
    says(&server.query("BASE <http://e/> ASK { FILTER (<a> = <http://e/a>) }", ""), true);
}

#[test]
fn each_kind_of_answer_has_a_fitting_type() {
    let server = Server::shipped(&[]);
    for query in ["SELECT (1 AS ?one) {}", "ASK {}"] {
        let answer = get(&server, query, &[], "");
        assert_eq!(answer.header("content-type"), "application/sparql-results+json");
    }
    for query in ["DESCRIBE c24:itu", "CONSTRUCT { c24:itu rdf:value 1 } WHERE {}"] {
        assert!(get(&server, query, &[], "").header("content-type").starts_with("text/turtle"));
        for media_type in [
            "application/trig",
            "application/n-quads",
            "application/rdf+xml",
            "application/n-triples",
            "application/ld+json",
        ] {
            let answer = get(&server, query, &[], media_type);
            assert!(answer.status == 200 && answer.header("content-type") == media_type, "{answer:?}");
            assert!(!answer.body.is_empty());
        }
        // As clients name formats, whatever they accept.
        for (name, media_type) in [
            ("rdf+xml", "application/rdf+xml"),
            ("json-ld", "application/ld+json"),
            ("n3", "text/turtle"),
            ("application/n-triples", "application/n-triples"),
        ] {
            let answer = get(&server, query, &[("format", name)], "*/*");
            assert!(answer.header("content-type").starts_with(media_type), "{name}: {answer:?}");
        }
        assert_eq!(get(&server, query, &[("format", "gif")], "").status, 400);
    }
}

#[test]
fn wrong_requests_are_refused() {
    let server = Server::shipped(&[]);
    let form = "application/x-www-form-urlencoded";
    let (direct, update) = ("application/sparql-query", "application/sparql-update");
    for (method, path, media_type, body, status) in [
        ("PUT", "/sparql?query=ASK%20%7B%7D", "", "", 405),
        ("GET", "/sparql?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", "", "", 400),
        ("POST", "/sparql", "text/plain", "query=ASK%20%7B%7D", 415),
        ("POST", "/sparql", "", "query=ASK%20%7B%7D", 415),
        ("POST", "/sparql", "text/plain", "ASK {}", 415),
        ("POST", "/sparql", direct, "query=ASK%20%7B%7D", 400),
        ("GET", "/sparql?query=ASK%20%7B", "", "", 400),
        ("GET", "/sparql?query=", "", "", 400),
        ("GET", "/sparql?update=CLEAR%20ALL", "", "", 403),
        ("POST", "/sparql", form, "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", 403),
        ("POST", "/sparql", form, "update=CLEAR%20XYZ", 403),
        ("POST", "/sparql", form, "using-graph-uri=http%3A%2F%2Fexample.org%2F&update=CLEAR%20ALL", 403),
        ("POST", "/sparql", update, "CLEAR NAMED", 403),
        ("POST", "/sparql", "text/plain", "CLEAR NAMED", 415),
        ("POST", "/sparql", form, "update=CLEAR+ALL", 403),
        ("POST", "/sparql", update, "CLEAR ALL", 403),
        (
            "POST",
            "/sparql?using-named-graph-uri=http%3A%2F%2Fexample%2Fpeople",
            update,
            "DELETE { ?s ?p 1 } WHERE {}",
            403,
        ),
    ] {
        let answer = server.ask(method, path, &[("Content-Type", media_type)], body);
        assert_eq!(answer.status, status, "{method} {path} {media_type} {body}: {answer:?}");
    }
}

#[test]
fn what_is_posted_without_a_type_is_refused() {
    let server = Server::shipped(&[]);
    for body in ["query=ASK%20%7B%7D", "ASK {}", "update=CLEAR%20NAMED"] {
        assert_eq!(server.ask("POST", "/sparql", &[], body).status, 415, "{body}");
    }
}

#[test]
fn a_query_that_is_no_utf_8_is_refused() {
    let server = Server::shipped(&[]);
    // UTF-16, one byte of which is no UTF-8, sent as it is.
    let mut stream = server.connect();
    let body = b"\xff\xfeA\0S\0K\0 \0{\0}\0";
    let head = format!(
        "POST /sparql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/sparql-query; charset=UTF-16\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    assert_eq!(Server::send(&mut stream, &[head.as_bytes(), body].concat()).status, 400);
}

#[test]
fn the_service_describes_itself() {
    let server = Server::shipped(&[]);
    let answer = server.ask("GET", "/sparql", &[("Host", "localhost")], "");
    assert!(answer.status == 200 && answer.header("content-type").starts_with("text/turtle"), "{answer:?}");
    assert!(answer.text().contains("<http://localhost/sparql>"), "{}", answer.text());
    let answer = server.ask("GET", "/sparql", &[("Host", "localhost"), ("Accept", "application/n-triples")], "");
    let sd = "http://www.w3.org/ns/sparql-service-description#";
    for (property, object) in [
        ("http://www.w3.org/1999/02/22-rdf-syntax-ns#type", format!("{sd}Service")),
        (&format!("{sd}endpoint"), "http://localhost/sparql".to_owned()),
        (&format!("{sd}supportedLanguage"), format!("{sd}SPARQL11Query")),
        (&format!("{sd}resultFormat"), "http://www.w3.org/ns/formats/SPARQL_Results_JSON".to_owned()),
    ] {
        let line = format!("<http://localhost/sparql> <{property}> <{object}> .\n");
        assert!(answer.text().contains(&line), "{line}: {}", answer.text());
    }
    let page = server.ask("GET", "/sparql", &[("Accept", "text/html")], "");
    assert!(page.header("content-type").starts_with("text/html") && page.text().contains("<textarea"));
}

#[test]
fn the_data_set_lists_its_classes_and_properties() {
    let server = Server::shipped(&[]);
    let answer =
        server.ask("GET", "/.well-known/void", &[("Host", "localhost"), ("Accept", "application/n-triples")], "");
    let void = "http://rdfs.org/ns/void#";
    for part in [
        format!("<https://w3id.org/rapporteur/c24/> <{void}sparqlEndpoint> <http://localhost/sparql> ."),
        format!(
            "<http://localhost/.well-known/void#property-leads> <{void}property> <https://w3id.org/rapporteur/ns#leads> ."
        ),
        format!("<{void}class> <https://w3id.org/rapporteur/ns#Country> ."),
        format!("<{void}propertyPartition> <http://localhost/.well-known/void#class-Country-memberOf> ."),
    ] {
        assert!(answer.text().contains(&part), "{part}: {}", answer.text());
    }
    assert!(!answer.text().contains("_:"), "there are no blank nodes");
    let counted = server.query("SELECT (COUNT(*) AS ?n) { ?s rap:leads ?o }", "text/csv");
    let n = counted.text().lines().nth(1).unwrap();
    let said = format!("void#property-leads> <{void}triples> \"{n}\"");
    assert!(answer.text().contains(&said), "{said}");
}

#[test]
fn graphs_are_read_as_a_whole_and_not_written() {
    let server = Server::shipped(&[]);
    let named = format!("/graph?graph={}", escaped(REPORT));
    let accept = [("Accept", "application/n-triples")];
    let (default, report) = (server.ask("GET", "/graph?default", &accept, ""), server.ask("GET", &named, &accept, ""));
    assert!(default.status == 200 && default.text().lines().count() > 10_000);
    assert!(report.status == 200 && report.text().lines().count() > 1_000);
    assert_eq!(report.header("content-type"), "application/n-triples");
    for (method, path, status) in [
        ("HEAD", named.as_str(), 200),
        ("HEAD", "/graph?graph=https%3A%2F%2Fexample.org%2Fnone", 404),
        ("GET", "/graph?graph=https%3A%2F%2Fexample.org%2Fnone", 404),
        ("GET", "/graph?graph=no%20iri", 400),
        ("GET", "/graph", 400),
        ("GET", "/graph?default&graph=urn:a", 400),
        ("PUT", named.as_str(), 403),
        ("POST", "/graph?default", 403),
        ("DELETE", named.as_str(), 403),
    ] {
        assert_eq!(server.ask(method, path, &[], "").status, status, "{method} {path}");
    }
}

#[test]
fn an_answer_for_a_person_is_a_page_with_links_and_names() {
    let server = Server::shipped(&[]);
    let query = "SELECT ?body ?name { VALUES ?body { c24:itu } ?body rdfs:label ?name FILTER (LANG(?name) = \"ar\") }";
    let answer =
        server.ask("GET", &format!("/sparql?query={}", escaped(query)), &[("Accept", "text/html,*/*;q=0.8")], "");
    assert!(answer.status == 200 && answer.header("content-type").starts_with("text/html"), "{answer:?}");
    for part in [
        "<a href=\"/rapporteur/c24/itu\"><bdi>International Telecommunication Union</bdi></a>",
        "lang=\"ar\" dir=\"auto\">الاتحاد الدولي للاتصالات<",
        "&amp;format=csv\"><bdi dir=\"ltr\">csv</bdi></a>",
        "Rows: 1 <",
    ] {
        assert!(answer.text().contains(part), "{part}: {}", answer.text());
    }
    let hostile = server.ask(
        "GET",
        &format!("/sparql?query={}", escaped("SELECT (\"<script>\" AS ?x) {}")),
        &[("Accept", "text/html")],
        "",
    );
    assert!(!hostile.text().contains("<script>") && hostile.text().contains("&lt;script&gt;"));
    // What is wrong is a page with the ways on, in the language that is wanted.
    let wrong = "/questions/members-of-a-body?lang=ar&body=%3Cscript%3E";
    let wrong = server.ask("GET", wrong, &[("Accept", "text/html")], "");
    assert_eq!(wrong.status, 400);
    assert!(!wrong.text().contains("<script>") && wrong.text().contains("no entity is called `&lt;script&gt;`"));
    assert!(
        wrong.text().contains("<html lang=\"ar\" dir=\"rtl\">")
            && wrong.text().contains("href=\"/questions/?lang=ar\"")
    );
}

#[test]
fn who_asks_too_often_is_told_to_wait() {
    let server = Server::shipped(&["--rate", "1"]);
    let answers: Vec<_> = (0..8).map(|_| server.query("ASK {}", "")).collect();
    assert!(answers[0].status == 200 && answers[1].status == 200);
    let refused = answers.iter().find(|answer| answer.status == 429).unwrap();
    assert_eq!(refused.header("retry-after"), "1");
    assert_eq!(refused.header("access-control-allow-origin"), "*");
}

#[test]
fn the_limits_of_queries_are_described_and_hold() {
    let server = Server::shipped(&["--max-rows", "7", "--timeout", "9"]);
    let described = server.ask("GET", "/sparql", &[("Accept", "application/n-triples"), ("Host", "localhost")], "");
    let of = |limit: &str, most: u64| {
        let (name, schema) = (format!("<http://localhost/sparql#{limit}>"), "https://schema.org/");
        let most = format!("{name} <{schema}maxValue> \"{most}\"^^<http://www.w3.org/2001/XMLSchema#integer> .");
        let belongs = format!("<http://localhost/sparql> <{schema}additionalProperty> {name} .");
        described.text().contains(&most) && described.text().contains(&belongs)
    };
    for (limit, most) in [("rows", 7), ("page-rows", 7), ("time", 9), ("memory", 512 << 20), ("length", 64 << 10)] {
        assert!(of(limit, most), "{limit}: {}", described.text());
    }
    assert_eq!(server.query("SELECT * { ?s ?p ?o } LIMIT 7", "text/csv").status, 200);
    assert_eq!(server.query("SELECT * { ?s ?p ?o } LIMIT 8", "text/csv").status, 422);
}

#[test]
fn questions_and_answers_are_in_the_language_that_is_wanted() {
    let server = Server::shipped(&[]);
    let in_language = |path: &str, language: &str| {
        server.ask("GET", path, &[("Accept", "text/html"), ("Accept-Language", language)], "")
    };
    for (language, title, name, ask, direction) in [
        ("ar", "من أعضاء هيئة ما؟", "هيئة", "اسأل", "rtl"),
        ("es", "¿Quiénes son los miembros de un órgano?", "Órgano", "Preguntar", "ltr"),
        ("fr", "Quels sont les membres d’un organe ?", "Organe", "Demander", "ltr"),
        ("ru", "Кто входит в состав органа?", "Орган", "Спросить", "ltr"),
        ("zh", "某机构有哪些成员？", "机构", "提问", "ltr"),
    ] {
        let list = in_language("/questions/", language);
        assert!(list.text().contains(title), "{language}: {}", list.text());
        let form = in_language("/questions/members-of-a-body", language);
        let page = format!("<html lang=\"{language}\" dir=\"{direction}\">");
        for part in
            [&page, title, name, ask, &format!("href=\"/explore?lang={language}\""), &format!("value=\"{language}\"")]
        {
            assert!(form.text().contains(part), "{language}: {part} is not in {}", form.text());
        }
    }
    let answer = in_language("/questions/members-of-a-body?language=ru", "ru");
    for part in ["<html lang=\"ru\"", "Ответ", "Строк: ", ">Пункты<", ">Название<"] {
        assert!(answer.text().contains(part), "{part} is not in {}", answer.text());
    }
    assert_eq!(answer.header("vary"), "Accept, Accept-Language, accept-encoding");
    // A file is the same in each language.
    let file = |language: &str| {
        server.ask("GET", "/questions/members-of-a-body?format=csv", &[("Accept-Language", language)], "")
    };
    assert_eq!(file("ru").header("etag"), file("fr").header("etag"));
}

#[test]
fn a_name_that_nobody_has_is_answered_with_those_that_are_like_it() {
    let folder = tempfile::tempdir().unwrap();
    let config = "id = \"t\"\nbase = \"https://example.org/\"\nlicense = \"https://example.org/l\"\nlanguages = [\"en\"]\n[title]\nen = \"T\"\n";
    let table = "id,class,label@en,altLabel@en,partOf,source\n\
                 r,Report,The report,,,\n\
                 a,Organization,Paris Climate Club,Climate Club of Paris,,r\n\
                 b,Organization,Paris Climate Club,,a,r\n";
    std::fs::write(folder.path().join("dataset.toml"), config).unwrap();
    std::fs::write(folder.path().join("t.csv"), table).unwrap();
    let server = Server::of(folder.path(), &[]);
    let found = |typed: &str| {
        let answer = server.ask("GET", &format!("/en/explore?find={typed}"), &[], "");
        let page = answer.text();
        let hits = page.split_once("id=\"found-names\"").map(|(_, rest)| rest.split("</section>").next().unwrap());
        hits.unwrap_or_default().to_owned()
    };
    let alike = found("Paris+Climat+Club");
    assert!(alike.contains("Perhaps one of these"), "{alike}");
    // Both who bear it, each once, though one has another name that is like it.
    assert_eq!((alike.matches("add=a").count(), alike.matches("add=b").count()), (1, 1), "{alike}");
    let named = found("Climate");
    assert!(named.contains("add=a") && !named.contains("Perhaps one of these"), "{named}");
    assert!(!found("xqzwvk").contains("<li"));
}
