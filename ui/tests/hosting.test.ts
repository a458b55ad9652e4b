import { fireEvent, screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";

import HostSteps from "../src/views/first-run/HostSteps.svelte";
import { addressOf, commandFor } from "../src/views/first-run/hosting";
import { show, stageIpc } from "./stage";

describe("an address to host at", () => {
  test.each([
    ["https://tea.example.org", "https://tea.example.org"],
    ["  tea.example.org/ ", "https://tea.example.org"],
    ["http://192.168.1.5:7465", "http://192.168.1.5:7465"],
    ["https://example.org/tea/", "https://example.org/tea"],
    ["HTTPS://Tea.Example.org", "https://tea.example.org"],
    ["", null],
    ["https://", null],
    ["ftp://tea.example.org", null],
    ["https://tea.example.org/?a=1", null],
    ["https://tea.example.org/#x", null],
    ["https://me:secret@tea.example.org", null],
    // It goes into a command line: nothing in it may end a word there.
    ["https://tea.example.org/$(reboot)", null],
    ["https://tea.example.org/;reboot", null],
    ["https://tea.example.org/'x", null],
    ["two words", null],
  ])("of %j is %j", (typed, address) => expect(addressOf(typed)).toBe(address));

  test("is in the command", () => {
    expect(commandFor(null)).toBe("samovar-server serve --data ./samovar-team");
    expect(commandFor("https://tea.example.org")).toBe(
      "samovar-server serve --data ./samovar-team --public-url https://tea.example.org",
    );
  });
});

test("the command to copy follows the address that is typed", async () => {
  const ipc = stageIpc({}, "new");
  await show(HostSteps, ipc, { onback: () => undefined, oninvite: () => undefined });
  const copied = () => ipc.askedOfShell.at(-1);
  const copy = screen.getByRole("button", { name: "Copy" });
  const field = screen.getByRole("textbox", { name: /address/i });

  await fireEvent.click(copy);
  expect(copied()).toEqual({ do: "copy_text", text: "samovar-server serve --data ./samovar-team" });
  expect(screen.getByText(/only this computer/i)).toBeVisible();

  await fireEvent.input(field, { target: { value: "tea.example.org" } });
  await fireEvent.click(copy);
  expect(copied()).toMatchObject({ text: expect.stringMatching(/--public-url https:\/\/tea\.example\.org$/) });
  expect(screen.getByText(/docs\/SELF-HOSTING\.md/)).toBeVisible();

  await fireEvent.input(field, { target: { value: "tea example" } });
  expect(copy).toBeDisabled();
  expect(field).toHaveAttribute("aria-invalid", "true");
});
