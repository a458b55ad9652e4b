import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "@fluent/syntax";
import { describe, expect, test } from "vitest";

import { Words, strong } from "../src/words/catalogue";

const catalogue = (language: string) =>
  readFileSync(join(__dirname, `../../crates/core/catalogue/${language}.ftl`), "utf8");

/** Each message with the variables that it names. */
function messages(language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const entry of parse(catalogue(language), {}).body) {
    expect(entry.type, JSON.stringify(entry)).not.toBe("Junk");
    if (entry.type !== "Message") continue;
    expect(found.has(entry.id.name), `${entry.id.name} is there twice`).toBe(false);
    const variables = JSON.stringify(entry.value).matchAll(/"VariableReference","id":\{[^}]*"name":"(\w+)"/g);
    found.set(entry.id.name, [...new Set([...variables].map((match) => match[1]))].sort().join());
  }
  return found;
}

function sources(folder: string, kind: RegExp): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && kind.test(file.name))
    .map((file) => readFileSync(join(file.parentPath, file.name), "utf8"));
}

describe("the catalogue", () => {
  test("says the same in both languages", () => {
    expect([...messages("de").keys()].sort()).toEqual([...messages("en").keys()].sort());
  });

  test("has every message that the screen asks for", () => {
    const english = [...messages("en").keys()];
    const asked = sources(join(__dirname, "../src"), /\.(svelte|ts)$/).flatMap((source) =>
      [...source.matchAll(/["'`](ui-[a-z0-9-]+)(\$\{)?/g)].map((match) => ({ key: match[1] ?? "", isStart: match[2] !== undefined })),
    );
    expect(asked.length).toBeGreaterThan(100);
    const missing = asked.filter(({ key, isStart }) =>
      isStart ? !english.some((each) => each.startsWith(key)) : !english.includes(key),
    );
    expect(missing).toEqual([]);
  });

  test("keeps a name of the other writing direction from turning the sentence", () => {
    expect(new Words("en").say("ui-greeting-morning", { name: "أمينة" })).toBe("Good morning, \u2068أمينة\u2069");
  });

  test("lets names stand out in a sentence, whatever they contain", () => {
    const stretches = new Words("en").sayInStretches("ui-kudos-from-to", { from: strong("A\ue001b"), to: strong("Ben") });
    expect(stretches).toEqual([
      { text: "Ab", isStrong: true },
      { text: " to ", isStrong: false },
      { text: "Ben", isStrong: true },
    ]);
  });
});
