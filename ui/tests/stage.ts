// What component tests stand on: the made-up team, with answers of one's own, and a component on the screen.

import { render } from "@testing-library/svelte";
import type { Component } from "svelte";

import type { DesktopRequest } from "../src/bindings/DesktopRequest";
import type { Place } from "../src/bindings/Place";
import type { Request } from "../src/bindings/Request";
import type { Response } from "../src/bindings/Response";
import { Refusal } from "../src/ipc";
import { hashOf, parseRoute, router } from "../src/route.svelte";
import { Session } from "../src/session.svelte";
import Stage from "./Stage.svelte";
import { sample, type SampleIpc, type Scene } from "./sample";

type Answers = { [Do in Request["do"]]?: (request: Extract<Request, { do: Do }>) => Promise<Response> | Response };

export interface StageIpc extends SampleIpc {
  /** Answers that stand before the sample's; a test may change them as it goes. */
  answers: Answers;
  /** Everything that was asked of the shell, in order. */
  askedOfShell: DesktopRequest[];
}

/** The made-up team, where a test answers some requests by itself. */
export function stageIpc(answers: Answers = {}, scene: Scene = "lively"): StageIpc {
  const ipc = sample(scene);
  const stage: StageIpc = {
    ...ipc,
    answers,
    askedOfShell: [],
    async call(request) {
      const usual = ipc.call(request);
      const own = stage.answers[request.do] as ((request: Request) => Promise<Response> | Response) | undefined;
      return own ? own(request) : usual;
    },
    desktop(request) {
      stage.askedOfShell.push(request);
      return ipc.desktop(request);
    },
  };
  return stage;
}

/** The requests of one kind that were asked. */
export function asked<Do extends Request["do"]>(ipc: SampleIpc, what: Do): Extract<Request, { do: Do }>[] {
  return ipc.asked.filter((request): request is Extract<Request, { do: Do }> => request.do === what);
}

export function refuse(code: string): never {
  throw new Refusal({ code, detail: `refused with ${code}` });
}

/** An answer that comes when the test says so. */
export function later<Value>(): { promise: Promise<Value>; come: (value: Value) => void } {
  let come: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((resolve) => (come = resolve));
  return { promise, come };
}

/** Puts a component on the screen, with a session that knows its team. */
export async function show(part: Component<any>, ipc: StageIpc, props: Record<string, unknown> = {}): Promise<Session> {
  const session = new Session(ipc);
  await Promise.all([
    session.refreshStatus(),
    session.refreshToday(),
    session.refreshGatherings(),
    session.refreshSettings(),
  ]);
  render(Stage, { props: { session, of: part, props } });
  return session;
}

/** Leads the window to a place, now: the browser tells of a new address only a moment later. */
export function goTo(place: Place): void {
  window.location.hash = hashOf(place);
  router.current = parseRoute(window.location.hash);
}

/** Types into whatever holds the keyboard. */
export function press(key: string, more: KeyboardEventInit = {}): boolean {
  return (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }),
  );
}
