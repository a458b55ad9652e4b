import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { Session } from "../src/session.svelte";
import { openToday, openViewer, refusal, settle, appIpc } from "./app";

const SAID = "This is no longer there.";
const shown = () => screen.queryByText(SAID);

beforeEach(() => {
  vi.useFakeTimers({ now: Date.parse("2026-11-23T14:42:00Z") });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a toast", () => {
  beforeEach(async () => {
    const on = appIpc();
    on.answers.react = refusal("gone");
    await openToday(on);
    await fireEvent.click(screen.getByRole("button", { name: /😍/ }));
    await settle();
    expect(shown()).toBeVisible();
  });

  test("goes by itself", async () => {
    await vi.advanceTimersByTimeAsync(7_500);
    expect(shown()).toBeNull();
  });

  test("stays while the pointer is over it or the keyboard in it", async () => {
    const toast = shown()?.parentElement as HTMLElement;
    await fireEvent.pointerEnter(toast);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(shown()).toBeVisible();
    screen.getByRole("button", { name: "Close" }).focus();
    await fireEvent.pointerLeave(toast);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(shown()).toBeVisible();
    screen.getByRole("button", { name: "Close" }).blur();
    await vi.advanceTimersByTimeAsync(7_500);
    expect(shown()).toBeNull();
  });
});

test("a toast that was held goes after all when its place is taken by the viewer's", async () => {
  const on = appIpc();
  on.answers.react = refusal("gone");
  await openToday(on);
  await fireEvent.click(screen.getByRole("button", { name: /😍/ }));
  await settle();
  await fireEvent.pointerEnter(shown()?.parentElement as HTMLElement);
  await openViewer(/Ben/);
  expect(shown()).toBeVisible();
  await vi.advanceTimersByTimeAsync(7_500);
  expect(shown()).toBeNull();
});

test("a toast that was closed stays closed", () => {
  const session = new Session(appIpc());
  session.toast("Shared");
  session.toast("Saved");
  session.endToast(1);
  expect(session.toasts.map(({ text }) => text)).toEqual(["Saved"]);
});
