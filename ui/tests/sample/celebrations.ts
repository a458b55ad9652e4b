// What there is to celebrate, and what one wants of that oneself.

import type { CelebrationPage } from "../../src/bindings/CelebrationPage";
import type { Celebrations } from "../../src/bindings/Celebrations";
import { LONG, at, person, type Scene } from "./parts";

export function sampleCelebrations(scene: Scene): Celebrations {
  const ben = person("b1", scene === "long" ? LONG : scene === "rtl" ? "בנימין" : "Ben", "Europe/Helsinki");
  const cleo = person("c2", scene === "long" ? `${LONG} II` : "Cleo", "Asia/Shanghai");
  const dee = person("d3", "Dee", "America/Denver");
  const quiet = scene === "alone" || scene === "new";
  return {
    now: at(0),
    me: "me",
    is_coordinator: true,
    ahead: quiet
      ? []
      : [
          { id: "ca1", person: dee, is_me: false, what: "anniversary", years: 3, on: "2026-11-25", days_left: 2, post_may_arrive: false },
          { id: "ca2", person: cleo, is_me: false, what: "birthday", on: "2026-12-03", days_left: 10, post_may_arrive: true },
        ],
    today: quiet
      ? []
      : [{ id: "ct1", person: ben, is_me: false, what: "birthday", on: "2026-11-23", days_left: 0, post_may_arrive: false }],
  };
}

export function sampleCelebrationPage(): CelebrationPage {
  const ana = person("me", "Ana", "America/Lima");
  const ben = person("b1", "Ben", "Europe/Helsinki");
  const cleo = person("c2", "Cleo", "Asia/Shanghai");
  return {
    mine: { birthday: { month: 12, day: 3 } },
    next: [{ what: "birthday", on: "2026-12-03" }],
    is_admin: true,
    coordinators: [ana, ben],
    lead_days: 10,
    people: [ana, ben, cleo],
  };
}
