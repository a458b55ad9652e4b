import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import { router } from "../src/route.svelte";
import { appIpc, openAt, pressKey, settle, type AppIpc } from "./app";
import { samplePeople } from "./sample";
import { asked } from "./stage";

// It is Monday 09:42 in Lima, 16:42 in Helsinki and 22:42 in Shanghai.
let on: AppIpc;
const row = (name: RegExp) => screen.getByRole("button", { name });
const slider = () => screen.getByRole("slider", { name: "Look ahead" });

async function open(hash = "#/people", scene: "lively" | "alone" | "crowd" = "lively"): Promise<void> {
  on = appIpc(scene);
  openAt(hash, on);
  await screen.findByRole("heading", { level: 1, name: "People" });
}

describe("people on one time axis", () => {
  beforeEach(() => open());

  test("each has their time, what they do, and when they see and answer what one writes now", () => {
    expect(row(/^Ben: 16:42, at work. Sees it now, answers by Tue 11:42 \(their time\)/)).toBeVisible();
    expect(row(/^Cleo: 22:42, outside their hours. Sees it Tue at 09:00, answers by Tue 13:00/)).toBeVisible();
    expect(row(/^Dee: 07:42, away, back on Thursday/)).toBeVisible();
    expect(row(/^Ana: 09:42, at work$/)).toBeVisible();
  });

  test("what the most share of the day is said in words", () => {
    expect(screen.getByText("2 of 4 work at the same time from 09:00 to 10:00, your time.")).toBeVisible();
  });

  test("looking ahead moves everyone's time and asks nothing", async () => {
    expect(slider()).toHaveAttribute("aria-valuetext", "Now, 09:42");
    const before = asked(on, "people").length;
    slider().focus();
    await pressKey("ArrowRight");
    expect(slider()).toHaveAttribute("aria-valuetext", expect.stringMatching(/^Monday.*23.*, 09:45$/));
    await pressKey("ArrowRight", { shiftKey: true });
    expect(row(/^Ben: 17:45, outside their hours/)).toBeVisible();
    await pressKey("ArrowLeft");
    expect(row(/^Ben: 17:30/)).toBeVisible();
    expect(asked(on, "people")).toHaveLength(before);
    await pressKey("Home");
    expect(slider()).toHaveAttribute("aria-valuetext", "Now, 09:42");
    expect(row(/^Ben: 16:42/)).toBeVisible();
  });

  test("the slider goes over midnight, and no further than the days that are known", async () => {
    slider().focus();
    await pressKey("PageUp");
    expect(screen.getByRole("heading", { level: 2, name: /Tuesday.*24/ })).toBeVisible();
    expect(row(/^Ben: 16:30/)).toBeVisible();
    for (let press = 0; press < 40; press += 1) await pressKey("ArrowRight", { shiftKey: true });
    expect(slider()).toHaveAttribute("aria-valuetext", expect.stringMatching(/^Tuesday.*24.*, 23:59$/));
    expect(screen.getByRole("button", { name: "The day after" })).toBeDisabled();
    await fireEvent.click(screen.getByRole("button", { name: "Back to now" }));
    expect(screen.getByRole("heading", { level: 2, name: /Monday.*23/ })).toBeVisible();
  });

  test("Enter opens a profile, and the keyboard is back where it was when it closes", async () => {
    row(/^Ben/).focus();
    await fireEvent.click(row(/^Ben/));
    router.current = { ...router.current, member: "b1" };
    await settle();
    const profile = within(screen.getByRole("dialog", { name: "Profile of Ben" }));
    expect(profile.getByText("Bakes bread.")).toBeVisible();
    expect(profile.getByText("Chat: answers by Tuesday 11:42")).toBeVisible();
    expect(profile.getByRole("link", { name: "How we reply and meet" })).toHaveAttribute("href", "#/norms");
  });
});

test("a link opens the profile of who is away, with the day on which they are back", async () => {
  await open("#/people?member=d3");
  const profile = within(await screen.findByRole("dialog", { name: "Profile of Dee" }));
  expect(profile.getByText(/away, back on Thursday/)).toBeVisible();
  expect(profile.getByText("(Moving house)")).toBeVisible();
});

test("on a journey with hours of its own those are shown", async () => {
  on = appIpc();
  const view = samplePeople("lively");
  const there = { from: "2026-11-20", until: "2026-11-27", time_zone: "Europe/Lisbon", hours: { wed: ["22:00-02:00"] } };
  view.people = view.people.map((card) => (card.person.id === "b1" ? { ...card, travel: [there] } : card));
  on.answers.people = () => ({ is: "people", ...view });
  openAt("#/people?member=b1", on);
  const profile = within(await screen.findByRole("dialog", { name: "Profile of Ben" }));
  expect(profile.getByText("In Lisbon until Friday; at home in Helsinki")).toBeVisible();
  expect(profile.getByText("22:00–02:00")).toBeVisible();
  expect(profile.queryByText("09:00–17:00")).toBeNull();
});

test("who is alone sees their own day and a way to invite", async () => {
  await open("#/people", "alone");
  expect(row(/^Ana/)).toBeVisible();
  await fireEvent.click(screen.getByRole("button", { name: "Copy an invite link" }));
  await settle();
  expect(asked(on, "create_invite")).toHaveLength(1);
});

test("among sixty people one is found by a part of their name", async () => {
  await open("#/people", "crowd");
  await fireEvent.input(screen.getByRole("searchbox", { name: "Find a person" }), { target: { value: "person 37" } });
  expect(within(screen.getByRole("list", { name: "People" })).getAllByRole("listitem")).toHaveLength(1);
});

test("who did not say their hours is not said to be outside of them", async () => {
  on = appIpc();
  const view = samplePeople("lively");
  view.people = view.people.map((card) => (card.person.id === "c2" ? { ...card, hours: {}, working: [] } : card));
  on.answers.people = () => ({ is: "people", ...view });
  openAt("#/people", on);
  expect(await screen.findByRole("button", { name: /^Cleo: 22:42, has not said when they work/ })).toBeVisible();
});
