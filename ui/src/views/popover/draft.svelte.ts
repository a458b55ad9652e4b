// The popover's draft: in the person's hands here, kept by the core.

import type { Draft } from "../../bindings/Draft";
import type { DraftPhoto } from "../../bindings/DraftPhoto";
import type { PhotoSource } from "../../bindings/PhotoSource";
import type { Response } from "../../bindings/Response";
import type { Problem } from "../../bindings/Problem";
import type { Session } from "../../session.svelte";
import { Refusal } from "../../ipc";

const SETTLED_MS = 400;
export const MOST_PHOTOS = 4;

export class DraftKeeper {
  text = $state("");
  reason = $state("");
  to = $state<string[]>([]);
  photos = $state<DraftPhoto[]>([]);
  lifetime = $state<Draft["lifetime"]>(null);
  /** How many photos are being made ready. */
  preparing = $state(0);

  readonly #session: Session;
  #loaded = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saved = "";

  constructor(session: Session) {
    this.#session = session;
  }

  /** What was kept; words typed before it came stay. */
  async load(member: string | null): Promise<void> {
    try {
      const draft = await this.#session.ask({ do: "draft" }, "draft");
      this.text ||= draft.text;
      this.reason ||= draft.reason;
      if (this.to.length === 0) this.to = draft.to;
      if (this.photos.length === 0) this.photos = draft.photos;
      this.lifetime ??= draft.lifetime;
    } finally {
      this.#loaded = true;
      if (member && !this.to.includes(member)) this.to = [...this.to, member];
    }
  }

  /** Keeps the draft a moment after the last change. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SETTLED_MS);
  }

  /** Keeps the draft now. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.#loaded) return;
    const draft: Draft = {
      text: this.text,
      audience: "team",
      reason: this.reason,
      to: [...this.to],
      photos: $state.snapshot(this.photos),
      lifetime: this.lifetime,
    };
    const written = JSON.stringify(draft);
    if (written === this.#saved) return;
    if (await this.#session.attempt(() => this.#session.ask({ do: "save_draft", draft }, "done"))) this.#saved = written;
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
}
