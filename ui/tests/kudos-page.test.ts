import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, expect, test, vi } from "vitest";

import type { KudosCard } from "../src/bindings/KudosCard";
import type { Response } from "../src/bindings/Response";
import Kudos from "../src/views/Kudos.svelte";
import Settings from "../src/views/Settings.svelte";
import Today from "../src/views/Today.svelte";
import { sampleKudosDesk, sampleToday, sampleWall } from "./sample";
import { asked, goTo, later, show, stageIpc } from "./stage";

beforeEach(() => goTo({ view: "kudos_wall" }));

const card = (change: Partial<KudosCard>): KudosCard => ({ ...sampleWall("lively").cards[0]!, ...change });
const wallOf = (...cards: KudosCard[]): Response => ({
  is: "kudos_wall", ...sampleWall("lively"), cards,
});

test("kudos are given to several, for a value, and it says before who will see them", async () => {
  const ipc = stageIpc();
  await show(Kudos, ipc);
  await fireEvent.click(await screen.findByRole("button", { name: "Give kudos" }));
  const form = within(screen.getByRole("form", { name: "Give kudos" }));
  await fireEvent.input(form.getByRole("textbox", { name: "What you are thankful for" }), {
    target: { value: "for the night with the printer" },
  });
  await fireEvent.click(form.getByRole("button", { name: "Ben" }));
  await fireEvent.click(form.getByRole("button", { name: "Care" }));
  expect(form.queryByRole("button", { name: "Speed" })).toBeNull();
  expect(form.getByText(/^Everyone in .* will see this/)).toBeVisible();
  await fireEvent.click(form.getByRole("button", { name: "Dee" }));
  expect(form.getByText(/Besides you, only Ben and Dee will see this. Dee likes thanks to stay between you./)).toBeVisible();
  await fireEvent.click(form.getByRole("button", { name: "Give" }));
  await waitFor(() => expect(asked(ipc, "give_kudos")).toHaveLength(1));
  expect(asked(ipc, "give_kudos")[0]).toMatchObject({ to: ["b1", "d3"], value: "care", audience: { only: ["b1", "d3"] } });
});

test("the wall is searched while one types, and an answer that comes too late is not shown", async () => {
  const slow = later<Response>();
  const ipc = stageIpc();
  ipc.answers = {
    kudos_wall: ({ query }) => (query.words === "pri" ? slow.promise : wallOf(card({ id: query.words, reason: `found ${query.words}` }))),
  };
  await show(Kudos, ipc);
  const field = await screen.findByRole("searchbox");
  await fireEvent.input(field, { target: { value: "pri" } });
  await waitFor(() => expect(asked(ipc, "kudos_wall").at(-1)?.query.words).toBe("pri"));
  await fireEvent.input(field, { target: { value: "printer" } });
  await screen.findByText("found printer");
  slow.come(wallOf(card({ id: "late", reason: "found pri" })));
  await vi.waitFor(() => expect(screen.queryByText("found pri")).toBeNull());
  await fireEvent.change(screen.getByRole("combobox", { name: "Given by or to" }), { target: { value: "b1" } });
  await waitFor(() => expect(asked(ipc, "kudos_wall").at(-1)?.query).toMatchObject({ words: "printer", member: "b1" }));
});

test("kudos of one's own are changed in their ten minutes", async () => {
  const ipc = stageIpc();
  const until = new Date(Date.parse(sampleToday("lively").now) + 300_000).toISOString();
  ipc.answers = { kudos_wall: () => wallOf(card({ is_mine: true, editable_until: until })) };
  await show(Kudos, ipc);
  await fireEvent.click(await screen.findByRole("button", { name: "Change the words" }));
  const field = screen.getByRole("textbox", { name: "What you are thankful for" });
  await fireEvent.input(field, { target: { value: "said better than before" } });
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await waitFor(() => expect(asked(ipc, "edit_kudos")[0]).toMatchObject({ item: "k1", reason: "said better than before", value: "care" }));
});

test("whoever was thanked hides kudos from others, asked once more before", async () => {
  const ipc = stageIpc();
  ipc.answers = { kudos_wall: () => wallOf(card({ can_hide: true })) };
  await show(Kudos, ipc);
  await fireEvent.click(await screen.findByRole("button", { name: "Hide from others" }));
  const keep = screen.getByRole("button", { name: "Keep" });
  await waitFor(() => expect(keep).toHaveFocus());
  expect(asked(ipc, "hide_kudos")).toHaveLength(0);
  await fireEvent.click(screen.getByRole("button", { name: "Hide from others" }));
  await waitFor(() => expect(asked(ipc, "hide_kudos")).toEqual([{ do: "hide_kudos", item: "k1" }]));
});

test("kudos that were deleted can be given anew", async () => {
  const ipc = stageIpc();
  ipc.answers = { kudos_wall: () => wallOf(card({ is_mine: true })) };
  await show(Kudos, ipc);
  await fireEvent.click(await screen.findByRole("button", { name: "Delete" }));
  await fireEvent.click(screen.getByRole("button", { name: "Delete for everyone" }));
  await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
  await waitFor(() => expect(asked(ipc, "give_kudos")[0]).toMatchObject({ to: ["b1", "d3"], value: "care", audience: "team" }));
});

test("being reminded of others ends with one click", async () => {
  const ipc = stageIpc();
  const desk = sampleKudosDesk("lively");
  let isOn = true;
  ipc.answers = {
    kudos_desk: () => ({ is: "kudos_desk", ...desk, long_since: isOn ? [{ person: desk.people[0]!.person, last: null }] : [] }),
    change_settings: ({ change }) => {
      isOn = change.think_of_others ?? isOn;
      return ipc.call({ do: "settings" });
    },
  };
  await show(Kudos, ipc);
  await screen.findByText(/It has been a while since you thanked/);
  await fireEvent.click(screen.getByRole("button", { name: "Stop reminding me" }));
  await waitFor(() => expect(screen.queryByText(/It has been a while/)).toBeNull());
});

test("a wall without kudos shows how to begin", async () => {
  const ipc = stageIpc();
  ipc.answers = { kudos_wall: () => wallOf() };
  await show(Kudos, ipc);
  await screen.findByRole("heading", { name: "No thanks yet" });
  expect(screen.queryByRole("searchbox")).toBeNull();
});

test("older kudos come when somebody asks for them", async () => {
  const ipc = stageIpc();
  let isFetched = false;
  ipc.answers = {
    kudos_wall: () => ({
      ...wallOf(card({}), ...(isFetched ? [card({ id: "old", reason: "long ago" })] : [])),
      may_have_older: !isFetched,
    } as Response),
    fetch_older_kudos: () => {
      isFetched = true;
      return { is: "done" };
    },
  };
  await show(Kudos, ipc);
  await fireEvent.click(await screen.findByRole("button", { name: "Look for older ones" }));
  await screen.findByText("long ago");
  expect(screen.queryByRole("button", { name: "Look for older ones" })).toBeNull();
});

test("admins say what the team values, and anybody how they like to be thanked", async () => {
  const ipc = stageIpc();
  await show(Settings, ipc);
  await fireEvent.click(screen.getByRole("radio", { name: "Between us" }));
  await waitFor(() => expect(asked(ipc, "save_kudos_wish")).toEqual([{ do: "save_kudos_wish", wish: "between_us" }]));
  await fireEvent.input(screen.getByRole("textbox", { name: "Emoji of the new value" }), { target: { value: "🪡" } });
  await fireEvent.input(screen.getByRole("textbox", { name: "A new value" }), { target: { value: "Craft" } });
  await fireEvent.click(screen.getByRole("button", { name: "Add the value" }));
  const added = { id: "", name: "Craft", emoji: "🪡" };
  await waitFor(() => expect(asked(ipc, "save_values")[0]?.values).toEqual([{ id: "care", name: "Care", emoji: "🫖" }, added]));
  await fireEvent.click(screen.getByRole("button", { name: "Take Care off the list" }));
  await waitFor(() => expect(asked(ipc, "save_values")[1]?.values).toEqual([]));
});

test("whoever is back sees what they may have missed, until they put it away", async () => {
  const ipc = stageIpc();
  const today = sampleToday("lively");
  const ben = today.people.find(({ person }) => person.name === "Ben")!.person;
  let isAway = true;
  ipc.answers = {
    today: () => ({ is: "today", ...today, missed_since: isAway ? "2026-11-16T00:00:00.000Z" : null }),
    missed: () => ({
      is: "missed",
      since: "2026-11-16T00:00:00.000Z",
      until: today.now,
      people: [ben, today.me],
      lines: [{ item: "k9", at: "2026-11-18T09:00:00.000Z", what: "kudos", from: ben.id, to: [today.me.id], reason: "for the map" }],
    }),
    dismiss_missed: () => {
      isAway = false;
      return { is: "done" };
    },
  };
  await show(Today, ipc);
  await screen.findByText("Ben thanked Ana: for the map");
  await fireEvent.click(screen.getByRole("button", { name: "Put away" }));
  await waitFor(() => expect(screen.queryByText("What you may have missed")).toBeNull());
});
