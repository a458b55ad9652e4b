import AxeBuilder from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";

import type { PeopleView } from "../src/bindings/PeopleView";
import type { PersonCard } from "../src/bindings/PersonCard";
import type { Request } from "../src/bindings/Request";
import type { Status } from "../src/bindings/Status";

/** Nothing on the page keeps anyone from using it. */
async function expectUsable(page: Page): Promise<void> {
  const found = await new AxeBuilder({ page }).analyze();
  expect(found.violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** Changes what the core says of people, or of how things stand. */
async function withOther<Answer>(page: Page, what: Request["do"], change: (answer: Answer) => void): Promise<void> {
  await page.route("**/ipc", async (route) => {
    const call = route.request().postDataJSON() as { core?: Request };
    if (call.core?.do !== what) return route.fallback();
    const answer = (await (await route.fetch()).json()) as { core: Answer };
    change(answer.core);
    return route.fulfill({ json: answer });
  });
}

/** Nothing sticks out of the window at its sides. */
async function fits(page: Page): Promise<void> {
  const surplus = await page.evaluate(() => {
    const all = [document.scrollingElement, document.querySelector("main")];
    return Math.max(...all.map((element) => (element ? element.scrollWidth - element.clientWidth : 0)));
  });
  expect(surplus).toBeLessThanOrEqual(0);
}

const row = (page: Page, name: string) => page.getByRole("button", { name: new RegExp(`^${name}:`) });

test.beforeEach(async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
});

test("the slider looks ahead by keyboard and by mouse, and everyone's clock goes along", async ({ page }) => {
  await page.goto("/#/people");
  const slider = page.getByRole("slider", { name: "Look ahead" });
  await expect(slider).toHaveAttribute("aria-valuetext", /^Now/);
  await slider.focus();
  await page.keyboard.press("PageUp");
  const before = await row(page, "Cleo").getAttribute("aria-label");
  await page.keyboard.press("Shift+ArrowRight");
  await expect(row(page, "Cleo")).not.toHaveAttribute("aria-label", before ?? "");
  await page.keyboard.press("Home");
  await expect(slider).toHaveAttribute("aria-valuetext", /^Now/);
  const thumb = await slider.boundingBox();
  const noon = await page.locator(".track .hour", { hasText: /^12:00$/ }).boundingBox();
  if (!thumb || !noon) throw new Error("the axis is drawn");
  await page.mouse.move(thumb.x + thumb.width / 2, thumb.y + thumb.height / 2);
  await page.mouse.down();
  await page.mouse.move(noon.x, thumb.y + thumb.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect(slider).toHaveAttribute("aria-valuetext", /12:00$/);
  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(slider).toHaveAttribute("aria-valuetext", /^Now/);
});

test("a profile opens with Enter and hands the keyboard back", async ({ page }) => {
  await page.goto("/#/people");
  await row(page, "Ben").focus();
  await page.keyboard.press("Enter");
  const profile = page.getByRole("dialog", { name: "Profile of Ben" });
  await expect(profile.getByText("In Lisbon until", { exact: false })).toBeVisible();
  await expect(profile.getByText("Chat: answers by", { exact: false })).toBeVisible();
  await expectUsable(page);
  await page.keyboard.press("Escape");
  await expect(profile).toHaveCount(0);
  await expect(row(page, "Ben")).toBeFocused();
  await row(page, "Dee").click();
  await expect(page.getByRole("dialog").getByText("back on", { exact: false }).first()).toBeVisible();
});

test("norms are changed in place and seen on everyone's profile", async ({ page }) => {
  await page.goto("/#/norms");
  await page.getByRole("button", { name: "Edit" }).click();
  await expectUsable(page);
  const hours = page.getByRole("spinbutton").first();
  await hours.fill("300");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(hours).toHaveValue("300"); // the field itself says what is wrong
  await hours.fill("2");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Reply within 2 working hours")).toBeVisible();
  await page.getByRole("button", { name: "Edit" }).click();
  await hours.fill("4");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Reply within 4 working hours")).toBeVisible();
});

test("days off are entered in the settings and show on the axis", async ({ page }) => {
  await page.goto("/#/settings");
  await page.getByRole("button", { name: "Add days off" }).click();
  await page.getByRole("textbox", { name: "What for (if you like)" }).fill("Mushrooms");
  await expectUsable(page);
  const days = page.getByRole("region", { name: "Travel and days off" });
  await days.getByRole("button", { name: "Save" }).click();
  await expect(days.getByRole("button", { name: "Add days off" })).toBeFocused();
  const remove = page.getByRole("button", { name: /^Remove .*back on/ });
  await expect(remove).toBeVisible();
  await page.goto("/#/people");
  await expect(page.getByRole("button", { name: /^Ana: .*away, back on/ })).toBeVisible();
  await page.goto("/#/settings");
  await remove.click();
  await expect(remove).toHaveCount(0);
});

test("a computer that was taken to Lisbon asks, and the question can be read by everyone", async ({ page }) => {
  await withOther<Status>(page, "status", (status) => {
    status.notices = [{ notice: "other_time_zone", time_zone: "Europe/Lisbon", is_home: false }];
  });
  await page.goto("/#/");
  await expect(page.getByText("set to the time in Lisbon now", { exact: false })).toBeVisible();
  await expect(page.getByRole("button", { name: "Leave it" })).toBeVisible();
  await expectUsable(page);
});

const crowd = (view: PeopleView) => {
  const others = view.people.filter(({ person }) => person.id !== view.me);
  const more = Array.from({ length: 60 }, (_, index): PersonCard[] => {
    const card = others[index % others.length];
    return card ? [{ ...card, person: { ...card.person, id: `p${index}`, name: `Person ${index + 1}` } }] : [];
  });
  view.people = [...view.people, ...more.flat()];
};
const long = (view: PeopleView) => {
  const names = ["Maximiliane-Alexandra von und zu Hohenstein-Wildenbruch-Oberammergau", "أمينة بنت عبد الرحمن", "בנימין"];
  for (const [index, name] of names.entries()) {
    const card = view.people[index + 1];
    if (card) card.person.name = name;
  }
};
const alone = (view: PeopleView) => {
  view.people = view.people.filter(({ person }) => person.id === view.me);
  view.overlaps = [];
};

for (const [name, change] of [
  ["sixty people", crowd],
  ["long names and names from right to left", long],
  ["nobody else", alone],
] as const) {
  for (const [width, height, font] of [
    [1040, 720, 100],
    [720, 520, 100],
    [720, 520, 200],
  ] as const) {
    test(`${name} fit into ${width} by ${height} with a font of ${font} %`, async ({ page }) => {
      await page.setViewportSize({ width, height });
      await withOther<PeopleView>(page, "people", change);
      await page.goto("/#/people");
      await page.addStyleTag({ content: `html { font-size: ${font}% }` });
      await expect(page.getByRole("slider")).toBeVisible();
      await fits(page);
      await expectUsable(page);
    });
  }
}
