// A few words at the window's foot. They go by themselves, but not from under the pointer or the keyboard.

export interface Toast {
  id: number;
  text: string;
  isTrouble: boolean;
  action?: { label: string; run: () => void };
}

export type ToastOptions = Partial<Pick<Toast, "isTrouble" | "action">>;

const STANDS_MS = 7_000;

export class ToastRow {
  shown = $state<Toast[]>([]);
  #last = 0;
  readonly #holds = new Map<number, number>();
  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();

  show(text: string, { isTrouble = false, action }: ToastOptions): void {
    const id = ++this.#last;
    this.shown.push({ id, text, isTrouble, action });
    this.#wait(id);
  }

  /** Keeps a toast until all who held it have let go. */
  hold(id: number): () => void {
    clearTimeout(this.#timers.get(id));
    this.#holds.set(id, (this.#holds.get(id) ?? 0) + 1);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      const held = this.#holds.get(id);
      if (held === undefined) return;
      this.#holds.set(id, held - 1);
      if (held === 1) this.#wait(id);
    };
  }

  end(id: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
    this.#holds.delete(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  #wait(id: number): void {
    this.#timers.set(
      id,
      setTimeout(() => this.end(id), STANDS_MS),
    );
  }
}
