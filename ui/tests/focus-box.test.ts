import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, expect, test } from "vitest";

import FocusStart from "../src/components/FocusStart.svelte";
import Popover from "../src/views/Popover.svelte";
import { sampleToday } from "./sample";
import { goTo, show, stageIpc, type StageIpc } from "./stage";
import FocusBoxOfToday from "./FocusBoxOfToday.svelte";

/** A core whose focus is on from `start_focus` to `end_focus`. */
function focusing(isOn: boolean): StageIpc {
  const ipc = stageIpc({
    start_focus: () => ((isOn = true), { is: "done" }),
    end_focus: () => ((isOn = false), { is: "done" }),
    today: () => ({ is: "today", ...sampleToday(isOn ? "focus" : "lively") }),
  });
  return ipc;
}

beforeEach(() => goTo({ view: "focus" }));

test("going back from the time gives the keyboard to where one came from", async () => {
  await show(FocusStart, stageIpc());
  await fireEvent.click(screen.getByRole("button", { name: "Until…" }));
  await waitFor(() => expect(screen.getByLabelText("Focus until")).toHaveFocus());
  const back = screen.getByRole("button", { name: "Back" });
  back.focus();
  await fireEvent.click(back);
  await waitFor(() => expect(screen.getByRole("button", { name: "Until…" })).toHaveFocus());
});

test("a focus that begins or ends on Today keeps the keyboard in its box", async () => {
  await show(FocusBoxOfToday, focusing(false));
  const start = screen.getByRole("button", { name: "Focus for 25 minutes" });
  start.focus();
  await fireEvent.click(start);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Heads down" })).toHaveFocus());
  const end = screen.getByRole("button", { name: "End" });
  end.focus();
  await fireEvent.click(end);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Focus" })).toHaveFocus());
});

test("a focus that ends by itself takes the keyboard from nobody", async () => {
  const ipc = focusing(true);
  const session = await show(FocusBoxOfToday, ipc);
  await waitFor(() => expect(screen.getByRole("button", { name: "End" })).toBeVisible());
  await ipc.call({ do: "end_focus" });
  await session.refreshToday();
  await tick();
  await waitFor(() => expect(screen.getByRole("heading", { name: "Focus" })).toBeVisible());
  expect(document.body).toHaveFocus();
});

test("a focus that ends in the popover gives the keyboard to the field, and one that begins has used up its note", async () => {
  await show(Popover, focusing(true));
  const end = await screen.findByRole("button", { name: "End now" });
  end.focus();
  await fireEvent.click(end);
  const note = () => screen.getByRole("textbox", { name: /What for/ });
  await waitFor(() => expect(note()).toHaveFocus());
  await fireEvent.input(note(), { target: { value: "The release notes" } });
  const start = screen.getByRole("button", { name: "Focus for 50 minutes" });
  start.focus();
  await fireEvent.click(start);
  await waitFor(() => expect(screen.getByRole("heading", { name: "Heads down" })).toHaveFocus());
  await fireEvent.click(screen.getByRole("button", { name: "End now" }));
  await waitFor(() => expect(note()).toHaveValue(""));
});
