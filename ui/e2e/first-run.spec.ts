// The first minute, on a core that has no team yet.

import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

test.use({ baseURL: process.env.SAMOVAR_EMPTY_HOST_URL ?? "http://127.0.0.1:7467" });

// The last of these makes the team that the others must not have.
test.describe.configure({ mode: "serial" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`the three ways can be used by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/");
    await expect(page.getByRole("button", { name: /Start a team/ })).toBeVisible();
    const found = await new AxeBuilder({ page }).analyze();
    expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
}

test("a link that is no invite is said, and stays in its field", async ({ page }) => {
  await page.goto("/#/join?link=not%20a%20link");
  const field = page.getByRole("textbox", { name: "Invite link" });
  await expect(field).toHaveValue("not a link");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(field).toHaveValue("not a link");
});

test("an invite whose host does not answer is said before anything is sent", async ({ page }) => {
  await page.goto("/#/join?link=http%3A%2F%2F127.0.0.1%3A9%2Fjoin%2Fabc");
  await page.getByRole("button", { name: "Continue" }).click();
  await expect(page.getByText("It does not answer right now.", { exact: false })).toBeVisible();
});

test("a team on this computer is there within a minute, by keyboard alone", async ({ page }) => {
  await page.goto("/");
  await page.getByRole("button", { name: /Start a team/ }).press("Enter");
  await page.keyboard.type("Kitchen Table");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Your name" })).toBeFocused();
  await page.keyboard.type("Ana");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "What you want to hear about" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Open Today" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByText("The kettle is on")).toBeVisible();
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});
