// The editor of queries in a browser: completion and mistakes with the keyboard, answers that lead on, the same without script.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, watched, withPage, withServer } from "./browser.mjs";

test("a word is completed, a mistake is marked, an answer leads to entities, paragraphs and the explorer", async () => {
  await withServer((server) => withPage(async (page) => {
    const messages = watched(page, server);
    for (const [scheme, width] of [["light", 1440], ["dark", 360]]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${server}sparql`);
      await axe(page, page.url(), 13);
    }
    await page.locator("#sparql").fill("");
    await page.locator("#sparql").focus();
    await page.keyboard.type("SELECT ?body { ?body rap:lead");
    await page.locator("#completions li").first().waitFor();
    await axe(page, page.url(), 13);
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator("#sparql").inputValue(), "SELECT ?body { ?body rap:leads");
    assert.ok(await page.locator(".editor .variable").count());
    // The bracket is not closed.
    await page.keyboard.type(" ?what ");
    await page.keyboard.press("Control+Enter");
    await page.locator(".ask [role=alert]", { hasText: "1:" }).waitFor();
    assert.equal(await page.locator("#sparql").getAttribute("aria-invalid"), "true");
    assert.equal(await page.evaluate(() => document.activeElement.id), "sparql");
    await page.locator("#sparql").press("End");
    await page.keyboard.type("}");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(/sparql\?query=/);
    assert.ok((await page.locator("table a").count()) > 5);
    await axe(page, page.url(), 13);
    await page.locator("a", { hasText: "explorer" }).click();
    await page.waitForURL(/explore\?add=/);
    assert.ok((await page.locator("#picture g.node").count()) > 5);
    // What is not accepted is answered with a status that the console notes.
    assert.deepEqual(messages.filter((message) => !message.includes("400")), []);
  }, { offline: false }));
});

test("the editor, its answers and what it says are in six languages", async () => {
  await withServer((server) => withPage(async (page) => {
    const query = encodeURIComponent("SELECT ?body { ?body rap:leads ?what } LIMIT 3");
    const titles = new Set();
    for (const language of ["ar", "en", "es", "fr", "ru", "zh"]) {
      await page.goto(`${server}sparql?lang=${language}`);
      assert.equal(await page.evaluate(() => document.documentElement.lang), language);
      assert.ok((await page.locator("main a[href*='query=']").count()) > 5);
      await page.goto(`${server}sparql?lang=${language}&query=${query}`);
      titles.add(await page.locator("h1").textContent());
      assert.equal(await page.locator("input[name=lang]").getAttribute("value"), language);
      assert.match(await page.locator("#time").textContent(), /\d\.\d\d/);
      assert.equal(await page.locator("tbody tr").count(), 3);
      assert.equal(await page.locator(".languages a").count(), 6);
    }
    assert.equal(titles.size, 6);
    // Whoever names no language is sent the one that is accepted.
    const answer = await page.request.get(`${server}sparql`, { headers: { accept: "text/html", "accept-language": "ru" } });
    assert.match(await answer.text(), /<html lang="ru"/);
  }, { offline: false }));
});

test("a query is asked without script", async () => {
  await withServer((server) => withPage(async (page) => {
    await page.goto(`${server}sparql`);
    await page.locator("#sparql").fill("SELECT ?what { ?who rap:leads ?what }");
    await page.locator(".ask button").click();
    await page.waitForURL(/sparql\?query=/);
    assert.ok((await page.locator("table a").count()) > 5);
  }, { offline: false, javaScriptEnabled: false }));
});
