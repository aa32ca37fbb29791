// The pages of a site keep the rules of accessibility in a browser that opens them from a folder; names are found with the
// keyboard, folded as the program folds them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import vm from "node:vm";
import { axe, folder, rapporteur, watched, withPage } from "./browser.mjs";

const KINDS = [
  "index",
  "names/index",
  "names/1",
  "entity/itu",
  "entity/sotf",
  "document/index",
  "document/c24",
  "section/c24/7",
  "paragraph/c24/2.4",
  "class/index",
  "class/Organ",
  "property/index",
  "property/leads",
  "picture/index",
  "picture/timeline",
  "picture/section-7",
  "findings",
  "coverage",
];

const built = folder("built");
rapporteur("build", "--quiet", "-o", built);
const site = join(built, "site");
const address = (path) => pathToFileURL(join(site, path)).href;

test("no page of any kind violates a rule of axe, wide or narrow, light or dark", async () => {
  await withPage(async (page) => {
    const messages = watched(page, "file://");
    for (const language of ["en", "ar"]) {
      for (const kind of KINDS) {
        await page.goto(address(`${language}/${kind}.html`));
        await axe(page, `${language}/${kind}`);
      }
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    for (const kind of ["index", "names/1", "entity/sotf", "paragraph/c24/2.4"]) {
      await page.goto(address(`ar/${kind}.html`));
      await axe(page, `ar/${kind}, dark and narrow`);
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      assert.ok(wide <= seen, `ar/${kind} is ${wide} wide in ${seen}`);
    }
    assert.deepEqual(messages, []);
  });
});

test("a name in any language is found with the keyboard, from a page in any", async () => {
  await withPage(async (page) => {
    for (const [language, typed, file] of [
      ["en", "قمه المستقبل", "sotf"],
      ["ar", "summit of the FUTURE", "sotf"],
      ["en", "Union internationale des telecommunications".slice(0, 19), "itu"],
    ]) {
      await page.goto(address(`${language}/document/index.html`));
      await page.keyboard.press("/");
      await page.keyboard.type(typed);
      await page.locator("#hits a").first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL(address(`${language}/entity/${file}.html`));
    }
    await page.goto(address("en/index.html"));
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.className), "skip");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  });
});

test("words may be in any order, and what is spelled otherwise is answered with what is alike", async () => {
  await withPage(async (page) => {
    for (const [language, typed, file, said] of [
      ["en", "compact digital global", "gdc", "Names found:"],
      ["en", "Univrsal conectivity", "t-conn", "Perhaps one of these"],
      ["ar", "الاتحد الدولي للاتصلات", "itu", "لعل المقصود"],
    ]) {
      await page.goto(address(`${language}/index.html`));
      await page.locator("#query").pressSequentially(typed);
      await page.locator(`#hits a[href$='/${file}.html']`).waitFor();
      assert.ok((await page.locator("#found").textContent()).includes(said), typed);
    }
    await page.goto(address("en/index.html"));
    await page.locator("#query").pressSequentially("xqzwvk");
    await page.locator("#found", { hasText: "No name is like that." }).waitFor();
    assert.equal(await page.locator("#hits a").count(), 0);
  });
});

test("pages are there without script", async () => {
  await withPage(async (page) => {
    await page.context().route("**/*.js", (route) => route.abort());
    await page.goto(address("en/index.html"));
    assert.ok(!(await page.locator("#search").isVisible()));
    await page.locator(".letters a", { hasText: "S" }).first().click();
    await page.locator(".names a[href$='/sotf.html']").first().click();
    await page.locator("svg a").first().waitFor({ state: "attached" });
    assert.ok((await page.locator("a.source").count()) > 5);
  });
});

test("the script folds names as the program does", () => {
  let names;
  const context = { rapporteurNames: (given) => { names = given.names; } };
  vm.runInNewContext(readFileSync(join(site, "names.js"), "utf8"), context);
  const source = readFileSync(join(site, "search.js"), "utf8");
  const fold = vm.runInNewContext(`(${source.match(/function fold\(text\) \{[^]*?\n  \}/)[0]})`);
  assert.ok(names.length > 2000);
  const others = names.filter(([folded, name]) => fold(name) !== folded);
  assert.equal(others.length, 0, JSON.stringify(others.slice(0, 3)));
});

test("pictures themselves violate no rule of axe", async () => {
  await withPage(async (page) => {
    for (const name of ["en/whole", "ar/whole", "en/organizations", "en/section-7", "ar/section-7", "ar/timeline"]) {
      const svg = readFileSync(join(built, "diagrams", `${name}.svg`), "utf8").replace(/^<\?xml.*?\?>/, "");
      await page.setContent(`<!DOCTYPE html><html lang="en"><title>${name}</title><main><h1>${name}</h1>${svg}</main>`);
      await axe(page, name);
    }
  });
});
