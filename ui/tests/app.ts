// The whole app on a made-up team, for tests that look at it as a person does.

import { render, screen, within } from "@testing-library/svelte";
import { tick } from "svelte";

import App from "../src/App.svelte";
import type { Entry } from "../src/bindings/Entry";
import type { Response } from "../src/bindings/Response";
import type { SnapshotCard } from "../src/bindings/SnapshotCard";
import type { Today } from "../src/bindings/Today";
import { Refusal } from "../src/ipc";
import { parseRoute, router } from "../src/route.svelte";
import { sampleToday, type Scene } from "./sample";
import { stageIpc, type StageIpc } from "./stage";

export interface AppIpc extends StageIpc {
  /** What the core answers for Today; a test may change it and then tell of the change. */
  today: Today;
}

/** A core behind a made-up team whose day a test can change. */
export function appIpc(scene: Scene = "lively"): AppIpc {
  const ipc: AppIpc = Object.assign(stageIpc({}, scene), { today: sampleToday(scene) });
  ipc.answers.today = () => ({ is: "today", ...structuredClone(ipc.today) });
  return ipc;
}

/** An answer that refuses. */
export function refusal(code: string): () => Promise<Response> {
  return () => Promise.reject(new Refusal({ code, detail: `detail of ${code}` }));
}

/** The snapshots of a day. */
export function snapshotsOf(today: Today): SnapshotCard[] {
  return today.days
    .flatMap((day) => day.entries)
    .filter((entry): entry is Extract<Entry, { is: "snapshot" }> => entry.is === "snapshot");
}

/** Takes an entry out of the day. */
export function takeOut(today: Today, item: string): void {
  today.days = today.days.map((day) => ({ ...day, entries: day.entries.filter(({ id }) => id !== item) }));
}

/** Makes a snapshot one's own, with its portrait first in the row. */
export function makeMine(today: Today, item: string): void {
  for (const card of snapshotsOf(today).filter(({ id }) => id === item)) {
    card.from = today.me;
    card.is_mine = true;
  }
  today.portraits = today.portraits.map((portrait) => ({
    ...portrait,
    snapshots: portrait.person.id === today.me.id ? [item] : portrait.snapshots.filter((id) => id !== item),
  }));
}

/** Opens the app at this address. */
export function openAt(hash: string, ipc: AppIpc): void {
  window.location.hash = hash;
  // The browser tells of a new hash a moment later.
  router.current = parseRoute(hash);
  render(App, { props: { ipc } });
}

/** Opens the app on Today. */
export async function openToday(ipc: AppIpc): Promise<void> {
  openAt("#/", ipc);
  await screen.findByRole("heading", { level: 1 });
}

/** Opens the viewer from the portrait of this name. */
export async function openViewer(name: RegExp): Promise<ReturnType<typeof within>> {
  const portraits = within(screen.getByRole("list", { name: "Snapshots of today" }));
  portraits.getByRole("button", { name }).click();
  await tick();
  return within(screen.getByRole("dialog"));
}

/** The card on Today that says this. */
export function cardOf(words: RegExp): HTMLElement {
  const card = screen.getAllByRole("article").find(({ textContent }) => words.test(textContent ?? ""));
  if (!card) throw new Error(`no card says ${words}`);
  return card;
}

/** Presses a key where the keyboard is. Answers whether something took it. */
export async function pressKey(key: string, more: KeyboardEventInit = {}): Promise<boolean> {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more });
  (document.activeElement ?? document.body).dispatchEvent(event);
  await tick();
  return event.defaultPrevented;
}

/** Lets what was asked be answered and shown. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
  await tick();
}
