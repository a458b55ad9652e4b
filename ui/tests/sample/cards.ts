// Cards that the team writes together: two that are open, and one that was handed over.

import type { GroupCards } from "../../src/bindings/GroupCards";
import type { LineOnCard } from "../../src/bindings/LineOnCard";
import type { OpenCard } from "../../src/bindings/OpenCard";
import type { PrintedCard } from "../../src/bindings/PrintedCard";
import { at, type Scene } from "./parts";
import { sampleToday } from "./today";

const PENS = ["#2b2a45", "#d13f2f", "#e07b1a", "#c79a00", "#2f8f5b", "#2b6fc2", "#7a4fb3", "#855a3a"];

export function sampleCards(scene: Scene): GroupCards {
  const { me, people } = sampleToday(scene);
  const others = people.map(({ person }) => person);
  const page: GroupCards = { now: at(0), me: me.id, open: [], handed: [], people: others, pens: PENS };
  const [ben, cleo, dee] = others;
  if (!ben || !cleo || !dee) return page;
  const line: LineOnCard = { id: "l1", by: cleo, is_mine: false, is_waiting: false, text: "The harbour will miss you.", doodle: null, photo: null };
  const drawn: LineOnCard = { ...line, id: "l2", by: ben, text: null, doodle: { strokes: [{ pen: 1, points: [[100, 100], [900, 900]] }] } };
  const mine: LineOnCard = { ...line, id: "l3", by: me, is_mine: true, text: "Come back soon." };
  const card: OpenCard = {
    id: "c1", to: dee, from: ben, is_mine: false, occasion: "farewell", title: "Bon voyage, Dee", begun_at: at(-60),
    is_waiting: false, is_handing_over: false, has_written: false, lines: [line, drawn],
  };
  const own: OpenCard = { ...card, id: "c2", to: cleo, from: me, is_mine: true, occasion: "birthday", title: "Happy birthday, Cleo", has_written: true, lines: [mine] };
  return {
    ...page,
    open: [card, own],
    handed: [{ id: "h1", to: me, is_to_me: true, from: dee, occasion: "thanks", title: "For the warmest kettle", handed_at: at(-600), lines: [{ ...line, id: "l4" }, { ...drawn, id: "l5" }] }],
  };
}

export function samplePrinted(): PrintedCard {
  return {
    file_name: "Thank you, Ben.pdf", media_type: "image/png", missing: "", is_cut: false, missing_photos: 0,
    base64: "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==",
  };
}
