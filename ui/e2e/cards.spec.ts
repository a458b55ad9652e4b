// Cards that the team writes together, and kudos as cards to print, on the real core with a lively team.

import { readFile } from "node:fs/promises";

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

async function expectNoSurplus(page: Page): Promise<void> {
  const surplus = await page.evaluate(() => {
    const all = [document.scrollingElement, ...document.querySelectorAll(".cards, main, article, dialog")];
    return Math.max(...all.map((element) => (element ? element.scrollWidth - element.clientWidth : 0)));
  });
  expect(surplus).toBeLessThanOrEqual(0);
}

const card = (page: Page, title: string) => page.getByRole("article", { name: title });
const ELI = "Happy birthday, Eli!";
const MINE = "For the warmest kettle of us all";

/** Begins a card for Ben. */
async function begin(page: Page, title: string): Promise<void> {
  await page.getByRole("button", { name: "Begin a card" }).click();
  await page.getByRole("combobox", { name: "For whom" }).selectOption({ label: "Ben" });
  await expect(page.getByText("Ben will not see this before you hand it over.")).toBeVisible();
  await page.getByRole("combobox", { name: "What for" }).selectOption({ label: "Farewell" });
  await page.getByRole("textbox", { name: "What stands on its front" }).fill(title);
  await page.getByRole("button", { name: "Begin", exact: true }).click();
  await expect(card(page, title)).toBeVisible();
}

/** Draws a line across the sheet of a card. */
async function draw(page: Page, title: string): Promise<void> {
  const sheet = card(page, title).locator("[data-sheet]");
  await sheet.scrollIntoViewIfNeeded();
  const box = await sheet.boundingBox();
  if (!box) throw new Error("there is no sheet");
  await page.mouse.move(box.x + 30, box.y + 30);
  await page.mouse.down();
  for (const [x, y] of [[80, 160], [140, 60], [200, 190]] as const) await page.mouse.move(box.x + x, box.y + y, { steps: 6 });
  await page.mouse.up();
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`cards can be used by everyone, with all that opens on them, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/cards");
    await expect(card(page, ELI).getByText("The dog and I wish you long walks.")).toBeVisible();
    await expect(card(page, MINE).getByText("For you, from Dee and the team")).toBeVisible();
    await card(page, ELI).getByRole("button", { name: "Draw something" }).click();
    await expectUsable(page);
    await page.getByRole("button", { name: "Begin a card" }).click();
    await expectUsable(page);
    await page.keyboard.press("Escape");
    await card(page, MINE).getByRole("button", { name: "Print" }).click();
    await expect(page.getByRole("img", { name: "How the card looks in print" })).toBeVisible();
    await expectUsable(page);
  });
}

for (const [width, height] of [[1040, 720], [720, 520]] as const) {
  test(`cards fit into a window of ${width} by ${height}`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await page.goto("/#/cards");
    await expect(card(page, MINE)).toBeVisible();
    await card(page, ELI).getByRole("button", { name: "Draw something" }).click();
    await expectNoSurplus(page);
    await card(page, MINE).getByRole("button", { name: "Print" }).click();
    await expect(page.getByRole("img", { name: "How the card looks in print" })).toBeVisible();
    await expectNoSurplus(page);
  });
}

test("a card is begun, written and drawn on, changed, and handed over", async ({ page }) => {
  await page.goto("/#/cards");
  await begin(page, "Fare well, Ben");
  const mine = card(page, "Fare well, Ben");
  await expect(mine.getByRole("button", { name: "Hand over" })).toBeDisabled();
  await mine.getByRole("textbox", { name: "Your line" }).fill("Take the kettle with you.");
  await mine.getByRole("button", { name: "Draw something" }).click();
  await mine.getByTitle("Blue").click();
  await expect(mine.getByRole("radio", { name: "Blue" })).toBeChecked();
  await draw(page, "Fare well, Ben");
  await expect(mine.getByRole("img", { name: "Your drawing: one stroke" })).toBeVisible();
  await draw(page, "Fare well, Ben");
  await mine.getByRole("button", { name: "Undo" }).click();
  await expect(mine.getByRole("img", { name: "Your drawing: one stroke" })).toBeVisible();
  await mine.getByRole("button", { name: "Write it on the card" }).click();
  const lines = mine.getByRole("list", { name: "What stands on it" });
  await expect(lines.getByText("Take the kettle with you.")).toBeVisible();
  await expect(lines.getByRole("img", { name: "A drawing by Ana" }).locator("polyline")).toHaveCount(1);
  await mine.getByRole("button", { name: "Change your line" }).press("Enter");
  await mine.getByRole("textbox", { name: "Your line" }).fill("Take both kettles with you.");
  await mine.getByRole("button", { name: "Write this instead" }).press("Enter");
  await expect(lines.getByText("Take both kettles with you.")).toBeVisible();
  await mine.getByRole("button", { name: "Hand over", exact: true }).press("Enter");
  await mine.getByRole("button", { name: "Hand it over to Ben" }).press("Enter");
  await expect(mine.getByText("For Ben, from Ana and the team")).toBeVisible();
  await expect(mine.getByText("Take both kettles with you.")).toBeVisible();
});

test("a card is given up, and nothing of it is left", async ({ page }) => {
  await page.goto("/#/cards");
  await begin(page, "A card too many");
  const mine = card(page, "A card too many");
  await mine.getByRole("button", { name: "Give up" }).click();
  await expect(mine.getByText(/goes for good/)).toBeVisible();
  await mine.getByRole("button", { name: "Give up" }).click();
  await expect(mine).toHaveCount(0);
});

test("kudos are printed from the wall, as PDF and as a picture", async ({ page }) => {
  await page.goto("/#/kudos");
  await page.getByRole("button", { name: "Print as a card" }).first().click();
  const preview = page.getByRole("img", { name: "How the card looks in print" });
  await expect(preview).toBeVisible();
  const steam = await preview.getAttribute("src");
  await page.getByText("Night", { exact: true }).click();
  await expect(preview).not.toHaveAttribute("src", steam ?? "");
  await page.getByText("6 × 4 in").click();
  await expect.poll(() => preview.evaluate((image: HTMLImageElement) => image.naturalWidth / image.naturalHeight)).toBeCloseTo(1.5, 2);
  for (const [button, beginning] of [["Save as PDF", "%PDF-"], ["Save as picture", "\x89PNG"]] as const) {
    const saving = page.waitForEvent("download");
    await page.getByRole("button", { name: button }).click();
    const file = await saving;
    expect(file.suggestedFilename()).toMatch(button === "Save as PDF" ? /^Thank you, .*\.pdf$/ : /^Thank you, .*\.png$/);
    const bytes = await readFile((await file.path()) ?? "");
    expect(bytes.subarray(0, beginning.length).toString("latin1")).toBe(beginning);
    expect(bytes.length).toBeGreaterThan(5_000);
  }
});
