// Zones that this browser does not know. Samovar's core has the newest, and a teammate may live in one; a browser that
// is asked for the time there throws.

/** Zones that are younger than the browsers of systems in use, and one that has had the same clock since 2026 or longer. */
export const YOUNG: Readonly<Record<string, string>> = {
  "America/Ciudad_Juarez": "America/Denver",
  "America/Coyhaique": "America/Punta_Arenas",
};

const known = new Map<string, string>();

function isKnown(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** What this browser calls the zone; UTC for one that it can name in no way. */
export function nameHere(zone: string): string {
  const found = known.get(zone) ?? [zone, YOUNG[zone] ?? ""].find((name) => name !== "" && isKnown(name)) ?? "UTC";
  known.set(zone, found);
  return found;
}
