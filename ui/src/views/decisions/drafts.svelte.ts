// What is written on the Decisions page and not sent: in the person's hands here, kept by the core.

import type { DecisionDraft } from "../../bindings/DecisionDraft";
import type { Question } from "../../bindings/Question";
import type { Said } from "../../bindings/Said";
import type { Session } from "../../session.svelte";

const SETTLED_MS = 400;

export class DecisionDrafts {
  question = $state<Question | null>(null);
  voices = $state<Record<string, Said>>({});
  outcomes = $state<Record<string, string>>({});
  /** Whether what was kept is here. */
  isLoaded = $state(false);

  readonly #session: Session;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #saved = "";

  constructor(session: Session) {
    this.#session = session;
  }

  /** Reads what was kept; what was written before it came stays. */
  async load(): Promise<void> {
    await this.#session.attempt(async () => {
      const kept = await this.#session.ask({ do: "decision_draft" }, "decision_draft");
      this.question ??= kept.question;
      this.voices = { ...(kept.voices as Record<string, Said>), ...this.voices };
      this.outcomes = { ...(kept.outcomes as Record<string, string>), ...this.outcomes };
      this.#saved = JSON.stringify(this.#all());
      this.isLoaded = true;
    });
  }

  /** Keeps it a moment after the last change. */
  touch(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.save(), SETTLED_MS);
  }

  /** Keeps it now. What could not be read is not written over. */
  async save(): Promise<void> {
    clearTimeout(this.#timer);
    if (!this.isLoaded) return;
    const draft = this.#all();
    const written = JSON.stringify(draft);
    if (written === this.#saved) return;
    if (await this.#session.attempt(() => this.#session.ask({ do: "save_decision_draft", draft }, "done"))) this.#saved = written;
  }

  setVoice(decision: string, said: Said): void {
    this.voices = { ...this.voices, [decision]: said };
    this.touch();
  }

  setOutcome(decision: string, words: string): void {
    this.outcomes = { ...this.outcomes, [decision]: words };
    this.touch();
  }

  setQuestion(question: Question | null): void {
    this.question = question;
    this.touch();
  }

  /** Lets go of what was begun for a decision. */
  forget(decision: string): void {
    const { [decision]: _voice, ...voices } = this.voices;
    const { [decision]: _outcome, ...outcomes } = this.outcomes;
    this.voices = voices;
    this.outcomes = outcomes;
    this.touch();
  }

  #all(): DecisionDraft {
    return {
      question: $state.snapshot(this.question) as Question | null,
      voices: $state.snapshot(this.voices),
      outcomes: $state.snapshot(this.outcomes),
    };
  }
}
