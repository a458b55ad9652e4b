// Which view a window shows, by its address' hash: `#/`, `#/people?member=…`, `#/norms`, `#/gatherings`, `#/kudos`, `#/decisions`, `#/cards`, `#/settings`, `#/popover?tab=focus`, `#/join?link=…`.

import type { Place } from "./bindings/Place";

export type Page = "today" | "people" | "norms" | "gatherings" | "kudos" | "decisions" | "cards" | "settings" | "popover" | "join";
export type Tab = "snapshot" | "kudos" | "focus";

const PAGES: readonly string[] = ["people", "norms", "gatherings", "kudos", "decisions", "cards", "settings", "popover", "join"] satisfies Page[];

export interface Route {
  page: Page;
  tab: Tab;
  item: string | null;
  member: string | null;
  link: string | null;
}

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?");
  const asked = new URLSearchParams(query);
  const tab = asked.get("tab");
  return {
    page: PAGES.includes(path) ? (path as Page) : "today",
    tab: tab === "kudos" || tab === "focus" ? tab : "snapshot",
    item: asked.get("item"),
    member: asked.get("member"),
    link: asked.get("link"),
  };
}

/** The hash of a place. */
export function hashOf(place: Place): string {
  const asked = new URLSearchParams();
  if (place.view === "snapshot" || place.view === "kudos" || place.view === "focus") asked.set("tab", place.view);
  if (place.item) asked.set("item", place.item);
  if (place.member) asked.set("member", place.member);
  const query = asked.size > 0 ? `?${asked}` : "";
  if (place.view === "today") return `#/${query}`;
  if (place.view === "kudos_wall") return `#/kudos${query}`;
  if (place.view === "snapshot" || place.view === "kudos" || place.view === "focus") return `#/popover${query}`;
  return `#/${place.view}${query}`;
}

class Router {
  current = $state.raw<Route>(parseRoute(window.location.hash));

  constructor() {
    window.addEventListener("hashchange", () => (this.current = parseRoute(window.location.hash)));
  }

  go(place: Place): void {
    const hash = hashOf(place);
    // A place that is asked for again is still to be shown again.
    if (window.location.hash === hash) this.current = parseRoute(hash);
    else window.location.hash = hash;
  }
}

export const router = new Router();
