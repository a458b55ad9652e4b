import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Celebration } from "../src/bindings/Celebration";
import type { CelebrationPage } from "../src/bindings/CelebrationPage";
import Celebrations from "../src/views/settings/Celebrations.svelte";
import { appIpc, openToday, settle } from "./app";
import { sampleCelebrationPage } from "./sample";
import { asked, refuse, show, stageIpc, type StageIpc } from "./stage";

let page: CelebrationPage;
let ipc: StageIpc;

/** The settings on a core that keeps what it is told. */
async function open(mine: Celebration, change: Partial<CelebrationPage> = {}): Promise<void> {
  page = { ...sampleCelebrationPage(), next: [], ...change, mine };
  ipc = stageIpc({
    celebration: () => ({ is: "celebration", ...page }),
    save_celebration: ({ celebration }) => ({ is: "celebration", ...(page = { ...page, mine: celebration }) }),
    save_celebration_rules: ({ coordinators, lead_days }) => ({
      is: "celebration",
      ...(page = { ...page, lead_days, coordinators: page.people.filter(({ id }) => coordinators.includes(id)) }),
    }),
  });
  await show(Celebrations, ipc);
  await screen.findByRole("combobox", { name: "Month" });
}

const month = () => screen.getByRole<HTMLSelectElement>("combobox", { name: "Month" });
const day = () => screen.getByRole<HTMLSelectElement>("combobox", { name: "Day" });
const choose = async (field: HTMLElement, value: string) => fireEvent.change(field, { target: { value } });
const saved = () => asked(ipc, "save_celebration").map(({ celebration }) => celebration);

describe("what one wants to be celebrated", () => {
  test("is said only when day and month are both chosen, without a year", async () => {
    await open({});
    expect(screen.getByText(/^You have not said anything/)).toBeVisible();
    await choose(month(), "4");
    expect(saved()).toEqual([]);
    expect(within(day()).queryByRole("option", { name: "31" })).toBeNull();
    await choose(day(), "30");
    await waitFor(() => expect(saved()).toEqual([{ birthday: { month: 4, day: 30 } }]));
    expect(screen.queryByRole("radiogroup")).toBeNull();
  });

  test("moves to a day that there is when the month has fewer", async () => {
    await open({ birthday: { month: 1, day: 31 } });
    await choose(month(), "2");
    await waitFor(() => expect(saved()).toEqual([{ birthday: { month: 2, day: 29 } }]));
    // Only now somebody has to choose.
    await fireEvent.click(await screen.findByRole("radio", { name: "1 March" }));
    await waitFor(() => expect(saved().at(-1)).toEqual({ birthday: { month: 2, day: 29 }, leap: "after" }));
  });

  test("keeps both of two changes that were made before the first was answered", async () => {
    await open({ birthday: { month: 12, day: 3 }, tell_team: true });
    const switches = screen.getByRole("switch", { name: /^Tell the team/ });
    await Promise.all([choose(month(), "0"), fireEvent.click(switches)]);
    await waitFor(() => expect(saved()).toEqual([{ tell_team: true }, { tell_team: false }]));
  });

  test("is taken back by choosing none, and brought back by undo", async () => {
    await open({ birthday: { month: 12, day: 3 }, tell_team: true });
    await choose(month(), "0");
    await waitFor(() => expect(saved()).toEqual([{ tell_team: true }]));
    await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(saved().at(-1)).toEqual({ birthday: { month: 12, day: 3 }, tell_team: true }));
    await waitFor(() => expect(month()).toHaveValue("12"));
  });

  test("that was refused stands as it was", async () => {
    await open({ birthday: { month: 12, day: 3 } });
    ipc.answers.save_celebration = () => refuse("bad_day");
    await choose(day(), "4");
    expect(await screen.findByText("There is no such day in any year.")).toBeVisible();
    await waitFor(() => expect(day()).toHaveValue("3"));
  });

  test("is off altogether with please do not, and stays for oneself", async () => {
    await open({ birthday: { month: 12, day: 3 }, tell_team: true });
    await fireEvent.click(screen.getByRole("switch", { name: /^Please do not celebrate me/ }));
    await waitFor(() => expect(month()).toBeDisabled());
    expect(saved()).toEqual([{ birthday: { month: 12, day: 3 }, tell_team: true, please_do_not: true }]);
    expect(screen.getByRole("switch", { name: /^Tell the team/ })).toBeDisabled();
    expect(screen.getByLabelText("In the team since")).toBeDisabled();
    expect(screen.getByText(/^Your days stay here/)).toBeVisible();
    expect(screen.getByRole("switch", { name: /^Please do not celebrate me/ })).toBeEnabled();
  });

  test("tells before who hears of it, and when", async () => {
    const next = [
      { what: "birthday", on: "2026-12-03" } as const,
      { what: "anniversary", years: 1, on: "2027-01-04" } as const,
    ];
    await open({ birthday: { month: 12, day: 3 }, joined_on: "2026-01-04", tell_team: true }, { next });
    expect(screen.getByText("Your next birthday is on December 3, 2026.")).toBeVisible();
    expect(screen.getByText("On January 4, 2027 you will have been in the team for a year.")).toBeVisible();
    // Oneself is a coordinator too, and hears nothing of one's own.
    expect(screen.getByText(/Ben coordinates and hears of it 10 days before\. The team hears of it on the day\./)).toBeVisible();
    await fireEvent.click(screen.getByRole("button", { name: "Clear" }));
    await waitFor(() => expect(saved()).toEqual([{ birthday: { month: 12, day: 3 }, tell_team: true }]));
  });
});

describe("coordinators", () => {
  test("are chosen by admins, with how many days ahead they hear", async () => {
    await open({});
    await fireEvent.click(screen.getByRole("button", { name: "Change that" }));
    await fireEvent.click(screen.getByRole("button", { name: "Cleo" }));
    await fireEvent.click(screen.getByRole("button", { name: "Ana" }));
    await fireEvent.input(screen.getByRole("spinbutton", { name: "Days ahead" }), { target: { value: "21" } });
    await fireEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(asked(ipc, "save_celebration_rules")).toEqual([
      { do: "save_celebration_rules", coordinators: ["b1", "c2"], lead_days: 21 },
    ]));
    expect(await screen.findByText(/Ben and Cleo ·\s+21 days ahead/)).toBeVisible();
  });

  test("are not for others to choose", async () => {
    await open({}, { is_admin: false });
    expect(screen.queryByRole("heading", { name: "Coordinators" })).toBeNull();
  });
});

describe("Today", () => {
  let on: ReturnType<typeof appIpc>;
  beforeEach(() => (on = appIpc()));

  test("says warmly whose day it is, and leads to kudos for them", async () => {
    await openToday(on);
    const today = within(screen.getByRole("region", { name: "To celebrate" }));
    expect(today.getByText("It is Ben’s birthday today")).toBeVisible();
    expect(today.getByRole("link", { name: "Write Ben a few words" })).toHaveAttribute("href", "#/kudos?member=b1");
  });

  test.each([
    [1, "It is Ben’s birthday tomorrow"],
    [-1, "It was Ben’s birthday yesterday"],
  ])("knows that the team's day may be another (%d)", async (days_left, said) => {
    for (const card of on.today.celebrations.today) card.days_left = days_left;
    await openToday(on);
    expect(screen.getByText(said)).toBeVisible();
  });

  test("says it to oneself with the reason why others know", async () => {
    for (const card of on.today.celebrations.today) Object.assign(card, { person: on.today.me, is_me: true });
    await openToday(on);
    const today = within(screen.getByRole("region", { name: "To celebrate" }));
    expect(today.getByText("Happy birthday, Ana!")).toBeVisible();
    expect(today.queryByRole("link")).toBeNull();
  });

  test("shows coordinators what is near, and whether post is in time", async () => {
    await openToday(on);
    const [dee, cleo] = within(screen.getByRole("region", { name: "Soon to be celebrated" })).getAllByRole("listitem");
    expect(dee).toHaveTextContent("Dee: 3 years in the team");
    expect(dee).toHaveTextContent("in 2 days, Wednesday, November 25");
    expect(dee).toHaveTextContent("Post may come too late.");
    expect(cleo).toHaveTextContent("Cleo’s birthday");
    expect(cleo).toHaveTextContent("Time to post something.");
  });

  test("has nothing of it when there is nothing", async () => {
    on.today.celebrations = { ...on.today.celebrations, ahead: [], today: [] };
    await openToday(on);
    await settle();
    expect(screen.queryByRole("region", { name: "To celebrate" })).toBeNull();
    expect(screen.queryByRole("region", { name: "Soon to be celebrated" })).toBeNull();
  });
});
