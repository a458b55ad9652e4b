import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import { openToday, settle, appIpc, type AppIpc } from "./app";
import { asked } from "./stage";
import { NOW } from "./sample";

let on: AppIpc;
const box = () => within(screen.getByRole("region", { name: "Teatime" }));
const button = (name: string) => box().getByRole("button", { name });

beforeEach(() => {
  on = appIpc();
  on.answers.answer = async (request) => {
    if (request.do === "answer" && on.today.gathering) on.today.gathering.answer = request.answer;
    return { is: "done" };
  };
});

function inDays(days: number): void {
  if (!on.today.gathering) throw new Error("the sample has a gathering");
  on.today.gathering.starts_at = new Date(NOW + days * 86_400_000).toISOString();
  on.today.gathering.ends_at = new Date(NOW + days * 86_400_000 + 1_800_000).toISOString();
}

describe("a gathering today", () => {
  test("is joined, or not today, and the keyboard stays with it", async () => {
    await openToday(on);
    expect(button("Join at 10:00")).toBeVisible();
    button("Not today").focus();
    await fireEvent.click(button("Not today"));
    await settle();
    expect(box().getByText("You are not coming today.")).toBeVisible();
    expect(button("Come after all")).toHaveFocus();
  });
});

describe("a gathering on a later day", () => {
  test("is answered without a word of today, and opens no link", async () => {
    inDays(3);
    await openToday(on);
    expect(box().queryByText(/Join|today/)).toBeNull();
    await fireEvent.click(button("I will be there"));
    await settle();
    expect(asked(on, "answer")).toMatchObject([{ answer: "yes" }]);
    expect(asked(on, "join_gathering")).toEqual([]);
    expect(box().getByText("You are coming.")).toBeVisible();
    await fireEvent.click(button("Can’t come"));
    await settle();
    expect(box().getByText("You are not coming.")).toBeVisible();
    expect(button("Come after all")).toHaveFocus();
  });
});
