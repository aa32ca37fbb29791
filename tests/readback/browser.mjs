// Headless Chromium, and the program, for the tests that look at pictures as a browser does.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const REPOSITORY = process.env.REPOSITORY;

export function folder(name) {
  return mkdtempSync(join(tmpdir(), `${name}-`));
}

/** Runs the program and returns what it writes to stdout. */
export function rapporteur(...args) {
  const program = join(REPOSITORY, "target", "release", "rapporteur");
  return execFileSync(program, args, { cwd: REPOSITORY, encoding: "utf8", maxBuffer: 1 << 28 });
}

/** Gives a page of a browser without network to a function. */
export async function withPage(use) {
  const profile = folder("chromium");
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    headless: true,
    offline: true,
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
