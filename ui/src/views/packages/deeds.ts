// What the forms of the Packages page do, and say when it was done.

import type { Border } from "../../bindings/Border";
import type { PackageDeed } from "../../bindings/PackageDeed";
import type { Session } from "../../session.svelte";

/** Does something with packages; answers whether it went well. */
export async function does(session: Session, deed: PackageDeed, said?: string): Promise<boolean> {
  const isDone = await session.attempt(() => session.ipc.call({ do: "package", deed }));
  if (!isDone) return false;
  await session.refreshPackages();
  if (said) session.toast(session.say(said));
  return true;
}

/** What is worth knowing of the way between two, if anything. */
export function borderWords(border: Border): string | null {
  if (border === "customs") return "ui-package-customs";
  if (border === "unknown") return "ui-package-border-unknown";
  return null;
}

export const OCCASIONS = ["other", "birthday", "anniversary", "thanks", "welcome", "farewell", "get_well"] as const;
