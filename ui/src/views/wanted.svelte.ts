// What was asked for from outside (a notification, the tray, a link) comes into view on the page that holds it.

import { router } from "../route.svelte";

/**
 * Brings what the address names into view, and the keyboard to it, once `isHere` says that the page stands. `instead` may
 * show it in another way, and says whether it did. Called while a component begins.
 */
export function bringsIntoView(isHere: () => boolean, block: ScrollLogicalPosition, instead?: (item: string) => boolean): void {
  let wanted = $state<string | null>(null);
  $effect(() => {
    wanted = router.current.item;
  });
  $effect(() => {
    if (!wanted || !isHere()) return;
    if (!instead?.(wanted)) {
      const entry = document.getElementById(`entry-${wanted}`);
      entry?.scrollIntoView({ block });
      entry?.focus({ preventScroll: true });
    }
    wanted = null;
  });
}
