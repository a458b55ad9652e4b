// What clocks show in a zone. The core knows: a browser's rules may be years older than a change of the law, and then it
// shows another time than the tray, or throws at a zone that it has never heard of. Until the core has answered, and for
// instants that it says nothing of, the browser is asked.

import { SvelteMap } from "svelte/reactivity";

import type { ClockFrom } from "../bindings/ClockFrom";
import type { Clocks } from "../bindings/Clocks";

interface Told {
  /** From when on, with how many milliseconds ahead of UTC. */
  readonly turns: readonly { readonly from: number; readonly ahead: number }[];
  readonly until: number;
}

/** By zone; `null` once nobody knows it. */
const told = new SvelteMap<string, Told | null>();
/** Met, and about to be asked for together. */
const met = new Set<string>();
/** Asked for. */
const asked = new Set<string>();
const inBrowser = new Map<string, boolean>();
let ask: ((zones: string[]) => Promise<Clocks>) | undefined;

/** Says whom to ask for zones as they are met. What is known already stays known. */
export function askForZones(how: (zones: string[]) => Promise<Clocks>): void {
  ask = how;
}

function want(zone: string): void {
  if (!ask || met.has(zone) || asked.has(zone)) return;
  if (met.size === 0) queueMicrotask(() => void askForMet());
  met.add(zone);
}

async function askForMet(): Promise<void> {
  const zones = [...met];
  met.clear();
  for (const zone of zones) asked.add(zone);
  try {
    const clocks = await ask?.(zones);
    if (!clocks) return;
    for (const zone of zones) told.set(zone, null);
    for (const turns of clocks.zones) take(turns, Date.parse(clocks.until));
  } catch {
    // The browser's own go on being shown; the next look asks again.
  } finally {
    for (const zone of zones) asked.delete(zone);
  }
}

function take(clocks: readonly ClockFrom[], until: number): void {
  const turns = clocks.map(({ from, minutes_east }) => ({ from: Date.parse(from), ahead: minutes_east * 60_000 }));
  if (clocks[0]) told.set(clocks[0].time_zone, { turns, until });
}

/** By how much the clocks of a zone are ahead of UTC, in milliseconds, when the core has said so. */
function aheadAt(instant: number, zone: string): number | undefined {
  const known = told.get(zone);
  if (known === undefined) want(zone);
  if (!known || instant >= known.until) return undefined;
  return known.turns.findLast(({ from }) => from <= instant)?.ahead;
}

function browserKnows(zone: string): boolean {
  const known = inBrowser.get(zone);
  if (known !== undefined) return known;
  let knows = true;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
  } catch {
    knows = false;
  }
  inBrowser.set(zone, knows);
  return knows;
}

/** An instant as a browser is to show it so that it shows what clocks in `zone` do. */
export function shownIn(zone: string, instant: number): { at: number; timeZone: string } {
  if (zone === "UTC") return { at: instant, timeZone: zone };
  const ahead = aheadAt(instant, zone);
  if (ahead !== undefined) return { at: instant + ahead, timeZone: "UTC" };
  return { at: instant, timeZone: browserKnows(zone) ? zone : "UTC" };
}
