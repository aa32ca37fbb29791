// Mermaid itself draws our Mermaid, and what it shows is what we wrote.

import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { folder, rapporteur, withPage } from "./browser.mjs";

const MERMAID = join(createRequire(import.meta.url).resolve("mermaid/package.json"), "../dist/mermaid.min.js");

/** Labels with all that Mermaid, Markdown or HTML take for marks. */
const HOSTILE = [
  'He said "no"',
  "end",
  "1. First; second",
  "- dash",
  "+ plus",
  "*bold* _italic_ `code` **x**",
  "#35; &amp; &lt;",
  "%%{init: {}}%% comment",
  "style:x#1;classDef a:b#2;",
  "<b>bold</b> <script>alert(1)</script>",
  "a]b)c}d|e>f[g(h{",
  "back\\slash\\",
  "$$x^2$$ ~tilde~ @mail.example",
  "قمة (المستقبل) 2024-2027",
  "国际电信联盟",
  "https://example.org/?a=1&b=2",
];

function hostileData() {
  const data = folder("hostile");
  const config = ['id = "h"', 'base = "https://example.org/"', 'license = "https://example.org/l"', 'languages = ["en"]'];
  writeFileSync(join(data, "dataset.toml"), [...config, "[title]", 'en = "A \\"title\\": #1; %%{x}%%"'].join("\n"));
  const cell = (text) => `"${text.replaceAll('"', '""').replaceAll("|", "\\|")}"`;
  const entities = HOSTILE.map((label, number) => `e${number},Organization,${cell(label)}`);
  writeFileSync(join(data, "organizations.csv"), ["id,class,label@en", ...entities, ""].join("\n"));
  const links = HOSTILE.slice(1).map((_, number) => `e${number},cooperatesWith,e${number + 1},`);
  writeFileSync(join(data, "statements.csv"), ["subject,property,object,source", ...links, ""].join("\n"));
  return data;
}

/** Draws texts of Mermaid and returns the labels of nodes and edges, title and description of each picture. */
function drawn(texts) {
  return withPage(async (page) => {
    await page.setContent("<!doctype html><title>Mermaid</title><body></body>");
    await page.addScriptTag({ path: MERMAID });
    return page.evaluate(async (texts) => {
      const { mermaid } = window;
      mermaid.initialize({ startOnLoad: false });
      const pictures = [];
      for (const [number, text] of texts.entries()) {
        await mermaid.parse(text);
        const holder = document.createElement("div");
        holder.innerHTML = (await mermaid.render(`picture${number}`, text)).svg;
        document.body.append(holder);
        const all = (selector) => [...holder.querySelectorAll(selector)].map((found) => found.textContent.trim());
        const [title] = all("svg > title");
        const [description] = all("svg > desc");
        const links = holder.querySelectorAll("a[*|href]").length;
        pictures.push({ title, description, nodes: all("g.node"), edges: all("g.edgeLabel"), links });
      }
      return pictures;
    }, texts);
  });
}

const isolates = /[\u2066-\u2069]/g;

test("hostile labels are shown as they are", async () => {
  const text = rapporteur("--data", hostileData(), "--quiet", "draw", "-f", "mmd");
  const [picture] = await drawn([text]);
  const labels = picture.nodes.map((label) => label.replace(isolates, "")).sort();
  // The legend names the class, and the one kind of line.
  assert.deepEqual(labels, [...HOSTILE, "organization", "— cooperates with"].sort());
  assert.equal(picture.title, 'A "title": #1; %%{x}%%');
  assert.equal(picture.links, HOSTILE.length);
});

test("each section is drawn in both languages", async () => {
  for (const language of ["en", "ar"]) {
    // Section 2 has more lines than Mermaid draws.
    const sections = ["3", "4", "6"];
    const texts = sections.map((section) => rapporteur("--lang", language, "draw", "--whole", "--section", section, "-f", "mmd"));
    for (const [number, picture] of (await drawn(texts)).entries()) {
      const [nodes, edges] = [/^ +n\d+[^\w ]/gm, /^ +n\d+ \S+\|/gm].map((line) => (texts[number].match(line) ?? []).length);
      assert.ok(picture.nodes.length > nodes && picture.links === nodes, JSON.stringify(picture));
      assert.equal(picture.edges.filter((label) => label).length, edges);
      assert.ok(picture.title.includes(sections[number]) && picture.description.startsWith(picture.title));
    }
  }
});
