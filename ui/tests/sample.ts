// A team made up for tests and for looking at the views. It never ships: nothing under src/ may import it.

import type { Changed } from "../src/bindings/Changed";
import type { Request } from "../src/bindings/Request";
import type { Response } from "../src/bindings/Response";
import type { Status } from "../src/bindings/Status";
import type { Ipc } from "../src/ipc";
import { sampleCards, samplePrinted } from "./sample/cards";
import { sampleCelebrationPage, sampleCelebrations } from "./sample/celebrations";
import { sampleDecisions } from "./sample/decisions";
import { samplePackages } from "./sample/packages";
import { sampleGatherings, sampleSpy } from "./sample/gatherings";
import { sampleKudosDesk, sampleWall } from "./sample/kudos";
import { at, type Scene } from "./sample/parts";
import { sampleNorms, samplePeople } from "./sample/people";
import { samplePulse } from "./sample/pulse";
import { sampleSettings, sampleStatus } from "./sample/settings";
import { sampleToday } from "./sample/today";

export { sampleCards, samplePrinted } from "./sample/cards";
export { sampleCelebrationPage, sampleCelebrations } from "./sample/celebrations";
export { sampleDecisions } from "./sample/decisions";
export { samplePackages } from "./sample/packages";
export { sampleGatherings } from "./sample/gatherings";
export { sampleKudosDesk, sampleWall } from "./sample/kudos";
export { NOW, type Scene } from "./sample/parts";
export { sampleNorms, samplePeople } from "./sample/people";
export { samplePulse } from "./sample/pulse";
export { sampleSettings, sampleStatus } from "./sample/settings";
export { sampleToday } from "./sample/today";

const BREAD =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 178" width="500" height="356"><rect width="250" height="178" fill="#e9d3b4"/><rect y="118" width="250" height="60" fill="#a9744c"/><rect x="20" y="18" width="88" height="70" rx="4" fill="#cfe3ea"/><path d="M20 88V18h88v70M64 18v70" fill="none" stroke="#fff" stroke-width="5"/><ellipse cx="160" cy="118" rx="62" ry="30" fill="#b5703a"/><path d="M108 110c10-34 94-34 104 0" fill="#cf8a4b"/></svg>';
const DOG =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 250 178" width="500" height="356"><rect width="250" height="178" fill="#bcd6e6"/><circle cx="200" cy="40" r="20" fill="#f6dc9b"/><path d="M0 110c60-30 120-20 250-6v74H0Z" fill="#7f9b73"/><path d="M92 140v-26c0-12 10-18 24-18h30l14-20 6 14 12 4c2 8-6 14-14 14l-2 32h-9v-18h-34v18h-9v-18l-6-4v22Z" fill="#5a3f2d"/></svg>';

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
          case "zones":
            return { is: "zones", time_zones: ["America/Lima", "Mars/Olympus"] };
          case "clocks":
            // The browser of the tests knows them all.
            return { is: "clocks", until: "2028-01-01T00:00:00Z", zones: [] };
          case "norms":
          case "save_norms":
            return { is: "norms", ...sampleNorms(), ...(request.do === "save_norms" ? { norms: request.norms } : {}) };
          case "settings":
          case "change_settings":
          case "change_profile":
          case "save_kudos_wish":
          case "save_values":
            return { is: "settings", ...sampleSettings() };
          case "kudos_desk":
            return { is: "kudos_desk", ...sampleKudosDesk(scene) };
          case "kudos_wall":
            return { is: "kudos_wall", ...sampleWall(scene) };
          case "gatherings":
            return { is: "gatherings", ...sampleGatherings(scene) };
          case "celebrations":
            return { is: "celebrations", ...sampleCelebrations(scene) };
          case "celebration":
          case "save_celebration":
          case "save_celebration_rules":
            return { is: "celebration", ...sampleCelebrationPage() };
          case "decisions":
            return { is: "decisions", ...sampleDecisions(scene) };
          case "packages":
            return { is: "packages", ...samplePackages(scene) };
          case "pulse":
            return { is: "pulse", ...samplePulse(scene) };
          case "decision_draft":
            return { is: "decision_draft", question: null, voices: {}, outcomes: {} };
          case "group_cards":
            return { is: "group_cards", ...sampleCards(scene) };
          case "card_of":
            return { is: "card", ...samplePrinted() };
          case "begin_group_card":
          case "write_card_line":
          case "ask_decision":
            return { is: "shared", item: "new" };
          case "i_spy":
            return { is: "i_spy", ...sampleSpy(marked) };
          case "mark_i_spy":
            if (request.on) marked.add(request.square);
            else marked.delete(request.square);
            return { is: "i_spy", ...sampleSpy(marked) };
          case "draft":
          case "take_back":
            return { is: "draft", text: "", photos: [], lifetime: null, audience: "team", reason: "", to: [], value: null, between_us: false };
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
          case "own_calendar":
          case "set_own_calendar":
          case "tell_busy": {
            const isRead = request.do === "tell_busy" || (request.do === "set_own_calendar" && Boolean(request.address));
            return {
              is: "own_calendar",
              host: isRead ? "calendar.example.org" : null,
              tells: request.do === "tell_busy" && request.on,
              busy: isRead ? 12 : 0,
              read_at: isRead ? at(0) : null,
              problem: null,
            };
          }
          case "join_gathering":
            return { is: "effect", effect: { do: "open_link", link: "https://meet.example.org/tea" } };
          default:
            return { is: "done" };
        }
      };
      return Promise.resolve(answer());
    },
    desktop: (request) =>
      Promise.resolve(
        request.do === "save_file"
          ? { is: "saved", path: `/home/ana/${request.name}` }
          : request.do.endsWith("photos")
            ? { is: "photos", photos: [photo], problems: [] }
            : { is: "done" },
      ),
    onChanged(handler) {
      handlers.add(handler);
      return () => handlers.delete(handler);
    },
    onDropped: () => () => undefined,
    photoUrl: (blob) => `data:image/svg+xml,${encodeURIComponent(blob === "bread" ? BREAD : DOG)}#`,
  };
}
