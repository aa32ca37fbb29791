//! The Model Context Protocol: a conversation over stdin and stdout, and the same messages over HTTP.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use super::Server;
use super::reload::wait_until;
use crate::{dataset, repository};

const VERSION: &str = "2025-11-25";

/// A conversation with the program over its stdin and stdout.
struct Conversation {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
    number: u32,
}

impl Conversation {
    fn start() -> Self {
        Self::of(&repository("data/c24"), &[])
    }

    fn of(data: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .arg("--data")
            .arg(data)
            .arg("mcp")
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (to, from) = (child.stdin.take(), BufReader::new(child.stdout.take().unwrap()));
        let mut conversation = Self { child, to, from, number: 0 };
        let opened = conversation.ask("initialize", &opening());
        assert_eq!(opened["result"]["protocolVersion"], VERSION, "{opened}");
        conversation.tell(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        conversation
    }

    fn tell(&mut self, message: &Value) {
        writeln!(self.to.as_mut().unwrap(), "{message}").unwrap();
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.number += 1;
        self.tell(&json!({"jsonrpc": "2.0", "id": self.number, "method": method, "params": params}));
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["id"], self.number, "{answer}");
        answer
    }

    fn call(&mut self, tool: &str, arguments: &Value) -> Value {
        self.ask("tools/call", &json!({"name": tool, "arguments": arguments}))["result"].take()
    }
}

impl Drop for Conversation {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn opening() -> Value {
    json!({"protocolVersion": VERSION, "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}})
}

/// Sends a message to a server.
fn post(server: &Server, more: &[(&str, &str)], method: &str, params: &Value) -> super::Answer {
    let mut headers = vec![("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
    headers.extend(more);
    let message = json!({"jsonrpc": "2.0", "id": 1, "method": method, "params": params});
    server.ask("POST", "/mcp", &headers, &message.to_string())
}

fn call(server: &Server, tool: &str, arguments: &Value) -> Value {
    let answer = post(server, &[], "tools/call", &json!({"name": tool, "arguments": arguments}));
    assert_eq!((answer.status, answer.header("content-type")), (200, "application/json"), "{answer:?}");
    serde_json::from_slice::<Value>(&answer.body).unwrap()["result"].take()
}

#[test]
fn a_conversation_ends_when_the_other_side_goes_away() {
    let mut conversation = Conversation::start();
    let tools = conversation.ask("tools/list", &json!({}));
    let tools = tools["result"]["tools"].as_array().unwrap();
    assert_eq!(tools.len(), 8);
    for tool in tools {
        assert_eq!(tool["annotations"]["readOnlyHint"], true, "{tool}");
        assert_eq!(tool["inputSchema"]["additionalProperties"], false, "{tool}");
        assert_eq!(tool["outputSchema"]["type"], "object", "{tool}");
    }
    let paragraph = conversation.call("paragraph", &json!({"paragraph": "c24#2.10", "limit": 1}));
    assert_eq!(paragraph["isError"], false, "{paragraph}");
    let told = &paragraph["structuredContent"];
    assert_eq!(told["statements"].as_array().unwrap().len(), 1);
    assert_eq!(told["paragraph"]["iri"], "https://w3id.org/rapporteur/c24/c24/para/2.10");
    // What is asked in SPARQL is answered by a process of its own, here too.
    let answer = conversation.call("query", &json!({"query": "ASK { c24:itu rap:leads ?what }"}));
    assert_eq!(answer["structuredContent"]["boolean"], true, "{answer}");
    conversation.to = None;
    assert!(conversation.child.wait().unwrap().success());
}

#[test]
fn a_conversation_goes_on_with_data_that_change() {
    let table = |name: &str| format!("id,class,label@en\nbody,Organization,{name}\n");
    let folder = dataset(&[("bodies.csv", &table("Before"))]);
    let mut conversation = Conversation::of(folder.path(), &["--watch"]);
    let mut name =
        || conversation.call("describe", &json!({"entity": "body"}))["structuredContent"]["entity"]["name"].take();
    assert_eq!(name(), "Before");
    fs::write(folder.path().join("bodies.csv"), table("After")).unwrap();
    wait_until("the data take over", || name() == "After");
    let asked =
        conversation.call("query", &json!({"query": "SELECT ?name { ?body a rap:Organization ; rdfs:label ?name }"}));
    let told = &asked["structuredContent"];
    // No paragraph is in it: it says so, and what to do.
    assert_eq!((&told["rows"], &told["uncited"]), (&json!([{"name": "After"}]), &json!([1])), "{asked}");
    assert!(told["note"].as_str().unwrap().contains("`describe`"), "{asked}");
}

#[test]
fn who_says_nothing_or_something_else_is_let_go() {
    for (said, code) in [("", 0), ("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n", 2)] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rapporteur"))
            .arg("mcp")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(said.as_bytes()).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(code), "{said}");
    }
}

#[test]
fn the_same_is_told_over_both_transports() {
    let (mut conversation, server) = (Conversation::start(), Server::shipped(&[]));
    for (tool, arguments) in [
        ("search", json!({"text": "itu", "class": "Organization"})),
        ("describe", json!({"entity": "Summit of the Future", "language": "ar"})),
        ("paths", json!({"from": "EQUALS", "to": "Guy Ryder"})),
        ("questions", json!({"about": "member"})),
        ("ask", json!({"question": "initiatives-led-by-an-organization", "values": {"organization": "ITU"}})),
        ("draw", json!({"section": "7"})),
        ("query", json!({"query": "SELECT ?x { ?x a rap:Fund }"})),
        ("describe", json!({"entity": "no such thing"})),
    ] {
        let told = conversation.call(tool, &arguments);
        assert_eq!(told, call(&server, tool, &arguments), "{tool} {arguments}");
    }
    let opened = post(&server, &[], "initialize", &opening());
    let opened: Value = serde_json::from_slice(&opened.body).unwrap();
    let instructions = opened["result"]["instructions"].as_str().unwrap();
    assert!(instructions.contains("562 entities and 1616 statements"), "{instructions}");
    assert!(instructions.contains("/rapporteur/c24/ in place of that"), "{instructions}");
}

#[test]
fn every_statement_that_is_told_is_cited() {
    let server = Server::shipped(&[]);
    let (mut cursor, mut seen) = (None, 0);
    loop {
        let mut asked = json!({"entity": "itu", "limit": 100});
        if let Some(cursor) = cursor {
            asked["cursor"] = cursor;
        }
        let told = call(&server, "describe", &asked)["structuredContent"].take();
        for statement in told["statements"].as_array().unwrap() {
            let citations = statement["citations"].as_array().unwrap();
            assert!(!citations.is_empty(), "{statement}");
            for citation in citations {
                let document = citation["document"].as_str().unwrap();
                assert!(citation["iri"].as_str().unwrap().contains(document), "{citation}");
                assert!(told["documents"][document].is_string(), "{told}");
            }
            seen += 1;
        }
        if told["next_cursor"].is_null() {
            assert_eq!(told["total"], seen);
            break;
        }
        cursor = Some(told["next_cursor"].clone());
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn who_is_answered_over_http() {
    let server = Server::shipped(&[]);
    let params = json!({"name": "search", "arguments": {"text": "itu"}});
    let status = |more: &[(&str, &str)]| post(&server, more, "tools/call", &params).status;
    assert_eq!(status(&[]), 200);
    assert_eq!(status(&[("Origin", "http://localhost:6274")]), 200);
    assert_eq!(status(&[("Origin", "https://evil.example.org")]), 403);
    assert_eq!(status(&[("Origin", "null")]), 403);
    assert_eq!(status(&[("Host", "evil.example.org")]), 421);
    assert_eq!(status(&[("MCP-Protocol-Version", "1999-01-01")]), 400);
    let page = server.ask("GET", "/mcp", &[("Accept", "text/html")], "");
    assert_eq!((page.status, page.header("allow")), (405, "POST, OPTIONS"));
    assert!(page.text().contains("Model Context Protocol"), "{}", page.text());
    let long = json!({"name": "search", "arguments": {"text": "a".repeat(300 << 10)}});
    assert_eq!(post(&server, &[], "tools/call", &long).status, 413);
    let json = [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")];
    let status = |headers: &[(&str, &str)], body: &str| server.ask("POST", "/mcp", headers, body).status;
    assert_eq!(status(&[("Content-Type", "text/plain"), json[1]], "{}"), 415);
    assert_eq!(status(&[json[0], ("Accept", "text/html")], "{}"), 406);
    assert!((400..500).contains(&status(&json, "{ no JSON")), "{}", status(&json, "{ no JSON"));
}

#[test]
fn a_query_that_takes_too_much_is_a_refusal_and_the_next_is_answered() {
    let server = Server::shipped(&["--timeout", "1", "--processes", "1"]);
    let endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }";
    let told = call(&server, "query", &json!({"query": endless}));
    assert_eq!(told["isError"], true, "{told}");
    assert!(told["content"][0]["text"].as_str().unwrap().contains("help: "), "{told}");
    assert!(told["structuredContent"].is_null(), "{told}");
    for refused in ["SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", "CLEAR ALL", "SELEC", "SELECT * { ?s ?p"] {
        assert_eq!(call(&server, "query", &json!({"query": refused}))["isError"], true, "{refused}");
    }
    let told = call(&server, "query", &json!({"query": "ASK { ?s ?p ?o }"}));
    assert_eq!(told["structuredContent"]["boolean"], true, "{told}");
}
