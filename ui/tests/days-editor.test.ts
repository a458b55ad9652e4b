import { fireEvent, screen } from "@testing-library/svelte";
import { expect, test, vi } from "vitest";

import type { Profile } from "../src/bindings/Profile";
import type { ProfileChange } from "../src/bindings/ProfileChange";
import DaysEditor from "../src/views/settings/DaysEditor.svelte";
import { settle } from "./app";
import { sampleSettings } from "./sample";
import { show, stageIpc } from "./stage";

async function open(more: Partial<Profile> = {}) {
  const onchange = vi.fn<(change: ProfileChange) => Promise<boolean>>(() => Promise.resolve(true));
  const profile = { ...(sampleSettings().profile as Profile), ...more };
  await show(DaysEditor, stageIpc(), { profile, onchange });
  return onchange;
}

const over = { from: "2026-11-01", until: "2026-11-05", time_zone: "Europe/Oslo" };
const ahead = { from: "2026-12-01", until: "2026-12-05", time_zone: "Europe/Oslo" };

test("a journey is added, and what is over makes room", async () => {
  const onchange = await open({ travel: [over, ahead] });
  await fireEvent.click(screen.getByRole("button", { name: "Add a journey" }));
  await fireEvent.input(screen.getByRole("combobox"), { target: { value: "Europe/Lisbon" } });
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await settle();
  const lisbon = { from: "2026-11-23", until: "2026-11-30", time_zone: "Europe/Lisbon" };
  expect(onchange).toHaveBeenCalledWith({ travel: [ahead, lisbon] });
});

test("days off end after they begin", async () => {
  const onchange = await open();
  await fireEvent.click(screen.getByRole("button", { name: "Add days off" }));
  const back = screen.getByLabelText("Back on");
  await fireEvent.input(back, { target: { value: "2026-11-23" } });
  expect(screen.getByRole("button", { name: "Save" })).toBeDisabled();
  await fireEvent.input(back, { target: { value: "2026-11-26" } });
  await fireEvent.input(screen.getByRole("textbox", { name: /What for/ }), { target: { value: "Moving house" } });
  await fireEvent.click(screen.getByRole("button", { name: "Save" }));
  await settle();
  expect(onchange).toHaveBeenCalledWith({ away: [{ from: "2026-11-23", back_on: "2026-11-26", note: "Moving house" }] });
});

test("what was entered is taken out again", async () => {
  const onchange = await open({ travel: [ahead] });
  await fireEvent.click(screen.getByRole("button", { name: /^Remove .*Oslo/ }));
  expect(onchange).toHaveBeenCalledWith({ travel: [] });
});
