// How things stand, and what is set.

import type { Settings } from "../../src/bindings/Settings";
import type { Status } from "../../src/bindings/Status";
import { at, type Scene } from "./parts";
import { sampleSeries } from "./gatherings";

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

export function sampleSettings(): Settings {
  return {
    profile: {
      id: "me",
      name: "Ana",
      time_zone: "America/Lima",
      hours: { mon: ["09:00-12:00", "13:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"] },
      pronouns: "she/her",
      about: null, country: null,
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
    think_of_others: true,
    thank_me: "public",
    values: [{ id: "care", name: "Care", emoji: "🫖" }],
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
