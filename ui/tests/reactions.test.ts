import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import { cardOf, openToday, pressKey, appIpc } from "./app";

const palette = () => screen.queryByRole("group", { name: "Add a reaction" });

beforeEach(async () => {
  await openToday(appIpc());
  await fireEvent.click(within(cardOf(/First loaf/)).getByRole("button", { name: "Add a reaction" }));
  expect(palette()).toBeVisible();
});

describe("the palette", () => {
  test("closes when something else is pressed, and not when it is pressed itself", async () => {
    await fireEvent.pointerDown(within(palette() as HTMLElement).getByRole("button", { name: "👏" }));
    expect(palette()).toBeVisible();
    await fireEvent.pointerDown(screen.getByRole("heading", { level: 1 }));
    expect(palette()).toBeNull();
  });

  test("closes with Escape, also from the button that opened it", async () => {
    const opener = within(cardOf(/First loaf/)).getByRole("button", { name: "Add a reaction", expanded: true });
    opener.focus();
    expect(await pressKey("Escape")).toBe(true);
    expect(palette()).toBeNull();
    expect(opener).toHaveFocus();
  });
});
