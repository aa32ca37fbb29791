// Comunica, an engine that asks other servers in SPARQL, asking ours: its answers are those of the program.

import assert from "node:assert/strict";
import { test } from "node:test";
import { QueryEngine } from "@comunica/query-sparql";
import { rapporteur, withServer } from "./browser.mjs";

const PREFIXES = `PREFIX rap: <https://w3id.org/rapporteur/ns#>
PREFIX c24: <https://w3id.org/rapporteur/c24/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
`;
const engine = new QueryEngine();

/** The server as Comunica takes it: as one that answers SPARQL, or whatever it finds out for itself. */
const asSparql = (server) => ({ sources: [{ type: "sparql", value: `${server}sparql` }] });
const asFound = (server) => ({ sources: [`${server}sparql`] });

const written = (format, query) => rapporteur("query", "--quiet", "--format", format, PREFIXES + query);

/** A term by all that it says. */
const told = ({ termType, value, language, datatype }) => [termType, value, language ?? "", datatype?.value ?? ""].join(" ");

/** A term of SPARQL results in JSON, in the same way. */
function toldOf(term) {
  const string = "http://www.w3.org/2001/XMLSchema#string";
  const langString = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString";
  switch (term.type) {
    case "uri": return told({ termType: "NamedNode", value: term.value });
    case "literal": {
      const language = term["xml:lang"];
      const datatype = { value: language ? langString : term.datatype ?? string };
      return told({ termType: "Literal", value: term.value, language, datatype });
    }
    default: throw new Error(`no term of this graph: ${JSON.stringify(term)}`);
  }
}

/** The rows of the program, each as a sorted list of its cells. */
function rowsHere(query) {
  const { results } = JSON.parse(written("json", query));
  return results.bindings.map((row) => Object.entries(row).map(([name, term]) => `${name}: ${toldOf(term)}`).sort());
}

/** The rows of Comunica. */
async function rowsThere(query, context) {
  const rows = [];
  for await (const row of await engine.queryBindings(PREFIXES + query, context)) {
    rows.push([...row].map(([variable, term]) => `${variable.value}: ${told(term)}`).sort());
  }
  return rows;
}

test("SELECT has the same rows in the same order", async () => {
  const names = `SELECT ?who ?name ?what ?since {
    ?who rap:leads ?what ; rdfs:label ?name OPTIONAL { ?what rap:startDate ?since }
  } ORDER BY ?who ?what ?name ?since`;
  const counted = "SELECT ?what (COUNT(*) AS ?n) { ?who rap:leads ?what } GROUP BY ?what ORDER BY DESC(?n) ?what LIMIT 5";
  await withServer(async (server) => {
    for (const query of [names, counted]) {
      const here = rowsHere(query);
      assert.ok(here.length >= 5);
      for (const context of [asSparql(server), asFound(server)]) {
        assert.deepEqual(await rowsThere(query, context), here);
      }
    }
  });
});

test("ASK says yes and no", async () => {
  await withServer(async (server) => {
    for (const [query, answer] of [["ASK { c24:itu a rap:Organization }", true], ["ASK { c24:itu a rap:Event }", false]]) {
      assert.equal(await engine.queryBoolean(PREFIXES + query, asSparql(server)), answer);
      assert.equal(JSON.parse(written("json", query)).boolean, answer);
    }
  });
});

test("CONSTRUCT gives the same triples", async () => {
  const query = "CONSTRUCT { ?who rap:leads ?what . ?what rdfs:label ?name } { ?who rap:leads ?what . ?what rdfs:label ?name }";
  const here = rowsHere(`SELECT ?s ?p ?o {
    { ?s rap:leads ?o BIND(rap:leads AS ?p) } UNION { ?who rap:leads ?s . ?s rdfs:label ?o BIND(rdfs:label AS ?p) }
  }`);
  await withServer(async (server) => {
    const there = [];
    for await (const { subject, predicate, object } of await engine.queryQuads(PREFIXES + query, asSparql(server))) {
      there.push([`o: ${told(object)}`, `p: ${told(predicate)}`, `s: ${told(subject)}`]);
    }
    const distinct = (rows) => [...new Set(rows.map((row) => JSON.stringify(row)))].sort();
    assert.ok(there.length > 20);
    assert.deepEqual(distinct(there), distinct(here));
    assert.equal(written("ntriples", query).trim().split("\n").length, distinct(there).length);
  });
});

test("many rows come while more are made, and all of them", async () => {
  const query = "SELECT ?s ?p ?o { ?s ?p ?o }";
  await withServer(async (server) => {
    const here = rowsHere(query).map(String).sort();
    const there = (await rowsThere(query, asSparql(server))).map(String).sort();
    assert.ok(here.length > 20_000, `${here.length}`);
    assert.deepEqual(there, here);
  });
});

test("what the server refuses is an error, and so is an answer that breaks off", async () => {
  await withServer(async (server) => {
    // Nothing is answered in time.
    const late = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f }";
    await assert.rejects(rowsThere(late, asSparql(server)), /HTTP status 504/);
    // Rows are sent until there are too many. Those that came must not pass for all.
    const many = "SELECT * { ?a ?p ?b . ?c ?q ?d }";
    let rows = 0;
    await assert.rejects(async () => {
      for await (const _ of await engine.queryBindings(many, asSparql(server))) { rows += 1; }
    });
    assert.ok(rows > 1_000 && rows <= 60_000, `${rows}`);
    // The next one is answered.
    assert.equal(await engine.queryBoolean(`${PREFIXES}ASK { c24:itu ?p ?o }`, asSparql(server)), true);
  }, ["--max-rows", "60000", "--timeout", "2"]);
});
