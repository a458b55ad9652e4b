import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { PulseCard } from "../src/bindings/PulseCard";
import { appIpc, openAt, openToday, refusal, settle, type AppIpc } from "./app";
import { samplePulse } from "./sample";
import { asked } from "./stage";

let on: AppIpc;
let pulse: PulseCard;

beforeEach(() => {
  on = appIpc();
  pulse = samplePulse("lively");
  on.answers.pulse = () => ({ is: "pulse", ...structuredClone(pulse) });
});

async function open(): Promise<void> {
  await openToday(on);
  await settle();
}

const card = () => screen.queryByRole("region", { name: "Pulse" });
const inside = () => within(screen.getByRole("region", { name: "Pulse" }));

describe("the pulse on Today", () => {
  test("asks with five choices in words, and says what is protected", async () => {
    await open();
    const choices = inside().getAllByRole("radio");
    expect(choices.map((choice) => choice.closest("label")?.textContent?.trim())).toEqual([
      "Not at all", "A little", "Somewhat", "Mostly", "Very much",
    ]);
    expect(inside().getByText(/Nobody can tell who said what, or who answered/)).toBeVisible();
    expect(inside().getByText(/^Open until: /)).toBeVisible();
    expect(inside().getByRole("button", { name: "Answer" })).toBeDisabled();
  });

  test("is answered once, and says so without the answer", async () => {
    await open();
    await fireEvent.click(inside().getByRole("radio", { name: "Mostly" }));
    pulse.open = pulse.open && { ...pulse.open, state: "answered" };
    await fireEvent.click(inside().getByRole("button", { name: "Answer" }));
    await settle();
    expect(asked(on, "answer_pulse")).toEqual([{ do: "answer_pulse", round: "r2", answer: 4 }]);
    expect(inside().getByText("You have answered, on this computer.")).toBeVisible();
    expect(inside().queryByRole("radio")).toBeNull();
    expect(inside().queryByText(/Mostly/)).toBeNull();
  });

  test("that was refused keeps the choice and says why", async () => {
    on.answers.answer_pulse = refusal("pulse_closed");
    await open();
    await fireEvent.click(inside().getByRole("radio", { name: "A little" }));
    await fireEvent.click(inside().getByRole("button", { name: "Answer" }));
    await settle();
    expect(screen.getByText("This round of the pulse is not open any more.")).toBeVisible();
    expect(inside().getByRole("radio", { name: "A little" })).toBeChecked();
  });

  test("goes away on this computer when one would rather not", async () => {
    await open();
    pulse.open = pulse.open && { ...pulse.open, is_put_away: true };
    await fireEvent.click(inside().getByRole("button", { name: "Not this time" }));
    await settle();
    expect(asked(on, "put_pulse_away")).toEqual([{ do: "put_pulse_away", round: "r2" }]);
    expect(asked(on, "answer_pulse")).toEqual([]);
    expect(card()).toBeNull();
  });

  test.each([
    ["elsewhere", /^Another computer of yours has this round’s answer/],
    ["unproven", /did not prove that it treats everybody alike/],
  ] as const)("says kindly why it is not answered here: %s", async (state, words) => {
    pulse.open = pulse.open && { ...pulse.open, state };
    await open();
    expect(inside().getByText(words)).toBeVisible();
    expect(inside().queryByRole("radio")).toBeNull();
  });

  test("shows what came of the last round for a week, as counts", async () => {
    pulse.open = null;
    pulse.results = [{ round: "r2", question: "belong", closed_at: pulse.now, counts: [1, 0, 0, 2, 3], is_recent: true }];
    await open();
    const bars = within(inside().getByRole("list", { name: "How many said what" })).getAllByRole("listitem");
    expect(bars.map((bar) => bar.textContent?.replace(/\s+/g, " ").trim())).toEqual([
      "Not at all 1", "A little 0", "Somewhat 0", "Mostly 2", "Very much 3",
    ]);
  });

  test("shows nothing of fewer than five, and nothing after the week", async () => {
    pulse.open = null;
    pulse.results = [{ round: "r2", question: "belong", closed_at: pulse.now, counts: null, is_recent: true }];
    await open();
    expect(inside().getByText("Fewer than five answered, so nothing is shown.")).toBeVisible();
    expect(inside().queryByRole("list")).toBeNull();
  });

  test("is not there when nothing is open and nothing new", async () => {
    pulse.open = null;
    await open();
    expect(card()).toBeNull();
  });
});

describe("the pulse in the settings", () => {
  async function openSettings(): Promise<void> {
    openAt("#/settings", on);
    await screen.findByRole("switch", { name: /^Ask the team once a month/ });
    await settle();
  }

  test("is switched on by admins, and off again", async () => {
    pulse.settings.on = false;
    await openSettings();
    const toggle = screen.getByRole("switch", { name: /^Ask the team once a month/ });
    expect(toggle).not.toBeChecked();
    expect(screen.queryByLabelText(/^How many days a round is open/)).toBeNull();
    pulse.settings.on = true;
    await fireEvent.click(toggle);
    await settle();
    expect(asked(on, "save_pulse")).toEqual([{ do: "save_pulse", settings: { on: true, open_days: 10 } }]);
    await fireEvent.change(screen.getByLabelText(/^How many days a round is open/), { target: { value: "7" } });
    await settle();
    expect(asked(on, "save_pulse")[1]).toEqual({ do: "save_pulse", settings: { on: true, open_days: 7 } });
  });

  test("asks nothing of the core for days that cannot be", async () => {
    await openSettings();
    await fireEvent.change(screen.getByLabelText(/^How many days a round is open/), { target: { value: "30" } });
    await settle();
    expect(asked(on, "save_pulse")).toEqual([]);
  });

  test("is not offered to others", async () => {
    const settings = (await on.call({ do: "settings" })) as Extract<Awaited<ReturnType<AppIpc["call"]>>, { is: "settings" }>;
    on.answers.settings = () => ({ ...settings, is_admin: false });
    openAt("#/settings", on);
    await screen.findByRole("heading", { level: 1 });
    await settle();
    expect(screen.queryByRole("switch", { name: /^Ask the team once a month/ })).toBeNull();
  });
});
