// The popover's draft: in the person's hands here, kept by the core.

import type { Audience } from "../../bindings/Audience";
import type { Draft } from "../../bindings/Draft";
import type { DraftPhoto } from "../../bindings/DraftPhoto";
import type { MemberId } from "../../bindings/MemberId";
import type { PhotoSource } from "../../bindings/PhotoSource";
import type { Problem } from "../../bindings/Problem";
import type { Response } from "../../bindings/Response";
import { Refusal } from "../../ipc";
import type { Session } from "../../session.svelte";

const SETTLED_MS = 400;
export const MOST_PHOTOS = 4;

/** What of a draft becomes a snapshot, and what becomes kudos. */
export type SnapshotDraft = Pick<Draft, "text" | "photos" | "lifetime" | "audience">;
export type KudosDraft = Pick<Draft, "reason" | "to" | "value" | "between_us">;

/** Two pieces of writing where there is room for one: neither is lost. */
function both(first: string, second: string): string {
  return first === second ? first : [first, second].filter((words) => words.trim() !== "").join("\n");
}

function isSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}

export class DraftKeeper {
  text = $state("");
  photos = $state<DraftPhoto[]>([]);
  lifetime = $state<Draft["lifetime"]>(null);
  audience = $state.raw<Audience>("team");
  reason = $state("");
  to = $state<MemberId[]>([]);
  value = $state<Draft["value"]>(null);
  betweenUs = $state(false);
  /** What a focus is for. It lasts as long as the window. */
  note = $state("");
  /** How many photos are being made ready. */
  preparing = $state(0);
  /** Whether the camera is on. */
  isShooting = $state(false);

  readonly #session: Session;
  #isLoaded = false;
  #loading: Promise<boolean> | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saved = "";
  #saving: Promise<boolean> = Promise.resolve(true);
  /** Whether it was said that the draft cannot be kept; while someone types that is said once. */
  #isTroubleSaid = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads what was kept, once; words typed before it came stay. Answers whether it is here. */
  load(): Promise<boolean> {
    if (this.#isLoaded) return Promise.resolve(true);
    this.#loading ??= this.#read().finally(() => (this.#loading = null));
    return this.#loading;
  }

  /** Keeps the draft a moment after the last change. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#keep(), SETTLED_MS);
  }

  /** Keeps the draft now. Answers whether nothing can be lost; when something can, that is said. */
  save(): Promise<boolean> {
    if (!this.#isBlank) this.#isTroubleSaid = false;
    return this.#keep();
  }

  /** The snapshot as it is written now. */
  snapshot(): SnapshotDraft {
    return { text: this.text, photos: $state.snapshot(this.photos), lifetime: this.lifetime, audience: this.audience };
  }

  /** The kudos as they are written now. */
  kudos(): KudosDraft {
    return { reason: this.reason, to: [...this.to], value: this.value, between_us: this.betweenUs };
  }

  /** Lets go of a snapshot that was shared; what was written meanwhile stays, and for whom it is. */
  async clearSnapshot(sent: SnapshotDraft): Promise<void> {
    const gone = new Set(sent.photos.map(({ photo }) => photo.photo));
    if (this.text === sent.text) this.text = "";
    this.photos = this.photos.filter(({ photo }) => !gone.has(photo.photo));
    if (this.text === "" && this.photos.length === 0) {
      if (this.lifetime === sent.lifetime) this.lifetime = null;
      if (isSame(this.audience, sent.audience)) this.audience = "team";
    }
    await this.save();
  }

  /** Takes back a snapshot that was just shared, with all that belonged to it. */
  async takeBack(item: string): Promise<void> {
    // The core has to know what was begun since: it refuses rather than lose that.
    await this.save();
    const { text, photos, lifetime, audience } = await this.#session.ask({ do: "take_back", item }, "draft");
    this.text = both(text, this.text);
    this.photos = [...photos, ...this.photos];
    this.lifetime = lifetime;
    this.audience = audience;
    // The core has kept something else than this window wrote last.
    this.#saved = "";
    this.touch();
  }

  /** Lets go of kudos that were given; what was written meanwhile stays. */
  async clearKudos(sent: KudosDraft): Promise<void> {
    if (this.reason === sent.reason) this.reason = "";
    if (isSame(this.to, sent.to)) this.to = [];
    if (this.value === sent.value) this.value = null;
    if (this.betweenUs === sent.between_us) this.betweenUs = false;
    await this.save();
  }

  /** Brings back kudos that were taken back. */
  restoreKudos(sent: KudosDraft): void {
    this.reason = both(sent.reason, this.reason);
    this.to = [...new Set([...sent.to, ...this.to])];
    this.value ??= sent.value;
    this.betweenUs ||= sent.between_us;
    this.touch();
  }

  /** Chooses someone to thank. */
  thank(member: MemberId): void {
    if (this.to.includes(member)) return;
    this.to = [...this.to, member];
    this.touch();
  }

  /** Makes pictures ready and adds them. */
  async prepare(sources: PhotoSource[]): Promise<void> {
    for (const source of sources) {
      this.preparing += 1;
      try {
        this.add([await this.#session.ask({ do: "prepare_photo", source }, "photo")], []);
      } catch (thrown) {
        this.add([], [Refusal.from(thrown).problem]);
      } finally {
        this.preparing -= 1;
      }
    }
  }

  /** Adds pictures that the shell made ready. */
  async fromDesktop(what: "pick_photos" | "paste_photos" | "capture_screen"): Promise<void> {
    this.preparing += 1;
    try {
      await this.#session.attempt(async () => {
        const answer = await this.#session.ipc.desktop({ do: what });
        if (answer.is === "photos") this.add(answer.photos, answer.problems);
      });
    } finally {
      this.preparing -= 1;
    }
  }

  add(answers: Response[], problems: Problem[]): void {
    for (const answer of answers) {
      if (answer.is !== "photo") continue;
      if (this.photos.length >= MOST_PHOTOS) {
        this.#session.toast(this.#session.say("ui-problem-too-many-photos"), { isTrouble: true });
        void this.#session.ask({ do: "discard_photo", photo: answer.photo }, "done").catch(() => undefined);
        continue;
      }
      const { is: _, ...photo } = answer;
      this.photos.push({ photo, alt: "" });
    }
    for (const problem of problems) this.#session.toast(this.#session.sayProblem(problem), { isTrouble: true });
    this.touch();
  }

  async remove(photo: string): Promise<void> {
    this.photos = this.photos.filter((each) => each.photo.photo !== photo);
    this.touch();
    await this.#session.attempt(() => this.#session.ask({ do: "discard_photo", photo }, "done"));
  }

  get #isBlank(): boolean {
    return this.text === "" && this.photos.length === 0 && this.reason === "" && this.to.length === 0;
  }

  async #read(): Promise<boolean> {
    return this.#attempt(async () => {
      const draft = await this.#session.ask({ do: "draft" }, "draft");
      this.text = both(draft.text, this.text);
      this.reason = both(draft.reason, this.reason);
      this.to = [...new Set([...draft.to, ...this.to])];
      this.value ??= draft.value;
      this.betweenUs ||= draft.between_us;
      this.photos = [...draft.photos, ...this.photos];
      this.lifetime ??= draft.lifetime;
      if (this.audience === "team") this.audience = draft.audience;
      this.#isLoaded = true;
    });
  }

  /** One after the other, so that an older draft never lands on a newer one. */
  #keep(): Promise<boolean> {
    clearTimeout(this.#timer);
    this.#saving = this.#saving.then(() => this.#write());
    return this.#saving;
  }

  async #write(): Promise<boolean> {
    // What could not be read must not be written over. As long as there is nothing here, nothing can be lost either.
    if (!(await this.load())) return this.#isBlank;
    const draft: Draft = { ...this.snapshot(), ...this.kudos() };
    const written = JSON.stringify(draft);
    if (written === this.#saved) return true;
    const isKept = await this.#attempt(() => this.#session.ask({ do: "save_draft", draft }, "done"));
    if (isKept) this.#saved = written;
    return isKept;
  }

  async #attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      this.#isTroubleSaid = false;
      return true;
    } catch (thrown) {
      if (!this.#isTroubleSaid) this.#session.toast(this.#session.sayProblem(Refusal.from(thrown).problem), { isTrouble: true });
      this.#isTroubleSaid = true;
      return false;
    }
  }
}
