import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import WaitingList from "../src/components/WaitingList.svelte";
import DigestTimes from "../src/views/settings/DigestTimes.svelte";
import FocusFields from "../src/views/settings/FocusFields.svelte";
import SlackField from "../src/views/settings/SlackField.svelte";
import { sample, sampleSettings } from "./sample";
import { asked, refuse, show, stageIpc } from "./stage";

const focus = sampleSettings().focus;

test("a block is begun on a day by its box, and changed by its times", async () => {
  const onchange = vi.fn();
  await show(FocusFields, stageIpc(), { focus, doNotDisturb: "can_be_set", onchange });
  await fireEvent.click(screen.getByRole("checkbox", { name: "Monday" }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith({ ...focus, blocks: { mon: ["09:00-11:00"] } });
});

test("the settings say truthfully whether do-not-disturb can be set here", async () => {
  await show(FocusFields, stageIpc(), { focus, doNotDisturb: "cannot_be_set", onchange: vi.fn() });
  expect(screen.queryByRole("switch", { name: /do-not-disturb/ })).toBeNull();
  expect(screen.getByText(/cannot set the system's do-not-disturb/)).toBeVisible();
});

test("news comes at most three times a day", async () => {
  const onchange = vi.fn();
  await show(DigestTimes, stageIpc(), { times: ["12:00", "16:30"], onchange });
  await fireEvent.click(screen.getByRole("button", { name: "Another time" }));
  expect(onchange).toHaveBeenCalledExactlyOnceWith(["12:00", "16:30", "09:30"]);
});

test("there is no fourth time", async () => {
  await show(DigestTimes, stageIpc(), { times: ["09:30", "12:00", "16:30"], onchange: vi.fn() });
  expect(screen.queryByRole("button", { name: "Another time" })).toBeNull();
});

test("a token that Slack does not take stays in its field", async () => {
  const onsettings = vi.fn();
  await show(SlackField, stageIpc({ connect_slack: () => refuse("slack_token") }), { slack: null, onsettings });
  const field = screen.getByLabelText("User token");
  await fireEvent.input(field, { target: { value: "xoxp-wrong" } });
  await fireEvent.click(screen.getByRole("button", { name: "Connect" }));
  await waitFor(() => expect(screen.getByRole("button", { name: "Connect" })).toBeEnabled());
  expect(field).toHaveValue("xoxp-wrong");
  expect(onsettings).not.toHaveBeenCalled();
});

test("a token that was taken back is said, and can be replaced", async () => {
  await show(SlackField, stageIpc(), { slack: { kept: "keyring", trouble: "token_revoked" }, onsettings: vi.fn() });
  expect(screen.getByRole("alert")).toHaveTextContent("token_revoked");
  expect(screen.getByLabelText("User token")).toBeVisible();
  expect(screen.getByRole("button", { name: "Disconnect" })).toBeVisible();
});

test("what waits is told when one asks", async () => {
  const at = new Date().toISOString();
  const status = await sample("focus").call({ do: "status" });
  const ipc = stageIpc({
    status: () => ({ ...status, held: 2 }) as typeof status,
    waiting: () => ({ is: "held", items: [{ title: "Kudos from Ben", at, item: null, week_to_skip: null }] }),
    deliver_waiting: () => ({ is: "done" }),
  });
  await show(WaitingList, ipc);
  const summary = screen.getByText("Waiting for you: 2");
  await fireEvent.click(summary);
  await waitFor(() => expect(screen.getByText("Kudos from Ben")).toBeInTheDocument());
  await fireEvent.click(screen.getByText("Tell me now"));
  await waitFor(() => expect(asked(ipc, "deliver_waiting")).toHaveLength(1));
});
