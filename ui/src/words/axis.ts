// The time axis of the People page. Pure: spans and clocks come from the core, so that looking ahead asks nothing.

import type { AxisDay } from "../bindings/AxisDay";
import type { ClockFrom } from "../bindings/ClockFrom";
import type { LocalInstant } from "../bindings/LocalInstant";
import type { OverlapSpan } from "../bindings/OverlapSpan";
import type { PersonCard } from "../bindings/PersonCard";
import type { TimeSpan } from "../bindings/TimeSpan";
import type { Words } from "./catalogue";
import { DAY, MINUTE, clock, dayOf, daysBetween, longDate, weekdayName } from "./time";

/** How far an arrow key goes. */
export const STEP = 15 * MINUTE;

/** A stretch of the axis, in hundredths of its length from its start. */
export interface Band {
  start: number;
  length: number;
}

/** A day of the axis as numbers. */
export interface Day {
  from: number;
  until: number;
}

export function dayFrom(day: AxisDay): Day {
  return { from: Date.parse(day.from), until: Date.parse(day.until) };
}

/** Where an instant lies on a day, in hundredths. */
export function shareOf(day: Day, at: number): number {
  return (100 * (at - day.from)) / (day.until - day.from);
}

/** What of these spans lies on a day. */
export function bandsOn(day: Day, spans: readonly TimeSpan[]): Band[] {
  return spans.flatMap((span) => {
    const from = Math.max(day.from, Date.parse(span.from));
    const until = Math.min(day.until, Date.parse(span.until));
    return from < until ? [{ start: shareOf(day, from), length: shareOf(day, until) - shareOf(day, from) }] : [];
  });
}

/** Whether an instant lies in one of these spans. */
export function isIn(spans: readonly TimeSpan[], at: number): boolean {
  return spans.some((span) => Date.parse(span.from) <= at && at < Date.parse(span.until));
}

/** The clock that somebody has at an instant. */
export function clockAt(clocks: readonly ClockFrom[], at: number): ClockFrom {
  const there = clocks.findLast(({ from }) => Date.parse(from) <= at) ?? clocks[0];
  return there ?? { from: new Date(0).toISOString(), time_zone: "UTC", minutes_east: 0 };
}

/** An instant moved so that a UTC clock shows what the clock there shows. */
const shifted = (at: number, minutesEast: number) => at + minutesEast * MINUTE;

/** The time of day that a clock shows. */
export function timeThere(at: number, { minutes_east }: { minutes_east: number }, locale: string): string {
  return clock(shifted(at, minutes_east), "UTC", locale);
}

/** The day that a clock shows, as `2026-11-24`. */
export function dateThere(at: number, { minutes_east }: { minutes_east: number }): string {
  return dayOf(shifted(at, minutes_east), "UTC");
}

/** The weekday that a clock shows. */
export function weekdayThere(
  at: number,
  { minutes_east }: { minutes_east: number },
  locale: string,
  style: "long" | "short" = "long",
): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", weekday: style });
  return format.format(shifted(at, minutes_east));
}

/** What is said of an instant by somebody's own clock: with the day, unless both have the same day now and then. */
function sayThere(what: "seen" | "by", local: LocalInstant, now: number, zone: string, words: Words, style: "long" | "short"): string {
  const at = Date.parse(local.at);
  const time = timeThere(at, local, words.locale);
  const distance = daysBetween(dayOf(now, zone), dateThere(at, local));
  if (distance === 0) return words.say(`ui-reply-${what}-today`, { time });
  const day =
    distance < 7
      ? weekdayThere(at, local, words.locale, style)
      : longDate(shifted(at, local.minutes_east), "UTC", words.locale);
  return words.say(`ui-reply-${what}-day`, { day, time });
}

/** When somebody sees what is written to them now: "Sees it now", "Sees it Tuesday at 09:00". */
export function saySeen(seen: LocalInstant, now: number, zone: string, words: Words, style: "long" | "short" = "long"): string {
  if (Date.parse(seen.at) <= now) return words.say("ui-reply-seen-now");
  return sayThere("seen", seen, now, zone, words, style);
}

/** By when they answer: "answers by Tuesday 13:00". */
export function sayAnswer(by: LocalInstant, now: number, zone: string, words: Words, style: "long" | "short" = "long"): string {
  return sayThere("by", by, now, zone, words, style);
}

/** A date such as `2026-11-24`, seen from now: "Tuesday" within a week, "Tuesday 24 November" beyond. */
export function dateInWords(date: string, now: number, zone: string, locale: string): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  const distance = daysBetween(dayOf(now, zone), date);
  return distance >= 0 && distance < 7 ? weekdayName(at, "UTC", locale) : longDate(at, "UTC", locale);
}

/** Moves an instant by steps, on the quarter of an hour and within the axis. */
export function moved(at: number, by: number, first: number, last: number): number {
  const wished = by < 0 ? Math.ceil(at / STEP) * STEP + by : Math.floor(at / STEP) * STEP + by;
  return Math.min(Math.max(wished, first), last);
}

/** The hours to write on a day of the axis: every third, where the day has them. */
export function hoursOf(day: Day, zone: string, locale: string): { share: number; time: string }[] {
  const hours: { share: number; time: string }[] = [];
  for (let at = day.from; at < day.until; at += DAY / 8) hours.push({ share: shareOf(day, at), time: clock(at, zone, locale) });
  return hours;
}

/** The longest span of a day in which the most people work; none when no two do. */
export function bestOverlap(day: Day, overlaps: readonly OverlapSpan[]): OverlapSpan | null {
  const here = overlaps
    .map((span) => ({
      people: span.people,
      from: Math.max(day.from, Date.parse(span.from)),
      until: Math.min(day.until, Date.parse(span.until)),
    }))
    .filter(({ from, until }) => from < until)
    .sort((one, other) => other.people - one.people || other.until - other.from - (one.until - one.from));
  const best = here[0];
  return best
    ? { people: best.people, from: new Date(best.from).toISOString(), until: new Date(best.until).toISOString() }
    : null;
}

/** What somebody does at an instant, by their own hours and days off. */
export function doesAt(card: PersonCard, at: number): "away" | "working" | "off" | "unknown" {
  if (isIn(card.away, at)) return "away";
  if (isIn(card.working, at)) return "working";
  return Object.keys(card.hours).length === 0 && card.working.length === 0 ? "unknown" : "off";
}
