// What one needs to write kudos, and the wall that they are on.

import type { KudosDesk } from "../../src/bindings/KudosDesk";
import type { KudosWall } from "../../src/bindings/KudosWall";
import { at, type Scene } from "./parts";
import { sampleToday } from "./today";

export function sampleKudosDesk(scene: Scene): KudosDesk {
  const people = sampleToday(scene).people.map(({ person }) => ({ person, wish: "public" as const }));
  return {
    people: people.map((each) => (each.person.name === "Dee" ? { ...each, wish: "between_us" } : each)),
    values: [
      { id: "care", name: "Care", emoji: "🫖" },
      { id: "craft", name: "Craft", emoji: "🪡" },
      { id: "speed", name: "Speed", emoji: "🐇", retired_at: at(-9000) },
    ],
    long_since: [],
    are_many_today: false,
  };
}

export function sampleWall(scene: Scene): KudosWall {
  const entries = sampleToday(scene).days.flatMap((day) => day.entries);
  return { now: at(0), cards: entries.filter((entry) => entry.is === "kudos"), more: false, may_have_older: false };
}
