// Gatherings, a series, pair calls and a card of I spy.

import type { GatheringEntry } from "../../src/bindings/GatheringEntry";
import type { Gatherings } from "../../src/bindings/Gatherings";
import type { ISpyCard } from "../../src/bindings/ISpyCard";
import type { Series } from "../../src/bindings/Series";
import { LONG, at, person, type Scene } from "./parts";

export function sampleGatherings(scene: Scene): Gatherings {
  const ben = person("b1", scene === "long" ? LONG : scene === "rtl" ? "بنيامين" : "Ben", "Europe/Helsinki");
  const cleo = person("c2", scene === "long" ? `${LONG} II` : "Cleo", "Asia/Shanghai");
  const dee = person("d3", "Dee", "America/Denver");
  const crowd = Array.from({ length: 60 }, (_, index) => person(`p${index}`, `Person ${index + 1}`, "Europe/Oslo"));
  const people = scene === "alone" ? [] : [ben, cleo, dee, ...(scene === "crowd" ? crowd : [])];
  const draw = { next_draw: at(7 * 24 * 60 - 300), next_week: "2026-11-30" };
  if (scene === "alone") {
    const pairs = { wish: null, ...draw, is_due: false, is_skipped: false, pairing: null, unmatched: null };
    return { now: at(0), is_admin: true, gatherings: [], series: [], people, pairs };
  }
  const gathering: GatheringEntry = {
    id: "g1",
    activity: "teatime",
    title: scene === "rtl" ? "وقت الشاي" : scene === "long" ? `Teatime with ${LONG}` : "Teatime",
    note: null,
    starts_at: at(18),
    ends_at: at(48),
    link: "https://meet.example.org/tea",
    answer: null,
    is_invited: true,
    coming: scene === "crowd" ? crowd : [ben, cleo],
    maybe: [dee],
    is_camera_optional: false,
    camera_optional: [{ person: cleo, local_time: "23:00" }],
    why: "Lima had the hard one last time; this time Oslo.",
    room: [],
    prompts: ["Which small thing made you smile this week?", "What is breakfast like where you are?"],
    is_cancelled: false,
    is_pair_call: false,
  };
  const later: GatheringEntry = {
    ...gathering,
    id: "g2",
    activity: "lunch",
    title: "Lunch around the world",
    note: "Bring whatever you eat where you are, be it breakfast.",
    starts_at: at(3 * 24 * 60 + 720),
    ends_at: at(3 * 24 * 60 + 765),
    answer: "yes",
    is_camera_optional: true,
    why: null,
    room: [ben, dee],
  };
  const off: GatheringEntry = { ...gathering, id: "g3", starts_at: at(7 * 24 * 60 + 18), ends_at: at(7 * 24 * 60 + 48), is_cancelled: true };
  return {
    now: at(0),
    is_admin: true,
    gatherings: [gathering, later, off],
    series: [
      {
        id: "se1",
        plan: { ...sampleSeries, more_slots: [{ weekday: "thu", time: "09:00", time_zone: "Europe/Oslo" }], rotate: "monthly" },
        next: at(18),
        rotation: "2 times of the week take turns about monthly: whoever had it hardest is spared next.",
      },
    ],
    people,
    pairs: {
      wish: { every_weeks: 2, topics: ["Bread"], not_with: [] },
      ...draw,
      is_due: true,
      is_skipped: false,
      unmatched: null,
      pairing: {
        id: "pa1",
        with: [ben],
        why: "You share 5 hours this week and have not met for 9 weeks.",
        times: [1380, 1440, 2900].map((minutes, index) => ({
          at: at(minutes),
          is_mine: false,
          others: [{ person: ben, local_time: ["15:42", "16:42", "17:02"][index] ?? "", is_chosen: index === 1 }],
        })),
        duration_min: 30,
        link: "https://meet.example.org/pair",
        prompts: ["Where does your favourite walk lead?", "What have you mended lately?"],
        ice_breaker: null,
        is_answered: false,
        progress: { is: "open" },
      },
    },
  };
}

export function sampleSpy(marked: ReadonlySet<number>): ISpyCard {
  const words = ["A pet", "A plant", "A mug with a slogan", "A hat", "A map or a globe", "Somebody eats", "A yawn", "Rain", "A bicycle"];
  const squares = words.map((each, place) => ({ words: each, is_marked: marked.has(place) }));
  return { gathering: "g1", side: 3, squares, has_line: [0, 1, 2].every((place) => marked.has(place)) };
}

export const sampleSeries: Series = {
  activity: "teatime",
  title: "Teatime",
  time_zone: "America/Lima",
  weekday: "mon",
  time: "10:00",
  every_weeks: 1,
  duration_min: 30,
  link: "https://meet.example.org/tea",
};
