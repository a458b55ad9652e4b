// What all of the made-up team is made of.

import type { Person } from "../../src/bindings/Person";

export type Scene = "lively" | "alone" | "new" | "long" | "crowd" | "rtl" | "offline" | "focus";

export const NOW = Date.parse("2026-11-23T14:42:00Z");
export const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
export const person = (id: string, name: string, time_zone: string): Person => ({ id, name, time_zone, photo: null });
export const LONG = "Maximiliane-Alexandra von und zu Hohenstein-Wildenbruch-Oberammergau";
/** A question that waits, on Today and on its own page. */
export const TEATIME = "Shall we move teatime to Tuesdays?";
