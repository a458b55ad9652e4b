import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import { openToday, appIpc } from "./app";

test("a photo's description is heard on Today, where the photo is a button", async () => {
  await openToday(appIpc());
  expect(screen.getByRole("button", { name: "Open the snapshot of Ben: A loaf of bread by the window" })).toBeVisible();
});
