import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, test } from "vitest";

import Popover from "../src/views/Popover.svelte";
import { goTo, press, refuse, show, stageIpc } from "./stage";

const words = () => screen.getByRole("textbox", { name: "Words of the snapshot" });
const tab = (name: string) => screen.getByRole("tab", { name });

beforeEach(() => goTo({ view: "snapshot" }));

describe("the cursor is in the field", () => {
  test("when the popover is shown, and whenever it is shown again", async () => {
    await show(Popover, stageIpc());
    await waitFor(() => expect(words()).toHaveFocus());
    words().blur();
    goTo({ view: "snapshot" });
    await waitFor(() => expect(words()).toHaveFocus());
  });

  test("when the window is in front again and nothing else has the keyboard", async () => {
    await show(Popover, stageIpc());
    await waitFor(() => expect(words()).toHaveFocus());
    words().blur();
    window.dispatchEvent(new Event("focus"));
    expect(words()).toHaveFocus();
    tab("Kudos").focus();
    window.dispatchEvent(new Event("focus"));
    expect(tab("Kudos")).toHaveFocus();
  });

  test("when the keys of the tab that is shown are pressed", async () => {
    await show(Popover, stageIpc());
    screen.getByRole("button", { name: "File" }).focus();
    press("1", { code: "Digit1", ctrlKey: true });
    await waitFor(() => expect(words()).toHaveFocus());
  });

  test("of the tab that is chosen with a pointer, while arrow keys stay among the tabs", async () => {
    await show(Popover, stageIpc());
    await fireEvent.click(tab("Kudos"));
    await waitFor(() => expect(screen.getByRole("textbox", { name: "What you are thankful for" })).toHaveFocus());
    tab("Kudos").focus();
    press("ArrowRight");
    await waitFor(() => expect(tab("Focus")).toHaveFocus());
  });
});

describe("the tabs' keys", () => {
  test.each([
    ["é", "Digit2", "Kudos"],
    ["2", "Numpad2", "Kudos"],
    ['"', "Digit3", "Focus"],
  ])("are those where %s is written: %s", async (key, code, name) => {
    await show(Popover, stageIpc());
    press(key, { code, ctrlKey: true });
    await tick();
    expect(tab(name)).toHaveAttribute("aria-selected", "true");
  });

  test("leave alone what AltGr writes", async () => {
    await show(Popover, stageIpc());
    press("~", { code: "Digit2", ctrlKey: true, altKey: true });
    await tick();
    expect(tab("Snapshot")).toHaveAttribute("aria-selected", "true");
  });
});

describe("Escape", () => {
  test("hides the popover once the draft is kept", async () => {
    const ipc = stageIpc();
    await show(Popover, ipc);
    await fireEvent.input(words(), { target: { value: "Kept" } });
    press("Escape");
    await waitFor(() => expect(ipc.askedOfShell).toContainEqual({ do: "hide" }));
    expect(ipc.asked.at(-1)).toMatchObject({ do: "save_draft", draft: { text: "Kept" } });
  });

  test("leaves the popover open when the draft could not be kept, and says why", async () => {
    const ipc = stageIpc({ save_draft: () => refuse("disk_full") });
    await show(Popover, ipc);
    await fireEvent.input(words(), { target: { value: "Not kept" } });
    press("Escape");
    await screen.findByText(/The disk is full/);
    expect(ipc.askedOfShell).not.toContainEqual({ do: "hide" });
  });
});

test("what a focus is for stays written when another tab was shown", async () => {
  goTo({ view: "focus" });
  await show(Popover, stageIpc());
  const note = () => screen.getByRole("textbox", { name: /What for/ });
  await fireEvent.input(note(), { target: { value: "The release notes" } });
  press("1", { code: "Digit1", ctrlKey: true });
  await tick();
  press("3", { code: "Digit3", ctrlKey: true });
  await waitFor(() => expect(note()).toHaveFocus());
  expect(note()).toHaveValue("The release notes");
});
