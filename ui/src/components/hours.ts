// Working hours as a form shows them. The core's form is a list of spans such as `09:00-17:00` a weekday.

import type { Hours } from "../bindings/Hours";
import { WEEKDAYS } from "../words/time";

export interface Span {
  start: string;
  end: string;
}

/** Whether a span has a beginning and an end, and some time between them. */
export function isWhole({ start, end }: Span): boolean {
  return start !== "" && end !== "" && start !== end;
}

/** The spans of a day; none when it is free. */
export function spansOf(hours: Hours, day: (typeof WEEKDAYS)[number]): Span[] {
  return (hours[day] ?? []).map((span) => {
    const [start = "", end = ""] = span.split("-");
    return { start, end };
  });
}

/** The week with other spans on one day. */
export function withSpans(hours: Hours, day: (typeof WEEKDAYS)[number], spans: Span[]): Hours {
  const written = spans
    .filter(isWhole)
    .map(({ start, end }) => `${start}-${end === "00:00" ? "24:00" : end}`);
  const week: Hours = {};
  for (const each of WEEKDAYS) {
    const kept = each === day ? written : hours[each];
    if (kept && kept.length > 0) week[each] = kept;
  }
  return week;
}

/** Monday to Friday, nine to five. */
export function officeHours(): Hours {
  return { mon: ["09:00-17:00"], tue: ["09:00-17:00"], wed: ["09:00-17:00"], thu: ["09:00-17:00"], fri: ["09:00-17:00"] };
}
