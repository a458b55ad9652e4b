// A team made up for tests and for looking at the views. It never ships: nothing under src/ may import it.

import type { Changed } from "../src/bindings/Changed";
import type { NormsPage } from "../src/bindings/NormsPage";
import type { PeopleView } from "../src/bindings/PeopleView";
import type { PersonCard } from "../src/bindings/PersonCard";
import type { GatheringEntry } from "../src/bindings/GatheringEntry";
import type { Gatherings } from "../src/bindings/Gatherings";
import type { ISpyCard } from "../src/bindings/ISpyCard";
import type { Person } from "../src/bindings/Person";
import type { Request } from "../src/bindings/Request";
import type { Response } from "../src/bindings/Response";
import type { Series } from "../src/bindings/Series";
import type { Settings } from "../src/bindings/Settings";
import type { Status } from "../src/bindings/Status";
import type { Today } from "../src/bindings/Today";
import type { Ipc } from "../src/ipc";

export type Scene = "lively" | "alone" | "new" | "long" | "crowd" | "rtl" | "offline" | "focus";

export const NOW = Date.parse("2026-11-23T14:42:00Z");
const at = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();
const person = (id: string, name: string, time_zone: string): Person => ({ id, name, time_zone, photo: null });
const LONG = "Maximiliane-Alexandra von und zu Hohenstein-Wildenbruch-Oberammergau";

const BREAD =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 178" width="500" height="356"><rect width="250" height="178" fill="#e9d3b4"/><rect y="118" width="250" height="60" fill="#a9744c"/><rect x="20" y="18" width="88" height="70" rx="4" fill="#cfe3ea"/><path d="M20 88V18h88v70M64 18v70" fill="none" stroke="#fff" stroke-width="5"/><ellipse cx="160" cy="118" rx="62" ry="30" fill="#b5703a"/><path d="M108 110c10-34 94-34 104 0" fill="#cf8a4b"/></svg>';
const DOG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 178" width="500" height="356"><rect width="250" height="178" fill="#bcd6e6"/><circle cx="200" cy="40" r="20" fill="#f6dc9b"/><path d="M0 110c60-30 120-20 250-6v74H0Z" fill="#7f9b73"/><path d="M92 140v-26c0-12 10-18 24-18h30l14-20 6 14 12 4c2 8-6 14-14 14l-2 32h-9v-18h-34v18h-9v-18l-6-4v22Z" fill="#5a3f2d"/></svg>';

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
      gathering: null,
      focus: null,
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
            created_at: at(-20),
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
    people: [
      { person: ben, local_time: "16:42", state: { is: "focusing", until: at(48), local_until: "17:30", note: null, is_reachable: false }, pronouns: null },
      { person: cleo, local_time: "22:42", state: { is: "off", starts_at: at(600) }, pronouns: null },
      { person: dee, local_time: "07:42", state: { is: "off", starts_at: at(78) }, pronouns: null },
      { person: eli, local_time: "14:42", state: { is: "working", until: at(138) }, pronouns: null },
      ...others.map((each) => ({ person: each, local_time: "15:42", state: { is: "working" as const, until: at(138) }, pronouns: null })),
    ],
  };
}

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

function sampleSpy(marked: ReadonlySet<number>): ISpyCard {
  const words = ["A pet", "A plant", "A mug with a slogan", "A hat", "A map or a globe", "Somebody eats", "A yawn", "Rain", "A bicycle"];
  const squares = words.map((each, place) => ({ words: each, is_marked: marked.has(place) }));
  return { gathering: "g1", side: 3, squares, has_line: [0, 1, 2].every((place) => marked.has(place)) };
}

const sampleSeries: Series = {
  activity: "teatime",
  title: "Teatime",
  time_zone: "America/Lima",
  weekday: "mon",
  time: "10:00",
  every_weeks: 1,
  duration_min: 30,
  link: "https://meet.example.org/tea",
};

export function sampleStatus(scene: Scene): Status {
  return {
    now: at(0),
    team:
      scene === "new"
        ? null
        : {
            id: "t1",
            name: "Kitchen Table",
            me: "me",
            my_name: "Ana",
            my_time_zone: "America/Lima",
            on_this_computer: true,
            is_admin: true,
            host: "tea.example.org",
          },
    connection:
      scene === "offline" ? { state: "offline", since: at(-12), retry_at: at(1), code: "unreachable" } : { state: "online" },
    waiting: scene === "offline" ? { ops: 3, photos: 1 } : { ops: 0, photos: 0 },
    refused:
      scene === "offline"
        ? [{ n: 7, kind: "snapshot", words: "A walk by the sea", problem: { code: "too_large", detail: "The photo is too large." } }]
        : [],
    focus_until: null,
    paused_until: null,
    held: 0,
    unseen: 2,
    notices: scene === "offline" ? [{ notice: "no_tray" }] : [],
    theme: "system",
    language: "system",
    locale: "en",
  };
}

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

export function sampleSettings(): Settings {
  return {
    profile: {
      id: "me",
      name: "Ana",
      time_zone: "America/Lima",
      hours: { mon: ["09:00-12:00", "13:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"] },
      pronouns: "she/her",
      about: null,
      travel: [],
      away: [],
    },
    theme: "system",
    language: "system",
    hear: { snapshots: true, kudos_to_me: true, kudos_to_others: false, answers: true, gatherings: true },
    quiet_outside_hours: true,
    focus: { blocks: {}, note: "", break_throughs: 0, gathering_ends_focus: false, do_not_disturb: false },
    do_not_disturb: "cannot_be_set",
    slack: null,
    digest_times: [],
    snapshot_prompt: false,
    lifetime: "24h",
    autostart: false,
    shortcut: "Ctrl+Alt+S",
    folder: "~/.local/share/samovar",
    version: "0.1.0",
    is_admin: true,
    system_time_zone: "America/Lima",
    pair_draw: { weekday: "mon", time_zone: "Europe/Berlin" },
    series: [
      {
        id: "se1",
        plan: sampleSeries,
      },
    ],
  };
}

export interface SampleIpc extends Ipc {
  /** Everything that was asked, in order. */
  asked: Request[];
  /** Says that something has changed. */
  change(changed: Changed): void;
}

export function sample(scene: Scene, change: Partial<Status> = {}): SampleIpc {
  const handlers = new Set<(changed: Changed) => void>();
  const asked: Request[] = [];
  const marked = new Set<number>();
  const photo: Response = {
    is: "photo", photo: "ph1", blob: "dog", thumb: "dog", width: 500, height: 356, thumbhash: "", had_location: true,
  };
  return {
    asked,
    change: (changed) => handlers.forEach((handler) => handler(changed)),
    call(request) {
      asked.push(request);
      const answer = (): Response => {
        switch (request.do) {
          case "status":
          case "join":
          case "start_team":
            return { is: "status", ...sampleStatus(scene === "new" && request.do !== "status" ? "alone" : scene), ...change };
          case "today":
            return { is: "today", ...sampleToday(scene) };
          case "people":
            return { is: "people", ...samplePeople(scene) };
          case "norms":
          case "save_norms":
            return { is: "norms", ...sampleNorms(), ...(request.do === "save_norms" ? { norms: request.norms } : {}) };
          case "settings":
          case "change_settings":
          case "change_profile":
            return { is: "settings", ...sampleSettings() };
          case "gatherings":
            return { is: "gatherings", ...sampleGatherings(scene) };
          case "i_spy":
            return { is: "i_spy", ...sampleSpy(marked) };
          case "mark_i_spy":
            if (request.on) marked.add(request.square);
            else marked.delete(request.square);
            return { is: "i_spy", ...sampleSpy(marked) };
          case "draft":
          case "take_back":
            return { is: "draft", text: "", photos: [], lifetime: null, audience: "team", reason: "", to: [] };
          case "preview_invite":
            return { is: "invite_preview", host: "tea.example.org", is_safe: true, is_reachable: true };
          case "prepare_photo":
            return photo;
          case "share":
          case "give_kudos":
          case "reply":
          case "save_series":
            return { is: "shared", item: "new" };
          case "create_invite":
            return { is: "invite", link: "https://tea.example.org/join/abc", expires_at: at(7200), on_this_computer: true };
          case "calendar_feed":
            return { is: "calendar_feed", on_this_computer: false };
          case "make_calendar_feed":
            return {
              is: "calendar_feed",
              since: at(0),
              address: "https://tea.example.org/v1/calendar/abc.ics",
              on_this_computer: false,
            };
          case "end_calendar_feed":
            return { is: "calendar_feed", on_this_computer: false };
          case "join_gathering":
            return { is: "effect", effect: { do: "open_link", link: "https://meet.example.org/tea" } };
          default:
            return { is: "done" };
        }
      };
      return Promise.resolve(answer());
    },
    desktop: (request) =>
      Promise.resolve(request.do.endsWith("photos") ? { is: "photos", photos: [photo], problems: [] } : { is: "done" }),
    onChanged(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    onDropped: () => () => undefined,
    photoUrl: (blob) => `data:image/svg+xml,${encodeURIComponent(blob === "bread" ? BREAD : DOG)}#`,
  };
}
