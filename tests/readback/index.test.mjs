// The page of a build keeps the rules of accessibility, and all that it shows or leads to is there.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { folder, rapporteur, withPage } from "./browser.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

test("index.html violates no rule of axe, and its pictures are there", async () => {
  const built = folder("built");
  rapporteur("build", "--quiet", "-o", built);
  await withPage(async (page) => {
    await page.goto(pathToFileURL(join(built, "index.html")).href);
    await page.addScriptTag({ content: AXE });
    const { violations, passes } = await page.evaluate(() => window.axe.run());
    assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), []);
    assert.ok(passes.length > 20);
    const addresses = await page.evaluate(() =>
      [...document.querySelectorAll("img, a")].map((element) => element.src ?? element.href),
    );
    const files = addresses.filter((address) => !address.includes("#")).map((address) => fileURLToPath(address));
    assert.ok(files.length > 60);
    assert.deepEqual(files.filter((file) => !existsSync(file)), []);
    const within = addresses.filter((address) => address.includes("#")).map((address) => address.split("#")[1]);
    const missing = await page.evaluate((ids) => ids.filter((id) => !document.getElementById(id)), within);
    assert.deepEqual(missing, []);
    for (const picture of await page.locator("img").all()) {
      await picture.scrollIntoViewIfNeeded();
      assert.ok(await picture.evaluate(async (image) => (await image.decode(), image.naturalWidth > 0)));
    }
  });
});

test("pictures themselves violate no rule of axe", async () => {
  const built = folder("built-pictures");
  rapporteur("build", "--quiet", "-o", built);
  await withPage(async (page) => {
    for (const name of ["en/whole", "ar/whole", "en/organizations", "en/section-7", "ar/section-7", "ar/timeline"]) {
      const svg = readFileSync(join(built, "diagrams", `${name}.svg`), "utf8").replace(/^<\?xml.*?\?>/, "");
      await page.setContent(`<!DOCTYPE html><html lang="en"><title>${name}</title><main><h1>${name}</h1>${svg}</main>`);
      await page.addScriptTag({ content: AXE });
      const { violations, passes } = await page.evaluate(() => window.axe.run());
      assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], name);
      assert.ok(passes.length > 5, name);
    }
  });
});
