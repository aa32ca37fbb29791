// Cytoscape.js itself loads its JSON, and has the graph.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import cytoscape from "cytoscape";
import { rapporteur } from "./browser.mjs";

const DATA = ["data/c24", "tests/hostile"].map((folder) => join(process.env.REPOSITORY, folder));

test("every node and edge of the file is in the graph, with its data", () => {
  for (const data of DATA) {
    for (const mode of ["statements", "two-mode", "one-mode"]) {
      const json = JSON.parse(rapporteur("--quiet", "--data", data, "export", "-f", "cytoscape", "--mode", mode));
      const complaints = [];
      const { warn, error } = console;
      console.warn = console.error = (...words) => complaints.push(words.join(" "));
      const graph = cytoscape({ headless: true, elements: json.elements, data: json.data });
      Object.assign(console, { warn, error });
      assert.deepEqual(complaints, []);
      assert.equal(graph.nodes().length, json.elements.nodes.length);
      assert.equal(graph.edges().length, json.elements.edges.length);
      assert.ok(graph.edges().length > 0);
      for (const { data } of [...json.elements.nodes, ...json.elements.edges]) {
        assert.deepEqual(graph.getElementById(data.id).data(), data);
      }
      assert.equal(graph.nodes().filter((node) => node.isChild() || node.isParent()).length, 0);
      assert.equal(graph.data("license"), json.data.license);
    }
  }
});

test("an arrow leads from the subject to the object", () => {
  const json = JSON.parse(rapporteur("--quiet", "export", "-f", "cytoscape"));
  const graph = cytoscape({ headless: true, elements: json.elements });
  for (const { data } of json.elements.edges) {
    const edge = graph.getElementById(data.id);
    assert.deepEqual([edge.source().id(), edge.target().id()], [data.source, data.target]);
  }
});
