import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import { appIpc, type AppIpc, cardOf, makeMine, openToday, pressKey, refusal, settle, takeOut } from "./app";
import { asked } from "./stage";

let on: AppIpc;
const card = () => within(cardOf(/First loaf/));

beforeEach(async () => {
  on = appIpc();
  makeMine(on.today, "s1");
  await openToday(on);
  card().getByRole("button", { name: "Delete" }).focus();
  await fireEvent.click(card().getByRole("button", { name: "Delete" }));
  await settle();
});

describe("deleting one's own", () => {
  test("asks first, with the keyboard on the way back", async () => {
    expect(asked(on, "delete")).toHaveLength(0);
    const keep = card().getByRole("button", { name: "Keep" });
    expect(keep).toHaveFocus();
    await fireEvent.click(keep);
    await settle();
    expect(card().getByRole("button", { name: "Delete" })).toHaveFocus();
  });

  test("is left with Escape", async () => {
    expect(await pressKey("Escape")).toBe(true);
    await settle();
    expect(card().getByRole("button", { name: "Delete" })).toHaveFocus();
  });

  test("hands the keyboard on to the card beside it", async () => {
    on.answers.delete = async () => {
      takeOut(on.today, "s1");
      return { is: "done" };
    };
    await fireEvent.click(card().getByRole("button", { name: "Delete for everyone" }));
    await settle();
    expect(screen.queryByText(/First loaf/)).toBeNull();
    expect(document.activeElement?.tagName).toBe("ARTICLE");
  });

  test("is done once, and can be tried again when it was refused", async () => {
    on.answers.delete = refusal("not_owner");
    const remove = card().getByRole("button", { name: "Delete for everyone" });
    void fireEvent.click(remove);
    void fireEvent.click(remove);
    await settle();
    expect(asked(on, "delete")).toHaveLength(1);
    await fireEvent.click(remove);
    await settle();
    expect(asked(on, "delete")).toHaveLength(2);
  });
});
