// Every page of the site, and pages of the server, are valid HTML by the checker of the W3C.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { folder, rapporteur, withServer } from "./browser.mjs";

const VNU = createRequire(import.meta.url)("vnu-jar");
// From a folder, a policy that allows the server alone seems to forbid the page its own script and style.
const OF_FOLDERS = /violates Content Security Policy/;

/** What the checker says of files, but for hints. */
async function said(files) {
  const args = ["-Xmx1g", "-jar", VNU, "--format", "json", "--exit-zero-always", ...files];
  const { stderr } = await promisify(execFile)("java", args, { maxBuffer: 1 << 28 });
  const { messages } = JSON.parse(stderr);
  return messages.filter(({ type, subType, message }) => (type !== "info" || subType === "warning") && !OF_FOLDERS.test(message));
}

test("every page of the site is valid", async () => {
  const built = folder("built");
  rapporteur("build", "--quiet", "-o", built);
  const names = readdirSync(join(built, "site"), { recursive: true }).filter((name) => name.endsWith(".html"));
  assert.ok(names.length > 2000, `${names.length} pages`);
  assert.deepEqual(await said(names.map((name) => join(built, "site", name))), []);
});

test("pages that only the server has are valid", async () => {
  const kept = folder("served");
  await withServer(async (address) => {
    const places = ["ar/explore", "en/explore?add=itu&open=itu", "questions/", "questions/partners-of-an-organization?organization=ITU", "sparql", "sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205"];
    const files = [];
    for (const [number, place] of places.entries()) {
      const response = await fetch(new URL(place, address), { headers: { Accept: "text/html" } });
      assert.equal(response.status, 200, place);
      files.push(join(kept, `${number}.html`));
      writeFileSync(files[number], await response.text());
    }
    assert.deepEqual(await said(files), []);
  });
});
