use serde_json::{Value, json};

use super::Server;

fn ask(server: &Server, name: &str, value: &Value) -> Value {
    let escaped: String = value.to_string().bytes().map(|byte| format!("%{byte:02X}")).collect();
    let form = [("Content-Type", "application/x-www-form-urlencoded")];
    let answer = server.ask("POST", "/reconcile", &form, &format!("{name}={escaped}"));
    assert_eq!(answer.status, 200, "{answer:?}");
    serde_json::from_slice(&answer.body).unwrap()
}

fn get(server: &Server, path: &str) -> Value {
    serde_json::from_slice(&server.ask("GET", path, &[("Host", "localhost")], "").body).unwrap()
}

#[test]
fn names_of_a_spreadsheet_are_matched_to_entities() {
    let server = Server::shipped(&[]);
    let queries = json!({
        "a": {"query": "ITU"},
        "b": {"query": "الأمم المتحدة", "type": "Organization", "limit": 3},
        "c": {"query": "Geneva", "type": ["Organization"]},
        "d": {"query": "International Telecommunication", "properties": [{"pid": "locatedIn", "v": "Geneva"}]},
        "e": {"query": "Unitd Nations"},
        "f": {"query": ""},
    });
    let found = ask(&server, "queries", &queries);
    assert_eq!(found["a"]["result"][0]["id"], "itu");
    assert_eq!(found["a"]["result"][0]["match"], true, "{found}");
    assert_eq!(found["b"]["result"][0]["id"], "un");
    assert!(found["b"]["result"].as_array().unwrap().len() <= 3);
    assert!(found["c"]["result"].as_array().unwrap().iter().all(|one| one["id"] != "geneva"));
    assert!(found["d"]["result"].as_array().unwrap().iter().any(|one| one["id"] == "itu" && one["match"] == false));
    assert_eq!(found["e"]["result"][0]["id"], "un", "{found}");
    assert_eq!(found["f"]["result"], json!([]));
    let wrong = server.ask("GET", "/reconcile?queries=%5B%5D", &[], "");
    assert_eq!(wrong.status, 400);
}

#[test]
fn a_spreadsheet_is_extended_with_what_is_stated() {
    let server = Server::shipped(&[]);
    let extended =
        ask(&server, "extend", &json!({"ids": ["itu", "nobody"], "properties": [{"id": "acronym"}, {"id": "leads"}]}));
    assert_eq!(extended["meta"][0]["id"], "acronym");
    assert_eq!(extended["rows"]["itu"]["acronym"][0]["str"], "ITU");
    assert!(extended["rows"]["itu"]["leads"][0]["id"].is_string(), "{extended}");
    assert_eq!(extended["rows"]["nobody"]["leads"], json!([]));
}

#[test]
fn the_service_says_what_it_can_and_suggests_names() {
    let server = Server::shipped(&[]);
    let manifest = get(&server, "/reconcile");
    assert_eq!(manifest["versions"], json!(["0.2"]));
    assert_eq!(manifest["identifierSpace"], "https://w3id.org/rapporteur/c24/");
    assert_eq!(manifest["suggest"]["entity"]["service_url"], "http://localhost/reconcile");
    assert_eq!(get(&server, "/reconcile/suggest/entity?prefix=ITU")["result"][0]["id"], "itu");
    assert!(get(&server, "/reconcile/suggest/type?prefix=countr")["result"].to_string().contains("\"Country\""));
    assert!(get(&server, "/reconcile/suggest/property?prefix=lead")["result"].to_string().contains("\"leads\""));
    assert_eq!(server.ask("GET", "/reconcile/suggest/nothing", &[], "").status, 404);
}

#[test]
fn an_entity_is_previewed_within_the_page_of_others() {
    let server = Server::shipped(&[]);
    let manifest = get(&server, "/reconcile");
    assert_eq!(manifest["preview"]["url"], "http://localhost/reconcile/preview?id={{id}}");
    let preview = |id: &str, language: &str| {
        server.ask("GET", &format!("/reconcile/preview?id={id}"), &[("Accept-Language", language)], "")
    };
    let arabic = preview("itu", "ar");
    assert_eq!((arabic.status, arabic.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(
        arabic.text().contains("الاتحاد الدولي للاتصالات") && arabic.text().contains("dir=\"rtl\""),
        "{}",
        arabic.text()
    );
    assert!(arabic.text().contains("/ar/entity/itu.html") && arabic.text().contains("c24#"), "{}", arabic.text());
    // It may be shown within other pages, which no other may, and runs nothing.
    let policy = arabic.header("content-security-policy");
    assert!(!policy.contains("frame-ancestors") && policy.contains("default-src 'none'"), "{policy}");
    assert!(!policy.contains("script-src"), "{policy}");
    let page = server.ask("GET", "/en/entity/itu.html", &[], "");
    assert!(page.header("content-security-policy").contains("frame-ancestors 'none'"));
    assert_ne!(preview("itu", "en").header("etag"), arabic.header("etag"));
    assert_eq!(preview("nobody", "en").status, 404);
    assert_eq!(server.ask("POST", "/reconcile/preview?id=itu", &[], "").status, 405);
}
