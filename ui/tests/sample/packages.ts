// The Packages page as the core would answer it.

import type { PackageCard } from "../../src/bindings/PackageCard";
import type { Packages } from "../../src/bindings/Packages";
import { at, type Scene } from "./parts";
import { sampleToday } from "./today";

export function samplePackages(scene: Scene): Packages {
  const { me, people: others } = sampleToday(scene);
  const people = others.map(({ person }) => person);
  const recipients = people.map((person) => ({ person, border: "customs" as const }));
  const page: Packages = {
    now: at(0), me: me.id, address: null, country: "PE", to_me: [], from_me: [], surprises: [], may_surprise: [], recipients,
  };
  const [ben, cleo, dee] = people;
  if (!ben || !cleo || !dee) return page;
  const asked: PackageCard = {
    id: "p1", other: ben, occasion: "thanks", words: "Rye bread, for the release night", asked_at: at(-60),
    progress: { progress: "asked", until: at(60 * 24 * 13) }, needs_me: true, is_declined: false, is_sealing: false,
    can_open: false, carrier: null, tracking: null, opened: [], thanks: null, snapshot: null, border: "customs", is_waiting: false,
  };
  const coming: PackageCard = {
    ...asked, id: "p2", other: dee, occasion: "other", words: "A book about bridges", needs_me: false,
    progress: { progress: "sent" }, carrier: "USPS", tracking: "https://tracking.example.org/1", opened: [at(-300), at(-200)],
  };
  const agreed: PackageCard = {
    ...asked, id: "p3", other: dee, words: "A mug from the fair", needs_me: false, can_open: true,
    progress: { progress: "agreed", until: at(60 * 24 * 12) },
  };
  return {
    ...page, to_me: [asked, coming], from_me: [agreed],
    surprises: [{ person: cleo, is_allowed: false, until: null, opened: [] }],
    may_surprise: [{ person: cleo, until: at(60 * 24 * 80), can_open: true, border: "none" }],
  };
}
