import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { Packages } from "../src/bindings/Packages";
import { countries } from "../src/words/countries";
import { appIpc, openAt, refusal, settle, type AppIpc } from "./app";
import { samplePackages, type Scene } from "./sample";
import { asked } from "./stage";

let on: AppIpc;
let page: Packages;

async function open(scene: Scene = "lively", change: Partial<Packages> = {}): Promise<void> {
  on = appIpc(scene);
  page = { ...samplePackages(scene), ...change };
  on.answers.packages = () => ({ is: "packages", ...structuredClone(page) });
  openAt("#/packages", on);
  await screen.findByRole("heading", { level: 1, name: "Packages" });
  await settle();
}

const card = (words: string | RegExp) => within(screen.getByRole("article", { name: words }));
const bread = () => card(/Rye bread/);
const deeds = () => asked(on, "package").map(({ deed }) => deed);

describe("something that is asked for", () => {
  beforeEach(() => open());

  test("says who asks, and until when", () => {
    expect(bread().getByText("From Ben")).toBeVisible();
    expect(bread().getByText(/Ben would like to send you this, and asks for your address/)).toBeVisible();
    expect(bread().getByText("Ben does not hear of a no.")).toBeVisible();
  });

  test("is agreed to with an address, and not without", async () => {
    await fireEvent.click(bread().getByRole("button", { name: "Yes, please" }));
    const send = bread().getByRole("button", { name: "Send my address, sealed" });
    expect(send).toBeDisabled();
    await fireEvent.input(bread().getByRole("textbox"), { target: { value: "Ana\nCalle Larga 7\nLima" } });
    await fireEvent.click(send);
    await settle();
    expect(deeds()).toEqual([{ deed: "agree", package: "p1", address: "Ana\nCalle Larga 7\nLima" }]);
  });

  test("keeps an address that was refused", async () => {
    on.answers.package = refusal("package_lapsed");
    await fireEvent.click(bread().getByRole("button", { name: "Yes, please" }));
    await fireEvent.input(bread().getByRole("textbox"), { target: { value: "Lima" } });
    await fireEvent.click(bread().getByRole("button", { name: "Send my address, sealed" }));
    await settle();
    expect(screen.getByText(/asked more than 14 days ago/)).toBeVisible();
    expect(bread().getByRole("textbox")).toHaveValue("Lima");
  });

  test("is declined quietly", async () => {
    await fireEvent.click(bread().getByRole("button", { name: "Rather not" }));
    await settle();
    expect(deeds()).toEqual([{ deed: "decline", package: "p1" }]);
    expect(screen.getByText("Fine. Nobody hears of it.")).toBeVisible();
  });
});

test("an address of one's own is offered, and may be another this time", async () => {
  await open("lively", { address: "Ana\nCalle Larga 7" });
  await fireEvent.click(bread().getByRole("button", { name: "Yes, please" }));
  expect(bread().getByRole("textbox")).toHaveValue("Ana\nCalle Larga 7");
});

describe("something on its way", () => {
  beforeEach(() => open());

  test("tells who carries it, and each time that one's address was opened", () => {
    const book = card(/A book about bridges/);
    expect(book.getByText("On its way to you with USPS.")).toBeVisible();
    expect(book.getByText(/Dee opened your address 2 times/)).toBeVisible();
  });

  test("is there, with a word of thanks", async () => {
    const book = card(/A book about bridges/);
    await fireEvent.click(book.getByRole("button", { name: "It is there" }));
    await fireEvent.input(book.getByRole("textbox"), { target: { value: " Read half of it already. " } });
    await fireEvent.click(book.getByRole("button", { name: "Say that it is there" }));
    await settle();
    expect(deeds()).toEqual([{ deed: "receive", package: "p2", words: "Read half of it already." }]);
  });
});

describe("something of one's own", () => {
  beforeEach(() => open());

  test("shows the address only when one asks, and says that it is seen", async () => {
    on.answers.package = () => ({ is: "address", address: "Dee Harper\nPortland" });
    expect(screen.queryByText(/Portland/)).toBeNull();
    await fireEvent.click(card(/A mug/).getByRole("button", { name: "Show the address" }));
    const sheet = within(await screen.findByRole("dialog", { name: "Where Dee lives" }));
    expect(sheet.getByText(/Portland/)).toBeVisible();
    expect(sheet.getByText("Dee sees that you opened it just now. It is not kept on this computer.")).toBeVisible();
    await fireEvent.click(sheet.getByRole("button", { name: "Close" }));
    expect(screen.queryByText(/Portland/)).toBeNull();
  });

  test("is said to be on its way, with a link that begins as one", async () => {
    const mug = card(/A mug/);
    await fireEvent.click(mug.getByRole("button", { name: "It is on its way" }));
    await fireEvent.input(mug.getByRole("textbox", { name: "Who carries it" }), { target: { value: "Serpost" } });
    await fireEvent.click(mug.getByRole("button", { name: "Say that it is on its way" }));
    await settle();
    expect(deeds()).toEqual([{ deed: "send", package: "p3", carrier: "Serpost" }]);
  });

  test("is asked for, and duty is spoken of before", async () => {
    await fireEvent.click(screen.getByRole("button", { name: "Send something" }));
    const sheet = within(screen.getByRole("dialog", { name: "Send something" }));
    const ask = sheet.getByRole("button", { name: "Ask them" });
    await fireEvent.click(sheet.getByRole("button", { name: /Cleo/ }));
    expect(sheet.getByText(/Cleo lives beyond a customs border and may have to pay duty/)).toBeVisible();
    expect(ask).toBeDisabled();
    await fireEvent.input(sheet.getByRole("textbox", { name: "What you say about it" }), { target: { value: "Tea" } });
    await fireEvent.click(ask);
    await settle();
    expect(deeds()).toMatchObject([{ deed: "ask", occasion: "other", words: "Tea" }]);
  });
});

test("nobody may send surprises before there is an address", async () => {
  await open();
  expect(screen.getByRole("switch", { name: /Cleo may surprise me/ })).toBeDisabled();
});

test("with an address, a coordinator is let, and no other", async () => {
  await open("lively", { address: "Lima" });
  await fireEvent.click(screen.getByRole("switch", { name: /Cleo may surprise me/ }));
  await settle();
  expect(deeds()).toEqual([{ deed: "save_surprises", coordinators: [page.surprises[0]?.person.id] }]);
});

test("whoever is alone learns what this page is for", async () => {
  await open("alone");
  expect(screen.getByText("Nothing is on its way")).toBeVisible();
  expect(screen.getByRole("button", { name: "Send something" })).toBeDisabled();
});

test("countries are by name, each once, in one's own language", () => {
  const german = countries("de");
  expect(german.find(({ code }) => code === "PE")?.name).toBe("Peru");
  expect(german.find(({ code }) => code === "AT")?.name).toBe("Österreich");
  expect(new Set(german.map(({ name }) => name)).size).toBe(german.length);
  expect(german.some(({ code }) => code === "EU" || code === "ZZ")).toBe(false);
  expect(german.length).toBeGreaterThan(240);
});
