import { fireEvent, screen } from "@testing-library/svelte";
import { describe, expect, test } from "vitest";

import { openAt, openToday, refusal, settle, appIpc } from "./app";

describe("when the core refuses", () => {
  test.each([
    ["today", "#/", /Good morning/],
    ["settings", "#/settings", /Settings/],
  ] as const)("%s says so and can be asked for again", async (view, hash, heading) => {
    const on = appIpc();
    on.answers[view] = refusal("storage_failed");
    openAt(hash, on);
    expect(await screen.findByRole("heading", { name: "Samovar could not open this" })).toBeVisible();
    // What else is asked meanwhile does not blank the page.
    on.change({ changed: "status" });
    await settle();
    expect(screen.getByRole("heading", { name: "Samovar could not open this" })).toBeVisible();
    delete on.answers[view];
    await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 1, name: heading })).toBeVisible();
  });

  test("a page that stands already stays", async () => {
    const on = appIpc();
    await openToday(on);
    on.answers.today = refusal("storage_failed");
    on.change({ changed: "today" });
    await settle();
    expect(screen.getByRole("heading", { name: /Good morning/ })).toBeVisible();
  });
});

describe("the words for a problem", () => {
  test("are in the person's language even for a code of a newer endpoint", async () => {
    const { Session } = await import("../src/session.svelte");
    const { Words } = await import("../src/words/catalogue");
    const session = new Session(appIpc());
    const problem = { code: "from_the_future", detail: "The endpoint says this in English." };
    expect(session.sayProblem(problem)).toBe(problem.detail);
    session.words = new Words("de");
    expect(session.sayProblem(problem)).not.toContain("English");
    expect(session.sayProblem({ code: "gone", detail: "" })).toBe("Das gibt es nicht mehr.");
  });
});
