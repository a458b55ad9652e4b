import { fireEvent, screen, within } from "@testing-library/svelte";
import { beforeEach, describe, expect, test } from "vitest";

import type { DecisionDraft } from "../src/bindings/DecisionDraft";
import type { Decisions } from "../src/bindings/Decisions";
import { htmlOf } from "../src/words/markdown";
import { instantIn } from "../src/words/time";
import { appIpc, openAt, refusal, settle, type AppIpc } from "./app";
import { sampleDecisions, type Scene } from "./sample";
import { asked } from "./stage";

let on: AppIpc;
let page: Decisions;

async function open(scene: Scene = "lively", kept: Partial<DecisionDraft> = {}): Promise<void> {
  on = appIpc(scene);
  page = sampleDecisions(scene);
  on.answers.decisions = () => ({ is: "decisions", ...structuredClone(page) });
  on.answers.decision_draft = () => ({ is: "decision_draft", question: null, voices: {}, outcomes: {}, ...kept });
  openAt("#/decisions", on);
  await screen.findByRole("heading", { level: 1, name: "Decisions" });
  await settle();
}

const card = (question: string | RegExp) => within(screen.getByRole("article", { name: question }));
const teatime = () => card(/teatime/);
const button = (name: string | RegExp) => screen.getByRole("button", { name });

describe("a question", () => {
  beforeEach(() => open());

  test("tells who is heard, who is awaited and why, and the earliest moment in one's own time", async () => {
    expect(within(teatime().getByRole("group", { name: "Heard" })).getByText("Cleo")).toBeVisible();
    const awaited = within(teatime().getByRole("group", { name: "Awaited" }));
    expect(awaited.getByText("Ana: 6 h 40 min of their working time left")).toBeVisible();
    expect(awaited.getByText(/^Dee: away, back on Friday, November 27/)).toBeVisible();
    expect(teatime().getByText("May be closed Wednesday at 09:42 at the earliest")).toBeVisible();
    expect(await teatime().findByText("Mondays")).toBeVisible();
  });

  test("still waits for somebody whose working time is over, while the days are not", async () => {
    page.decisions = page.decisions.map((card) => ({
      ...card,
      awaited: card.awaited.map((awaited) => ({ ...awaited, minutes_left: 0, back_on: null })),
    }));
    on.change({ changed: "today" });
    await settle();
    expect(teatime().getByText("Ana: had their working time, not yet the hours overall")).toBeVisible();
  });

  test("is answered for or against, with a few words", async () => {
    const say = teatime().getByRole("button", { name: "Say it" });
    expect(say).toBeDisabled();
    await fireEvent.click(teatime().getByRole("radio", { name: "Against" }));
    await fireEvent.input(teatime().getByRole("textbox"), { target: { value: " I sing on Tuesdays. " } });
    await fireEvent.click(say);
    await settle();
    expect(asked(on, "give_voice")).toMatchObject([
      { decision: "d1", said: { stance: "against", words: "I sing on Tuesdays." } },
    ]);
  });

  test("that was refused keeps what was written", async () => {
    on.answers.give_voice = refusal("decision_closed");
    await fireEvent.click(teatime().getByRole("radio", { name: "For" }));
    await fireEvent.input(teatime().getByRole("textbox"), { target: { value: "Please." } });
    await fireEvent.click(teatime().getByRole("button", { name: "Say it" }));
    await settle();
    expect(screen.getByText(/This decision is closed/)).toBeVisible();
    expect(teatime().getByRole("textbox")).toHaveValue("Please.");
  });

  test("that is thought over before its answer came back keeps the second thought", async () => {
    let answer: () => void = () => {};
    on.answers.give_voice = () => new Promise((done) => { answer = () => done({ is: "done" }); });
    await fireEvent.click(teatime().getByRole("radio", { name: "For" }));
    await fireEvent.input(teatime().getByRole("textbox"), { target: { value: "Please." } });
    await fireEvent.click(teatime().getByRole("button", { name: "Say it" }));
    await fireEvent.input(teatime().getByRole("textbox"), { target: { value: "Please, with cake." } });
    answer();
    await settle();
    expect(teatime().getByRole("textbox")).toHaveValue("Please, with cake.");
  });

  test("with hidden voices shows none, and says that they are sealed", () => {
    const ranked = card("Where do we meet next year?");
    expect(ranked.queryByRole("list", { name: "What was said" })).toBeNull();
    expect(ranked.getByText("Sealed until the question is closed.")).toBeVisible();
  });

  test("of one's own is closed with an outcome in words, or taken back", async () => {
    const mine = card("May the robot merge?");
    const close = mine.getByRole("button", { name: "Close the decision" });
    await fireEvent.input(mine.getByRole("textbox"), { target: { value: "Short" } });
    expect(close).toBeDisabled();
    await fireEvent.input(mine.getByRole("textbox"), { target: { value: "It may, in working hours." } });
    await fireEvent.click(close);
    await settle();
    expect(asked(on, "close_decision")).toMatchObject([{ decision: "d3", words: "It may, in working hours." }]);
    await fireEvent.click(mine.getByRole("button", { name: "Withdraw" }));
    expect(asked(on, "withdraw_decision")).toEqual([]);
    await fireEvent.click(mine.getByRole("button", { name: "Withdraw" }));
    await settle();
    expect(asked(on, "withdraw_decision")).toMatchObject([{ decision: "d3" }]);
  });

  test("that waits offers no way to close it early", () => {
    expect(teatime().queryByRole("button", { name: "Close the decision" })).toBeNull();
  });

  test("that is over tells what was decided and who was not heard", () => {
    const over = card("Do we keep the wiki?");
    expect(over.getByText("We keep it, and tidy up each Friday.")).toBeVisible();
    expect(over.getByText("Not heard: Dee")).toBeVisible();
  });
});

describe("options in order", () => {
  beforeEach(() => open());
  const ranked = () => card("Where do we meet next year?");
  const order = () =>
    within(ranked().getByRole("list", { name: "Your order" }))
      .getAllByRole("listitem")
      .map((item) => item.querySelector(".option")?.textContent);

  test("are moved with the arrow keys, and the keyboard stays with what it moves", async () => {
    const handle = () => ranked().getByRole("button", { name: /^Lima, . of 3/ });
    handle().focus();
    await fireEvent.keyDown(handle(), { key: "ArrowUp" });
    await settle();
    await fireEvent.keyDown(handle(), { key: "ArrowUp" });
    await settle();
    expect(order()).toEqual(["Lima", "Lisbon", "Oslo"]);
    expect(handle()).toHaveFocus();
    expect(ranked().getByText("Lima is now 1 of 3")).toBeInTheDocument();
    await fireEvent.click(ranked().getByRole("button", { name: "Say it" }));
    await settle();
    expect(asked(on, "give_voice")).toMatchObject([{ decision: "d2", said: { ranking: [2, 0, 1] } }]);
  });

  test("are moved by drag", async () => {
    const items = within(ranked().getByRole("list", { name: "Your order" })).getAllByRole("listitem");
    await fireEvent.dragStart(items[0] as HTMLElement);
    await fireEvent.dragOver(items[2] as HTMLElement);
    await fireEvent.drop(items[2] as HTMLElement);
    expect(order()).toEqual(["Oslo", "Lima", "Lisbon"]);
  });

  test("that one does not want at all are left out, and come back", async () => {
    const oslo = within(ranked().getAllByRole("listitem").find((item) => item.textContent?.includes("Oslo")) as HTMLElement);
    await fireEvent.click(oslo.getByRole("button", { name: "Not at all" }));
    expect(order()).toEqual(["Lisbon", "Lima"]);
    await fireEvent.click(ranked().getByRole("button", { name: "Oslo" }));
    expect(order()).toEqual(["Lisbon", "Lima", "Oslo"]);
  });
});

describe("asking", () => {
  test("needs a question and somebody to ask, and goes to those who are chosen", async () => {
    await open();
    await fireEvent.click(button("Ask a question"));
    const sheet = within(screen.getByRole("dialog"));
    const ask = sheet.getByRole("button", { name: "Ask" });
    await fireEvent.input(sheet.getByRole("textbox", { name: "Your question" }), { target: { value: "Tea or coffee?" } });
    expect(ask).toBeDisabled();
    await fireEvent.click(sheet.getByRole("button", { name: "Ben" }));
    await fireEvent.click(sheet.getByRole("radio", { name: "Options in order" }));
    expect(ask).toBeDisabled();
    await fireEvent.input(sheet.getByRole("textbox", { name: "Option 1" }), { target: { value: "Tea" } });
    await fireEvent.input(sheet.getByRole("textbox", { name: "Option 2" }), { target: { value: "Coffee" } });
    await fireEvent.click(sheet.getByRole("radio", { name: "Hidden until it is closed" }));
    await fireEvent.click(sheet.getByRole("radio", { name: "Those involved" }));
    await fireEvent.click(ask);
    await settle();
    expect(asked(on, "ask_decision")).toMatchObject([
      {
        question: {
          question: "Tea or coffee?", how: { style: "ranked", options: ["Tea", "Coffee"] }, involved: ["b1"],
          voices: "hidden", audience: { only: ["b1"] },
        },
      },
    ]);
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  test("goes on where it was left", async () => {
    await open("lively", {
      question: { question: "Half a quest", how: { style: "words" }, involved: [], voices: "open", audience: "team" },
      voices: { d1: { stance: "abstain", words: "I am not su" } },
    });
    expect(teatime().getByRole("textbox")).toHaveValue("I am not su");
    await fireEvent.click(button("Go on asking"));
    expect(screen.getByRole("textbox", { name: "Your question" })).toHaveValue("Half a quest");
  });

  test("is discarded on purpose only, and comes back", async () => {
    await open();
    await fireEvent.click(button("Ask a question"));
    await fireEvent.input(screen.getByRole("textbox", { name: "Your question" }), { target: { value: "Tea?" } });
    await fireEvent.click(button("Discard"));
    await settle();
    expect(button("Ask a question")).toBeVisible();
    await fireEvent.click(button("Undo"));
    await fireEvent.click(button("Go on asking"));
    expect(screen.getByRole("textbox", { name: "Your question" })).toHaveValue("Tea?");
  });

  test("what is begun is kept", async () => {
    await open();
    await fireEvent.click(teatime().getByRole("radio", { name: "For" }));
    window.dispatchEvent(new Event("beforeunload"));
    await settle();
    expect(asked(on, "save_decision_draft")).toMatchObject([{ draft: { voices: { d1: { stance: "for" } } } }]);
  });
});

test("where nothing was asked yet, it is told what this is for", async () => {
  await open("alone");
  expect(screen.getByText("Nothing is waiting to be decided")).toBeVisible();
  expect(button("Ask a question")).toBeVisible();
});

test("Today tells which decisions need one's voice", async () => {
  on = appIpc();
  openAt("#/", on);
  const needed = within(await screen.findByRole("region", { name: "Decisions that need your voice" }));
  expect(needed.getByRole("link", { name: /teatime/ })).toHaveAttribute("href", "#/decisions?item=d1");
});

describe("Markdown of others", () => {
  const check = (text: string, html: string) => expect(htmlOf(text).trim()).toBe(html);

  test("is shown", () => {
    check("**Tea** at *ten*", "<p><strong>Tea</strong> at <em>ten</em></p>");
    check("# Big", "<h4>Big</h4>");
    check("[us](https://tea.example.org)", '<p><a href="https://tea.example.org">us</a></p>');
  });

  test("brings no scripts, no pictures and no other addresses", () => {
    const bad = [
      "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://spy.example.org/pixel.png)",
      "[x](javascript:alert(1))", "[x](data:text/html,x)", "<a href='javascript:alert(1)'>x</a>",
      "[x](file:///etc/passwd)", "<style>*{display:none}</style>", "<iframe src='https://spy.example.org'></iframe>",
      "[x](  JaVaScRiPt:alert(1))", "<svg onload=alert(1)>",
    ];
    for (const text of bad) {
      const shown = document.createElement("div");
      shown.innerHTML = htmlOf(text);
      expect(shown.querySelector("script, img, iframe, style, svg"), text).toBeNull();
      for (const link of shown.querySelectorAll("a")) {
        expect(link.getAttribute("href") ?? "https:", text).toMatch(/^(https?|mailto):/);
      }
      expect([...shown.querySelectorAll("*")].flatMap((node) => node.getAttributeNames()).filter((name) => name.startsWith("on"))).toEqual([]);
    }
  });
});

test("nine in the morning is found in every zone", () => {
  const check = (zone: string, local: string, instant: string) =>
    expect(new Date(instantIn(zone, local)).toISOString()).toBe(instant);
  check("America/Lima", "2026-11-26T09:00", "2026-11-26T14:00:00.000Z");
  check("Asia/Kolkata", "2026-11-26T09:00", "2026-11-26T03:30:00.000Z");
  check("Europe/Berlin", "2026-10-25T09:00", "2026-10-25T08:00:00.000Z");
  check("Pacific/Kiritimati", "2026-01-01T09:00", "2025-12-31T19:00:00.000Z");
});
