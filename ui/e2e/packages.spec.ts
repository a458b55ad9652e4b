// The Packages page on the real core, with a lively team: what is opened here was sealed by another computer.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const card = (page: Page, words: string) => page.getByRole("article", { name: words });

for (const colorScheme of ["light", "dark"] as const) {
  test(`Packages can be used by everyone, with all that opens on it, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/packages");
    await expect(card(page, "Tea, to begin with").getByText("On its way to Cleo with Serpost.")).toBeVisible();
    await expectUsable(page);
    await card(page, "Rye bread").getByRole("button", { name: "Yes, please" }).click();
    await page.getByRole("button", { name: "Write it down" }).click();
    await expectUsable(page);
    await page.getByRole("button", { name: "Send something" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Dee" }).click();
    await expect(page.getByRole("dialog").getByText("Dee lives beyond a customs border")).toBeVisible();
    await expectUsable(page);
  });
}

test("an address is opened where it was sealed for, and its owner is told so", async ({ page }) => {
  await page.goto("/#/packages");
  await card(page, "A mug from the fair").getByRole("button", { name: "Show the address" }).click();
  const sheet = page.getByRole("dialog", { name: "Where Dee lives" });
  await expect(sheet.getByText("2210 Juniper Street")).toBeVisible();
  await expectUsable(page);
  await page.keyboard.press("Escape");
  await expect(page.getByText("2210 Juniper Street")).toHaveCount(0);
});

test("with the keyboard alone, an address of one's own is kept and given", async ({ page }) => {
  await page.goto("/#/packages");
  await page.getByRole("button", { name: "Write it down" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("complementary").getByRole("textbox").focus();
  await page.keyboard.type("Ana Quispe, Calle Larga 7, Lima");
  await page.getByRole("button", { name: "Save" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("complementary").getByText("Calle Larga 7")).toBeVisible();
  const bread = card(page, "Rye bread");
  await bread.getByRole("button", { name: "Yes, please" }).focus();
  await page.keyboard.press("Enter");
  await expect(bread.getByRole("textbox")).toHaveValue("Ana Quispe, Calle Larga 7, Lima");
  await bread.getByRole("button", { name: "Send my address, sealed" }).focus();
  await page.keyboard.press("Enter");
  await expect(bread.getByText("Ben has your address, sealed.")).toBeVisible();
  await bread.getByRole("button", { name: "Take it back" }).click();
  await expect(bread.getByRole("button", { name: "Yes, please" })).toBeVisible();
});
