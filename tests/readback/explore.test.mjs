// The explorer in a browser: with the keyboard alone, without script, in two languages, and every view an address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axe, watched, withPage, withServer } from "./browser.mjs";

const VIEWS = [
  "explore",
  "explore?open=itu",
  "explore?partners=itu&mode=two-mode&focus=itu",
  "explore?partners=itu,all&mode=one-mode&communities=yes&focus=itu,undp",
  "explore?path=equals,ryder,directed",
  "explore?open=gdc&as_of=1990",
  "explore?open=itu&open=itu&open=equals,all&focus=itu,equals",
  "explore?find=agenda",
  "explore?path=equals,who&no=Place&as_of=2024",
  "explore?add=nobody",
];

/** A page of the explorer, which asks nobody else and breaks no policy. */
async function explore(use, options = {}) {
  await withServer((server) => withPage(async (page) => {
    const messages = watched(page, server);
    await use(page, server, messages);
  }, { offline: false, ...options }));
}

const shown = (page) => page.locator("#picture g.node").count();
/** Waits until the number of nodes is what it should be. The policy of the page lets no text become a function in it. */
async function settled(page, is) {
  for (let tries = 0; tries < 200; tries += 1) {
    if (is(await shown(page))) { return; }
    await page.waitForTimeout(50);
  }
  assert.fail(`${await shown(page)} nodes at ${page.url()}`);
}

test("no view violates a rule of axe or breaks the policy, wide or narrow, light or dark", async () => {
  await explore(async (page, server, messages) => {
    for (const [language, scheme, width] of [["en", "light", 1440], ["ar", "dark", 360]]) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height: 800 });
      for (const view of VIEWS) {
        await page.goto(`${server}${language}/${view}`);
        await axe(page, `${language}/${view}`);
        const [wide, seen] = await page.evaluate(() => [document.documentElement.scrollWidth, window.innerWidth]);
        assert.ok(wide <= seen, `${language}/${view} is ${wide} wide in ${seen}`);
      }
    }
    for (const language of ["en", "ar"]) {
      for (const view of ["sparql", "sparql?query=SELECT%20%3Fwho%20%7B%20%3Fwho%20rap%3Aleads%20%3Fwhat%20%7D"]) {
        await page.goto(`${server}${view}${view.includes("?") ? "&" : "?"}lang=${language}`);
        assert.equal(await page.evaluate(() => document.dir), language === "ar" ? "rtl" : "ltr");
        await axe(page, `${language}/${view}`, 0);
        const policy = await page.locator("meta[http-equiv]").getAttribute("content");
        assert.match(policy, /default-src 'none'.*require-trusted-types-for 'script'/);
      }
    }
    // The address of nobody answers that there is nothing, which the console notes.
    assert.deepEqual(messages.filter((message) => !message.includes("404")), []);
  });
});

test("from the search box to a cited paragraph, and a path between two, with the keyboard alone", async () => {
  await explore(async (page, server, messages) => {
    for (const [language, typed, other] of [["en", "EQUALS", "WHO"], ["ar", "EQUALS", "منظمة الصحة العالمية"]]) {
      await page.goto(`${server}${language}/explore`);
      await page.keyboard.press("/");
      await page.keyboard.type(typed);
      await page.keyboard.press("Enter");
      await settled(page, (n) => n === 1);
      assert.ok(page.url().endsWith("explore?add=equals"), page.url());
      // Into the picture, and on to the details of what is there.
      await page.locator("#picture g.node a").focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/focus=equals/);
      const all = page.locator("#details a", { hasText: language === "en" ? "show all" : "اعرض الكل" }).first();
      await all.focus();
      await page.keyboard.press("Enter");
      await settled(page, (n) => n > 5);
      const many = await shown(page);
      // Arrow keys go from node to node.
      await page.locator("#picture g.node a[tabindex='0']").focus();
      const first = await page.evaluate(() => document.activeElement.closest("g.node").id);
      const seen = new Set([first]);
      for (const key of ["ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"]) {
        await page.keyboard.press(key);
        seen.add(await page.evaluate(() => document.activeElement.closest("g.node").id));
      }
      assert.ok(seen.size > 1, [...seen].join());
      // A path to another.
      await page.keyboard.press("Escape");
      assert.equal(await page.evaluate(() => document.activeElement.id), "find");
      await page.keyboard.type(other);
      await page.keyboard.press("Enter");
      await page.waitForURL(/add=who/);
      const path = page.locator("#details a[href*='path=who']").first();
      await path.focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/path=/);
      assert.ok((await shown(page)) > many);
      // Undo, and what was there again.
      const before = await shown(page);
      await page.locator("#picture g.node a[tabindex='0']").focus();
      await page.keyboard.press("u");
      await settled(page, (n) => n < before);
      await page.goBack();
      await settled(page, (n) => n === before);
      // The paragraph that says so.
      await page.locator("#details a.source").first().focus();
      await page.keyboard.press("Enter");
      await page.waitForURL(/(paragraph|document)\/.*\.html$/);
      assert.ok((await page.locator("main li").count()) > 0);
    }
    assert.deepEqual(messages, []);
  });
});

test("the same without script", async () => {
  await explore(async (page, server) => {
    await page.goto(`${server}en/explore`);
    await page.locator("#find").fill("EQUALS");
    await page.keyboard.press("Enter");
    await page.waitForURL(/add=equals/);
    await page.locator("#details a", { hasText: "show all" }).first().click();
    await page.waitForURL(/open=equals/);
    assert.ok((await shown(page)) > 5);
    await page.locator("#picture g.node a").first().click();
    await page.waitForURL(/focus=/);
    await page.locator("#as_of").fill("2021");
    await page.locator("#as_of").press("Enter");
    await page.waitForURL(/as_of=2021/);
    await page.locator("a.source").first().click();
    await page.waitForURL(/\.html$/);
  }, { javaScriptEnabled: false });
});

test("an address is the same picture everywhere, and nodes stay where they were", async () => {
  const view = "open=itu&open=who&open=equals";
  const fetched = [];
  const places = [];
  for (const browser of [1, 2]) {
    await explore(async (page, server) => {
      const answer = await page.request.get(`${server}ar/explore.svg?${view}`);
      fetched.push(await answer.text());
      if (browser === 1) {
        for (const end of ["open=itu&open=who", view]) {
          await page.goto(`${server}en/explore?${end}`);
          places.push(await page.evaluate(() => {
            const svg = document.querySelector("#picture svg").viewBox.baseVal;
            const nodes = [...document.querySelectorAll("#picture g.node")].map((node) => {
              const box = node.getBBox();
              return [node.id, [box.x + box.width / 2, box.y + box.height / 2]];
            });
            return { width: svg.width, nodes: Object.fromEntries(nodes) };
          }));
        }
      }
    });
  }
  assert.ok(fetched[0].startsWith("<svg") && fetched[0] === fetched[1]);
  const [before, after] = places;
  const anchor = Object.keys(before.nodes)[0];
  const moved = Object.keys(before.nodes).map((id) => {
    const [x, y] = [0, 1].map((at) => (after.nodes[id][at] - after.nodes[anchor][at]) - (before.nodes[id][at] - before.nodes[anchor][at]));
    return Math.hypot(x, y) / after.width;
  }).sort((a, b) => a - b);
  assert.ok(moved.length > 10 && moved[Math.floor(moved.length / 2)] < 0.1, moved.join());
});

test("dates, modes, undoing and lines are a key or a click, and each is an address", async () => {
  await explore(async (page, server, messages) => {
    await page.goto(`${server}en/explore?open=itu`);
    const all = await shown(page);
    // A slider over the dates that matter.
    await page.locator("#when").focus();
    assert.ok((await page.locator("#when").getAttribute("max")) > 1);
    await page.keyboard.press("ArrowRight");
    await page.waitForURL(/as_of=/);
    await settled(page, (n) => n < all);
    assert.equal(await page.evaluate(() => document.activeElement.id), "when");
    const date = await page.locator("#when").getAttribute("aria-valuetext");
    assert.ok(page.url().endsWith(`as_of=${date}`), `${page.url()} ${date}`);
    assert.match(await page.locator("#summary").textContent(), /Left out/);
    assert.match(await page.locator("#status").textContent(), /Entities: \d+/);
    await page.keyboard.press("Home");
    await settled(page, (n) => n === all);
    // The other languages show the same, although nothing was loaded anew.
    const other = await page.locator(".languages a[hreflang=fr]").getAttribute("href");
    assert.ok(other.endsWith("fr/explore?open=itu"), other);
    // More of a node, without it, and all of it undone and done again.
    await page.locator("#picture g.node a[tabindex='0']").focus();
    await page.keyboard.press("e");
    await settled(page, (n) => n > all);
    const more = await shown(page);
    await page.keyboard.press("h");
    await settled(page, (n) => n === more - 1);
    await page.keyboard.press("u");
    await settled(page, (n) => n === more);
    await page.keyboard.press("Control+z");
    await settled(page, (n) => n === all);
    await page.keyboard.press("r");
    await settled(page, (n) => n === more);
    // A line leads to what it stands for.
    await page.locator("#picture .edges g.edge a").first().click();
    await page.waitForURL(/focus=[^&]*%2C/);
    assert.ok((await page.locator("#details a.source").count()) > 0);
    // Organizations alone, with what they have in common.
    await page.goto(`${server}en/explore?partners=itu`);
    await page.locator("#mode-one-mode").click();
    await page.waitForURL(/mode=one-mode/);
    await page.locator("#communities").click();
    await page.waitForURL(/communities=yes/);
    const files = await page.locator("a[data-file]").evaluateAll((links) => links.map(({ href }) => href));
    assert.ok(files.length >= 9 && files.every((file) => file.includes("mode=one-mode")), files.join("\n"));
    for (const file of files) {
      const answer = await page.request.get(file);
      assert.equal(answer.status(), 200, file);
      assert.ok((await answer.body()).length > 100, file);
    }
    assert.deepEqual(messages, []);
  });
});

test("a finger moves the picture, two make it larger, and a click that drags leads nowhere", async () => {
  await explore(async (page, server, messages) => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.goto(`${server}en/explore?open=itu`);
    const box = () => page.evaluate(() => {
      const { x, y, width } = document.querySelector("#picture svg").viewBox.baseVal;
      return [x, y, width];
    });
    const svg = page.locator("#picture svg");
    await svg.scrollIntoViewIfNeeded();
    const touch = (events) => svg.evaluate((element, events) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      for (const [type, pointerId, x, y] of events) {
        element.dispatchEvent(new PointerEvent(type, {
          pointerId, pointerType: "touch", isPrimary: pointerId === 1, bubbles: true, button: type === "pointermove" ? -1 : 0,
          clientX: left + width * x, clientY: top + height * y,
        }));
      }
    }, events);
    // Capture needs a pointer that exists, which events that are made here have not.
    await page.evaluate(() => { Element.prototype.setPointerCapture = () => {}; });
    await page.locator("#tools button[data-zoom='whole']").click();
    await page.waitForTimeout(400);
    const whole = await box();
    await touch([["pointerdown", 1, 0.4, 0.5], ["pointerdown", 2, 0.6, 0.5], ["pointermove", 2, 0.7, 0.5],
      ["pointermove", 2, 0.95, 0.5], ["pointerup", 1, 0.4, 0.5], ["pointerup", 2, 0.95, 0.5]]);
    const larger = await box();
    assert.ok(larger[2] < whole[2] * 0.8, `${larger} ${whole}`);
    await touch([["pointerdown", 1, 0.5, 0.5], ["pointermove", 1, 0.4, 0.5], ["pointermove", 1, 0.3, 0.5], ["pointerup", 1, 0.3, 0.5]]);
    const moved = await box();
    assert.ok(moved[0] > larger[0] && moved[2] === larger[2], `${moved} ${larger}`);
    assert.deepEqual(messages, []);
  });
});

test("a server that does not answer is told of, and what is shown stays", async () => {
  await explore(async (page, server) => {
    await page.goto(`${server}en/explore?open=itu`);
    const before = await shown(page);
    await page.context().route("**/explore*", (route) => route.abort());
    await page.locator("#details a", { hasText: "show all" }).first().click();
    await page.locator("#failed").waitFor();
    assert.equal(await shown(page), before);
  });
});
