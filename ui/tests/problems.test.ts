// Whoever is refused is told why in their own language: every code that the programs know has words.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, test } from "vitest";

import { Words } from "../src/words/catalogue";

const RUST = ["crates/domain/src", "crates/core/src", "crates/server/src", "src-tauri/src"];

/** `Problem::new("code", …)`, `refused("code", …)`, and with a status before it `ApiError::new(status, "code", …)`. */
const IN_RUST = /(?:\bProblem::new|\bApiError::new|\bSelf::new|\brefused)\(\s*(?:[\w:]+,\s*)?"([a-z_]+)"/g;
const IN_THE_SCREEN = /\bnew Refusal\(\{\s*code: "([a-z_]+)"/g;

/** What only programs say to each other, and why no person is shown it. */
const NEVER_SHOWN = new Map([
  ["bad_body", "the desktop writes no item that lacks its form"],
  ["bad_cursor", "the desktop writes no such query"],
  ["bad_id", "the desktop names no item wrongly"],
  ["bad_mirror", "mirrors are set up by the API and the command line"],
  ["bad_json", "the desktop writes no such body"],
  ["cold", "of a test"],
  ["device_cloned", "the desktop enrols anew"],
  ["kind_changed", "the desktop changes no kind"],
  ["method_not_allowed", "the desktop calls no such address"],
  ["never_heard_of", "of a test"],
  ["no_file", "of the command line"],
  ["not_allowed", "of pages that are not Samovar's"],
  ["op_gap", "the outbox numbers anew"],
  ["sign_in_busy", "a browser signs in, not the desktop"],
  ["too_many_mirrors", "mirrors are set up by the API and the command line"],
  ["too_many_zones", "windows ask for the zones of a team"],
  ["too_many_ops", "the outbox sends no such batch"],
]);

function codesIn(folder: string, kind: RegExp, written: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && kind.test(file.name))
    .flatMap((file) => [...readFileSync(join(file.parentPath, file.name), "utf8").matchAll(written)])
    .map((match) => match[1] ?? "");
}

const codes = new Set([
  ...RUST.flatMap((folder) => codesIn(join(__dirname, "../..", folder), /\.rs$/, IN_RUST)),
  ...codesIn(join(__dirname, "../src"), /\.(svelte|ts)$/, IN_THE_SCREEN),
]);

describe.each(["en", "de"])("the words for problems, %s", (language) => {
  const words = new Words(language);
  const hasWords = (code: string) => words.has(`ui-problem-${code.replaceAll("_", "-")}`);

  test("are there for every code", () => {
    // Codes of every way to write one, so that a reworded source does not slip through.
    expect([...codes]).toEqual(expect.arrayContaining(["gone", "photo_gone", "invite_unknown", "timeout", "unexpected"]));
    expect([...codes].filter((code) => !NEVER_SHOWN.has(code) && !hasWords(code)).sort()).toEqual([]);
  });

  test("are not left out without need", () => {
    expect([...NEVER_SHOWN.keys()].filter((code) => hasWords(code) || !codes.has(code))).toEqual([]);
  });

  test("are there for a draft that was begun meanwhile", () => {
    expect(hasWords("draft_in_use")).toBe(true);
  });
});
