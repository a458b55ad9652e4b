import { defineConfig } from "@playwright/test";

/** The development host: the built UI on the real core, with a lively team. */
const baseURL = process.env.SAMOVAR_HOST_URL ?? "http://127.0.0.1:7466";

export default defineConfig({
  testDir: "e2e",
  // One core stands behind all of them.
  workers: 1,
  fullyParallel: false,
  // What a busy machine may take; nothing waits for a time.
  timeout: 180_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    baseURL,
    locale: "en-GB",
    viewport: { width: 1040, height: 720 },
    permissions: ["clipboard-read", "clipboard-write"],
    launchOptions: {
      executablePath: process.env.SAMOVAR_CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
      ],
    },
  },
});
