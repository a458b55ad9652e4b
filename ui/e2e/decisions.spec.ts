// The Decisions page on the real core, with a lively team.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import type { Decisions } from "../src/bindings/Decisions";
import type { Request } from "../src/bindings/Request";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Has the core tell that three days are over: the first question is closed, one's own may be. */
async function laterOn(page: Page): Promise<void> {
  await page.route("**/ipc", async (route) => {
    const call = route.request().postDataJSON() as { core?: Request };
    if (call.core?.do !== "decisions") return route.fallback();
    const { core } = (await (await route.fetch()).json()) as { core: Decisions };
    const decisions = core.decisions.map((card) =>
      card.is_mine
        ? { ...card, earliest: core.now, may_close: true, had_time: card.awaited.map(({ person }) => person), awaited: [] }
        : {
            ...card,
            progress: "closed" as const,
            may_speak: false,
            needs_me: false,
            outcome: { words: "Teatime moves to Tuesdays.", closed_at: core.now, not_heard: card.awaited.map(({ person }) => person) },
          },
    );
    return route.fulfill({ json: { core: { ...core, decisions } } });
  });
}

const card = (page: Page, question: string) => page.getByRole("article", { name: question });
const PLACE = "Where do we meet next year?";
const TEATIME = "Shall we move teatime to Tuesdays?";

for (const colorScheme of ["light", "dark"] as const) {
  test(`Decisions can be used by everyone, with all that opens on it, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.goto("/#/decisions");
    await expect(card(page, TEATIME).getByText("are full of calls")).toBeVisible();
    await expectUsable(page);
    await page.getByRole("button", { name: "Change that" }).click();
    await page.getByRole("button", { name: "Ask a question" }).click();
    await page.getByText("Options in order").click();
    await expectUsable(page);
    await page.getByRole("button", { name: "Discard" }).click();
    await expect(page.getByText("Your question is discarded.")).toBeVisible();
  });

  test(`what came of decisions can be read by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await laterOn(page);
    await page.goto("/#/decisions");
    await expect(card(page, TEATIME).getByText("Teatime moves to Tuesdays.")).toBeVisible();
    await expect(card(page, PLACE).getByRole("button", { name: "Close the decision" })).toBeDisabled();
    await expectUsable(page);
  });
}

test("the page fits into a small window", async ({ page }) => {
  await page.setViewportSize({ width: 720, height: 520 });
  await page.goto("/#/decisions");
  await expect(card(page, PLACE)).toBeVisible();
  const surplus = await page.evaluate(() => {
    const all = [document.scrollingElement, ...document.querySelectorAll(".page, main, article")];
    return Math.max(...all.map((element) => (element ? element.scrollWidth - element.clientWidth : 0)));
  });
  expect(surplus).toBeLessThanOrEqual(0);
});

test("options are put into an order with the keyboard and by drag, and said", async ({ page }) => {
  await page.goto("/#/decisions");
  const place = card(page, PLACE);
  const order = place.getByRole("list", { name: "Your order" }).locator(".option");
  await expect(order).toHaveText(["Lisbon", "Oslo", "Lima"]);
  await place.getByRole("button", { name: /^Lima, 3 of 3/ }).focus();
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(order).toHaveText(["Lima", "Lisbon", "Oslo"]);
  await expect(place.getByRole("button", { name: /^Lima, 1 of 3/ })).toBeFocused();
  await place.getByRole("listitem").filter({ hasText: "Oslo" }).last().dragTo(order.first());
  await expect(order).toHaveText(["Oslo", "Lima", "Lisbon"]);
  // What is begun is there after the page was left.
  await page.goto("/#/");
  await expect(page.getByRole("link", { name: PLACE })).toBeVisible();
  await page.getByRole("link", { name: PLACE }).click();
  await expect(order).toHaveText(["Oslo", "Lima", "Lisbon"]);
  await place.getByRole("button", { name: "Say it" }).click();
  await expect(place.getByRole("group", { name: "Heard" }).getByText("Ana")).toBeVisible();
  await place.getByRole("button", { name: "Take it back" }).click();
  await expect(place.getByRole("group", { name: "Heard" }).getByText("Ana")).toBeHidden();
});

test("a voice is heard, and changed", async ({ page }) => {
  await page.goto("/#/decisions");
  const teatime = card(page, TEATIME);
  await teatime.getByText("Against", { exact: true }).click();
  await teatime.getByRole("textbox").fill("I sing on Tuesdays.");
  await teatime.getByRole("button", { name: "Say it" }).click();
  await expect(teatime.getByRole("list", { name: "What was said" }).getByText("I sing on Tuesdays.")).toBeVisible();
  await teatime.getByText("Abstain", { exact: true }).click();
  await teatime.getByRole("button", { name: "Say this instead" }).click();
  await expect(teatime.getByRole("list", { name: "What was said" }).getByText("Abstain")).toBeVisible();
  await teatime.getByRole("button", { name: "Take it back" }).click();
  await expect(teatime.getByRole("button", { name: "Say it" })).toBeVisible();
});

test("a question is asked with the keyboard, kept half-way, and taken back", async ({ page }) => {
  await page.goto("/#/decisions");
  await page.getByRole("button", { name: "Ask a question" }).press("Enter");
  await page.getByRole("textbox", { name: "Your question" }).fill("Tea or coffee?");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Go on asking" }).press("Enter");
  await expect(page.getByRole("textbox", { name: "Your question" })).toHaveValue("Tea or coffee?");
  await page.getByRole("textbox", { name: /^What one must know/ }).fill("![a spy](https://spy.example.org/pixel.png) <b>Tea</b> is **warm**.");
  await page.getByRole("button", { name: "Preview" }).press("Enter");
  await expect(page.getByRole("dialog").locator("strong")).toHaveText("warm");
  await expect(page.getByRole("dialog").locator("img")).toHaveCount(0);
  await page.getByRole("dialog").getByRole("button", { name: "Ben" }).press("Enter");
  await page.getByRole("button", { name: "Ask", exact: true }).press("Enter");
  await expect(page.getByRole("dialog")).toBeHidden();
  const tea = card(page, "Tea or coffee?");
  await expect(tea.getByText(/^Ben: /)).toBeVisible();
  await expect(tea.getByRole("button", { name: "Close the decision" })).toHaveCount(0);
  await tea.getByRole("button", { name: "Withdraw" }).press("Enter");
  await tea.getByRole("button", { name: "Withdraw" }).press("Enter");
  await expect(tea.getByText("Ana has taken this back.")).toBeVisible();
});
