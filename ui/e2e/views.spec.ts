import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page, type Response } from "@playwright/test";

import type { Request } from "../src/bindings/Request";

/** Nothing on the page keeps anyone from using it. */
async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Changes what the core answers to one kind of request. */
async function answerOtherwise(
  page: Page,
  what: Request["do"],
  change: (answer: { core: Record<string, unknown> }) => { status: number; json: unknown },
): Promise<void> {
  await page.route("**/ipc", async (route) => {
    const call = route.request().postDataJSON() as { core?: Request };
    if (call.core?.do !== what) return route.fallback();
    const answer = (await (await route.fetch()).json()) as { core: Record<string, unknown> };
    return route.fulfill(change(answer));
  });
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, address, heading] of [
    ["Today", "/#/", /Ana|Hello|Good/],
    ["People", "/#/people", "People"],
    ["Norms", "/#/norms", "Norms"],
    ["Kudos", "/#/kudos", "Kudos"],
    ["Settings", "/#/settings", "Settings"],
    ["the popover's snapshot", "/#/popover?tab=snapshot", "Samovar"],
    ["the popover's kudos", "/#/popover?tab=kudos", "Samovar"],
    ["the popover's focus", "/#/popover?tab=focus", "Samovar"],
  ] as const) {
    test(`${name} can be used by everyone, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(address);
      await expect(page.getByRole("heading", { level: 1, name: heading })).toBeAttached();
      await expectUsable(page);
    });
  }

  test(`the viewer can be used by everyone, with its palette and its replies, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/");
    await page.getByRole("list", { name: "Snapshots of today" }).getByRole("button", { name: /Ben/ }).click();
    const viewer = page.getByRole("dialog");
    await expect(viewer.getByRole("img").first()).toBeVisible();
    await expectUsable(page);
    await viewer.getByRole("button", { name: "Add a reaction" }).click();
    await expectUsable(page);
    await viewer.getByRole("button", { name: /repl/i }).click();
    await expect(viewer.getByRole("textbox")).toBeFocused();
    await expectUsable(page);
  });

  test(`the offline line and a refusal can be read by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await answerOtherwise(page, "status", ({ core }) => ({
      status: 200,
      json: {
        core: {
          ...core,
          connection: { state: "offline", since: core.now, retry_at: core.now, code: "unreachable" },
          waiting: { ops: 3, photos: 1 },
          refused: [{ n: 7, kind: "snapshot", words: "A walk by the sea", problem: { code: "too_large", detail: "" } }],
          notices: [{ notice: "no_tray" }],
        },
      },
    }));
    await answerOtherwise(page, "retry_now", () => ({ status: 422, json: { code: "unreachable", detail: "Not now." } }));
    await page.goto("/#/");
    await expect(page.getByText("Kept for you: 3")).toBeVisible();
    await page.getByRole("button", { name: "Try now" }).click();
    await expect(page.getByText("The team cannot be reached right now", { exact: false })).toBeVisible();
    await expectUsable(page);
  });

  test(`a page that could not be had says so to everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await answerOtherwise(page, "today", () => ({ status: 422, json: { code: "storage_failed", detail: "No." } }));
    await page.goto("/#/");
    await expect(page.getByRole("button", { name: "Try again" })).toBeVisible();
    await expectUsable(page);
    await page.unroute("**/ipc");
    await page.getByRole("button", { name: "Try again" }).click();
    await expect(page.getByRole("heading", { level: 1, name: /Good|Hello/ })).toBeVisible();
  });
}

test("what is shared from the popover is on Today at once, and can be taken back", async ({ page }) => {
  const words = `The kettle sings at ${Date.now()}`;
  await page.goto("/#/popover?tab=snapshot");
  await expect(page.getByRole("textbox", { name: "Words of the snapshot" })).toBeFocused();
  await page.keyboard.type(words);
  await page.keyboard.press("Control+Enter");
  const undo = page.getByRole("button", { name: "Undo" });
  // It stays as long as one is at it.
  await undo.hover();
  const today = await page.context().newPage();
  await today.goto("/#/");
  await expect(today.getByText(words)).toBeVisible();
  await undo.click();
  await expect(today.getByText(words)).toHaveCount(0);
  await expect(page.getByRole("textbox", { name: "Words of the snapshot" })).toHaveValue(words);
  // Nothing is left for the next story to find.
  const isEmpty = draftKept(page, "");
  await page.getByRole("textbox", { name: "Words of the snapshot" }).fill("");
  await isEmpty;
});

/** The core has kept a draft with these words. */
function draftKept(page: Page, text: string): Promise<Response> {
  return page.waitForResponse((answer) => {
    const request = answer.request().postData() ?? "";
    return request.includes("save_draft") && request.includes(`"text":${JSON.stringify(text)}`);
  });
}

test("a draft is there again after the popover was closed", async ({ page }) => {
  await page.goto("/#/popover?tab=snapshot");
  const field = page.getByRole("textbox", { name: "Words of the snapshot" });
  const kept = draftKept(page, "Half a thought");
  await field.fill("Half a thought");
  await page.keyboard.press("Escape");
  await kept;
  await page.reload();
  await expect(field).toHaveValue("Half a thought");
  const isEmpty = draftKept(page, "");
  await field.fill("");
  await isEmpty;
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
