import { flushSync } from "svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Clocks } from "../src/bindings/Clocks";
import { clock, dayOf, instantIn } from "../src/words/time";
import { askForZones } from "../src/words/zones.svelte";
import { settle } from "./app";
import { later } from "./stage";

const at = (time: string) => Date.parse(time);
let asked: string[][];
let answer: (clocks: Clocks) => void;

function clocksOf(time_zone: string, turns: [from: string, minutesEast: number][]): Clocks {
  const zone = turns.map(([from, minutes_east]) => ({ from, time_zone, minutes_east }));
  return { until: "2028-01-01T00:00:00Z", zones: [zone] };
}

beforeEach(() => {
  asked = [];
  askForZones((zones) => {
    asked.push(zones);
    const clocks = later<Clocks>();
    answer = clocks.come;
    return clocks.promise;
  });
});

describe("a zone that this browser has never heard of", () => {
  test("has some time until the core has said which, and then that one", async () => {
    const noon = at("2026-11-23T12:00:00Z");
    const seen: string[] = [];
    const stop = $effect.root(() => {
      $effect(() => void seen.push(`${dayOf(noon, "Mars/Olympus")} ${clock(noon, "Mars/Olympus", "en-GB")}`));
    });
    flushSync();
    expect(seen).toEqual(["2026-11-23 12:00"]);
    await settle();
    answer(clocksOf("Mars/Olympus", [["2026-01-01T00:00:00Z", 750]]));
    await settle();
    expect(seen.at(-1)).toBe("2026-11-24 00:30");
    expect(asked).toEqual([["Mars/Olympus"]]);
    stop();
  });

  test("is asked for once, with all others of that moment, and what comes later by itself", async () => {
    for (const zone of ["Mars/One", "Mars/Two", "Mars/One"]) clock(0, zone, "en-GB");
    await settle();
    for (const zone of ["Mars/Two", "Mars/Three"]) clock(0, zone, "en-GB");
    await settle();
    expect(asked).toEqual([["Mars/One", "Mars/Two"], ["Mars/Three"]]);
  });
});

describe("a zone of which the browser has old rules", () => {
  test("shows what the core says, before and after its clocks change", async () => {
    // A law that no browser has heard of yet.
    const law = clocksOf("Africa/Nairobi", [["2026-01-01T00:00:00Z", 180], ["2026-06-01T00:00:00Z", 200]]);
    clock(0, "Africa/Nairobi", "en-GB");
    await settle();
    answer(law);
    await settle();
    const times = ["2026-05-31T23:59:00Z", "2026-06-01T00:00:00Z"].map((time) => clock(at(time), "Africa/Nairobi", "en-GB"));
    expect(times).toEqual(["02:59", "03:20"]);
    expect(instantIn("Africa/Nairobi", "2026-06-01T03:20")).toBe(at("2026-06-01T00:00:00Z"));
    // Of what lies further ahead than the core looks, the browser knows as much as anybody.
    expect(clock(at("2028-01-01T00:00:00Z"), "Africa/Nairobi", "en-GB")).toBe("03:00");
  });

  test("is shown as the browser has it while the core does not answer", async () => {
    askForZones(() => Promise.reject(new Error("the core is busy")));
    expect(clock(0, "Asia/Kathmandu", "en-GB")).toBe("05:30");
    await settle();
    expect(clock(0, "Asia/Kathmandu", "en-GB")).toBe("05:30");
  });
});
