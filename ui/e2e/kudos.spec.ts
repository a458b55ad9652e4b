import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test("kudos to two, for a value, are written with the keyboard, found again, changed, deleted and given anew", async ({ page }) => {
  const reason = `for the Crêpes of ${Date.now()}`;
  const later = `${reason}, and the jam`;
  await page.goto("/#/kudos");
  await page.getByRole("button", { name: "Give kudos" }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "What you are thankful for" })).toBeFocused();
  await page.keyboard.type(reason);
  const form = page.getByRole("form", { name: "Give kudos" });
  for (const name of ["Ben", "Cleo", "Craft"]) {
    await form.getByRole("button", { name }).focus();
    await page.keyboard.press("Space");
  }
  await expect(form.getByText("Everyone in Kitchen Table will see this.")).toBeVisible();
  await expectUsable(page);
  await form.getByRole("button", { name: "Give", exact: true }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Give kudos" })).toBeFocused();

  await page.getByRole("searchbox").fill(`crepes ${reason.split(" ").at(-1)}`);
  const card = page.getByRole("article");
  await expect(card).toHaveCount(1);
  await expect(card.getByText(reason)).toBeVisible();
  await expect(card.getByText("Craft")).toBeVisible();
  await card.getByRole("button", { name: "Change the words" }).click();
  await card.getByRole("textbox").fill(later);
  await expectUsable(page);
  await card.getByRole("button", { name: "Save" }).click();
  await expect(card.getByText(later)).toBeVisible();

  await card.getByRole("button", { name: "Delete", exact: true }).click();
  await card.getByRole("button", { name: "Delete for everyone" }).click();
  await expect(page.getByRole("heading", { name: "No kudos like that here" })).toBeVisible();
  // It stays as long as one is at it.
  const undo = page.getByRole("button", { name: "Undo" }).last();
  await undo.hover();
  await expectUsable(page);
  await undo.click();
  await expect(page.getByText(later)).toBeVisible();
});

test("whoever likes quiet thanks gets them so, and it is said before", async ({ page }) => {
  const reason = `for listening at ${Date.now()}`;
  await page.goto("/#/kudos");
  await page.getByRole("button", { name: "Give kudos" }).click();
  const form = page.getByRole("form", { name: "Give kudos" });
  await form.getByRole("textbox").first().fill(reason);
  await form.getByRole("button", { name: "Eli" }).click();
  await expect(form.getByText("Eli likes thanks to stay between you.")).toBeVisible();
  await form.getByRole("button", { name: "Give", exact: true }).click();
  await expect(page.getByRole("article").filter({ hasText: reason }).getByText("Only for Eli")).toBeVisible();
});

test("whoever was thanked is asked once more before kudos are hidden for good", async ({ page }) => {
  await page.goto("/#/kudos");
  const card = page.getByRole("article").filter({ hasText: "the plan would not hold" });
  await card.getByRole("button", { name: "Hide from others" }).click();
  await expect(card.getByRole("button", { name: "Keep" })).toBeFocused();
  await expectUsable(page);
  await card.getByRole("button", { name: "Hide from others" }).click();
  await expect(card.getByText("Only for you")).toBeVisible();
  await expect(card.getByRole("button", { name: "Hide from others" })).toHaveCount(0);
});
