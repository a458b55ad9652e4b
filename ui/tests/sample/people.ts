// People on one axis, and the team's norms.

import type { NormsPage } from "../../src/bindings/NormsPage";
import type { PeopleView } from "../../src/bindings/PeopleView";
import type { PersonCard } from "../../src/bindings/PersonCard";
import type { Person } from "../../src/bindings/Person";
import { at, type Scene } from "./parts";
import { sampleToday } from "./today";

/** It is Monday 09:42 in Lima; Tuesday is there as well. */
export function samplePeople(scene: Scene): PeopleView {
  const utc = (text: string) => new Date(`2026-11-${text}Z`).toISOString();
  const card = (who: Person, minutes_east: number, start: string, end: string, more: Partial<PersonCard> = {}): PersonCard => ({
    person: who,
    pronouns: null,
    about: null,
    home_time_zone: who.time_zone,
    local_time: "",
    state: { is: "off", starts_at: null },
    clocks: [{ from: utc("23T05:00"), time_zone: who.time_zone, minutes_east }],
    working: ["23", "24"].map((day) => ({ from: utc(`${day}T${start}`), until: utc(`${day}T${end}`) })),
    away: [],
    hours: { mon: ["09:00-17:00"], tue: ["09:00-17:00"] },
    travel: [],
    absences: [],
    seen_at: null,
    replies: [],
    ...more,
  });
  const { me, people } = sampleToday(scene);
  const all = people.map(({ person: who }) => who);
  const find = (id: string) => all.filter((who) => who.id === id);
  const answered_by = (at: string, minutes_east: number) => [
    { channel: "Chat", within_hours: 4, answered_by: { at: utc(at), minutes_east } },
  ];
  const cards = [
    card(me, -300, "14:00", "22:00"),
    ...find("d3").map((dee) =>
      card(dee, -420, "16:00", "23:59", {
        state: { is: "away", back_on: "2026-11-26" },
        working: [],
        away: [{ from: utc("23T07:00"), until: utc("25T05:00") }],
        absences: [{ from: "2026-11-23", back_on: "2026-11-26", note: "Moving house" }],
        seen_at: { at: utc("26T16:00"), minutes_east: -420 },
        replies: answered_by("26T20:00", -420),
      }),
    ),
    ...find("b1").map((ben) =>
      card(ben, 120, "07:00", "15:00", {
        state: { is: "working", until: utc("23T15:00") },
        about: "Bakes bread.",
        pronouns: "he/him",
        seen_at: { at: at(0), minutes_east: 120 },
        replies: answered_by("24T09:42", 120),
      }),
    ),
    ...find("c2").map((cleo) =>
      card(cleo, 480, "01:00", "09:00", {
        seen_at: { at: utc("24T01:00"), minutes_east: 480 },
        replies: answered_by("24T05:00", 480),
      }),
    ),
    ...all.filter(({ id }) => id.startsWith("p")).map((who) => card(who, 60, "08:00", "16:00")),
  ];
  return {
    now: at(0),
    me: me.id,
    days: [
      { date: "2026-11-23", from: utc("23T05:00"), until: utc("24T05:00") },
      { date: "2026-11-24", from: utc("24T05:00"), until: utc("25T05:00") },
    ],
    people: cards,
    overlaps: all.length > 0 ? [{ from: utc("23T14:00"), until: utc("23T15:00"), people: 2 }] : [],
    has_norms: true,
  };
}

export function sampleNorms(): NormsPage {
  return {
    norms: {
      channels: [
        { name: "Chat", when: "For what is needed today.", reply_within_hours: 4 },
        { name: "Wiki", when: "" },
      ],
      meetings: "Cameras are optional.",
      no_reply_off_hours: true,
    },
    is_written: true,
    is_admin: true,
  };
}
