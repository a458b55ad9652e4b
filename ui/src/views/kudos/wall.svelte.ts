// The part of the kudos wall that is shown: what is looked for, and how far down one has gone.

import type { KudosCard } from "../../bindings/KudosCard";
import type { Session } from "../../session.svelte";

const SETTLED_MS = 150;

export class Wall {
  words = $state("");
  member = $state("");
  value = $state("");
  cards = $state.raw<KudosCard[]>([]);
  /** Whether there are more here. */
  more = $state(false);
  /** Whether the endpoint may have older ones. */
  mayHaveOlder = $state(false);
  /** Whether something was answered yet. */
  isHere = $state(false);

  readonly #session: Session;
  /** The question that was asked last: an answer to an older one comes too late. */
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(session: Session) {
    this.#session = session;
  }

  get isNarrowed(): boolean {
    return this.words.trim() !== "" || this.member !== "" || this.value !== "";
  }

  /** Asks a moment after the last key. */
  type(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.ask(), SETTLED_MS);
  }

  showAll(): void {
    this.words = this.member = this.value = "";
    void this.ask();
  }

  /** Asks from the top on, for at least as many cards. */
  ask(atLeast = 0): Promise<boolean> {
    clearTimeout(this.#timer);
    const question = ++this.#asked;
    return this.#session.attempt(async () => {
      let cards: KudosCard[] = [];
      for (;;) {
        const page = await this.#page(cards.at(-1)?.id);
        if (question !== this.#asked) return;
        cards = [...cards, ...page.cards];
        this.more = page.more;
        this.mayHaveOlder = page.may_have_older;
        if (!page.more || cards.length >= atLeast || page.cards.length === 0) break;
      }
      this.cards = cards;
      this.isHere = true;
    });
  }

  /** The cards that follow. */
  showMore(): Promise<boolean> {
    return this.ask(this.cards.length + 1);
  }

  /** Brings older ones from the endpoint. Answers whether there are any here now that were not. */
  async fetchOlder(): Promise<void> {
    const before = this.cards.length;
    const isFetched = await this.#session.attempt(() => this.#session.ask({ do: "fetch_older_kudos" }, "done"));
    if (!isFetched) return;
    await this.ask(before + 1);
    if (this.cards.length === before && !this.mayHaveOlder) this.#session.toast(this.#session.say("ui-kudos-no-older"));
  }

  #page(after: string | undefined) {
    const query = {
      words: this.words,
      ...(this.member ? { member: this.member } : {}),
      ...(this.value ? { value: this.value } : {}),
      ...(after ? { after } : {}),
    };
    return this.#session.ask({ do: "kudos_wall", query }, "kudos_wall");
  }
}
