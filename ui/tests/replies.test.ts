import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Response } from "../src/bindings/Response";
import { cardOf, openToday, pressKey, settle, snapshotsOf, appIpc, type AppIpc } from "./app";
import { asked } from "./stage";

let on: AppIpc;
const card = () => within(cardOf(/First loaf/));
const field = () => card().getByRole<HTMLInputElement>("textbox");

beforeEach(async () => {
  on = appIpc();
  await openToday(on);
  await fireEvent.click(card().getByRole("button", { name: "2 replies" }));
});

describe("a reply", () => {
  test("is sent once, however often Enter is pressed", async () => {
    let answer: (response: Response) => void = () => undefined;
    on.answers.reply = () => new Promise((resolve) => (answer = resolve));
    await fireEvent.input(field(), { target: { value: "Save me a slice" } });
    const form = field().form as HTMLFormElement;
    await fireEvent.submit(form);
    await fireEvent.submit(form);
    expect(asked(on, "reply")).toHaveLength(1);
    answer({ is: "shared", item: "r9" });
    await settle();
    expect(field()).toHaveValue("");
    expect(field()).toHaveFocus();
  });

  test("is not sent by a key that is held down", async () => {
    field().focus();
    expect(await pressKey("Enter", { repeat: true })).toBe(true);
    expect(await pressKey("Enter")).toBe(false);
  });

  test("does not take away what was written meanwhile", async () => {
    let answer: (response: Response) => void = () => undefined;
    on.answers.reply = () => new Promise((resolve) => (answer = resolve));
    await fireEvent.input(field(), { target: { value: "Save me a slice" } });
    await fireEvent.submit(field().form as HTMLFormElement);
    await fireEvent.input(field(), { target: { value: "And the crust" } });
    answer({ is: "shared", item: "r9" });
    await settle();
    expect(field()).toHaveValue("And the crust");
  });

  test("that was not sent is there again when its field comes back", async () => {
    await fireEvent.input(field(), { target: { value: "Half a thought" } });
    await fireEvent.click(card().getByRole("button", { name: "2 replies" }));
    expect(card().queryByRole("textbox")).toBeNull();
    await fireEvent.click(card().getByRole("button", { name: "2 replies" }));
    expect(field()).toHaveValue("Half a thought");
    field().focus();
    await pressKey("Escape");
    await settle();
    expect(card().getByRole("button", { name: "2 replies" })).toHaveFocus();
    // Elsewhere is another thought.
    await fireEvent.click(within(cardOf(/Rain on the tin roof/)).getByRole("button", { name: "Reply" }));
    expect(within(cardOf(/Rain on the tin roof/)).getByRole("textbox")).toHaveValue("");
  });

  test("that is deleted hands the keyboard on", async () => {
    const remove = card().getByRole("button", { name: "Delete the reply" });
    on.answers.delete = async () => {
      for (const snapshot of snapshotsOf(on.today)) snapshot.replies = snapshot.replies.filter(({ is_mine }) => !is_mine);
      return { is: "done" };
    };
    remove.focus();
    await fireEvent.click(remove);
    await settle();
    expect(screen.queryByRole("button", { name: "Delete the reply" })).toBeNull();
    expect(field()).toHaveFocus();
  });
});
