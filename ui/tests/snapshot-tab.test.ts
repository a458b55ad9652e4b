import { fireEvent, screen, waitFor } from "@testing-library/svelte";
import { tick } from "svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Draft } from "../src/bindings/Draft";
import type { Response } from "../src/bindings/Response";
import Popover from "../src/views/Popover.svelte";
import { asked, goTo, later, press, refuse, show, stageIpc, type StageIpc } from "./stage";

const photo = (id: string) => ({
  photo: { photo: id, blob: "dog", thumb: "dog", width: 500, height: 356, thumbhash: "", had_location: false },
  alt: `What ${id} shows`,
});
const blank: Draft = { text: "", photos: [], lifetime: null, audience: "team", reason: "", to: [], value: null, between_us: false };
const full: Draft = { ...blank, text: "The lake", photos: [photo("p1"), photo("p2")], lifetime: "3d", audience: { only: ["b1"] } };

const words = () => screen.getByRole<HTMLTextAreaElement>("textbox", { name: "Words of the snapshot" });
const share = () => screen.getByRole("button", { name: /^Share/ });
const chosen = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name }).checked;

async function open(answers: StageIpc["answers"] = {}): Promise<StageIpc> {
  const ipc = stageIpc(answers);
  await show(Popover, ipc);
  await waitFor(() => expect(asked(ipc, "draft")).toHaveLength(1));
  await tick();
  return ipc;
}

beforeEach(() => goTo({ view: "snapshot" }));

describe("for whom a snapshot is", () => {
  test("stays chosen when another tab was shown, and is kept", async () => {
    const ipc = await open();
    await fireEvent.click(screen.getByRole("radio", { name: "Only…" }));
    await fireEvent.click(screen.getByRole("button", { name: "Ben" }));
    press("2", { code: "Digit2", ctrlKey: true });
    await tick();
    press("1", { code: "Digit1", ctrlKey: true });
    await tick();
    expect(chosen("Only…")).toBe(true);
    expect(screen.getByRole("button", { name: "Ben" })).toHaveAttribute("aria-pressed", "true");
    await waitFor(() => expect(asked(ipc, "save_draft").at(-1)?.draft.audience).toEqual({ only: ["b1"] }));
  });

  test("can be everyone but some", async () => {
    const ipc = await open();
    await fireEvent.input(words(), { target: { value: "A surprise" } });
    await fireEvent.click(screen.getByRole("radio", { name: "All but…" }));
    expect(share()).toBeDisabled();
    await fireEvent.click(screen.getByRole("button", { name: "Cleo" }));
    await fireEvent.click(share());
    await waitFor(() => expect(asked(ipc, "share")[0]?.audience).toEqual({ except: ["c2"] }));
    await screen.findByText("Shared with all but those you chose");
  });
});

describe("a snapshot that is shared", () => {
  test("is shared once, however often it is asked for", async () => {
    const answer = later<Response>();
    const ipc = await open({ share: () => answer.promise });
    await fireEvent.input(words(), { target: { value: "Once" } });
    press("Enter", { ctrlKey: true });
    press("Enter", { ctrlKey: true });
    await fireEvent.click(share());
    answer.come({ is: "shared", item: "new" });
    await waitFor(() => expect(words()).toHaveValue(""));
    press("Enter", { ctrlKey: true });
    expect(asked(ipc, "share")).toHaveLength(1);
  });

  test("is not shared by a key that is held down", async () => {
    const ipc = await open();
    await fireEvent.input(words(), { target: { value: "Held" } });
    press("Enter", { ctrlKey: true, repeat: true });
    await tick();
    expect(asked(ipc, "share")).toEqual([]);
  });

  test("leaves alone what was written while it went out, for whom it was meant", async () => {
    const answer = later<Response>();
    await open({ draft: () => ({ is: "draft", ...full }), share: () => answer.promise });
    press("Enter", { ctrlKey: true });
    await fireEvent.input(words(), { target: { value: "And now the boat" } });
    answer.come({ is: "shared", item: "new" });
    await waitFor(() => expect(screen.queryAllByRole("button", { name: "Remove the photo" })).toEqual([]));
    expect(words()).toHaveValue("And now the boat");
    expect(chosen("Only…")).toBe(true);
  });

  test("gives the field the keyboard again, and begins anew for everyone", async () => {
    await open({ draft: () => ({ is: "draft", ...full }) });
    share().focus();
    await fireEvent.click(share());
    await waitFor(() => expect(words()).toHaveFocus());
    expect(chosen("Everyone")).toBe(true);
    expect(chosen("24 h")).toBe(true);
  });

  test("is taken back whole: words, photos, descriptions, lifetime and audience", async () => {
    const ipc = await open({ draft: () => ({ is: "draft", ...full }), take_back: () => ({ is: "draft", ...full }) });
    await fireEvent.click(share());
    await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(words()).toHaveValue("The lake"));
    expect(asked(ipc, "take_back")).toEqual([{ do: "take_back", item: "new" }]);
    expect(asked(ipc, "delete")).toEqual([]);
    expect(screen.getAllByRole<HTMLInputElement>("textbox", { name: "What the photo shows" }).map(({ value }) => value)).toEqual([
      "What p1 shows",
      "What p2 shows",
    ]);
    expect(chosen("3 days")).toBe(true);
    expect(chosen("Only…")).toBe(true);
  });

  test("is taken back after another tab was shown, and there it is", async () => {
    await open({ draft: () => ({ is: "draft", ...full }), take_back: () => ({ is: "draft", ...full }) });
    await fireEvent.click(share());
    press("2", { code: "Digit2", ctrlKey: true });
    await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(words()).toHaveValue("The lake"));
  });

  test("stays shared when something new was begun meanwhile, and that is said", async () => {
    await open({ draft: () => ({ is: "draft", ...full }), take_back: () => refuse("draft_in_use") });
    await fireEvent.click(share());
    await fireEvent.input(words(), { target: { value: "Something new" } });
    await fireEvent.click(await screen.findByRole("button", { name: "Undo" }));
    await screen.findByText(/stays shared/);
    expect(words()).toHaveValue("Something new");
  });
});

test("a photo that is removed hands the keyboard to the next one, and the last to the words", async () => {
  await open({ draft: () => ({ is: "draft", ...full }) });
  const removes = () => screen.getAllByRole("button", { name: "Remove the photo" });
  removes()[0]?.focus();
  await fireEvent.click(removes()[0] as HTMLElement);
  await waitFor(() => expect(removes()).toHaveLength(1));
  await waitFor(() => expect(removes()[0]).toHaveFocus());
  await fireEvent.click(removes()[0] as HTMLElement);
  await waitFor(() => expect(words()).toHaveFocus());
});
