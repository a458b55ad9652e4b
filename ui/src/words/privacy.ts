// What is kept about people, in the order in which the privacy page tells it. Each has words in the catalogue for what it is
// and until when. docs/PRIVACY.md says the same in the same words; a test holds them together. Whoever adds something that
// is kept adds it to all three.

/** What the team's endpoint holds. */
export const AT_THE_ENDPOINT = [
  "profile",
  "norms",
  "snapshots",
  "kudos",
  "thank-me",
  "focus",
  "break-through",
  "answers",
  "questions",
  "cards",
  "handed-cards",
  "heard",
  "hidden-voices",
  "seal",
  "package",
  "package-consent",
  "package-declined",
  "package-received",
  "package-opened",
  "surprise-consent",
  "device-key",
  "pulse-round",
  "pulse-result",
  "pair-wish",
  "busy",
  "pairings",
  "celebration",
  "celebration-notices",
  "coordinators",
  "computers",
  "results",
  "invites",
  "acts",
  "sign-in",
  "feed",
  "mirrors",
  "photos",
] as const;

/** What this computer holds beside one's copy of what one may see. */
export const ON_THIS_COMPUTER = ["copy", "unsent", "seen", "settings", "calendar", "voices", "address", "pulse", "photos", "key", "token"] as const;

/** What is never kept. */
export const NEVER = ["watching", "counts", "place", "telemetry"] as const;
