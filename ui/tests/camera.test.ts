import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

import Popover from "../src/views/Popover.svelte";
import { goTo, press, show, stageIpc } from "./stage";

const stop = vi.fn();
const stream = { getTracks: () => [{ stop }] } as unknown as MediaStream;
let isHidden = false;
let hasFocus = true;

beforeEach(() => {
  goTo({ view: "snapshot" });
  stop.mockClear();
  isHidden = false;
  hasFocus = true;
  Object.defineProperty(navigator, "mediaDevices", { configurable: true, value: { getUserMedia: () => Promise.resolve(stream) } });
  vi.spyOn(HTMLMediaElement.prototype, "play").mockResolvedValue();
  vi.spyOn(document, "hidden", "get").mockImplementation(() => isHidden);
  vi.spyOn(document, "hasFocus").mockImplementation(() => hasFocus);
});
afterEach(() => void vi.restoreAllMocks());

const shutter = () => screen.queryByRole("button", { name: "Take the photo" });

async function open() {
  const ipc = stageIpc();
  await show(Popover, ipc);
  await fireEvent.click(screen.getByRole("button", { name: "Camera" }));
  await waitFor(() => expect(shutter()).toHaveFocus());
  return ipc;
}

test("Escape ends the camera first, then hides the popover", async () => {
  const ipc = await open();
  press("Escape");
  await waitFor(() => expect(shutter()).toBeNull());
  expect(stop).toHaveBeenCalledOnce();
  expect(ipc.askedOfShell).not.toContainEqual({ do: "hide" });
  await waitFor(() => expect(screen.getByRole("button", { name: "Camera" })).toHaveFocus());
  press("Escape");
  await waitFor(() => expect(ipc.askedOfShell).toContainEqual({ do: "hide" }));
});

test("the camera ends when the popover is hidden by its button", async () => {
  const ipc = await open();
  await fireEvent.click(screen.getByRole("button", { name: /keeps the draft/ }));
  await waitFor(() => expect(ipc.askedOfShell).toContainEqual({ do: "hide" }));
  expect(stop).toHaveBeenCalledOnce();
});

test("the camera ends when the page is hidden", async () => {
  await open();
  isHidden = true;
  document.dispatchEvent(new Event("visibilitychange"));
  await waitFor(() => expect(stop).toHaveBeenCalledOnce());
});

test("the camera ends when another window is in front, not when the system only asked for a moment", async () => {
  await open();
  hasFocus = false;
  window.dispatchEvent(new Event("blur"));
  hasFocus = true;
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(stop).not.toHaveBeenCalled();
  hasFocus = false;
  window.dispatchEvent(new Event("blur"));
  await waitFor(() => expect(stop).toHaveBeenCalledOnce());
});

test("the camera ends with its tab, and stays off when one comes back", async () => {
  await open();
  press("2", { code: "Digit2", ctrlKey: true });
  await tick();
  expect(stop).toHaveBeenCalledOnce();
  press("1", { code: "Digit1", ctrlKey: true });
  await tick();
  expect(shutter()).toBeNull();
});
