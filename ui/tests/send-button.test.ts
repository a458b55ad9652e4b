import { cleanup, fireEvent, screen } from "@testing-library/svelte";
import { afterEach, expect, test, vi } from "vitest";

import SendButton from "../src/views/popover/SendButton.svelte";
import { sampleStatus } from "./sample";
import { show, stageIpc } from "./stage";

const nothing = () => Promise.resolve();
const props = { label: "Share", disabled: false, onsend: nothing, onhide: nothing };

afterEach(() => void vi.restoreAllMocks());

test.each([
  ["en", "X11; Linux x86_64", "Ctrl ↵", "Control+Enter"],
  ["de", "X11; Linux x86_64", "Strg ↵", "Control+Enter"],
  ["de", "Macintosh; Intel Mac OS X 10_15_7", "⌘ ↵", "Meta+Enter"],
])("the keys that send are named as on the keyboard: %s, %s", async (locale, system, keys, shortcuts) => {
  vi.spyOn(navigator, "userAgent", "get").mockReturnValue(`Mozilla/5.0 (${system})`);
  const ipc = stageIpc({ status: () => ({ is: "status", ...sampleStatus("lively"), locale }) });
  await show(SendButton, ipc, props);
  expect(screen.getByText(keys)).toBeVisible();
  expect(screen.getByRole("button", { name: /^Share/ })).toHaveAttribute("aria-keyshortcuts", shortcuts);
  cleanup();
});

test("a key that is held down does not press again", async () => {
  await show(SendButton, stageIpc(), props);
  const send = screen.getByRole("button", { name: /^Share/ });
  expect(await fireEvent.keyDown(send, { key: "Enter", repeat: true })).toBe(false);
});
