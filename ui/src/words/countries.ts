// The countries that there are, by their two letters, with their names in a language.

/** What the list of regions holds besides countries. */
const NO_COUNTRIES = new Set(["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"]);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

export interface Country {
  code: string;
  name: string;
}

/** The name of a country, or its letters where it has none here. */
export function countryName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames(locale, { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}

/** All countries, by name. */
export function countries(locale: string): Country[] {
  const names = new Intl.DisplayNames(locale, { type: "region", fallback: "none" });
  const found: Country[] = [];
  const seen = new Set<string>();
  for (const first of LETTERS) {
    for (const second of LETTERS) {
      const code = first + second;
      if (NO_COUNTRIES.has(code)) continue;
      // Letters of old, such as DD, are read as those of today.
      if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}`) continue;
      const name = names.of(code);
      if (!name || seen.has(name)) continue;
      seen.add(name);
      found.push({ code, name });
    }
  }
  return found.toSorted((left, right) => left.name.localeCompare(right.name, locale));
}
