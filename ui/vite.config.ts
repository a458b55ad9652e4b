import { svelte } from "@sveltejs/vite-plugin-svelte";
import { svelteTesting } from "@testing-library/svelte/vite";
import { defineConfig } from "vitest/config";

/** Where the development host listens; see docs/ARCHITECTURE.md. */
const host = process.env.SAMOVAR_HOST_URL ?? "http://127.0.0.1:7466";

export default defineConfig({
  base: "./",
  plugins: [svelte(), svelteTesting()],
  server: {
    port: 5173,
    strictPort: true,
    fs: { allow: [".", "../crates/core/catalogue"] },
    proxy: { "/ipc": host, "/photo": host },
  },
  build: {
    target: "es2022",
    // The content security policy allows fonts and pictures from files only, not from data addresses.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.ts"],
    setupFiles: ["tests/setup.ts"],
    // Nothing waits for a time; this is what a busy machine may take.
    testTimeout: 30_000,
  },
});
