import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import { appIpc, type AppIpc, makeMine, openToday, openViewer, pressKey, refusal, settle, snapshotsOf, takeOut } from "./app";

const BREAD = /First loaf/;
let on: AppIpc;

beforeEach(async () => {
  vi.useFakeTimers({ now: Date.parse("2026-11-23T14:42:00Z") });
  on = appIpc();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Longer than a slide stands. */
async function slide(): Promise<void> {
  await vi.advanceTimersByTimeAsync(9_000);
  await settle();
}

describe("the viewer", () => {
  test("goes on by itself", async () => {
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    expect(viewer.getByText(BREAD)).toBeVisible();
    await slide();
    expect(viewer.queryByText(BREAD)).toBeNull();
  });

  test("stands still while a deletion is confirmed, an emoji chosen or a reply written", async () => {
    makeMine(on.today, "s1");
    await openToday(on);
    const viewer = await openViewer(/Snapshots of Ana/);
    for (const name of ["Delete", "Add a reaction", /replies/]) {
      await fireEvent.click(viewer.getByRole("button", { name }));
      await slide();
      expect(viewer.getByText(BREAD)).toBeVisible();
      await pressKey("Escape");
    }
  });

  test("never lets a confirmation stand over to the next snapshot", async () => {
    makeMine(on.today, "s1");
    for (const card of snapshotsOf(on.today)) card.is_mine = true;
    await openToday(on);
    const viewer = await openViewer(/Snapshots of Ana/);
    await fireEvent.click(viewer.getByRole("button", { name: "Delete" }));
    expect(viewer.getByRole("button", { name: "Delete for everyone" })).toBeVisible();
    await fireEvent.click(viewer.getByRole("button", { name: "Next" }));
    expect(viewer.queryByText(BREAD)).toBeNull();
    expect(viewer.queryByRole("button", { name: "Delete for everyone" })).toBeNull();
  });

  test("closes the palette when the slide changes", async () => {
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    await fireEvent.click(viewer.getByRole("button", { name: "Add a reaction" }));
    await fireEvent.click(viewer.getByRole("button", { name: "Next" }));
    expect(viewer.queryByRole("group", { name: "Add a reaction" })).toBeNull();
  });

  test("takes its keys wherever the focus went", async () => {
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    (document.activeElement as HTMLElement).blur();
    await pressKey("ArrowRight");
    expect(viewer.queryByText(BREAD)).toBeNull();
    await pressKey("ArrowLeft");
    expect(viewer.getByText(BREAD)).toBeVisible();
    await pressKey(" ");
    expect(viewer.getByRole("button", { name: /Hold/ })).toHaveAttribute("aria-pressed", "true");
  });

  test("leaves Space to the button that has the focus", async () => {
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    for (const name of ["Close", "Next", "Add a reaction"]) {
      viewer.getByRole("button", { name }).focus();
      expect(await pressKey(" ")).toBe(false);
    }
    expect(viewer.getByRole("button", { name: /Hold/ })).toHaveAttribute("aria-pressed", "false");
  });

  test("does not begin on Delete", async () => {
    makeMine(on.today, "s1");
    await openToday(on);
    await openViewer(/Snapshots of Ana/);
    expect(document.activeElement?.tagName).not.toBe("BUTTON");
    expect(screen.getByRole("dialog")).toContainElement(document.activeElement as HTMLElement);
  });

  test("lets Escape close the innermost thing only", async () => {
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    await fireEvent.click(viewer.getByRole("button", { name: "Add a reaction" }));
    // A dialog closes by the default of this key, so what was meant for something inside must take it.
    expect(await pressKey("Escape")).toBe(true);
    expect(viewer.queryByRole("group", { name: "Add a reaction" })).toBeNull();
    const chip = viewer.getByRole("button", { name: "2 replies" });
    await fireEvent.click(chip);
    expect(viewer.getByRole("textbox")).toHaveFocus();
    expect(await pressKey("Escape")).toBe(true);
    await settle();
    expect(viewer.queryByRole("textbox")).toBeNull();
    expect(chip).toHaveFocus();
    expect(await pressKey("Escape")).toBe(false);
  });

  test("says inside what went wrong, once", async () => {
    on.answers.react = refusal("gone");
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    await fireEvent.click(viewer.getByRole("button", { name: /😍/ }));
    await settle();
    expect(viewer.getByText("This is no longer there.")).toBeVisible();
    expect(screen.getAllByText("This is no longer there.")).toHaveLength(1);
  });

  test("tells who sees it, and that it is on its way", async () => {
    for (const card of snapshotsOf(on.today)) {
      card.audience = { only: ["b1", "d3"] };
      card.is_waiting = true;
    }
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    expect(viewer.getByText("Only for Ben and Dee")).toBeVisible();
    expect(viewer.getByText(/on its way/)).toBeVisible();
  });

  test("goes on when what it shows is gone", async () => {
    await openToday(on);
    const viewer = await openViewer(/Ben/);
    takeOut(on.today, "s1");
    on.change({ changed: "today" });
    await settle();
    expect(viewer.queryByText(BREAD)).toBeNull();
    expect(viewer.getByText("Cleo")).toBeVisible();
  });
});
