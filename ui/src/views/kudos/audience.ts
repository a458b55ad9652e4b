// For whom kudos are: what their giver chose, or what somebody who is thanked wishes.

import type { Audience } from "../../bindings/Audience";
import type { KudosDesk } from "../../bindings/KudosDesk";

/** Those among the thanked who like thanks to stay between them and their giver. */
export function quietOnes(desk: KudosDesk | null, to: readonly string[]): string[] {
  const quiet = (desk?.people ?? []).filter(({ person, wish }) => wish === "between_us" && to.includes(person.id));
  return quiet.map(({ person }) => person.name);
}

export function audienceOf(desk: KudosDesk | null, to: readonly string[], betweenUs: boolean): Audience {
  return betweenUs || quietOnes(desk, to).length > 0 ? { only: [...to] } : "team";
}
