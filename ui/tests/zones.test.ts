import { describe, expect, test } from "vitest";

import { HOUR, clock, dayOf } from "../src/words/time";
import { YOUNG, nameHere } from "../src/words/zones";

describe("a zone that this browser does not know", () => {
  test("has some time, and breaks nothing", () => {
    const noon = Date.parse("2026-11-23T12:00:00Z");
    expect([clock(noon, "Mars/Olympus", "en-GB"), dayOf(noon, "Mars/Olympus")]).toEqual(["12:00", "2026-11-23"]);
    expect(nameHere("Asia/Tokyo")).toBe("Asia/Tokyo");
  });

  test.each(Object.entries(YOUNG))("%s has the clock of %s", (young, older) => {
    const start = Date.parse("2026-01-01T00:00:00Z");
    for (let hour = 0; hour < 4 * 366 * 24; hour += 7) {
      const instant = start + hour * HOUR;
      expect(clock(instant, young, "en-GB")).toBe(clock(instant, older, "en-GB"));
    }
  });
});
