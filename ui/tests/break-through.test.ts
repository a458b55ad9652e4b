import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";

import PeopleNow from "../src/components/PeopleNow.svelte";
import PersonProfile from "../src/components/PersonProfile.svelte";
import type { PersonNow } from "../src/bindings/PersonNow";
import { samplePeople, sampleToday } from "./sample";
import { asked, refuse, show, stageIpc, type StageIpc } from "./stage";

const REASON = "The shop does not open, and only you have the key.";

/** Somebody in focus, who lets others through or not. */
async function heads(isReachable: boolean, ipc: StageIpc = stageIpc()) {
  const [who] = sampleToday("lively").people;
  if (!who) throw new Error("the team has people");
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const focusing: PersonNow = {
    ...who,
    state: { is: "focusing", until, local_until: "15:30", note: null, is_reachable: isReachable },
  };
  await show(PeopleNow, ipc, { people: [focusing] });
  return { ipc, who };
}

test("whoever lets nobody through is left alone", async () => {
  await heads(false);
  expect(screen.queryByRole("button")).toBeNull();
});

test("whoever breaks through says why, in more than a word", async () => {
  const ipc = stageIpc({ break_through: () => ({ is: "shared", item: "i" }) });
  const { who } = await heads(true, ipc);
  await fireEvent.click(screen.getByRole("button", { name: /Break through to/ }));
  const field = screen.getByRole("textbox");
  await waitFor(() => expect(field).toHaveFocus());
  const call = screen.getByRole("button", { name: "Call now" });
  await fireEvent.input(field, { target: { value: "Please!" } });
  expect(call).toBeDisabled();
  await fireEvent.input(field, { target: { value: REASON } });
  await fireEvent.click(call);
  await waitFor(() => expect(screen.getByRole("button", { name: /Break through to/ })).toHaveFocus());
  expect(asked(ipc, "break_through")).toEqual([{ do: "break_through", to: who.person.id, reason: REASON }]);
});

test("a reason that could not be sent stays where it is", async () => {
  await heads(true, stageIpc({ break_through: () => refuse("not_reachable") }));
  await fireEvent.click(screen.getByRole("button", { name: /Break through to/ }));
  const field = screen.getByRole("textbox");
  await fireEvent.input(field, { target: { value: REASON } });
  await fireEvent.click(screen.getByRole("button", { name: "Call now" }));
  await waitFor(() => expect(field).toHaveValue(REASON));
});

/** Ben's profile, while he is in focus. */
async function profile(isReachable: boolean, ipc: StageIpc = stageIpc()): Promise<void> {
  const ben = samplePeople("lively").people.find(({ person }) => person.name === "Ben");
  if (!ben) throw new Error("Ben is in the team");
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const state = { is: "focusing", until, local_until: "17:30", note: "Invoices", is_reachable: isReachable } as const;
  const card = { ...ben, state };
  await show(PersonProfile, ipc, { card, isMe: false, hasNorms: true, onclose: () => undefined });
}

test("a profile says until when its person is in focus, and lets nobody call who is not let through", async () => {
  await profile(false);
  expect(screen.getByRole("heading", { name: "In focus until 17:30 their time", hidden: true })).toBeInTheDocument();
  expect(screen.getByText(/Ben lets nobody through this time/)).toBeInTheDocument();
  expect(screen.queryByRole("button", { name: /Break through/, hidden: true })).toBeNull();
});

test("a profile is a place to break through from, and says there why it did not work", async () => {
  const ipc = stageIpc({ break_through: () => refuse("not_reachable") });
  await profile(true, ipc);
  expect(screen.getByText(/Ben lets somebody through who says why/)).toBeInTheDocument();
  await fireEvent.click(screen.getByRole("button", { name: /Break through to Ben/, hidden: true }));
  await fireEvent.input(screen.getByRole("textbox", { hidden: true }), { target: { value: REASON } });
  await fireEvent.click(screen.getByRole("button", { name: "Call now", hidden: true }));
  const dialog = screen.getByRole("dialog", { hidden: true });
  await waitFor(() => expect(dialog).toHaveTextContent("They let nobody through right now"));
  expect(asked(ipc, "break_through")).toHaveLength(1);
});
