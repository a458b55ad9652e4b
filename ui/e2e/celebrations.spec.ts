// Celebrations on the real core, with a lively team: Dee has her birthday today, Cleo's and Ben's days are near.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const section = (page: Page) => page.getByRole("region", { name: "Celebrations" });
const please = (page: Page) => section(page).getByRole("switch", { name: /^Please do not celebrate me/ });

for (const colorScheme of ["light", "dark"] as const) {
  test(`what there is to celebrate can be read by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/");
    await expect(page.getByText("It is Dee’s birthday today")).toBeVisible();
    const ahead = page.getByRole("region", { name: "Soon to be celebrated" });
    await expect(ahead.getByText("Cleo’s birthday")).toBeVisible();
    await expect(ahead.getByText("Ben: 2 years in the team")).toBeVisible();
    await expect(ahead.getByText("Time to post something.")).toBeVisible();
    await expectUsable(page);
  });

  test(`one's own days can be said by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/settings");
    await section(page).getByRole("button", { name: "Change that" }).click();
    await expectUsable(page);
    await section(page).getByRole("button", { name: "Close" }).click();
    await please(page).press("Space");
    await expect(section(page).getByText(/^Your days stay here/)).toBeVisible();
    await expect(section(page).getByRole("combobox", { name: "Month" })).toBeDisabled();
    await expectUsable(page);
    await please(page).press("Space");
    await expect(section(page).getByRole("combobox", { name: "Month" })).toBeEnabled();
  });
}

test("whoever is celebrated is written to from the line on Today, with the keyboard", async ({ page }) => {
  await page.goto("/#/");
  await page.getByRole("link", { name: "Write Dee a few words" }).press("Enter");
  const form = page.getByRole("form", { name: "Give kudos" });
  await expect(form.getByRole("button", { name: "Dee" })).toHaveAttribute("aria-pressed", "true");
});

test("a 29th of February is said, chosen for, kept, undone and taken back", async ({ page }) => {
  await page.goto("/#/settings");
  const own = section(page);
  const [day, month] = [own.getByRole("combobox", { name: "Day" }), own.getByRole("combobox", { name: "Month" })];
  await expect(own.getByText(/^You have not said anything/)).toBeVisible();
  await month.selectOption("February");
  await day.selectOption("29");
  await expect(own.getByText(/^Your next birthday is on 2[89] February/)).toBeVisible();
  await own.getByText("1 March", { exact: true }).click();
  await expect(own.getByText(/^Your next birthday is on (1 March|29 February)/)).toBeVisible();
  await own.getByRole("switch", { name: /^Tell the team/ }).press("Space");
  await expect(own.getByText("The team hears of it on the day.")).toBeVisible();
  await page.reload();
  await expect(month).toHaveValue("2");
  await expect(own.getByRole("radio", { name: "1 March" })).toBeChecked();
  await day.selectOption("28");
  await expect(own.getByRole("radio", { name: "1 March" })).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(own.getByRole("radio", { name: "1 March" })).toBeChecked();
  await month.selectOption("Not said");
  await own.getByRole("switch", { name: /^Tell the team/ }).press("Space");
  await expect(own.getByText(/^You have not said anything/)).toBeVisible();
});

test("admins choose coordinators, and how many days ahead they hear", async ({ page }) => {
  await page.goto("/#/settings");
  const own = section(page);
  await own.getByRole("button", { name: "Change that" }).click();
  await own.getByRole("button", { name: "Eli" }).click();
  await own.getByRole("spinbutton", { name: "Days ahead" }).fill("14");
  await own.getByRole("button", { name: "Save" }).click();
  await expect(own.getByText(/Ana and Eli ·\s+14 days ahead/)).toBeVisible();
  await own.getByRole("button", { name: "Change that" }).click();
  await own.getByRole("button", { name: "Eli" }).click();
  await own.getByRole("spinbutton", { name: "Days ahead" }).fill("10");
  await own.getByRole("button", { name: "Save" }).click();
  await expect(own.getByText(/Ana ·\s+10 days ahead/)).toBeVisible();
});
