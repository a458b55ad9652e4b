// The page of today, in every scene.

import type { Today } from "../../src/bindings/Today";
import { sampleCelebrations } from "./celebrations";
import { LONG, TEATIME, at, person, type Scene } from "./parts";

export function sampleToday(scene: Scene): Today {
  const me = person("me", scene === "rtl" ? "أمينة" : "Ana", "America/Lima");
  const ben = person("b1", scene === "long" ? LONG : scene === "rtl" ? "בנימין" : "Ben", "Europe/Helsinki");
  const cleo = person("c2", scene === "long" ? `${LONG} II` : "Cleo", "Asia/Shanghai");
  const dee = person("d3", "Dee", "America/Denver");
  const eli = person("e4", "Eli", "Europe/London");
  if (scene === "alone") {
    return {
      now: at(0),
      me,
      portraits: [{ person: me, snapshots: [], is_seen: true, photo: null }],
      days: [],
      missed_since: null,
      gathering: null,
      focus: null,
      celebrations: sampleCelebrations(scene),
      decisions: [],
      people: [],
    };
  }
  const bread = { blob: "bread", width: 500, height: 356, thumbhash: "", alt: "A loaf of bread by the window" };
  const dog = { blob: "dog", width: 500, height: 356, thumbhash: "", alt: "A dog on a hill" };
  const crowd = Array.from({ length: 60 }, (_, index) => person(`p${index}`, `Person ${index + 1}`, "Europe/Oslo"));
  const others = scene === "crowd" ? crowd : [];
  const words =
    scene === "rtl"
      ? "أول رغيف لم ينهَر. المطبخ غرفة اجتماعاتي اليوم."
      : "First loaf that did not collapse. The kitchen is my meeting room today.";
  return {
    now: at(0),
    me,
    portraits: [
      { person: me, snapshots: [], is_seen: true, photo: null },
      { person: ben, snapshots: ["s1"], is_seen: false, photo: bread },
      { person: cleo, snapshots: ["s2"], is_seen: false, photo: dog },
      { person: dee, snapshots: ["s3"], is_seen: true, photo: null },
      ...others.map((each) => ({ person: each, snapshots: ["s3"], is_seen: true, photo: null })),
    ],
    missed_since: null,
    days: [
      {
        date: "2026-11-23",
        entries: [
          {
            is: "kudos",
            id: "k1",
            from: cleo,
            is_mine: false,
            to: [ben, dee],
            reason: "Thank you for staying up with me for the release. I would not have dared to press the button alone.",
            value: { id: "care", name: "Care", emoji: "🫖" },
            created_at: at(-20),
            editable_until: null,
            can_hide: false,
            is_waiting: false,
            audience: "team",
            reactions: [
              { emoji: "🎉", from: [me, ben, dee, eli], is_mine: true },
              { emoji: "💛", from: [ben, dee], is_mine: false },
            ],
            replies: [],
          },
          {
            is: "snapshot",
            id: "s1",
            from: ben,
            is_mine: false,
            text: words,
            photos: [bread],
            lifetime: "24h",
            created_at: at(-62),
            expires_at: at(-62 + 24 * 60),
            is_waiting: false,
            is_seen: false,
            audience: "team",
            reactions: [
              { emoji: "😍", from: [cleo, dee, eli], is_mine: false },
              { emoji: "🍞", from: [cleo], is_mine: false },
            ],
            replies: [
              { id: "r1", from: cleo, is_mine: false, text: "Save me the crust!", created_at: at(-40) },
              { id: "r2", from: me, is_mine: true, text: "And the recipe, please.", created_at: at(-30) },
            ],
          },
          {
            is: "snapshot",
            id: "s2",
            from: cleo,
            is_mine: false,
            text: null,
            photos: [dog],
            lifetime: "3d",
            created_at: at(-180),
            expires_at: at(-180 + 72 * 60),
            is_waiting: false,
            is_seen: false,
            audience: { only: ["me"] },
            reactions: [],
            replies: [],
          },
        ],
      },
      {
        date: "2026-11-22",
        entries: [
          {
            is: "snapshot",
            id: "s3",
            from: dee,
            is_mine: false,
            text: "Rain on the tin roof, tests all green.",
            photos: [],
            lifetime: "24h",
            created_at: at(-1200),
            expires_at: at(240),
            is_waiting: false,
            is_seen: true,
            audience: "team",
            reactions: [],
            replies: [],
          },
        ],
      },
    ],
    gathering: {
      id: "g1",
      activity: "teatime",
      title: "Teatime",
      starts_at: at(18),
      ends_at: at(48),
      link: "https://meet.example.org/tea",
      answer: null,
      coming: [ben, cleo, dee, eli, me, ...others.slice(0, 1)],
      camera_optional: [{ person: cleo, local_time: "23:00" }],
    },
    focus: scene === "focus" ? { started_at: at(-19), until: at(31), note: "The release notes", held: 3 } : null,
    celebrations: sampleCelebrations(scene),
    decisions: [{ id: "d1", from: ben, question: TEATIME, earliest: at(60 * 48) }],
    people: [
      { person: ben, local_time: "16:42", state: { is: "focusing", until: at(48), local_until: "17:30", note: null, is_reachable: false }, pronouns: null },
      { person: cleo, local_time: "22:42", state: { is: "off", starts_at: at(600) }, pronouns: null },
      { person: dee, local_time: "07:42", state: { is: "off", starts_at: at(78) }, pronouns: null },
      { person: eli, local_time: "14:42", state: { is: "working", until: at(138) }, pronouns: null },
      ...others.map((each) => ({ person: each, local_time: "15:42", state: { is: "working" as const, until: at(138) }, pronouns: null })),
    ],
  };
}
