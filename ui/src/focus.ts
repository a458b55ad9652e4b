// Hands the keyboard on when what it was in goes away. Without it, it falls back to the top of the page.

import { tick } from "svelte";

/** Gives the keyboard to the first of these that is there, once the page stands and if it is nowhere. */
export async function handFocusOn(...places: (() => Element | null | undefined)[]): Promise<void> {
  await tick();
  if (document.activeElement && document.activeElement !== document.body) return;
  for (const place of places) {
    const element = place();
    if (element instanceof HTMLElement && element.isConnected) {
      element.focus();
      if (document.activeElement === element) return;
    }
  }
}
