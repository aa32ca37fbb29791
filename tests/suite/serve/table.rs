use super::Server;

/// A request, and what must be in its answer: the status, how the media type begins, and parts of headers; a `!` before a
/// part means that it must not be there.
struct Case {
    method: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    status: u16,
    media_type: &'static str,
    expected: &'static [(&'static str, &'static str)],
}

const fn case(
    method: &'static str,
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    status: u16,
    media_type: &'static str,
    expected: &'static [(&'static str, &'static str)],
) -> Case {
    Case { method, path, headers, body: "", status, media_type, expected }
}

const fn post(
    path: &'static str,
    headers: &'static [(&'static str, &'static str)],
    body: &'static str,
    status: u16,
    media_type: &'static str,
) -> Case {
    Case { method: "POST", path, headers, body, status, media_type, expected: &[] }
}

const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const FORM: (&str, &str) = ("Content-Type", "application/x-www-form-urlencoded");
const DIRECT: (&str, &str) = ("Content-Type", "application/sparql-query");
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const PROBLEM: &str = "application/problem+json";
const JSON: &str = "application/sparql-results+json";

const ENTITY: &str = "/rapporteur/c24/itu";
const VARY: (&str, &str) = ("vary", "Accept, Accept-Language");

const PAGES: &[Case] = &[
    case("GET", "/query", &[], 308, "", &[("location", "/sparql")]),
    case("GET", "/query?query=ASK%7B%7D", &[], 308, "", &[("location", "/sparql?query=ASK%7B%7D")]),
    case("POST", "/query", &[], 405, PROBLEM, &[]),
    case("GET", "/en/explore", &[], 200, "text/html; charset=utf-8", &[("etag", "W/\"")]),
    case("GET", "/ar/explore?open=itu&no=Place", &[], 200, "text/html; charset=utf-8", &[]),
    case("GET", "/en/explore?add=nobody", &[], 404, "text/html", &[]),
    case("GET", "/en/explore?open=itu,nothing", &[], 404, "text/html", &[]),
    case("GET", "/en/explore?find=WHO&open=itu", &[], 303, "", &[("location", "/en/explore?open=itu&add=who")]),
    case("GET", "/en/explore?find=%FF", &[], 400, PROBLEM, &[]),
    case("GET", "/en/explore.svg?open=itu", &[], 200, "image/svg+xml", &[("content-disposition", "explore.svg")]),
    case("GET", "/en/explore.csv?open=itu", &[], 200, "text/csv; charset=utf-8", &[]),
    case("GET", "/en/explore.svg", &[], 400, PROBLEM, &[]),
    case("GET", "/en/explore.exe?open=itu", &[], 404, PROBLEM, &[]),
    case("GET", "/en/search?q=agenda", &[], 200, "application/json", &[]),
    case("GET", "/complete?q=rap:lea", &[], 200, "application/json", &[]),
    case("POST", "/complete?q=rap:lea", &[], 405, PROBLEM, &[]),
    case("GET", "/check", &[], 405, PROBLEM, &[]),
    post("/check", &[FORM], "query=ASK+%7B%7D", 204, ""),
    post("/check", &[FORM], "query=ASK+%7B", 400, PROBLEM),
    post("/check", &[FORM], "other=1", 400, PROBLEM),
    post("/check", &[DIRECT], "INSERT DATA { <a:a> <a:a> <a:a> }", 403, PROBLEM),
    case("GET", "/query.js", &[], 200, "text/javascript; charset=utf-8", &[]),
    case("POST", "/en/explore", &[], 405, PROBLEM, &[]),
    case("GET", "/explore.js", &[], 200, "text/javascript; charset=utf-8", &[]),
    case("GET", "/favicon.ico", &[], 204, "", &[]),
    case("GET", "/", &[], 302, "", &[("location", "/en/index.html"), VARY]),
    case("GET", "/", &[("Accept-Language", "ar-EG,ar;q=0.9,en;q=0.5")], 302, "", &[("location", "/ar/index.html")]),
    case("GET", "/", &[("Accept-Language", "de")], 302, "", &[("location", "/en/index.html")]),
    case("GET", "/?lang=fr", &[("Accept-Language", "ar")], 302, "", &[("location", "/fr/index.html")]),
    case("GET", "/?lang=xx", &[("Accept-Language", "zh-CN")], 302, "", &[("location", "/zh/index.html")]),
    case("GET", "/ar", &[], 308, "", &[("location", "/ar/index.html")]),
    case("GET", "/ar/", &[], 308, "", &[("location", "/ar/index.html")]),
    case(
        "GET",
        "/en/index.html",
        &[],
        200,
        "text/html; charset=utf-8",
        &[("etag", "W/\""), ("cache-control", "no-cache")],
    ),
    case("HEAD", "/en/index.html", &[], 200, "text/html; charset=utf-8", &[("etag", "W/\""), ("content-length", "")]),
    case("GET", "/ar/entity/itu.html", &[], 200, "text/html", &[("link", "</data/itu.ttl>; rel=\"alternate\"")]),
    case("GET", "/en/paragraph/c24/2.10.html", &[], 200, "text/html", &[]),
    case("GET", "/en/class/Organization.html", &[], 200, "text/html", &[]),
    case(
        "GET",
        "/en/entity/itu.html",
        &[("Accept-Encoding", "br")],
        200,
        "text/html",
        &[("content-encoding", "br"), ("vary", "accept-encoding")],
    ),
    case(
        "GET",
        "/en/entity/itu.html",
        &[("Accept-Encoding", "gzip")],
        200,
        "text/html",
        &[("content-encoding", "gzip")],
    ),
    case("GET", "/en/entity/itu.html", &[("If-None-Match", "*")], 304, "", &[("etag", "W/\"")]),
    case("GET", "/en/entity/itu.html", &[("If-None-Match", "\"other\"")], 200, "text/html", &[]),
    case("GET", "/en/entity/nobody.html", &[], 404, PROBLEM, &[]),
    case("GET", "/en/entity/itu+2000.html", &[], 404, PROBLEM, &[]),
    case("GET", "/en/../Cargo.toml", &[], 404, PROBLEM, &[]),
    case("GET", "/en/%2e%2e/%2e%2e/etc/passwd", &[], 404, PROBLEM, &[]),
    case("GET", "/dataset.toml", &[], 404, PROBLEM, &[]),
    case("GET", "/en/%FF.html", &[], 404, PROBLEM, &[]),
    case("GET", "/style.css", &[], 200, "text/css; charset=utf-8", &[]),
    case("GET", "/search.js", &[], 200, "text/javascript", &[]),
    case("GET", "/names.js", &[], 200, "text/javascript", &[]),
    case("GET", "/nothing", &[("Accept", "text/plain")], 404, "text/plain; charset=utf-8", &[]),
    case("GET", "/nothing", &[("Accept", "image/png")], 404, PROBLEM, &[]),
    case("GET", "/nothing", &[("Accept", BROWSER)], 404, "text/html; charset=utf-8", &[("vary", "Accept")]),
    case("GET", "/questions/chairs-of-a-body?body=%3Cb%3E", &[("Accept", BROWSER)], 400, "text/html", &[]),
    case("GET", "/sparql?query=ASK%7B", &[("Accept", BROWSER)], 400, "text/html", &[]),
    case("POST", "/en/index.html", &[], 405, PROBLEM, &[("allow", "GET, HEAD, OPTIONS")]),
    case("DELETE", "/rapporteur/c24/itu", &[], 405, PROBLEM, &[("allow", "GET, HEAD, OPTIONS")]),
    case("GET", "/en/index.html", &[("Host", "elsewhere.example")], 421, PROBLEM, &[]),
    case("GET", "/en/index.html", &[("Host", "localhost:1")], 200, "text/html", &[]),
    case("GET", "http://elsewhere.example/en/index.html", &[], 421, PROBLEM, &[]),
];

const DATA: &[Case] = &[
    case("GET", ENTITY, &[], 303, "", &[("location", "/data/itu.ttl"), VARY]),
    case("GET", ENTITY, &[("Accept", "*/*")], 303, "", &[("location", "/data/itu.ttl")]),
    case("GET", ENTITY, &[("Accept", BROWSER)], 303, "", &[("location", "/en/entity/itu.html")]),
    case(
        "GET",
        ENTITY,
        &[("Accept", BROWSER), ("Accept-Language", "ar")],
        303,
        "",
        &[("location", "/ar/entity/itu.html")],
    ),
    case("GET", ENTITY, &[("Accept", "application/ld+json")], 303, "", &[("location", "/data/itu.jsonld")]),
    case("GET", ENTITY, &[("Accept", "application/json")], 303, "", &[("location", "/data/itu.jsonld")]),
    case("GET", ENTITY, &[("Accept", "application/n-triples")], 303, "", &[("location", "/data/itu.nt")]),
    case(
        "GET",
        ENTITY,
        &[("Accept", "application/rdf+xml, text/turtle;q=0.5")],
        303,
        "",
        &[("location", "/data/itu.rdf")],
    ),
    case("GET", ENTITY, &[("Accept", "application/trig")], 303, "", &[("location", "/data/itu.trig")]),
    case("GET", ENTITY, &[("Accept", "application/n-quads")], 303, "", &[("location", "/data/itu.nq")]),
    case("GET", ENTITY, &[("Accept", "image/png")], 406, PROBLEM, &[]),
    case("HEAD", ENTITY, &[("Accept", "text/turtle")], 303, "", &[("location", "/data/itu.ttl")]),
    case("GET", "/rapporteur/c24/nobody", &[], 404, PROBLEM, &[]),
    case("GET", "/rapporteur/c24/", &[("Accept", BROWSER)], 303, "", &[("location", "/en/index.html")]),
    case(
        "GET",
        "/rapporteur/c24/c24/para/2.10",
        &[("Accept", BROWSER)],
        303,
        "",
        &[("location", "/en/paragraph/c24/2.10.html")],
    ),
    case(
        "GET",
        "/rapporteur/c24/c24/para/2.10",
        &[],
        303,
        "",
        &[("location", "/sparql?query=DESCRIBE"), ("location", "format=turtle")],
    ),
    case(
        "GET",
        "/data/itu.ttl",
        &[],
        200,
        "text/turtle; charset=utf-8",
        &[("etag", "W/\""), ("link", "rel=\"describes\""), ("link", "rel=\"license\"")],
    ),
    case("HEAD", "/data/itu.ttl", &[], 200, "text/turtle", &[("etag", "W/\"")]),
    case("GET", "/data/itu.nt", &[], 200, "application/n-triples", &[]),
    case("GET", "/data/itu.jsonld", &[], 200, "application/ld+json", &[]),
    case("GET", "/data/itu.rdf", &[], 200, "application/rdf+xml", &[]),
    case("GET", "/data/itu.trig", &[], 200, "application/trig", &[]),
    case("GET", "/data/itu.nq", &[], 200, "application/n-quads", &[]),
    case("GET", "/data/itu.ttl", &[("If-None-Match", "*")], 304, "", &[]),
    case("GET", "/data/itu.exe", &[], 404, PROBLEM, &[]),
    case("GET", "/data/nobody.ttl", &[], 404, PROBLEM, &[]),
    case("POST", "/data/itu.ttl", &[], 405, PROBLEM, &[]),
];

const ASK: &str = "/sparql?query=ASK%20%7B%7D";

const QUERIES: &[Case] = &[
    case("GET", ASK, &[], 200, JSON, &[("etag", "W/\""), ("x-limit-rows", "1000000")]),
    case("HEAD", ASK, &[], 200, JSON, &[("etag", "W/\"")]),
    case("GET", ASK, &[("If-None-Match", "*")], 304, "", &[]),
    case("GET", ASK, &[("Accept", "application/json")], 200, "application/json", &[]),
    case("GET", ASK, &[("Accept", "application/sparql-results+xml")], 200, "application/sparql-results+xml", &[]),
    case("GET", ASK, &[("Accept", "text/turtle")], 406, PROBLEM, &[]),
    case("GET", ASK, &[("Accept", "image/png")], 406, PROBLEM, &[]),
    case("GET", "/sparql?query=ASK%7B%7D&format=csv", &[], 200, "text/csv", &[]),
    case("GET", "/sparql?query=ASK%7B%7D&format=xyz", &[], 400, PROBLEM, &[]),
    case("GET", "/sparql?query=ASK%7B%7D&profile=rdf12", &[], 200, JSON, &[]),
    case("GET", "/sparql?query=ASK%7B%7D&profile=xyz", &[], 400, PROBLEM, &[]),
    case("GET", "/sparql?query=ASK%7B%7D&query=ASK%7B%7D", &[], 400, PROBLEM, &[]),
    case("GET", "/sparql?query=ASK%7B", &[], 400, PROBLEM, &[]),
    case("GET", "/sparql?query=%FF", &[], 400, PROBLEM, &[]),
    case("GET", "/sparql?query=ASK%7BSERVICE%20%3Chttp%3A//x.example/%3E%7B%7D%7D", &[], 403, PROBLEM, &[]),
    case("GET", "/sparql?update=CLEAR%20ALL", &[], 403, PROBLEM, &[]),
    case(
        "GET",
        "/sparql?query=SELECT*%7B%3Fs%20a%20%3Fc%7DLIMIT%203",
        &[("Accept", "text/tab-separated-values")],
        200,
        "text/tab-separated-values",
        &[],
    ),
    case(
        "GET",
        "/sparql?query=CONSTRUCT%7B%3Fs%20a%20%3Fc%7DWHERE%7B%3Fs%20a%20%3Fc%7DLIMIT%203",
        &[],
        200,
        "text/turtle",
        &[],
    ),
    case(
        "GET",
        "/sparql?query=CONSTRUCT%7B%3Fs%20a%20%3Fc%7DWHERE%7B%3Fs%20a%20%3Fc%7DLIMIT%203",
        &[("Accept", "application/rdf+xml")],
        200,
        "application/rdf+xml",
        &[],
    ),
    case(
        "GET",
        "/sparql?query=CONSTRUCT%7B%3Fs%20a%20%3Fc%7DWHERE%7B%3Fs%20a%20%3Fc%7DLIMIT%203",
        &[("Accept", "text/csv")],
        406,
        PROBLEM,
        &[],
    ),
    case(
        "OPTIONS",
        "/sparql",
        &[("Access-Control-Request-Headers", "x-any")],
        204,
        "",
        &[("access-control-allow-headers", "x-any"), ("access-control-allow-methods", "POST")],
    ),
    case("PUT", "/sparql", &[], 405, PROBLEM, &[("allow", "GET, HEAD, POST, OPTIONS")]),
    post("/sparql", &[FORM], "query=ASK+%7B%7D", 200, JSON),
    post(
        "/sparql",
        &[("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")],
        "query=ASK+%7B%7D",
        200,
        JSON,
    ),
    post("/sparql", &[FORM], "query=ASK+%7B%7D&query=ASK+%7B%7D", 400, PROBLEM),
    post("/sparql", &[FORM], "quarry=ASK+%7B%7D", 400, PROBLEM),
    post("/sparql", &[FORM], "update=CLEAR+ALL", 403, PROBLEM),
    post("/sparql", &[DIRECT], "ASK {}", 200, JSON),
    post("/sparql", &[DIRECT, ("Accept", "text/csv")], "ASK {}", 200, "text/csv"),
    post("/sparql", &[DIRECT], "INSERT DATA { <a:b> <a:b> <a:b> }", 403, PROBLEM),
    post("/sparql", &[DIRECT, ("Accept", "text/plain")], "ASK {", 400, "text/plain"),
    post("/sparql", &[("Content-Type", "application/sparql-update")], "CLEAR ALL", 403, PROBLEM),
    post("/sparql", &[("Content-Type", "text/plain")], "ASK {}", 415, PROBLEM),
    post("/sparql", &[], "ASK {}", 415, PROBLEM),
];

const QUESTIONS: &[Case] = &[
    case("GET", "/questions/", &[], 200, "application/json", &[("etag", "W/\""), VARY]),
    case("GET", "/questions/", &[("Accept", BROWSER)], 200, "text/html", &[]),
    case("GET", "/questions/members-of-a-body", &[("Accept", BROWSER)], 200, "text/html", &[VARY]),
    case("GET", "/questions/members-of-a-body", &[], 200, JSON, &[]),
    case("HEAD", "/questions/members-of-a-body", &[], 200, JSON, &[]),
    case("GET", "/questions/members-of-a-body?body=G20", &[("Accept", "text/csv")], 200, "text/csv", &[]),
    case(
        "GET",
        "/questions/members-of-a-body?body=G20&language=ar&format=tsv",
        &[],
        200,
        "text/tab-separated-values",
        &[],
    ),
    case("GET", "/questions/members-of-a-body?body=G20", &[("Accept", BROWSER)], 200, "text/html", &[]),
    case("GET", "/questions/chairs-of-a-body?body=G20&format=sentence", &[], 200, "text/plain", &[VARY]),
    case("GET", "/questions/chairs-of-a-body?body=G20&format=md", &[], 200, "text/markdown", &[("etag", "W/\"")]),
    case("GET", "/questions/chairs-of-a-body?body=G20", &[("Accept", "text/markdown")], 200, "text/markdown", &[]),
    case("GET", "/questions/chairs-of-a-body?body=G20", &[("Accept", WORKBOOK)], 200, WORKBOOK, &[VARY]),
    case("GET", "/questions/chairs-of-a-body?format=xlsx", &[("Accept", BROWSER)], 200, WORKBOOK, &[]),
    case("GET", "/questions/claims-given-up?format=sentence", &[], 406, PROBLEM, &[]),
    case("GET", "/questions/members-of-a-body?body=G20", &[("If-None-Match", "*")], 304, "", &[]),
    case("GET", "/questions/members-of-a-body?body=Nobody", &[], 400, PROBLEM, &[]),
    case("GET", "/questions/members-of-a-body?bodi=G20", &[], 400, PROBLEM, &[]),
    case("GET", "/questions/members-of-a-body", &[("Accept", "image/png")], 406, PROBLEM, &[]),
    case("GET", "/questions/nothing", &[], 404, PROBLEM, &[]),
    case("POST", "/questions/", &[], 405, PROBLEM, &[]),
    case("GET", "/openapi.json", &[], 200, "application/json", &[]),
];

#[test]
fn questions_are_answered_as_the_table_says() {
    let server = Server::shipped(&[]);
    check(&server, QUESTIONS);
    let answer = server.ask("GET", "/openapi.json", &[], "");
    let described: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(described["openapi"], "3.1.0");
    assert!(described["paths"]["/questions/members-of-a-body"]["get"]["parameters"].is_array());
}

fn check(server: &Server, cases: &[Case]) {
    for case in cases {
        let answer = server.ask(case.method, case.path, case.headers, case.body);
        let shown = format!("{} {} {:?}: {answer:?}", case.method, case.path, case.headers);
        assert_eq!(answer.status, case.status, "{shown}");
        assert!(answer.header("content-type").starts_with(case.media_type), "{shown}");
        assert!(!case.media_type.is_empty() || answer.body.is_empty(), "{shown}");
        for (name, part) in case.expected {
            assert!(answer.headers.contains_key(*name) && answer.header(name).contains(part), "{name}: {shown}");
        }
        assert!(answer.is_whole, "{shown}");
        assert!(case.method != "HEAD" || answer.body.is_empty(), "{shown}");
        // What every answer carries.
        assert_eq!(answer.header("access-control-allow-origin"), "*", "{shown}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{shown}");
        assert_eq!(answer.header("referrer-policy"), "no-referrer", "{shown}");
        assert!(answer.header("content-security-policy").starts_with("default-src 'none'"), "{shown}");
        assert!(!answer.headers.contains_key("set-cookie"), "{shown}");
        if answer.status >= 400 {
            // No place of the disk or of the sources.
            let place = env!("CARGO_MANIFEST_DIR");
            assert!(!answer.text().contains(place) && !answer.text().contains(".rs"), "{shown}");
        }
    }
}

#[test]
fn pages_are_answered_as_the_table_says() {
    check(&Server::shipped(&[]), PAGES);
}

#[test]
fn data_are_answered_as_the_table_says() {
    check(&Server::shipped(&[]), DATA);
}

#[test]
fn queries_are_answered_as_the_table_says() {
    check(&Server::shipped(&[]), QUERIES);
    assert!(PAGES.len() + DATA.len() + QUERIES.len() > 50);
}
