// What a series has beside its title and its first time of the week, as a form holds it.

import type { Series } from "../../bindings/Series";
import type { SeriesReminders } from "../../bindings/SeriesReminders";
import type { Slot } from "../../bindings/Slot";

export type SeriesPlace = "link" | "jitsi" | "later";

const JITSI = "https://meet.jit.si";

export class MoreOfSeries {
  note = $state("");
  slots = $state<Slot[]>([]);
  rotate = $state<"each" | "monthly">("monthly");
  hasTwoSittings = $state(false);
  place = $state<SeriesPlace>("later");
  link = $state("");
  jitsi = $state(JITSI);
  hasRooms = $state(false);
  /** Who is invited; the whole team when `null`. */
  invited = $state<string[] | null>(null);
  prompts = $state("");
  reminders = $state<SeriesReminders>({ ahead_min: 10, at_start: true, before_end: true });
  readonly #firstZone: string;

  constructor(plan: Series) {
    this.note = plan.note ?? "";
    this.slots = (plan.more_slots ?? []).map((slot) => ({ ...slot }));
    this.rotate = plan.rotate ?? "monthly";
    this.hasTwoSittings = plan.two_sittings ?? false;
    this.place = plan.jitsi ? "jitsi" : plan.link ? "link" : "later";
    this.link = plan.link ?? "";
    this.jitsi = plan.jitsi ?? JITSI;
    this.hasRooms = plan.rooms ?? false;
    this.invited = plan.invited ? [...plan.invited] : null;
    this.prompts = (plan.prompts ?? []).join("\n");
    if (plan.reminders) this.reminders = { ...plan.reminders };
    this.#firstZone = plan.time_zone;
  }

  addSlot(): void {
    this.slots.push({ weekday: "thu", time: "09:00", time_zone: this.slots.at(-1)?.time_zone ?? this.#firstZone });
  }

  removeSlot(at: number): void {
    this.slots.splice(at, 1);
    if (this.slots.length === 0) this.hasTwoSittings = false;
  }

  /** The plan with all of this in it; what is at its usual value is left out, as in every plan. */
  onto(plan: Series): Series {
    const whole: Series = { ...plan };
    const set = <Key extends keyof Series>(key: Key, value: Series[Key] | undefined) => {
      if (value === undefined) delete whole[key];
      else whole[key] = value;
    };
    const prompts = this.prompts
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    const slots = $state.snapshot(this.slots);
    set("note", this.note.trim() || undefined);
    set("more_slots", slots.length > 0 ? slots : undefined);
    set("rotate", this.rotate);
    set("two_sittings", this.hasTwoSittings || undefined);
    set("link", (this.place === "link" && this.link.trim()) || undefined);
    set("jitsi", (this.place === "jitsi" && this.jitsi.trim()) || undefined);
    set("rooms", this.hasRooms || undefined);
    set("invited", this.invited && this.invited.length > 0 ? [...this.invited] : undefined);
    set("prompts", prompts.length > 0 ? prompts : undefined);
    set("reminders", $state.snapshot(this.reminders));
    return whole;
  }
}
