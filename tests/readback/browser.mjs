// Headless Chromium, and the program, for the tests that look at pictures as a browser does.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";

const REPOSITORY = process.env.REPOSITORY;
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export function folder(name) {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

/** Runs the program and returns what it writes to stdout. */
export function rapporteur(...args) {
  const program = join(REPOSITORY, "target", "release", "rapporteur");
  return execFileSync(program, args, { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** Starts a server of the shipped data, with more arguments if any, and gives its address to a function. */
export async function withServer(use, more = []) {
  const program = join(REPOSITORY, "target", "release", "rapporteur");
  const server = spawn(program, ["serve", "--bind", "127.0.0.1:0", ...more], { cwd: REPOSITORY, stdio: ["ignore", "ignore", "pipe"] });
  const lines = createInterface({ input: server.stderr });
  const address = new Promise((found, failed) => {
    lines.on("line", (line) => { const match = line.match(/listening: (http:\S+)/); if (match) { found(match[1]); } });
    server.on("exit", (code) => failed(new Error(`the server ended with ${code}`)));
  });
  try {
    return await use(await address);
  } finally {
    server.kill();
  }
}

/** Gives a page of a browser to a function; one without network, unless it asks a server on this machine. */
export async function withPage(use, { offline = true, javaScriptEnabled = true } = {}) {
  const profile = folder("chromium");
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    offline,
    javaScriptEnabled,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  try {
    return await use(await browser.newPage());
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true });
  }
}

/** Lets a page ask only for addresses that begin so, and returns what it complains about. */
export function watched(page, begin) {
  const messages = [];
  page.on("console", (message) => messages.push(message.text()));
  page.on("pageerror", (error) => messages.push(String(error)));
  page.on("request", (request) => assert.ok(request.url().startsWith(begin), request.url()));
  return messages;
}

/** Holds what a page shows to the rules of axe, at least so many of which must say something of it. */
export async function axe(page, name, least = 16) {
  // The policy of the page lets no script in but its own; the debugger is not the page.
  const { violations, passes } = await page.evaluate(`${AXE}; window.axe.run({ preload: false })`);
  assert.deepEqual(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]), [], name);
  assert.ok(passes.length >= least, name);
}
