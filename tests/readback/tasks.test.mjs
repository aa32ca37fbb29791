// Five tasks as somebody does them who is there for the first time, on a laptop and on a phone, each with no more steps than it
// has now: a step is something typed, pressed or clicked on.

import assert from "node:assert/strict";
import { test } from "node:test";
import { withPage, withServer } from "./browser.mjs";

const SCREENS = { laptop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };

/** Does a task on both screens, and checks how many steps it takes. */
function task(name, most, does) {
  for (const [screen, size] of Object.entries(SCREENS)) {
    test(`${name}, on a ${screen}`, async () => {
      await withServer((server) => withPage(async (page) => {
        const messages = [];
        page.on("console", (message) => messages.push(message.text()));
        page.on("pageerror", (error) => messages.push(String(error)));
        await page.setViewportSize(size);
        await page.goto(`${server}en/explore`);
        let steps = 0;
        const step = {
          click: (selector, options) => { steps += 1; return page.locator(selector, options).first().click(); },
          // Of a picture that is larger than the screen, what is in sight.
          clickSeen: async (selector) => {
            const all = page.locator(selector);
            await all.first().scrollIntoViewIfNeeded();
            const at = await all.evaluateAll((elements) => elements.findIndex((element) => {
              const { x, y, width, height } = element.getBoundingClientRect();
              return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));
            }));
            assert.ok(at >= 0, `no ${selector} is in sight`);
            steps += 1;
            return all.nth(at).click();
          },
          press: (key) => { steps += 1; return page.keyboard.press(key); },
          type: (selector, text) => { steps += 1; return page.locator(selector).fill(text); },
        };
        await does(page, step, server);
        const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        assert.ok(wide <= seen, `${wide} wide in ${seen}`);
        assert.ok(steps <= most, `${steps} steps`);
        assert.deepEqual(messages, []);
      }, { offline: false }));
    });
  }
}

const details = (page) => page.locator("#details");
/** Whether the beginning of an element is on the screen, without scrolling. */
const isSeen = (locator) => locator.evaluate((element) => {
  const { top } = element.getBoundingClientRect();
  return top >= 0 && top < window.innerHeight;
});
async function seen(page, selector) {
  const found = page.locator(selector).first();
  await found.waitFor();
  for (let tries = 0; tries < 60 && !(await isSeen(found)); tries += 1) { await page.waitForTimeout(50); }
  assert.ok(await isSeen(found), `${selector} is not on the screen`);
}

task("who works with WHO, and on what", 3, async (page, step) => {
  await step.type("#find", "WHO");
  await step.press("Enter");
  await page.waitForURL(/add=who/);
  await step.click("#partners");
  await page.waitForURL(/partners=who/);
  await page.locator("#details h3", { hasText: "Works with" }).waitFor();
  await seen(page, "#details h2");
  const said = await details(page).textContent();
  assert.match(said, /ITU Telecommunication Standardization Bureau/);
  assert.match(said, /Artificial intelligence for health/);
  assert.match(said, /c24#11\.4/);
});

task("how EQUALS is linked with Guy Ryder", 4, async (page, step) => {
  await step.type("#find", "EQUALS");
  await step.press("Enter");
  await page.waitForURL(/add=equals/);
  await step.type("#to", "Guy Ryder");
  await step.press("Enter");
  await page.waitForURL(/path=equals/);
  await page.locator("#details ol").first().waitFor();
  await seen(page, "#details h2");
  assert.match(await details(page).locator("h2").textContent(), /EQUALS.*Guy Ryder/);
  const hops = details(page).locator("ol").first().locator(":scope > li");
  assert.ok((await hops.count()) >= 2);
  for (const hop of await hops.all()) { assert.ok((await hop.locator("a.source").count()) > 0); }
});

task("what changed its date", 3, async (page, step) => {
  await step.click("#more-questions");
  await page.waitForURL(/questions\/$/);
  await step.click("a[href*='claims-given-up']");
  await page.waitForURL(/claims-given-up/);
  await step.click("form.ask button");
  await page.locator("table tbody tr").first().waitFor();
  const rows = await page.locator("table tbody tr", { hasText: /(start|end) date/i }).allTextContents();
  assert.ok(rows.some((row) => row.includes("2024-03-24")) && rows.some((row) => row.includes("2023-09-18")), rows.join("\n"));
});

task("which paragraph says what a line stands for", 3, async (page, step) => {
  await step.click("#picture g.node a");
  await page.waitForURL(/open=/);
  await page.locator("#picture g.edge a").first().waitFor();
  await step.clickSeen("#picture .edges g.edge a");
  await page.waitForURL(/focus=[^&]*%2C/);
  await seen(page, "#details h2");
  await step.click("#details a.source");
  await page.waitForURL(/(paragraph|document)\/.*\.html$/);
  assert.ok((await page.locator("main li").count()) > 0);
});

task("send it to a colleague", 3, async (page, step, server) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(server).origin });
  await step.click("#picture g.node a");
  await page.waitForURL(/open=/);
  await step.click("#copy");
  await page.locator("#copy", { hasText: "Copied" }).waitFor();
  const sent = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(sent, page.url());
  const ids = (one) => one.locator("#picture g.node").evaluateAll((nodes) => nodes.map(({ id }) => id));
  await withPage(async (other) => {
    await other.goto(sent);
    assert.deepEqual(await ids(other), await ids(page));
  }, { offline: false });
});
