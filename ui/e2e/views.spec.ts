import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, address, heading] of [
    ["Today", "/#/", /Ana|Hello|Good/],
    ["Settings", "/#/settings", "Settings"],
    ["the popover's snapshot", "/#/popover?tab=snapshot", "Samovar"],
    ["the popover's kudos", "/#/popover?tab=kudos", "Samovar"],
    ["the popover's focus", "/#/popover?tab=focus", "Samovar"],
  ] as const) {
    test(`${name} can be used by everyone, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeAttached();
      const found = await new AxeBuilder({ page }).analyze();
      expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    });
  }
}

test("what is shared from the popover is on Today at once, and can be taken back", async ({ page }) => {
  const words = `The kettle sings at ${Date.now()}`;
  await page.goto("/#/popover?tab=snapshot");
  await expect(page.getByRole("textbox", { name: "Words of the snapshot" })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Control+Enter");
  const undo = page.getByRole("button", { name: "Undo" });
  await expect(undo).toBeVisible();
  const today = await page.context().newPage();
  await today.goto("/#/");
  await expect(today.getByText(words)).toBeVisible();
  await undo.click();
  await expect(today.getByText(words)).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Words of the snapshot" })).toHaveValue(words);
  await page.getByRole("textbox", { name: "Words of the snapshot" }).fill("");
});

test("a draft is there again after the popover was closed", async ({ page }) => {
  await page.goto("/#/popover?tab=snapshot");
  const field = page.getByRole("textbox", { name: "Words of the snapshot" });
  await field.fill("Half a thought");
  const kept = page.waitForResponse((answer) => answer.request().postData()?.includes("save_draft") ?? false);
  await page.keyboard.press("Escape");
  await kept;
  await page.reload();
  await expect(field).toHaveValue("Half a thought");
  await field.fill("");
  await page.waitForResponse((answer) => answer.request().postData()?.includes("save_draft") ?? false);
});

test("the tabs follow Ctrl+1, 2 and 3", async ({ page }) => {
  await page.goto("/#/popover?tab=snapshot");
  await expect(page.getByRole("tab", { name: "Snapshot" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Control+3");
  await expect(page.getByRole("tab", { name: "Focus" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("textbox", { name: "What you are thankful for" })).toBeFocused();
});

test("a focus runs down on Today and can be ended", async ({ page }) => {
  await page.goto("/#/");
  const end = page.getByRole("button", { name: "End", exact: true });
  const start = page.getByRole("button", { name: "Focus for 25 minutes" });
  await expect(start.or(end)).toBeVisible();
  if (await end.isVisible()) await end.click();
  await start.click();
  await expect(page.getByRole("img", { name: /Focus until/ })).toBeVisible();
  await end.click();
  await expect(start).toBeVisible();
});
