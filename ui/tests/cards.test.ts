import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { GroupCards } from "../src/bindings/GroupCards";
import { onSheet, simplified, type Point } from "../src/views/cards/strokes";
import { appIpc, openAt, openToday, refusal, settle, type AppIpc } from "./app";
import { sampleCards, samplePrinted, type Scene } from "./sample";
import { asked, goTo } from "./stage";

let on: AppIpc;
let page: GroupCards;

async function open(scene: Scene = "lively"): Promise<void> {
  on = appIpc(scene);
  page = sampleCards(scene);
  on.answers.group_cards = () => ({ is: "group_cards", ...structuredClone(page) });
  openAt("#/cards", on);
  await screen.findByRole("heading", { level: 2, name: "Cards" });
  await settle();
}

const card = (title: string) => within(screen.getByRole("article", { name: title }));
const farewell = () => card("Bon voyage, Dee");
const own = () => card("Happy birthday, Cleo");

/** Draws on a sheet of 200 by 200 on the screen. */
async function draw(within_: ReturnType<typeof card>, points: readonly Point[]): Promise<void> {
  const sheet = within_.getByRole("img", { name: /sheet|drawing:/ }).parentElement as HTMLElement;
  sheet.getBoundingClientRect = () => new DOMRect(0, 0, 200, 200);
  const [first, ...rest] = points;
  if (!first) return;
  // jsdom has no pointer events of its own.
  const send = (type: string, [x, y]: Point) => fireEvent(sheet, new MouseEvent(type, { bubbles: true, cancelable: true, button: 0, clientX: x, clientY: y }));
  await send("pointerdown", first);
  for (const point of rest) await send("pointermove", point);
  await send("pointerup", rest.at(-1) ?? first);
}

describe("an open card", () => {
  beforeEach(() => open());

  test("says for whom it is, who began it, and from whom it is hidden", () => {
    expect(farewell().getByText("For Dee: Farewell")).toBeVisible();
    expect(farewell().getByText("· begun by Ben")).toBeVisible();
    expect(farewell().getAllByText("Hidden from Dee")[0]).toBeVisible();
    const lines = within(farewell().getByRole("list", { name: "What stands on it" }));
    expect(lines.getByText("The harbour will miss you.")).toBeVisible();
    expect(lines.getByRole("img", { name: "A drawing by Ben" })).toBeVisible();
  });

  test("is written on with words, a drawing and a photo", async () => {
    const write = farewell().getByRole("button", { name: "Write it on the card" });
    expect(write).toBeDisabled();
    await fireEvent.input(farewell().getByRole("textbox", { name: "Your line" }), { target: { value: " Bring a postcard. " } });
    await fireEvent.click(farewell().getByRole("button", { name: "Draw something" }));
    await fireEvent.click(farewell().getByRole("radio", { name: "Green" }));
    await draw(farewell(), [[20, 20], [60, 60], [100, 100], [100, 180]]);
    await fireEvent.click(farewell().getByRole("button", { name: "Add a photo" }));
    await settle();
    await fireEvent.input(farewell().getByRole("textbox", { name: "What the photo shows" }), { target: { value: "The dog" } });
    await fireEvent.click(write);
    await settle();
    expect(asked(on, "write_card_line")).toEqual([
      {
        do: "write_card_line", card: "c1", text: "Bring a postcard.",
        // Points on a straight line say nothing.
        doodle: { strokes: [{ pen: 4, points: [[100, 100], [500, 500], [500, 900]] }] },
        photo: { photo: "ph1", alt: "The dog" },
      },
    ]);
  });

  test("keeps what was begun when it was refused, and when the page was left", async () => {
    on.answers.write_card_line = refusal("card_handed_over");
    await fireEvent.input(farewell().getByRole("textbox", { name: "Your line" }), { target: { value: "Wait!" } });
    await fireEvent.click(farewell().getByRole("button", { name: "Write it on the card" }));
    await settle();
    expect(screen.getByText(/This card has been handed over/)).toBeVisible();
    goTo({ view: "today" });
    await settle();
    goTo({ view: "cards" });
    await settle();
    expect(farewell().getByRole("textbox", { name: "Your line" })).toHaveValue("Wait!");
  });

  test("that stands there before its answer came back is changed in peace", async () => {
    let answer: () => void = () => {};
    on.answers.write_card_line = () => new Promise((done) => { answer = () => done({ is: "shared", item: "l9" }); });
    await fireEvent.input(farewell().getByRole("textbox", { name: "Your line" }), { target: { value: "Take the kettle." } });
    await fireEvent.click(farewell().getByRole("button", { name: "Write it on the card" }));
    // The page learns of the line before the one who wrote it has its answer.
    const [theirs] = page.open;
    const [line] = theirs?.lines ?? [];
    if (theirs && line) {
      theirs.lines.push({ ...line, id: "l9", by: page.open[1]?.from ?? line.by, is_mine: true, text: "Take the kettle.", doodle: null });
      theirs.has_written = true;
    }
    on.change({ changed: "today" });
    await settle();
    await fireEvent.click(farewell().getByRole("button", { name: "Change your line" }));
    await fireEvent.input(farewell().getByRole("textbox", { name: "Your line" }), { target: { value: "Take both kettles." } });
    answer();
    await settle();
    expect(farewell().getByRole("textbox", { name: "Your line" })).toHaveValue("Take both kettles.");
  });

  test("that one wrote on is changed, and the line taken off", async () => {
    expect(own().queryByRole("textbox")).toBeNull();
    await fireEvent.click(own().getByRole("button", { name: "Change your line" }));
    expect(own().getByRole("textbox", { name: "Your line" })).toHaveValue("Come back soon.");
    await fireEvent.click(own().getByRole("button", { name: "Take it off" }));
    await settle();
    expect(asked(on, "remove_card_line")).toEqual([{ do: "remove_card_line", card: "c2" }]);
  });

  test("of one's own is handed over once that was asked again", async () => {
    expect(farewell().queryByRole("button", { name: "Hand over" })).toBeNull();
    await fireEvent.click(own().getByRole("button", { name: "Hand over" }));
    expect(own().getByText(/Cleo gets it now, with the line that is on it/)).toBeVisible();
    expect(own().getByRole("button", { name: "Keep" })).toHaveFocus();
    await fireEvent.keyDown(own().getByRole("button", { name: "Keep" }), { key: "Escape" });
    expect(asked(on, "hand_over_card")).toEqual([]);
    await fireEvent.click(own().getByRole("button", { name: "Hand over" }));
    await fireEvent.click(own().getByRole("button", { name: "Hand it over to Cleo" }));
    await settle();
    expect(asked(on, "hand_over_card")).toEqual([{ do: "hand_over_card", card: "c2" }]);
    expect(screen.getByText("Handed over. Cleo has it now.")).toBeVisible();
  });

  test("on which nothing stands cannot be handed over", async () => {
    const [, mine] = page.open;
    if (mine) Object.assign(mine, { lines: [], has_written: false });
    on.change({ changed: "today" });
    await settle();
    expect(own().getByRole("button", { name: "Hand over" })).toBeDisabled();
  });

  test("of one's own is given up once that was asked again", async () => {
    await fireEvent.click(own().getByRole("button", { name: "Give up" }));
    expect(asked(on, "delete")).toEqual([]);
    await fireEvent.click(own().getByRole("button", { name: "Give up" }));
    await settle();
    expect(asked(on, "delete")).toEqual([{ do: "delete", item: "c2" }]);
  });
});

describe("drawing", () => {
  beforeEach(() => open());

  test("is undone stroke by stroke, and cleared", async () => {
    await fireEvent.click(farewell().getByRole("button", { name: "Draw something" }));
    const drawing = (name: RegExp) => farewell().getByRole("img", { name });
    expect(drawing(/An empty sheet/)).toBeVisible();
    await draw(farewell(), [[20, 20]]);
    await draw(farewell(), [[20, 20], [180, 20]]);
    expect(drawing(/2 strokes/)).toBeVisible();
    await fireEvent.click(farewell().getByRole("button", { name: "Undo" }));
    expect(drawing(/one stroke/)).toBeVisible();
    await fireEvent.click(farewell().getByRole("button", { name: "Clear" }));
    expect(drawing(/An empty sheet/)).toBeVisible();
    expect(farewell().getByRole("button", { name: "Write it on the card" })).toBeDisabled();
  });

  test("ends where the sheet does, and needs no more points than it has turns", () => {
    const frame = { left: 10, top: 10, width: 100, height: 100 };
    expect(onSheet(60, 35, frame)).toEqual([500, 250]);
    expect(onSheet(-5, 900, frame)).toEqual([0, 1000]);
    const wave = Array.from({ length: 200 }, (_, n): Point => [n * 5, Math.round(500 + 300 * Math.sin(n / 20))]);
    const few = simplified(wave);
    expect(few.length).toBeLessThan(60);
    expect([few[0], few.at(-1)]).toEqual([wave[0], wave.at(-1)]);
  });
});

test("a card is begun, and says from whom it is hidden", async () => {
  await open();
  await fireEvent.click(screen.getByRole("button", { name: "Begin a card" }));
  const sheet = within(screen.getByRole("dialog"));
  const begin = sheet.getByRole("button", { name: "Begin" });
  expect(sheet.getByText(/The one it is for will not see this/)).toBeVisible();
  await fireEvent.change(sheet.getByRole("combobox", { name: "For whom" }), { target: { value: page.people[1]?.id } });
  expect(sheet.getByText("Cleo will not see this before you hand it over.")).toBeVisible();
  await fireEvent.change(sheet.getByRole("combobox", { name: "What for" }), { target: { value: "get_well" } });
  expect(begin).toBeDisabled();
  await fireEvent.input(sheet.getByRole("textbox"), { target: { value: " Get well, Cleo " } });
  await fireEvent.click(begin);
  await settle();
  expect(asked(on, "begin_group_card")).toEqual([
    { do: "begin_group_card", to: page.people[1]?.id, occasion: "get_well", title: "Get well, Cleo" },
  ]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("a card that one was given lies open", async () => {
  await open();
  const given = card("For the warmest kettle");
  expect(given.getByText("For you, from Dee and the team")).toBeVisible();
  expect(given.getByText("The harbour will miss you.")).toBeVisible();
  expect(given.queryByRole("textbox")).toBeNull();
});

test("where no card was begun yet, it is told what this is for", async () => {
  await open("alone");
  expect(screen.getByText("No card is being written")).toBeVisible();
});

describe("a card to print", () => {
  const dialog = () => within(screen.getByRole("dialog", { name: "Print as a card" }));

  beforeEach(async () => {
    on = appIpc();
    await openToday(on);
    const [print] = screen.getAllByRole("button", { name: "Print as a card" });
    await fireEvent.click(print as HTMLElement);
    await settle();
  });

  test("is shown as it will be, in the design and size that are chosen", async () => {
    expect(dialog().getByRole("img", { name: "How the card looks in print" })).toBeVisible();
    await fireEvent.click(dialog().getByRole("radio", { name: "Night" }));
    await fireEvent.click(dialog().getByRole("radio", { name: "6 × 4 in" }));
    await settle();
    const last = asked(on, "card_of").at(-1);
    expect(last).toMatchObject({ design: "night", size: "us_postcard", format: "preview", bleed: false });
  });

  test("is saved as PDF or as a picture", async () => {
    await fireEvent.click(dialog().getByRole("button", { name: "Save as PDF" }));
    await settle();
    await fireEvent.click(dialog().getByRole("button", { name: "Save as picture" }));
    await settle();
    expect(asked(on, "card_of").map(({ format }) => format)).toEqual(["preview", "pdf", "png"]);
    const { file_name, base64 } = samplePrinted();
    const saved = { do: "save_file", name: file_name, base64 };
    expect(on.askedOfShell).toEqual([saved, saved]);
    expect(screen.getAllByText("Saved: /home/ana/Thank you, Ben.pdf")[0]).toBeVisible();
  });

  test("tells what could not be printed", async () => {
    on.answers.card_of = () => ({ is: "card", ...samplePrinted(), missing: "茶", is_cut: true, missing_photos: 2 });
    await fireEvent.click(dialog().getByRole("radio", { name: "Leaves" }));
    await settle();
    expect(dialog().getByText("No font of this computer has 茶, so that was left out.")).toBeVisible();
    expect(dialog().getByText(/too long for this size/)).toBeVisible();
    expect(dialog().getByText(/2 photos are not here yet/)).toBeVisible();
  });

  test("of something that is gone says so", async () => {
    on.answers.card_of = refusal("card_failed");
    await fireEvent.click(dialog().getByRole("radio", { name: "Leaves" }));
    await settle();
    expect(dialog().getByRole("alert")).toHaveTextContent(/could not be drawn/);
  });
});
