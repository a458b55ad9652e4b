// What this window knows of the core, kept fresh by what the core says has changed.

import { SvelteMap } from "svelte/reactivity";

import type { Changed } from "./bindings/Changed";
import type { Decisions } from "./bindings/Decisions";
import type { Gatherings } from "./bindings/Gatherings";
import type { GroupCards } from "./bindings/GroupCards";
import type { KudosDesk } from "./bindings/KudosDesk";
import type { Norms } from "./bindings/Norms";
import type { NormsPage } from "./bindings/NormsPage";
import type { Packages } from "./bindings/Packages";
import type { PeopleView } from "./bindings/PeopleView";
import type { Place } from "./bindings/Place";
import type { Request } from "./bindings/Request";
import type { Response } from "./bindings/Response";
import type { Settings } from "./bindings/Settings";
import type { Status } from "./bindings/Status";
import type { Today } from "./bindings/Today";
import { Refusal, type Ipc, type PhotoSize } from "./ipc";
import { ToastRow, type Toast, type ToastOptions } from "./toasts.svelte";
import type { LineDraft } from "./views/cards/line";
import { Words, type Stretch, type Variables } from "./words/catalogue";
import { askForZones } from "./words/zones.svelte";

type Answer<Is extends Response["is"]> = Extract<Response, { is: Is }>;

/** What a view needs before it can show anything. */
type Part = "status" | "today" | "people" | "norms" | "gatherings" | "kudos" | "decisions" | "packages" | "cards" | "settings";

export class Session {
  readonly ipc: Ipc;
  status = $state.raw<Status | null>(null);
  today = $state.raw<Today | null>(null);
  people = $state.raw<PeopleView | null>(null);
  norms = $state.raw<NormsPage | null>(null);
  gatherings = $state.raw<Gatherings | null>(null);
  /** What one needs to write kudos. */
  kudos = $state.raw<KudosDesk | null>(null);
  decisions = $state.raw<Decisions | null>(null);
  packages = $state.raw<Packages | null>(null);
  /** Cards that the team writes together. */
  cards = $state.raw<GroupCards | null>(null);
  settings = $state.raw<Settings | null>(null);
  words = $state.raw(new Words("en", navigator.languages));
  /** Now, by the core's clock; moves twice a minute. */
  now = $state(Date.now());
  /** Why something could not be had when it was last asked for. */
  readonly #troubles = new SvelteMap<Part, Refusal>();
  /** How often a photo has arrived that was not here when it was first asked for. */
  readonly arrivals = new SvelteMap<string, number>();
  /** Replies that were begun and not sent, by what they answer. */
  readonly unsentReplies = new SvelteMap<string, string>();
  /** Lines on cards that were begun and not sent, by the card. */
  readonly unsentLines = new SvelteMap<string, LineDraft>();
  /** Norms that were begun and not saved. */
  unsentNorms = $state.raw<Norms | null>(null);
  /** The zones that the core knows, once a field has asked for them. */
  zoneNames = $state.raw<readonly string[]>([]);
  /** How often items have changed: whoever shows some of them by a question of their own asks again. */
  itemsChanged = $state(0);
  /** Something over the whole window shows the toasts itself: under it they would be neither seen nor heard. */
  isCovered = $state(false);

  /** Where the core asks this window to go. */
  onPlace: (place: Place) => void = () => undefined;

  #ahead = 0;
  readonly #toasts = new ToastRow();
  #running = new Map<Part, Promise<void>>();
  #again = new Set<Part>();

  constructor(ipc: Ipc) {
    this.ipc = ipc;
  }

  /** Asks for the first time and listens from now on. Answers how to stop. */
  start(): () => void {
    const stop = this.ipc.onChanged((changed) => this.#hear(changed));
    askForZones((time_zones) => this.ask({ do: "clocks", time_zones }, "clocks"));
    const ticking = setInterval(() => (this.now = this.exactNow()), 15_000);
    void this.refreshStatus();
    return () => {
      stop();
      clearInterval(ticking);
    };
  }

  /** The zone of the person in front of the screen. */
  get zone(): string {
    return this.status?.team?.my_time_zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  }

  /** Now to the millisecond, by the core's clock. */
  exactNow(): number {
    return Date.now() + this.#ahead;
  }

  say(key: string, variables?: Variables): string {
    return this.words.say(key, variables);
  }

  sayInStretches(key: string, variables?: Variables): Stretch[] {
    return this.words.sayInStretches(key, variables);
  }

  /** A problem in the person's language. */
  sayProblem(problem: { code: string; detail: string }): string {
    const key = `ui-problem-${problem.code.replaceAll("_", "-")}`;
    if (this.words.has(key)) return this.words.say(key);
    // An endpoint newer than this desktop may refuse for a reason without words here; its own are English.
    return this.words.language === "en" ? problem.detail : this.words.say("ui-problem-unexpected");
  }

  /** Why this part is not there, when it could not be had. */
  troubleWith(part: Part): Refusal | undefined {
    return this.#troubles.get(part);
  }

  photoUrl(blob: string, size: PhotoSize): string {
    const url = this.ipc.photoUrl(blob, size);
    const arrival = this.arrivals.get(blob);
    return arrival ? `${url}&again=${arrival}` : url;
  }

  /** Asks the core and holds it to the answer that belongs to the request. */
  async ask<Is extends Response["is"]>(request: Request, is: Is): Promise<Answer<Is>> {
    const answer = await this.ipc.call(request);
    if (answer.is === is) return answer as Answer<Is>;
    throw new Refusal({ code: "unexpected", detail: `asked for ${is}, got ${answer.is}` });
  }

  /** Does something and says so when it was refused. Answers whether it went well. */
  async attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (thrown) {
      this.toast(this.sayProblem(Refusal.from(thrown).problem), { isTrouble: true });
      return false;
    }
  }

  /** What stands at the window's foot. */
  get toasts(): readonly Toast[] {
    return this.#toasts.shown;
  }

  /** Shows a few words for some seconds. */
  toast(text: string, options: ToastOptions = {}): void {
    this.#toasts.show(text, options);
  }

  /** Keeps a toast while somebody is at it. Answers how to let it go. */
  holdToast(id: number): () => void {
    return this.#toasts.hold(id);
  }

  endToast(id: number): void {
    this.#toasts.end(id);
  }

  async copy(text: string, said: string): Promise<void> {
    if (await this.attempt(() => this.ipc.desktop({ do: "copy_text", text }))) this.toast(said);
  }

  refreshStatus(): Promise<void> {
    return this.#once("status", async () => {
      this.takeStatus(await this.ask({ do: "status" }, "status"));
    });
  }

  takeStatus(status: Status): void {
    this.#setClock(status.now);
    this.status = status;
    if (this.words.language !== status.locale) this.words = new Words(status.locale, navigator.languages);
  }

  refreshToday(): Promise<void> {
    return this.#once("today", async () => {
      const today = await this.ask({ do: "today" }, "today");
      this.#setClock(today.now);
      this.today = today;
    });
  }

  refreshPeople(): Promise<void> {
    return this.#once("people", async () => {
      const people = await this.ask({ do: "people" }, "people");
      this.#setClock(people.now);
      this.people = people;
    });
  }

  refreshNorms(): Promise<void> {
    return this.#once("norms", async () => {
      this.norms = await this.ask({ do: "norms" }, "norms");
    });
  }

  refreshGatherings(): Promise<void> {
    return this.#once("gatherings", async () => {
      const gatherings = await this.ask({ do: "gatherings" }, "gatherings");
      this.#setClock(gatherings.now);
      this.gatherings = gatherings;
    });
  }

  refreshKudos(): Promise<void> {
    return this.#once("kudos", async () => {
      this.kudos = await this.ask({ do: "kudos_desk" }, "kudos_desk");
    });
  }

  refreshDecisions(): Promise<void> {
    return this.#once("decisions", async () => {
      const decisions = await this.ask({ do: "decisions" }, "decisions");
      this.#setClock(decisions.now);
      this.decisions = decisions;
    });
  }

  refreshPackages(): Promise<void> {
    return this.#once("packages", async () => {
      const packages = await this.ask({ do: "packages" }, "packages");
      this.#setClock(packages.now);
      this.packages = packages;
    });
  }

  refreshCards(): Promise<void> {
    return this.#once("cards", async () => {
      const cards = await this.ask({ do: "group_cards" }, "group_cards");
      this.#setClock(cards.now);
      this.cards = cards;
    });
  }

  /** Learns the zones that one can be in; until then the browser's own are offered. */
  async learnZones(): Promise<void> {
    if (this.zoneNames.length > 0) return;
    try {
      this.zoneNames = (await this.ask({ do: "zones" }, "zones")).time_zones;
    } catch {
      // The next field asks again.
    }
  }

  refreshSettings(): Promise<void> {
    return this.#once("settings", async () => {
      this.settings = await this.ask({ do: "settings" }, "settings");
    });
  }

  /** Forgets all that it knows of a team: its person has left. */
  forget(): void {
    this.today = this.people = this.norms = this.gatherings = this.kudos = this.decisions = null;
    this.packages = this.cards = this.settings = null;
    this.unsentReplies.clear();
    this.unsentLines.clear();
    this.unsentNorms = null;
    this.arrivals.clear();
  }

  /** Opens a gathering's link. */
  joinGathering(gathering: string): Promise<boolean> {
    return this.attempt(async () => {
      const { effect } = await this.ask({ do: "join_gathering", gathering }, "effect");
      if (effect.do === "open_link") await this.ipc.desktop({ do: "open_link", link: effect.link });
    });
  }

  #setClock(now: string): void {
    this.#ahead = Date.parse(now) - Date.now();
    this.now = Date.parse(now);
  }

  #hear(changed: Changed): void {
    switch (changed.changed) {
      case "today":
        if (this.today) void this.refreshToday();
        if (this.people) void this.refreshPeople();
        if (this.norms) void this.refreshNorms();
        if (this.gatherings) void this.refreshGatherings();
        if (this.kudos) void this.refreshKudos();
        if (this.decisions) void this.refreshDecisions();
        if (this.packages) void this.refreshPackages();
        if (this.cards) void this.refreshCards();
        this.itemsChanged += 1;
        void this.refreshStatus();
        break;
      case "status":
        void this.refreshStatus();
        // Focus and the outbox show on Today as well.
        if (this.today) void this.refreshToday();
        if (this.people) void this.refreshPeople();
        if (this.decisions) void this.refreshDecisions();
        if (this.packages) void this.refreshPackages();
        if (this.cards) void this.refreshCards();
        break;
      case "settings":
        if (this.settings) void this.refreshSettings();
        if (this.kudos) void this.refreshKudos();
        // Everything on it is in one's own zone and language.
        if (this.gatherings) void this.refreshGatherings();
        void this.refreshStatus();
        break;
      case "photo":
        this.arrivals.set(changed.blob, (this.arrivals.get(changed.blob) ?? 0) + 1);
        break;
      case "place":
        this.onPlace(changed);
        break;
    }
  }

  /** Asks once at a time; what changes meanwhile is asked for once more at the end. */
  #once(name: Part, work: () => Promise<void>): Promise<void> {
    const running = this.#running.get(name);
    if (running) {
      this.#again.add(name);
      return running;
    }
    const run = (async () => {
      do {
        this.#again.delete(name);
        try {
          await work();
          this.#troubles.delete(name);
        } catch (thrown) {
          const refusal = Refusal.from(thrown);
          // Before there is a team there is no Today: the first run shows instead.
          if (refusal.problem.code !== "no_team") this.#troubles.set(name, refusal);
        }
      } while (this.#again.has(name));
      this.#running.delete(name);
    })();
    this.#running.set(name, run);
    return run;
  }
}
