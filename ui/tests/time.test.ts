import { describe, expect, test } from "vitest";

import { withSpans } from "../src/components/hours";
import { hashOf, parseRoute } from "../src/route.svelte";
import { shortcutOf } from "../src/views/settings/shortcut";
import { Words } from "../src/words/catalogue";
import { HOUR, MINUTE, ago, cityOf, countdown, dayHeading, dayOf, duration, goneAt, happened, startsIn } from "../src/words/time";

const words = new Words("en", ["en-GB"]);
const LIMA = "America/Lima";
const now = Date.parse("2026-11-23T14:42:00Z");

describe("time in words", () => {
  test.each([
    [18 * MINUTE, "18 min"],
    [78 * MINUTE, "1 h 18 min"],
    [120 * MINUTE, "2 h"],
    [72 * HOUR, "3 days"],
  ])("a length of %d ms is %s", (length, said) => expect(duration(length, words)).toBe(said));

  test.each([
    ["2026-11-23T23:40:00Z", "Gone at 18:40"],
    ["2026-11-24T13:40:00Z", "Gone tomorrow at 08:40"],
    ["2026-11-26T13:40:00Z", "Gone Thursday at 08:40"],
    // Tomorrow in UTC, today in Lima.
    ["2026-11-24T03:00:00Z", "Gone at 22:00"],
  ])("what expires at %s is %s", (at, said) => expect(goneAt(Date.parse(at), now, LIMA, words)).toBe(said));

  test("a day that a zone skipped has no heading of its own but counts", () => {
    expect(dayHeading("2011-12-29", Date.parse("2011-12-30T12:00:00Z"), "Pacific/Apia", words)).toBe("Thursday 29 December");
  });

  test("a gathering is soon, now, or on a day", () => {
    expect(startsIn(now + 18 * MINUTE, now + 48 * MINUTE, now, LIMA, words)).toBe("in 18 min");
    expect(startsIn(now - MINUTE, now + MINUTE, now, LIMA, words)).toBe("now");
    expect(happened(now - MINUTE, now, LIMA, words)).toBe("today at 09:41");
    expect(happened(now - 24 * HOUR, now, LIMA, words)).toBe("Sunday 22 November at 09:42");
    expect(startsIn(now + 24 * HOUR, now + 25 * HOUR, now, LIMA, words)).toBe("tomorrow at 09:42");
  });

  test("the rest", () => {
    expect(ago(now, now - 20 * MINUTE, words)).toBe("20 min");
    expect(countdown(31 * MINUTE + 20_000)).toBe("31:20");
    expect(countdown(65 * MINUTE)).toBe("1:05:00");
    expect(cityOf("America/Argentina/Buenos_Aires")).toBe("Buenos Aires");
  });
});

describe("what the core reads", () => {
  test("hours drop what is unfinished and write midnight as the day's end", () => {
    const spans = [{ start: "22:00", end: "00:00" }, { start: "09:00", end: "" }];
    expect(withSpans({ mon: ["09:00-17:00"] }, "tue", spans)).toEqual({ mon: ["09:00-17:00"], tue: ["22:00-24:00"] });
  });

  test("a shortcut needs a modifier", () => {
    const press = { key: "s", code: "KeyS", ctrlKey: true, altKey: true, shiftKey: false, metaKey: false };
    expect(shortcutOf(press)).toBe("Ctrl+Alt+S");
    expect(shortcutOf({ ...press, ctrlKey: false, altKey: false })).toBeNull();
  });

  test("a place goes into the address and comes back", () => {
    expect(parseRoute(hashOf({ view: "kudos", member: "m1" }))).toMatchObject({ page: "popover", tab: "kudos", member: "m1" });
    expect(parseRoute("#/join?link=https%3A%2F%2Ftea.example.org%2Fjoin%2Fx").link).toBe("https://tea.example.org/join/x");
  });
});

describe("a day", () => {
  test("is named by its date in the zone, whatever the locale's data say", () => {
    const instant = Date.parse("2026-11-24T03:30:00Z");
    expect(dayOf(instant, "Europe/Berlin")).toBe("2026-11-24");
    expect(dayOf(instant, LIMA)).toBe("2026-11-23");
  });
});
