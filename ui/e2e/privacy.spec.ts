// What is kept about one, on the real core.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`what is kept can be read by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/settings");
    await page.getByRole("link", { name: "What is kept about you" }).click();
    await expect(page.getByRole("heading", { level: 1, name: "What is kept about you" })).toBeVisible();
    await page.getByRole("button", { name: "Leave and erase…" }).click();
    await expectUsable(page);
  });
}

test("the page fits into a small window", async ({ page }) => {
  await page.setViewportSize({ width: 480, height: 640 });
  await page.goto("/#/privacy");
  await expect(page.getByRole("table")).toBeVisible();
  const surplus = await page.evaluate(() => {
    const all = [document.scrollingElement, ...document.querySelectorAll("main, .table")];
    return Math.max(...all.map((element) => (element ? element.scrollWidth - element.clientWidth : 0)));
  });
  expect(surplus).toBeLessThanOrEqual(0);
});

test("a copy is saved, and one after it beside it", async ({ page }) => {
  await page.goto("/#/privacy");
  await page.getByRole("button", { name: "Save a copy" }).press("Enter");
  await expect(page.getByText(/^Saved: .*samovar-export-\d{4}-\d\d-\d\d(-\d+)?\.zip$/)).toBeVisible();
});

test("the last owner is told why they cannot go yet", async ({ page }) => {
  await page.goto("/#/privacy");
  await page.getByRole("button", { name: "Leave and erase…" }).press("Enter");
  await page.keyboard.type("Ana");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/always has an owner/)).toBeVisible();
  await expect(page.getByRole("heading", { level: 1, name: "What is kept about you" })).toBeVisible();
});
