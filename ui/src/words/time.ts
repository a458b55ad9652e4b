// Instants as people say them. Pure: now, zone and words are handed in.

import type { Weekday } from "../bindings/Weekday";
import type { Words } from "./catalogue";
import { shownIn } from "./zones.svelte";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export const WEEKDAYS: readonly Weekday[] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** `2026-11-23`: the day in which an instant lies in a zone. */
export function dayOf(instant: number, zone: string): string {
  // By its parts: how a locale writes a whole date differs between versions of its data.
  const { at, timeZone } = shownIn(zone, instant);
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, year: "numeric", month: "2-digit", day: "2-digit" });
  const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get("year")}-${parts.get("month")}-${parts.get("day")}`;
}

/** How many calendar days lie between two days such as `2026-11-23`. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY);
}

/** `09:42`: by 24 hours, as in the tray, the notifications and on the command line, in the digits of the locale. */
export function clock(instant: number, zone: string, locale: string): string {
  const { at, timeZone } = shownIn(zone, instant);
  return new Intl.DateTimeFormat(locale, { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** A time of day such as `16:42`, as the core writes it, in the digits of the locale. */
export function clockOf(timeOfDay: string, locale: string): string {
  const instant = Date.parse(`2000-01-01T${timeOfDay === "24:00" ? "00:00" : timeOfDay}:00Z`);
  return Number.isNaN(instant) ? timeOfDay : clock(instant, "UTC", locale);
}

/** The city in a zone's name: `America/Argentina/Buenos_Aires` is "Buenos Aires". */
export function cityOf(zone: string): string {
  return (zone.split("/").at(-1) ?? zone).replaceAll("_", " ");
}

/** "Monday 23 November". */
export function longDate(instant: number, zone: string, locale: string): string {
  const { at, timeZone } = shownIn(zone, instant);
  return new Intl.DateTimeFormat(locale, { timeZone, weekday: "long", day: "numeric", month: "long" }).format(at);
}

/** "Monday". */
export function weekdayName(instant: number, zone: string, locale: string): string {
  const { at, timeZone } = shownIn(zone, instant);
  return new Intl.DateTimeFormat(locale, { timeZone, weekday: "long" }).format(at);
}

/** The name of a weekday. */
export function nameOfWeekday(day: Weekday, locale: string, style: "long" | "short" = "long"): string {
  // 2001-01-01 was a Monday.
  const instant = Date.UTC(2001, 0, 1 + WEEKDAYS.indexOf(day));
  return new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: style }).format(instant);
}

/** The instant at which clocks of a zone show `2026-11-26T09:00`. */
export function instantIn(zone: string, local: string): number {
  const wanted = Date.parse(`${local}:00Z`);
  let instant = wanted;
  // Twice, for a zone whose clocks change between the first guess and the answer.
  for (let turn = 0; turn < 2; turn += 1) {
    const shown = Date.parse(`${dayOf(instant, zone)}T${clock(instant, zone, "en-GB")}:00Z`);
    instant += wanted - shown;
  }
  return instant;
}

/** A length of time in its largest one or two units: "18 min", "1 h 18 min", "3 days". */
export function duration(length: number, words: Words): string {
  const minutes = Math.max(0, Math.ceil(length / MINUTE));
  if (minutes < 60) return words.say("ui-minutes", { count: minutes });
  if (minutes < 48 * 60) {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    const inHours = words.say("ui-hours", { count: hours });
    return rest === 0 || hours >= 10 ? inHours : `${inHours} ${words.say("ui-minutes", { count: rest })}`;
  }
  return words.say("ui-days", { count: Math.round(minutes / (24 * 60)) });
}

/** How long ago something was: "just now", "20 min", "1 h"; the time of day when it was on another day. */
export function ago(now: number, at: number, words: Words): string {
  const length = now - at;
  if (length < MINUTE) return words.say("ui-just-now");
  if (length < HOUR) return words.say("ui-minutes", { count: Math.floor(length / MINUTE) });
  if (length < DAY) return words.say("ui-hours", { count: Math.floor(length / HOUR) });
  return words.say("ui-days", { count: Math.floor(length / DAY) });
}

/** When something happened: "today at 09:57", "Thursday 19 November at 18:05". */
export function happened(at: number, now: number, zone: string, words: Words): string {
  const time = clock(at, zone, words.locale);
  return dayOf(at, zone) === dayOf(now, zone)
    ? words.say("ui-today-at", { time })
    : words.say("ui-day-at", { day: longDate(at, zone, words.locale), time });
}

/** The heading of a day: "Today", "Yesterday", "Saturday 21 November". */
export function dayHeading(day: string, now: number, zone: string, words: Words): string {
  const distance = daysBetween(day, dayOf(now, zone));
  if (distance === 0) return words.say("ui-today");
  if (distance === 1) return words.say("ui-yesterday");
  return longDate(Date.parse(`${day}T12:00:00Z`), "UTC", words.locale);
}

/** When something is over: "Gone at 18:40", "Gone tomorrow at 08:40", "Gone Thursday at 08:40". */
export function goneAt(expiresAt: number, now: number, zone: string, words: Words): string {
  const time = clock(expiresAt, zone, words.locale);
  const distance = daysBetween(dayOf(now, zone), dayOf(expiresAt, zone));
  if (distance <= 0) return words.say("ui-gone-today", { time });
  if (distance === 1) return words.say("ui-gone-tomorrow", { time });
  return words.say("ui-gone-later", { time, day: weekdayName(expiresAt, zone, words.locale) });
}

/** When a gathering is: "in 18 min", "now", "tomorrow at 10:00", "Friday at 10:00". */
export function startsIn(startsAt: number, endsAt: number, now: number, zone: string, words: Words): string {
  if (startsAt <= now && now < endsAt) return words.say("ui-on-now");
  if (startsAt - now < 2 * HOUR) return words.say("ui-in", { duration: duration(startsAt - now, words) });
  const time = clock(startsAt, zone, words.locale);
  const distance = daysBetween(dayOf(now, zone), dayOf(startsAt, zone));
  if (distance === 0) return words.say("ui-today-at", { time });
  if (distance === 1) return words.say("ui-tomorrow-at", { time });
  const day =
    distance < 7 ? weekdayName(startsAt, zone, words.locale) : longDate(startsAt, zone, words.locale);
  return words.say("ui-day-at", { day, time });
}

/** `31:20`, or `1:05:00` from an hour on: what is left of a focus. */
export function countdown(length: number): string {
  const seconds = Math.max(0, Math.ceil(length / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${two(minutes)}:${two(seconds % 60)}`;
}

/** The greeting for an hour of the day. */
export function greeting(now: number, zone: string, name: string, words: Words): string {
  const hour = Number(clock(now, zone, "en-GB").slice(0, 2));
  const part = hour < 5 ? "night" : hour < 12 ? "morning" : hour < 18 ? "day" : "evening";
  return words.say(`ui-greeting-${part}`, { name });
}

/** All zones that this browser knows, and the given ones. */
export function zones(...also: string[]): string[] {
  return [...new Set([...also, ...Intl.supportedValuesOf("timeZone")])].filter((zone) => zone !== "").sort();
}
