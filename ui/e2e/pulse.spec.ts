// The pulse in a browser. Rounds open by the calendar, so the core's answer is made up here where one is to be open; the
// switch in the settings is the real core's.

import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import type { PulseCard } from "../src/bindings/PulseCard";
import type { Request } from "../src/bindings/Request";

async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

/** Has the core tell of this pulse. Answers what was asked of it. */
async function withPulse(page: Page, of: Partial<PulseCard>): Promise<Request[]> {
  const settings = { on: true, open_days: 10 };
  const card: PulseCard = { now: inDays(0), is_admin: true, settings, next_at: null, open: null, results: [], ...of };
  const asked: Request[] = [];
  await page.route("**/ipc", async (route) => {
    const { core } = route.request().postDataJSON() as { core?: Request };
    if (core?.do === "pulse") return route.fulfill({ json: { core: { is: "pulse", ...card } } });
    if (core?.do !== "answer_pulse" && core?.do !== "put_pulse_away") return route.fallback();
    asked.push(core);
    if (card.open && core.do === "answer_pulse") card.open.state = "answered";
    if (card.open && core.do === "put_pulse_away") card.open.is_put_away = true;
    return route.fulfill({ json: { core: { is: "done" } } });
  });
  return asked;
}

const open: PulseCard["open"] = { round: "r1", question: "belong", closes_at: inDays(3), state: "asks", is_put_away: false };
const pulse = (page: Page) => page.getByRole("region", { name: "Pulse" });

for (const colorScheme of ["light", "dark"] as const) {
  test(`the question and what came of it can be used by everyone, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await withPulse(page, { open: { ...open } });
    await page.goto("/#/");
    await expect(pulse(page).getByRole("radio", { name: "Very much" })).toBeVisible();
    await expectUsable(page);
    await page.unrouteAll();
    const results = [{ round: "r1", question: "belong", closed_at: inDays(-1), counts: [1, 0, 2, 3, 4] as PulseCard["results"][0]["counts"], is_recent: true }];
    await withPulse(page, { results });
    await page.reload();
    await expect(pulse(page).getByRole("listitem")).toHaveText([/Not at all\s*1/, /A little\s*0/, /Somewhat\s*2/, /Mostly\s*3/, /Very much\s*4/]);
    await expectUsable(page);
  });
}

test("it is answered with the keyboard alone", async ({ page }) => {
  const asked = await withPulse(page, { open: { ...open } });
  await page.goto("/#/");
  await pulse(page).getByRole("radio", { name: "Not at all" }).focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(pulse(page).getByRole("radio", { name: "Mostly" })).toBeChecked();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(pulse(page).getByText("You have answered, on this computer.")).toBeVisible();
  await expect(pulse(page).getByRole("heading", { name: "Pulse" })).toBeFocused();
  expect(asked).toEqual([{ do: "answer_pulse", round: "r1", answer: 4 }]);
});

test("it goes away when one would rather not", async ({ page }) => {
  const asked = await withPulse(page, { open: { ...open } });
  await page.goto("/#/");
  await pulse(page).getByRole("button", { name: "Not this time" }).press("Enter");
  await expect(pulse(page)).toHaveCount(0);
  expect(asked).toEqual([{ do: "put_pulse_away", round: "r1" }]);
});

test("an admin switches it on and off", async ({ page }) => {
  await page.goto("/#/settings");
  const toggle = page.getByRole("switch", { name: /^Ask the team once a month/ });
  await expect(toggle).not.toBeChecked();
  const saved = () => page.waitForResponse((answer) => answer.request().postData()?.includes("save_pulse") ?? false);
  const isOn = saved();
  await toggle.press("Space");
  await isOn;
  await page.getByLabel(/^How many days a round is open/).fill("7");
  const isLonger = saved();
  await page.getByLabel(/^How many days a round is open/).press("Enter");
  await isLonger;
  await page.reload();
  await expect(toggle).toBeChecked();
  await expect(page.getByLabel(/^How many days a round is open/)).toHaveValue("7");
  const isOff = saved();
  await toggle.press("Space");
  await expect(toggle).not.toBeChecked();
  await isOff;
  await page.reload();
  await expect(toggle).not.toBeChecked();
});
