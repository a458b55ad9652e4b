import { readFileSync } from "node:fs";
import { join } from "node:path";

import { fireEvent, screen, waitFor, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import { Words } from "../src/words/catalogue";
import { AT_THE_ENDPOINT } from "../src/words/privacy";
import { appIpc, openAt, settle, type AppIpc } from "./app";
import { sampleStatus } from "./sample";
import { asked, refuse } from "./stage";

let on: AppIpc;

async function open(): Promise<void> {
  on = appIpc();
  openAt("#/privacy", on);
  await screen.findByRole("heading", { level: 1, name: "What is kept about you" });
}

const button = (name: string | RegExp) => screen.getByRole("button", { name });

/** The rows of the table in docs/PRIVACY.md, in its own words. */
function rowsOfTheDocument(): string[][] {
  const text = readFileSync(join(__dirname, "../../docs/PRIVACY.md"), "utf8");
  const [, table] = text.split("| what | for how long |\n|---|---|\n");
  const rows = (table ?? "").split("\n\n")[0]?.split("\n") ?? [];
  return rows.map((row) => row.split("|").slice(1, -1).map((cell) => cell.trim()));
}

describe("what is kept", () => {
  beforeEach(open);

  test("is told in the words of docs/PRIVACY.md, all of it and nothing else", () => {
    const english = new Words("en");
    const told = AT_THE_ENDPOINT.map((each) => [english.say(`ui-privacy-what-${each}`), english.say(`ui-privacy-until-${each}`)]);
    expect(told).toEqual(rowsOfTheDocument());
    expect(told.length).toBeGreaterThan(20);
    const rows = within(screen.getByRole("table")).getAllByRole("row").slice(1);
    expect(rows.map((row) => within(row).getAllByRole("cell").map(({ textContent }) => textContent))).toEqual(told);
  });

  test("is told with where the endpoint is, and where this computer keeps its files", () => {
    expect(screen.getByText(/^The endpoint of your team is this computer\./)).toBeVisible();
    expect(screen.getByText(/\.local\/share\/samovar/)).toBeVisible();
  });
});

describe("a copy", () => {
  beforeEach(open);

  test("is saved, and said where", async () => {
    on.answers.export_mine = () => ({ is: "exported", path: "/home/ana/Downloads/samovar-export-2026-11-23.zip" });
    await fireEvent.click(button("Save a copy"));
    expect(await screen.findByText(/Downloads\/samovar-export-2026-11-23\.zip/)).toBeVisible();
  });

  test("that cannot be had now is said to be so", async () => {
    on.answers.export_mine = () => refuse("unreachable");
    await fireEvent.click(button("Save a copy"));
    expect(await screen.findByText(/cannot be reached/)).toBeVisible();
  });
});

describe("leaving", () => {
  beforeEach(open);
  const erase = () => button("Erase everything");
  const type = async (name: string) => fireEvent.input(screen.getByRole("textbox"), { target: { value: name } });

  test("asks for one's own name, and can be thought better of", async () => {
    await fireEvent.click(button("Leave and erase…"));
    await waitFor(() => expect(screen.getByRole("textbox")).toHaveFocus());
    expect(erase()).toBeDisabled();
    await type("Ben");
    expect(erase()).toBeDisabled();
    await type(" Ana ");
    expect(erase()).toBeEnabled();
    await fireEvent.click(button("Keep"));
    expect(asked(on, "erase_me")).toEqual([]);
    await waitFor(() => expect(button("Leave and erase…")).toHaveFocus());
    await fireEvent.click(button("Leave and erase…"));
    expect(screen.getByRole("textbox")).toHaveValue("");
  });

  test("leads to the beginning, where nothing of the team is left", async () => {
    on.answers.erase_me = () => ({ is: "status", ...sampleStatus("new") });
    await fireEvent.click(button("Leave and erase…"));
    await type("Ana");
    await fireEvent.click(erase());
    await settle();
    expect(asked(on, "erase_me")).toEqual([{ do: "erase_me", name: "Ana" }]);
    expect(await screen.findByText("You have left, and nothing of yours was kept.")).toBeVisible();
    expect(screen.queryByRole("heading", { name: "What is kept about you" })).toBeNull();
    expect(screen.queryByRole("navigation")).toBeNull();
    expect(document.body).not.toHaveTextContent("Ben");
  });

  test("that the team refuses changes nothing", async () => {
    on.answers.erase_me = () => refuse("last_owner");
    await fireEvent.click(button("Leave and erase…"));
    await type("Ana");
    await fireEvent.click(erase());
    expect(await screen.findByText(/always has an owner/)).toBeVisible();
    expect(screen.getByRole("heading", { level: 1, name: "What is kept about you" })).toBeVisible();
  });
});
