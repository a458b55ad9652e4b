import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import TheirTime from "../src/components/TheirTime.svelte";
import type { Today } from "../src/bindings/Today";
import ZoneQuestion from "../src/components/ZoneQuestion.svelte";
import { settle } from "./app";
import { sampleToday } from "./sample";
import { asked, show, stageIpc } from "./stage";

async function said(people: string[], change: (today: Today) => void = () => undefined): Promise<string> {
  const today = sampleToday("lively");
  change(today);
  today.people = today.people.map((now) =>
    now.person.name === "Dee" ? { ...now, state: { is: "away", back_on: "2026-11-26" } } : now,
  );
  await show(TheirTime, stageIpc({ today: () => ({ is: "today", ...today }) }), { people });
  return document.body.textContent?.replaceAll(/\s+/g, " ").trim() ?? "";
}

test("before one writes to somebody outside their hours, one reads their time", async () => {
  expect(await said(["c2"])).toBe("It is 22:42 for Cleo.");
});

test("of those who are there nothing is said", async () => {
  expect(await said(["b1", "e4"])).toBe("");
});

test("who is away is said to be, with the day on which they are back", async () => {
  expect(await said(["d3"])).toBe("Dee is away, back on Thursday.");
});

test("two who are away may have the same name", async () => {
  const twice = await said(["c2", "d3"], (today) => {
    for (const { person } of today.people) if (person.id === "c2") person.name = "Dee";
  });
  expect(twice.match(/Dee is away/g)).toHaveLength(2);
});

test("another zone of the system asks whether one travels, moved, or neither", async () => {
  const ipc = stageIpc();
  await show(ZoneQuestion, ipc, { zone: "Europe/Lisbon", isHome: false });
  expect(screen.getByText(/set to the time in Lisbon now/)).toBeVisible();
  screen.getByRole("button", { name: "Set" }).click();
  await settle();
  screen.getByRole("button", { name: "I moved" }).click();
  await settle();
  screen.getByRole("button", { name: "Leave it" }).click();
  await settle();
  expect(asked(ipc, "answer_zone").map(({ time_zone, answer }) => [time_zone, answer])).toEqual([
    ["Europe/Lisbon", { travelling: { until: "2026-11-30" } }],
    ["Europe/Lisbon", "moved"],
    ["Europe/Lisbon", "leave"],
  ]);
});
