// The Gatherings page on the real core, with a lively team.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import type { Gatherings } from "../src/bindings/Gatherings";
import type { Request } from "../src/bindings/Request";
import { sampleGatherings } from "../tests/sample";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Has the core tell of a pair call, which is drawn once a week only. */
async function withPairCall(page: Page): Promise<void> {
  await page.route("**/ipc", async (route) => {
    const call = route.request().postDataJSON() as { core?: Request };
    if (call.core?.do !== "gatherings") return route.fallback();
    const { core } = (await (await route.fetch()).json()) as { core: Gatherings };
    return route.fulfill({ json: { core: { ...core, pairs: sampleGatherings("lively").pairs } } });
  });
}

const card = (page: Page, name: string) => page.getByRole("article", { name }).first();

for (const colorScheme of ["light", "dark"] as const) {
  test(`Gatherings can be used by everyone, with all that opens on it, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await withPairCall(page);
    await page.goto("/#/gatherings");
    await expect(page.getByRole("heading", { level: 1, name: "Gatherings" })).toBeVisible();
    await expect(page.getByText("You meet Ben")).toBeVisible();
    await card(page, "Teatime").getByText("Something to talk about").click();
    await expectUsable(page);
    await card(page, "Teatime").getByRole("button", { name: "I spy" }).click();
    await page.getByRole("dialog").locator("[aria-pressed=false]").first().click();
    await expectUsable(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Your pair calls" }).click();
    await expectUsable(page);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Change Lunch around the world" }).click();
    await expectUsable(page);
  });
}

test("a gathering is answered, and I spy remembers its marks", async ({ page }) => {
  await page.goto("/#/gatherings");
  const teatime = card(page, "Teatime");
  await teatime.getByText("Maybe", { exact: true }).click();
  await expect(teatime.getByRole("radio", { name: "Maybe" })).toBeChecked();
  await teatime.getByText("I will be there").click();
  await expect(teatime.getByRole("radio", { name: "I will be there" })).toBeChecked();
  await teatime.getByText("Something to talk about").click();
  await teatime.getByRole("button", { name: "I spy" }).click();
  const first = page.getByRole("dialog").locator("[aria-pressed=false]").first();
  const words = await first.innerText();
  await first.press("Enter");
  const square = page.getByRole("dialog").getByRole("button", { name: words });
  await expect(square).toHaveAttribute("aria-pressed", "true");
  await page.keyboard.press("Escape");
  await page.reload();
  await teatime.getByText("Something to talk about").click();
  await teatime.getByRole("button", { name: "I spy" }).click();
  await expect(square).toHaveAttribute("aria-pressed", "true");
  await square.click();
  await expect(square).toHaveAttribute("aria-pressed", "false");
});

test("the next draw of pair calls is skipped, and taken part in after all", async ({ page }) => {
  await page.goto("/#/gatherings");
  await page.getByRole("button", { name: "Skip this week" }).click();
  await expect(page.getByRole("button", { name: "Take part after all" })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByRole("button", { name: "Skip this week" })).toBeVisible();
});

test("a series is planned with the keyboard, changed and deleted", async ({ page }) => {
  await page.goto("/#/gatherings");
  await page.getByRole("button", { name: "New series" }).press("Enter");
  const sheet = page.getByRole("dialog");
  await sheet.getByRole("textbox", { name: "Title" }).fill("Reading hour");
  await sheet.getByRole("button", { name: "Another time" }).press("Enter");
  await sheet.getByLabel("Minutes", { exact: true }).press("Enter");
  await expect(sheet).toHaveCount(0);
  await expect(card(page, "Reading hour")).toBeVisible();
  await page.getByRole("button", { name: "Change Reading hour" }).click();
  await expect(sheet.getByRole("group", { name: "Time 2" })).toBeVisible();
  await sheet.getByRole("button", { name: "Delete the series" }).click();
  await expect(page.getByRole("article", { name: "Reading hour" })).toHaveCount(0);
});
