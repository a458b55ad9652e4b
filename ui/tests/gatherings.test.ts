import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Gatherings } from "../src/bindings/Gatherings";
import { appIpc, openAt, pressKey, settle, type AppIpc } from "./app";
import { sampleGatherings, type Scene } from "./sample";
import { asked } from "./stage";

let on: AppIpc;
let page: Gatherings;

async function open(scene: Scene = "lively", change: (page: Gatherings) => void = () => undefined): Promise<void> {
  on = appIpc(scene);
  page = sampleGatherings(scene);
  change(page);
  on.answers.gatherings = () => ({ is: "gatherings", ...structuredClone(page) });
  openAt("#/gatherings", on);
  await screen.findByRole("heading", { level: 1, name: "Gatherings" });
}

const card = (name: string) => within(screen.getAllByRole("article", { name })[0] as HTMLElement);
const button = (name: string | RegExp) => screen.getByRole("button", { name });
const sheet = () => within(screen.getByRole("dialog"));

describe("the coming weeks", () => {
  beforeEach(() => open());

  test("tell who comes and why then, and nobody is counted", () => {
    expect(card("Teatime").getByText("Lima had the hard one last time; this time Oslo.")).toBeVisible();
    expect(card("Teatime").getByText("Coming: Ben and Cleo")).toBeVisible();
    expect(card("Teatime").getByText("Maybe: Dee")).toBeVisible();
    expect(card("Teatime").getByText("Camera optional: 23:00 for Cleo")).toBeVisible();
    expect(card("Lunch around the world").getByText("Camera optional: outside your hours")).toBeVisible();
    expect(card("Lunch around the world").getByText("Your room: Ben and Dee")).toBeVisible();
  });

  test("may offer the same to talk about twice", async () => {
    page.gatherings[0]!.prompts = ["A small joy", "A window", "A small joy"];
    on.change({ changed: "today" });
    await settle();
    expect(card("Teatime").getAllByText("A small joy")).toHaveLength(2);
  });

  test("are answered with the keyboard", async () => {
    const maybe = card("Teatime").getByRole("radio", { name: "Maybe" });
    await fireEvent.click(maybe);
    await settle();
    expect(asked(on, "answer")).toMatchObject([{ gathering: "g1", answer: "maybe" }]);
  });

  test("have one's own note for a pair call beside it", () => {
    expect(screen.getByText("Your note to yourself: Bread")).toBeVisible();
  });

  test("are joined where the link leads", async () => {
    await fireEvent.click(card("Teatime").getByRole("button", { name: "Join" }));
    await settle();
    expect(on.askedOfShell).toContainEqual({ do: "open_link", link: "https://meet.example.org/tea" });
    expect(card("Lunch around the world").queryByRole("button", { name: "Join" })).toBeNull();
  });

  test("show what was called off, and an admin may think again", async () => {
    const called = within(screen.getAllByRole("article", { name: "Teatime" })[1] as HTMLElement);
    expect(called.getByText("Called off")).toBeVisible();
    expect(called.queryByRole("radio")).toBeNull();
    await fireEvent.click(called.getByRole("button", { name: "It takes place after all" }));
    await settle();
    expect(asked(on, "cancel_gathering")).toMatchObject([{ gathering: "g3", off: false }]);
  });

  test("can be called off, and back on from the toast", async () => {
    await fireEvent.click(card("Teatime").getByText("Call off"));
    await settle();
    await fireEvent.click(button("Undo"));
    await settle();
    expect(asked(on, "cancel_gathering").map(({ off }) => off)).toEqual([true, false]);
  });
});

describe("an empty page", () => {
  test("says what a gathering is, and offers to plan one", async () => {
    await open("alone");
    expect(screen.getByText("Nothing is planned yet")).toBeVisible();
    await fireEvent.click(button("Plan a series"));
    await fireEvent.submit(screen.getByRole("dialog").querySelector("form") as HTMLFormElement);
    await settle();
    expect(asked(on, "save_series")).toMatchObject([{ plan: { title: "Teatime", weekday: "wed" } }]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});

describe("a series", () => {
  // The lists of all zones take their time to be drawn.
  test("gets a further time, a Jitsi room and its own prompts", { timeout: 20_000 }, async () => {
    await open();
    await fireEvent.click(button("Change Teatime"));
    await fireEvent.click(sheet().getByRole("button", { name: "Another time" }));
    await fireEvent.click(sheet().getByRole("radio", { name: "A Jitsi room each time" }));
    await fireEvent.click(sheet().getByRole("radio", { name: "Each time" }));
    await fireEvent.input(sheet().getByLabelText(/Things to talk about/), { target: { value: "Bread\n\n Maps " } });
    await fireEvent.click(sheet().getByRole("button", { name: "Save" }));
    await settle();
    const plan = asked(on, "save_series")[0]?.plan;
    expect(plan).toMatchObject({
      more_slots: [{ time: "09:00" }, { weekday: "thu" }],
      rotate: "each",
      jitsi: "https://meet.jit.si",
      prompts: ["Bread", "Maps"],
      reminders: { ahead_min: 10, at_start: true, before_end: true },
    });
    expect(plan).not.toHaveProperty("link");
  });

  test("is deleted, and comes back as it was", async () => {
    await open();
    await fireEvent.click(button("Change Teatime"));
    await fireEvent.click(sheet().getByRole("button", { name: "Delete the series" }));
    await settle();
    expect(asked(on, "delete")).toMatchObject([{ item: "se1" }]);
    await fireEvent.click(button("Undo"));
    await settle();
    expect(asked(on, "save_series")).toMatchObject([{ plan: { title: "Teatime", rotate: "monthly" } }]);
  });
});

describe("I spy", () => {
  test("is marked for oneself, with a line to shout about", async () => {
    await open();
    await fireEvent.click(card("Teatime").getByText("I spy"));
    await settle();
    for (const name of ["A pet", "A plant", "A mug with a slogan"]) {
      await fireEvent.click(sheet().getByRole("button", { name }));
      await settle();
    }
    expect(sheet().getByText("A line! Say it out loud.")).toBeVisible();
    expect(sheet().getByRole("button", { name: "A pet" })).toHaveAttribute("aria-pressed", "true");
    sheet().getByRole("button", { name: "A pet" }).focus();
    await pressKey("ArrowDown");
    expect(sheet().getByRole("button", { name: "A hat" })).toHaveFocus();
  });
});

describe("a pair call", () => {
  test("tells why these two, and each time in both zones", async () => {
    await open();
    expect(screen.getByText("You meet Ben")).toBeVisible();
    expect(screen.getByText("You share 5 hours this week and have not met for 9 weeks.")).toBeVisible();
    expect(screen.getByText(/15:42 for Ben/)).toBeVisible();
    expect(screen.getByText(/16:42 for Ben · suits Ben/)).toBeVisible();
    await fireEvent.click(screen.getAllByRole("checkbox")[1] as HTMLElement);
    await settle();
    expect(asked(on, "answer_pairing")).toMatchObject([{ pairing: "pa1", times: [page.pairs.pairing?.times[1]?.at] }]);
  });

  test("is declined for the week, and not after all", async () => {
    await open();
    await fireEvent.click(button("Cannot this week"));
    await settle();
    await fireEvent.click(button("Undo"));
    await settle();
    expect(asked(on, "answer_pairing").map(({ times }) => times)).toEqual([[], undefined]);
  });

  test("is skipped with one click, and undone with another", async () => {
    await open();
    await fireEvent.click(button("Skip this week"));
    await settle();
    await fireEvent.click(button("Undo"));
    await settle();
    expect(asked(on, "skip_pair_week")).toMatchObject([
      { week: "2026-11-30", skip: true },
      { week: "2026-11-30", skip: false },
    ]);
  });

  test("is agreed, and joined", async () => {
    await open("lively", ({ pairs }) => {
      if (pairs.pairing) pairs.pairing.progress = { is: "agreed", at: pairs.pairing.times[1]?.at ?? "" };
    });
    expect(screen.getByText("You meet tomorrow at 09:42.")).toBeVisible();
    expect(screen.queryByRole("checkbox")).toBeNull();
  });

  test("names who breaks the ice", async () => {
    await open("lively", ({ pairs }) => {
      if (pairs.pairing) pairs.pairing.ice_breaker = { id: "me", name: "Ana", time_zone: "America/Lima", photo: null };
    });
    expect(screen.getByText("Nobody has chosen yet. Would you break the ice?")).toBeVisible();
  });
});

describe("the wish for pair calls", () => {
  test("is private, and keeps what it does not show", async () => {
    await open("lively", ({ pairs }) => {
      if (pairs.wish) pairs.wish.skip_week = "2026-11-30";
    });
    await fireEvent.click(button("Your pair calls"));
    expect(sheet().getByText(/Nobody else ever sees it/)).toBeVisible();
    expect(sheet().getByText(/Confidential/)).toBeVisible();
    await fireEvent.click(sheet().getByRole("button", { name: "Cleo" }));
    await fireEvent.input(sheet().getByLabelText("Pause until"), { target: { value: "2026-12-24" } });
    await fireEvent.click(sheet().getByRole("button", { name: "Save" }));
    await settle();
    expect(asked(on, "save_pair_wish")).toMatchObject([
      { wish: { every_weeks: 2, paused_until: "2026-12-24", topics: ["Bread"], not_with: ["c2"], skip_week: "2026-11-30" } },
    ]);
  });

  test("is taken back, and given again", async () => {
    await open();
    await fireEvent.click(button("Your pair calls"));
    await fireEvent.click(sheet().getByRole("button", { name: "Take part no more" }));
    await settle();
    await fireEvent.click(button("Undo"));
    await settle();
    expect(asked(on, "save_pair_wish").map(({ wish }) => wish?.every_weeks)).toEqual([undefined, 2]);
  });
});
