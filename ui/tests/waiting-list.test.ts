import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import WaitingList from "../src/components/WaitingList.svelte";
import { sampleStatus } from "./sample";
import { show, stageIpc } from "./stage";

test("a draw that waits can be skipped where it waits", async () => {
  const skipped: unknown[] = [];
  const ipc = stageIpc({
    status: () => ({ is: "status", ...sampleStatus("lively"), held: 2 }),
    waiting: () => ({
      is: "held",
      items: [
        { title: "Pairs are drawn today at 10:00", at: "2026-11-30T14:00:00Z", item: null, week_to_skip: "2026-11-30" },
        { title: "Ben shared a snapshot", at: "2026-11-30T14:01:00Z", item: null, week_to_skip: null },
      ],
    }),
    skip_pair_week: (request) => (skipped.push(request), { is: "done" }),
  });
  await show(WaitingList, ipc);
  await fireEvent.click(await screen.findByText("Waiting for you: 2"));
  const buttons = await screen.findAllByRole("button", { name: "Skip this week" });
  expect(buttons).toHaveLength(1);
  await fireEvent.click(buttons[0]!);
  expect(skipped).toEqual([{ do: "skip_pair_week", week: "2026-11-30", skip: true }]);
  expect(await screen.findByText("You skip this draw.")).toBeDisabled();
});
