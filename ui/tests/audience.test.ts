import { screen } from "@testing-library/svelte";
import { expect, test } from "vitest";

import AudienceNote from "../src/components/AudienceNote.svelte";
import { show, stageIpc } from "./stage";

test.each([
  [{ only: ["me"] }, "Only for you"],
  [{ only: ["b1", "d3"] }, "Only for Ben and Dee"],
  [{ only: ["b1", "nobody"] }, "Only for Ben and Someone"],
  [{ except: ["b1"] }, "For all but Ben"],
])("an audience of %j is said as %s", async (audience, said) => {
  await show(AudienceNote, stageIpc(), { audience });
  expect(screen.getByText(said)).toBeVisible();
});
