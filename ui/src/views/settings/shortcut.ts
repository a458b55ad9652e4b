// Keys pressed together, as the shell names them: `Ctrl+Alt+S`.

/** The name of what is pressed; nothing while only modifiers are, or without one. */
export function shortcutOf(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">): string | null {
  const letter = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1] ?? (/^F\d{1,2}$/.test(event.code) ? event.code : null);
  const key = letter ?? (event.code === "Space" ? "Space" : null);
  if (!key || !(event.ctrlKey || event.altKey || event.metaKey)) return null;
  const held = [
    event.ctrlKey ? "Ctrl" : "",
    event.altKey ? "Alt" : "",
    event.shiftKey ? "Shift" : "",
    event.metaKey ? "Super" : "",
  ].filter((name) => name !== "");
  return [...held, key].join("+");
}
