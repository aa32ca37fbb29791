// What Neo4j's own parser and checker for Cypher 5 says of the scripts.

import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { lintCypherQuery, parseStatementsStrs } from "@neo4j-cypher/language-support";
import { rapporteur } from "./browser.mjs";

function script(folder, mode) {
  const data = join(process.env.REPOSITORY, folder);
  return rapporteur("--quiet", "--data", data, "export", "-f", "cypher", "--mode", mode);
}

function complaints(text) {
  return lintCypherQuery(`CYPHER 5 ${text}`, {}).diagnostics.map(({ message }) => message);
}

for (const data of ["data/c24", "tests/hostile"]) {
  for (const mode of ["statements", "one-mode"]) {
    test(`the script of ${data} in the mode ${mode} is Cypher`, () => {
      const statements = parseStatementsStrs(script(data, mode));
      assert.ok(statements.length >= 3);
      for (const statement of statements) {
        assert.match(statement.trim(), /^(CREATE CONSTRAINT|UNWIND) [^]*;$/);
        assert.deepEqual(complaints(statement.trim()), []);
      }
    });
  }
}

test("what is not Cypher is found", () => {
  const broken = ["UNWIND ['a'b'] AS row RETURN row;", "UNWIND [1] AS row MERGE (n:`A`b`);", "UNWIND [1] AS row SET m = row;"];
  for (const statement of broken) {
    assert.notDeepEqual(complaints(statement), []);
  }
});
