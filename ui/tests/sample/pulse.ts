// The pulse: a round that is open, and one that is over.

import type { PulseCard } from "../../src/bindings/PulseCard";
import { at, type Scene } from "./parts";

const DAY = 24 * 60;

export function samplePulse(scene: Scene): PulseCard {
  const settings = { on: false, open_days: 10 };
  const nothing: PulseCard = { now: at(0), is_admin: true, settings, next_at: null, open: null, results: [] };
  if (scene !== "lively") return nothing;
  return {
    ...nothing,
    settings: { ...settings, on: true },
    next_at: at(20 * DAY),
    open: { round: "r2", question: "belong", closes_at: at(3 * DAY), state: "asks", is_put_away: false },
    results: [{ round: "r1", question: "belong", closed_at: at(-25 * DAY), counts: [0, 1, 2, 3, 4], is_recent: false }],
  };
}
