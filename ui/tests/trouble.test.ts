import { fireEvent, screen } from "@testing-library/svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

import type { Gatherings } from "../src/bindings/Gatherings";
import type { Response } from "../src/bindings/Response";
import { Session } from "../src/session.svelte";
import { Words } from "../src/words/catalogue";
import { openAt, openToday, refusal, settle, appIpc } from "./app";
import { sampleGatherings } from "./sample";
import { goTo, later, stageIpc } from "./stage";

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

describe("when a page cannot be shown", () => {
  const broken = () => screen.findByRole("heading", { name: "Samovar could not open this" });
  let said: ReturnType<typeof vi.spyOn>;

  // Two of what there is one of: no page can show that.
  const twice = (page: Gatherings) => ({ ...page, gatherings: page.gatherings.flatMap((one) => [one, one]) });

  beforeEach(() => {
    said = vi.spyOn(console, "error").mockImplementation(() => undefined);
  });
  afterEach(() => said.mockRestore());

  async function open(): Promise<ReturnType<typeof appIpc>> {
    const on = appIpc();
    openAt("#/gatherings", on);
    await screen.findByRole("heading", { level: 1, name: "Gatherings" });
    on.answers.gatherings = () => ({ is: "gatherings", ...twice(sampleGatherings("lively")) });
    on.change({ changed: "today" });
    expect(await broken()).toBeVisible();
    expect(said).toHaveBeenCalled();
    return on;
  }

  test("words stand in its place, and it comes back once it can be", async () => {
    const on = await open();
    expect(screen.getByRole("alert")).toHaveTextContent("Everything that arrived or was sent is kept.");
    await fireEvent.click(screen.getByRole("button", { name: "Try again" }));
    await settle();
    expect(await broken()).toBeVisible();
    delete on.answers.gatherings;
    await fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(await screen.findByRole("heading", { level: 1, name: "Gatherings" })).toBeVisible();
  });

  test("the others are still there", async () => {
    await open();
    goTo({ view: "today" });
    expect(await screen.findByRole("heading", { name: /Good morning/ })).toBeVisible();
  });
});

describe("what changes while an answer fails", () => {
  test("is asked for once more", async () => {
    const on = stageIpc();
    const session = new Session(on);
    const first = later<Response>();
    on.answers.today = () => first.promise;
    const asking = session.refreshToday();
    const again = session.refreshToday();
    delete on.answers.today;
    first.come(refusal("storage_failed")() as unknown as Response);
    await Promise.all([asking, again]);
    expect(session.troubleWith("today")).toBeUndefined();
    expect(session.today).not.toBeNull();
  });
});

describe("the words for a problem", () => {
  test("are in the person's language even for a code of a newer endpoint", async () => {
    const session = new Session(appIpc());
    const problem = { code: "from_the_future", detail: "The endpoint says this in English." };
    expect(session.sayProblem(problem)).toBe(problem.detail);
    session.words = new Words("de");
    expect(session.sayProblem(problem)).not.toContain("English");
    expect(session.sayProblem({ code: "gone", detail: "" })).toBe("Das gibt es nicht mehr.");
  });
});
