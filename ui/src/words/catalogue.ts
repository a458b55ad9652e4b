// The words on the screen, from the one catalogue that tray, notifications and command line share.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import english from "../../../crates/core/catalogue/en.ftl?raw";
import german from "../../../crates/core/catalogue/de.ftl?raw";

export type Variables = Record<string, string | number>;

/** A stretch of a sentence; strong ones are names. */
export interface Stretch {
  text: string;
  isStrong: boolean;
}

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/u;
// Private use characters, which no sentence contains, stand around what is to be strong.
const STRONG_START = "\ue000";
const STRONG_END = "\ue001";

/** Keeps a word's own writing direction from turning the sentence around it. */
function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text;
}

/** The catalogue in one language. */
export class Words {
  readonly language: "en" | "de";
  /** For numbers, dates and lists: the person's own flavour of the language where the system tells it. */
  readonly locale: string;
  readonly #bundle: FluentBundle;
  readonly #list: Intl.ListFormat;

  constructor(language: string, preferred: readonly string[] = []) {
    this.language = language === "de" ? "de" : "en";
    this.locale = preferred.find((tag) => tag.split("-")[0] === this.language) ?? this.language;
    this.#bundle = new FluentBundle(this.locale, { useIsolating: false });
    this.#bundle.addResource(new FluentResource(this.language === "de" ? german : english));
    this.#list = new Intl.ListFormat(this.locale, { type: "conjunction" });
  }

  /** Whether there is a message of this key. */
  has(key: string): boolean {
    return this.#bundle.hasMessage(key);
  }

  /** The message of this key; the key itself when it is missing, so that it is found. */
  say(key: string, variables: Variables = {}): string {
    const pattern = this.#bundle.getMessage(key)?.value;
    if (!pattern) return key;
    const isolated = Object.fromEntries(
      Object.entries(variables).map(([name, value]) => [name, typeof value === "string" ? isolate(value) : value]),
    );
    return this.#bundle.formatPattern(pattern, isolated, []);
  }

  /** The message of this key in stretches, with what `strong` gave standing out. */
  sayInStretches(key: string, variables: Variables = {}): Stretch[] {
    return this.say(key, variables)
      .split(new RegExp(`(${STRONG_START}[^${STRONG_END}]*${STRONG_END})`, "u"))
      .filter((text) => text !== "")
      .map((text) => ({
        text: text.replaceAll(STRONG_START, "").replaceAll(STRONG_END, ""),
        isStrong: text.startsWith(STRONG_START),
      }));
  }

  /** "Ben, Cleo and Dee". */
  list(names: readonly string[]): string {
    return this.#list.format(names.map(isolate));
  }
}

/** Marks a name to stand out in `sayInStretches`. */
export function strong(name: string): string {
  return `${STRONG_START}${name.replace(/[\ue000\ue001]/gu, "")}${STRONG_END}`;
}
