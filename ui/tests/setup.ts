import "@testing-library/jest-dom/vitest";

import { configure } from "@testing-library/svelte";

// What a busy machine may take; whoever waits for something goes on as soon as it is there.
configure({ asyncUtilTimeout: 20_000 });

// jsdom has no layout and no dialogs of its own.
window.matchMedia ??= ((query: string) => ({
  matches: false,
  media: query,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
})) as unknown as typeof window.matchMedia;
HTMLDialogElement.prototype.showModal ??= function (this: HTMLDialogElement) {
  this.open = true;
};
HTMLDialogElement.prototype.close ??= function (this: HTMLDialogElement) {
  this.open = false;
};
Element.prototype.scrollIntoView ??= () => undefined;
