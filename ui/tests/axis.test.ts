import { describe, expect, test } from "vitest";

import { bandsOn, bestOverlap, clockAt, dateInWords, moved, sayAnswer, saySeen, shareOf } from "../src/words/axis";
import { Words } from "../src/words/catalogue";

const at = (text: string) => Date.parse(`2026-11-${text}Z`);
const iso = (text: string) => new Date(at(text)).toISOString();
const span = (from: string, until: string) => ({ from: iso(from), until: iso(until) });
const DAY = { from: at("23T05:00"), until: at("24T05:00") };
const english = new Words("en", ["en-GB"]);

test("bands are cut at midnight and lie where they belong", () => {
  expect(bandsOn(DAY, [span("23T03:00", "23T11:00"), span("23T23:00", "24T09:00"), span("25T00:00", "25T01:00")])).toEqual([
    { start: 0, length: 25 },
    { start: 75, length: 25 },
  ]);
  expect(shareOf(DAY, at("23T17:00"))).toBe(50);
});

test("a clock holds from when it changed until it changes again", () => {
  const clocks = [
    { from: iso("23T05:00"), time_zone: "Europe/Berlin", minutes_east: 60 },
    { from: iso("23T23:00"), time_zone: "Asia/Tokyo", minutes_east: 540 },
  ];
  expect(clockAt(clocks, at("23T22:59")).time_zone).toBe("Europe/Berlin");
  expect(clockAt(clocks, at("23T23:00")).time_zone).toBe("Asia/Tokyo");
  expect(clockAt(clocks, at("20T00:00")).time_zone).toBe("Europe/Berlin");
});

test("steps land on the quarter of an hour and stay on the axis", () => {
  const quarter = 15 * 60_000;
  const step = (from: string, by: number) => moved(at(from), by, DAY.from, DAY.until);
  expect(step("23T14:42", quarter)).toBe(at("23T14:45"));
  expect(step("23T14:42", -quarter)).toBe(at("23T14:30"));
  expect(step("23T14:45", quarter)).toBe(at("23T15:00"));
  expect(step("24T04:55", 4 * quarter)).toBe(DAY.until);
});

test("the best overlap has the most people, and then the most time", () => {
  const overlaps = [
    { ...span("23T08:00", "23T12:00"), people: 2 },
    { ...span("23T14:00", "23T15:00"), people: 3 },
    { ...span("23T18:00", "23T20:00"), people: 3 },
    { ...span("24T08:00", "24T20:00"), people: 5 },
  ];
  expect(bestOverlap(DAY, overlaps)).toEqual({ ...span("23T18:00", "23T20:00"), people: 3 });
  expect(bestOverlap(DAY, [])).toBeNull();
});

describe("what one may expect is said by the other's clock", () => {
  const now = at("23T21:40"); // Monday 16:40 in Lima, 22:40 in Berlin
  const there = (text: string) => ({ at: iso(text), minutes_east: 60 });

  test.each([
    ["24T08:00", "Sees it Tuesday at 09:00"],
    ["23T21:40", "Sees it now"],
    ["23T22:00", "Sees it at 23:00"],
  ])("seen at %s", (text, said) => {
    expect(saySeen(there(text), now, "America/Lima", english)).toBe(said);
  });

  test.each([
    ["24T12:00", "answers by Tuesday 13:00"],
    ["23T22:30", "answers by 23:30"],
    ["30T12:00", /^answers by Monday,? 30 November 13:00$/],
  ])("answered by %s", (text, said) => {
    expect(sayAnswer(there(text), now, "America/Lima", english)).toMatch(said);
  });
});

test("a day within a week is a weekday, and one beyond has its date", () => {
  const said = (date: string) => dateInWords(date, at("23T15:00"), "America/Lima", "en-GB");
  expect(said("2026-11-26")).toBe("Thursday");
  expect(said("2026-12-02")).toMatch(/^Wednesday,? 2 December$/);
});
