// A picture as one file works from a folder: it keeps the rules of accessibility and its own policy, asks for nothing, and leads
// with the keyboard alone from the search to a paragraph; without script, it is a picture and a list.

import assert from "node:assert/strict";
import { statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { axe, folder, rapporteur, watched, withPage } from "./browser.mjs";

const files = folder("alone");

/** Draws a part as a file, and returns its address. */
function drawn(name, ...options) {
  const path = join(files, `${name}.html`);
  rapporteur("draw", "--quiet", ...options, "-o", path);
  assert.ok(statSync(path).size < 3_000_000, name);
  return pathToFileURL(path).href;
}

const PICTURES = {
  "en/section": drawn("section", "--section", "7", "--lang", "en"),
  "ar/section": drawn("section-ar", "--section", "7", "--lang", "ar"),
  "en/around": drawn("around", "--around", "itu", "--lang", "en"),
  "ar/timeline": drawn("timeline", "--events", "--lang", "ar"),
  "en/organizations": drawn("organizations", "--between", "organizations", "--lang", "en"),
  "en/whole": drawn("whole", "--whole", "--lang", "en"),
};

/** Opens pages that may ask for nothing and complain about nothing. */
async function opened(use) {
  await withPage(async (page) => {
    const messages = watched(page, "file://");
    await use(page);
    assert.deepEqual(messages, []);
  });
}

test("no file violates a rule of axe, wide or narrow, light or dark, with a panel or without", async () => {
  await opened(async (page) => {
    for (const [name, address] of Object.entries(PICTURES)) {
      if (name === "en/whole") { continue; }
      await page.goto(address);
      await axe(page, name);
    }
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 360, height: 740 });
    for (const name of ["en/section", "ar/section"]) {
      await page.goto(`${PICTURES[name]}#e-itu`);
      await page.locator("#panel h2").waitFor();
      await axe(page, `${name}, dark and narrow`);
      const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
      assert.ok(wide <= seen, `${name} is ${wide} wide in ${seen}`);
    }
  });
});

test("the keyboard leads from the search to a cited paragraph and back", async () => {
  await opened(async (page) => {
    for (const [language, typed] of [["en", "برنامج الامم المتحدة الانمائي"], ["ar", "undp"]]) {
      await page.goto(PICTURES[`${language}/section`]);
      assert.equal(await page.evaluate(() => document.dir), language === "ar" ? "rtl" : "ltr");
      await page.keyboard.press("/");
      await page.keyboard.type(typed);
      await page.locator("#hits a").first().waitFor();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => location.hash), "#e-undp");
      assert.equal(await page.evaluate(() => document.activeElement.id), "panel");
      const source = page.locator("#panel a.source").first();
      for (let n = 0; n < 40 && !(await source.evaluate((link) => link === document.activeElement)); n += 1) {
        await page.keyboard.press("Tab");
      }
      await page.keyboard.press("Enter");
      assert.match(await page.evaluate(() => location.hash), /^#p\d+$/);
      assert.match(await page.locator("#panel h2").textContent(), /^7/);
      assert.ok((await page.locator("#panel dd").count()) > 2);
      assert.match(await page.locator("#said").textContent(), /^7/);
      await page.keyboard.press("Escape");
      assert.ok(await page.locator("#panel").isHidden());
      await page.goBack();
      await page.locator("#panel h2").waitFor();
    }
  });
});

test("arrows lead along links, a line tells what it stands for, and classes and relations can be left out", async () => {
  await opened(async (page) => {
    await page.goto(PICTURES["en/section"]);
    await page.locator("g.node a[tabindex='0']").focus();
    const first = await page.evaluate(() => document.activeElement.getAttribute("href"));
    for (const key of ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"]) { await page.keyboard.press(key); }
    assert.match(await page.locator("#said").textContent(), /links: \d+$/);
    assert.equal(await page.locator("g.node a[tabindex='0']").count(), 1);
    await page.keyboard.press("Enter");
    assert.ok((await page.locator("#panel dd").count()) > 0, first);
    await page.keyboard.press("Escape");
    assert.equal(await page.evaluate(() => document.activeElement.closest("g.node") !== null), true);

    const label = page.locator("g.edge[data-edge] text").first();
    await label.click();
    assert.match(await page.evaluate(() => location.hash), /^#l\d+$/);
    assert.ok((await page.locator("#panel dd a.source").count()) > 0);

    const before = await page.locator("g.node:not(.off)").count();
    await page.locator("#filters input[data-kind='class']").first().uncheck();
    const after = await page.locator("g.node:not(.off)").count();
    assert.ok(after < before && after > 0);
    assert.equal(await page.locator("#said").textContent(), `Entities shown: ${after} of ${before}`);
    assert.equal(await page.locator("article[data-class]:not(.off)").count(), after);
    const lines = await page.locator("g[data-edge]:not(.off)").count();
    await page.locator("#filters input[data-kind='relation']").first().uncheck();
    assert.ok((await page.locator("g[data-edge]:not(.off)").count()) < lines);
  });
});

test("a file is read in each of its languages, and what is looked at there too", async () => {
  await opened(async (page) => {
    await page.goto(`${PICTURES["en/section"]}#e-itu`);
    await page.locator("#panel h2").waitFor();
    const nodes = await page.locator("g.node").count();
    for (const [tag, direction, name] of [["ar", "rtl", /الاتحاد الدولي للاتصالات/], ["zh", "ltr", /国际电信联盟/], ["en", "ltr", /Telecommunication/]]) {
      await page.locator(`#languages button[data-language=${tag}]`).click();
      await page.locator(`html[lang=${tag}]`).waitFor();
      assert.equal(await page.evaluate(() => document.dir), direction);
      assert.match(await page.locator("#panel h2").textContent(), name);
      assert.equal(await page.locator("g.node").count(), nodes);
      await axe(page, tag);
      await page.keyboard.press("/");
      await page.keyboard.type("undp");
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => location.hash), "#e-undp");
      await page.keyboard.press("Escape");
      await page.goBack();
      await page.goBack();
      await page.locator("#panel h2").waitFor();
    }
  });
});

test("a picture of the whole is moved and searched", async () => {
  await opened(async (page) => {
    await page.goto(PICTURES["en/whole"]);
    const seen = () => page.evaluate(() => document.querySelector("#picture svg").viewBox.baseVal.width);
    const whole = await seen();
    await page.locator("#tools button[data-zoom='in']").click();
    await page.waitForFunction((whole) => document.querySelector("#picture svg").viewBox.baseVal.width < whole, whole);
    await page.emulateMedia({ reducedMotion: "reduce" });
    await page.keyboard.press("0");
    assert.equal(await seen(), whole);
    await page.keyboard.press("/");
    await page.keyboard.type("Guy Ryder");
    await page.keyboard.press("Enter");
    const [box, picture] = await page.evaluate(() => ["g.chosen", "#picture"].map((found) => {
      const { left, right, top, bottom } = document.querySelector(found).getBoundingClientRect();
      return { left, right, top, bottom };
    }));
    assert.ok(box.left >= picture.left && box.right <= picture.right && box.top >= picture.top && box.bottom <= picture.bottom);
    assert.ok((await seen()) < whole);
  });
});

test("without script a file is a picture that leads into a list with every paragraph", async () => {
  await withPage(async (page) => {
    await page.goto(PICTURES["ar/section"]);
    for (const id of ["search", "tools", "filters", "keys", "panel", "languages"]) { assert.ok(await page.locator(`#${id}`).isHidden(), id); }
    await page.locator("g.node a").first().click();
    assert.match(page.url(), /#e-/);
    assert.ok((await page.locator("#list ~ article a.source").count()) > 10);
    await page.locator("#list ~ article a.source").first().click();
    assert.match(page.url(), /#p\d+$/);
  }, { javaScriptEnabled: false });
});
