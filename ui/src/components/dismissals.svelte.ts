// Which notices the person has seen enough of.

import type { AppNotice } from "../bindings/AppNotice";

const KEPT_AT = "samovar-dismissed-notices";

/** What a notice is told apart by. A database that was set aside lies at a place of its own each time. */
function keyOf(notice: AppNotice): string {
  return notice.notice === "database_set_aside" ? `${notice.notice}:${notice.path}` : notice.notice;
}

/** Whether a notice that was dismissed stays so for good: it tells of one event, or of what the computer lacks. */
function staysDismissed(key: string): boolean {
  return key === "no_tray" || key === "no_notifications" || key === "no_keyring" || key.startsWith("database_set_aside:");
}

function remembered(): string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AT) ?? "[]");
    return Array.isArray(kept) ? kept.filter((key) => typeof key === "string" && staysDismissed(key)) : [];
  } catch {
    return [];
  }
}

export class Dismissals {
  #keys = $state.raw(remembered());

  has(notice: AppNotice): boolean {
    return this.#keys.includes(keyOf(notice));
  }

  add(notice: AppNotice): void {
    this.#keys = [...this.#keys, keyOf(notice)];
    try {
      localStorage.setItem(KEPT_AT, JSON.stringify(this.#keys.filter(staysDismissed)));
    } catch {
      // Without storage it is said again next time.
    }
  }

  /** What is over may come again, and is to be said again then. */
  forgetAllBut(notices: AppNotice[]): void {
    const here = new Set(notices.map(keyOf));
    const left = this.#keys.filter((key) => staysDismissed(key) || here.has(key));
    if (left.length < this.#keys.length) this.#keys = left;
  }
}
