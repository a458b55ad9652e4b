// How the keys are called where this window is.

/** Whether the keyboard has ⌘ in the place of Ctrl. */
export function hasCommandKey(): boolean {
  return navigator.userAgent.includes("Macintosh");
}
