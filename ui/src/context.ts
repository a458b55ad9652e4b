// Hands the session down to every component.

import { getContext, setContext } from "svelte";

import type { Session } from "./session.svelte";

const KEY = Symbol("session");

export function setSession(session: Session): Session {
  return setContext(KEY, session);
}

export function useSession(): Session {
  return getContext<Session>(KEY);
}
