// What people do on the Today page and in the settings, on the real core with a lively team.

import { expect, test, type Page } from "@playwright/test";

const BREAD = "First loaf that did not collapse";

/** The card on Today that says this. */
const card = (page: Page, words: string) => page.getByRole("article").filter({ hasText: words });

test("kudos are written from the popover and stand on Today", async ({ page }) => {
  const words = `Thank you for the kettle, number ${Date.now()}`;
  await page.goto("/#/popover?tab=kudos");
  await page.getByRole("textbox", { name: "What you are thankful for" }).fill(words);
  const give = page.getByRole("button", { name: "Give" });
  await expect(give).toBeDisabled();
  await page.getByRole("button", { name: "Ben" }).click();
  await give.click();
  await expect(page.getByText("Your thanks are on their way")).toBeVisible();
  await page.goto("/#/");
  await expect(card(page, words)).toContainText("Ana to Ben");
});

test("a reaction is given with the keyboard, and taken back", async ({ page }) => {
  await page.goto("/#/");
  const bread = card(page, BREAD);
  await bread.getByRole("button", { name: "Add a reaction" }).press("Enter");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Enter");
  const mine = bread.getByRole("button", { name: "🎉 from Ana" });
  await expect(mine).toHaveAttribute("aria-pressed", "true");
  await mine.click();
  await expect(mine).toHaveCount(0);
});

test("a reply is written under a snapshot, and can be deleted", async ({ page }) => {
  const words = `Save me a slice, ${Date.now()}`;
  await page.goto("/#/");
  const bread = card(page, BREAD);
  await bread.getByRole("button", { name: /repl/i }).click();
  await bread.getByRole("textbox").fill(words);
  await page.keyboard.press("Enter");
  await expect(bread.getByText(words)).toBeVisible();
  await bread.getByRole("listitem").filter({ hasText: words }).getByRole("button").click();
  await expect(bread.getByText(words)).toHaveCount(0);
});

test("the viewer opens from a portrait, follows the arrow keys, and Escape ends it", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await page.goto("/#/");
  const portrait = page.getByRole("button", { name: /Ben/ }).first();
  await portrait.press("Enter");
  const viewer = page.getByRole("dialog");
  await expect(viewer).toContainText(BREAD);
  await expect(viewer.getByRole("img").first()).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(viewer).not.toContainText(BREAD);
  await page.keyboard.press("ArrowLeft");
  await expect(viewer).toContainText(BREAD);
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
});

test("Escape in the viewer closes the innermost thing, and a reply survives it", async ({ page }) => {
  await page.goto("/#/");
  await page.getByRole("list", { name: "Snapshots of today" }).getByRole("button", { name: /Ben/ }).click();
  const viewer = page.getByRole("dialog");
  await viewer.getByRole("button", { name: /repl/i }).click();
  await viewer.getByRole("textbox").fill("Half a thought");
  await page.keyboard.press("Escape");
  await expect(viewer.getByRole("textbox")).toHaveCount(0);
  await expect(viewer).toBeVisible();
  await viewer.getByRole("button", { name: "Add a reaction" }).click();
  await page.keyboard.press("Escape");
  await expect(viewer.getByRole("group", { name: "Add a reaction" })).toHaveCount(0);
  await expect(viewer).toBeVisible();
  await viewer.getByRole("button", { name: /repl/i }).click();
  await expect(viewer.getByRole("textbox")).toHaveValue("Half a thought");
  await viewer.getByRole("textbox").fill("");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(viewer).toHaveCount(0);
});

test("working hours are kept as soon as they are set", async ({ page }) => {
  await page.goto("/#/settings");
  const hours = page.getByRole("group", { name: "Working hours" });
  const saturday = hours.getByRole("checkbox", { name: "Saturday" });
  await saturday.check();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
  await page.reload();
  await expect(saturday).toBeChecked();
  await saturday.uncheck();
  await expect(page.getByRole("status").filter({ hasText: "Saved" })).toBeVisible();
});

test("an admin moves the weekly teatime", async ({ page }) => {
  await page.goto("/#/settings");
  const plan = page.locator("#series form").first();
  await plan.getByLabel("Minutes").fill("45");
  await plan.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The teatime is planned")).toBeVisible();
  await page.reload();
  await expect(plan.getByLabel("Minutes")).toHaveValue("45");
  await plan.getByLabel("Minutes").fill("30");
  await plan.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The teatime is planned")).toBeVisible();
});

test("who has a team and follows an invite is told what to do", async ({ page }) => {
  await page.goto("/#/join?link=https%3A%2F%2Ftea.example.org%2Fjoin%2Fabc");
  await expect(page.getByText(/is in the team .* already/)).toBeVisible();
  await page.getByRole("button", { name: "Open Today" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /Ana/ })).toBeVisible();
});
