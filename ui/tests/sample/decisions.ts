// The Decisions page: questions that wait, and one that is closed.

import type { DecisionCard } from "../../src/bindings/DecisionCard";
import type { Decisions } from "../../src/bindings/Decisions";
import { TEATIME, at, type Scene } from "./parts";
import { sampleToday } from "./today";

export function sampleDecisions(scene: Scene): Decisions {
  const { me, people: others } = sampleToday(scene);
  const people = [me, ...others.map(({ person: who }) => who)];
  const page = { now: at(0), me: me.id, is_admin: true, working_hours: 8, hours: 72, people };
  const [, ben, cleo, dee] = people;
  if (!ben || !cleo || !dee) return { ...page, decisions: [] };
  const asked: DecisionCard = {
    id: "d1", from: ben, is_mine: false, question: TEATIME, context: "**Mondays** are full of calls.\n\n- Tea at ten\n- or at four",
    how: { style: "for_against" }, voices: "open", audience: "team", asked_at: at(-120), is_waiting: false,
    progress: "open", needs_me: true, may_speak: true, heard: [cleo],
    awaited: [
      { person: me, minutes_left: 400, back_on: null, heard_by: at(60 * 20) },
      { person: dee, minutes_left: null, back_on: "2026-11-27", heard_by: at(60 * 120) },
    ],
    had_time: [], earliest: at(60 * 48), may_close: false, is_closing: false, mine: null, is_mine_sealed: false,
    said: [{ person: cleo, said: { stance: "more_talk", words: "It is midnight here by then." } }], outcome: null,
  };
  const ranked: DecisionCard = {
    ...asked, id: "d2", from: cleo, question: "Where do we meet next year?", context: null, voices: "hidden",
    how: { style: "ranked", options: ["Lisbon", "Oslo", "Lima"] }, heard: [ben], said: [], earliest: at(60 * 70),
  };
  const mine: DecisionCard = {
    ...asked, id: "d3", from: me, is_mine: true, question: "May the robot merge?", context: null, needs_me: false,
    may_speak: false, heard: [ben], awaited: [], had_time: [cleo], earliest: at(-10), may_close: true,
    said: [{ person: ben, said: { stance: "for" } }],
  };
  const over: DecisionCard = {
    ...mine, id: "d4", question: "Do we keep the wiki?", progress: "closed", may_close: false, earliest: null, had_time: [],
    outcome: { words: "We keep it, and tidy up each Friday.", closed_at: at(-3000), not_heard: [dee] },
  };
  return { ...page, decisions: [asked, ranked, mine, over] };
}
