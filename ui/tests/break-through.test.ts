import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test } from "vitest";

import PeopleNow from "../src/components/PeopleNow.svelte";
import type { PersonNow } from "../src/bindings/PersonNow";
import { sampleToday } from "./sample";
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
