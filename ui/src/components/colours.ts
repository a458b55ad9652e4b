// A person's colour, the same on every computer because it comes from their id.

const PASTELS = ["#e8b79a", "#b9cdb2", "#f0d48a", "#b7d0e4", "#e3b8c3", "#cfc3e3", "#b5d6cf", "#e5cba6"];

export function colourOf(id: string): string {
  let sum = 0;
  for (const letter of id) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return PASTELS[sum % PASTELS.length] ?? "#e8b79a";
}

/** The first letter of a name as a reader sees it, emoji and combined letters whole. */
export function initialOf(name: string): string {
  const [first] = new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(name.trim());
  return first?.segment.toLocaleUpperCase() ?? "?";
}
