// The desktop's way to the core: the shell's one command and its events. The only file that knows Tauri.

import { invoke } from "@tauri-apps/api/core";
import { listen, type UnlistenFn } from "@tauri-apps/api/event";

import type { Call } from "../bindings/Call";
import type { Changed } from "../bindings/Changed";
import type { DesktopResponse } from "../bindings/DesktopResponse";
import type { Response } from "../bindings/Response";
import { Refusal, type Ipc } from ".";

type Answer = { core: Response } | { desktop: DesktopResponse };

async function carry(call: Call): Promise<Answer> {
  try {
    return await invoke<Answer>("call", { call });
  } catch (thrown) {
    throw Refusal.from(thrown);
  }
}

/** Listening starts a moment later than asked for; stopping before that must still stop it. */
function until(listening: Promise<UnlistenFn>): () => void {
  return () => void listening.then((stop) => stop());
}

export function tauri(): Ipc {
  // WebView2 serves custom schemes over http.
  const photos = navigator.userAgent.includes("Windows") ? "http://photo.localhost" : "photo://localhost";
  return {
    async call(request) {
      const answer = await carry({ core: request });
      if ("core" in answer) return answer.core;
      throw new Refusal({ code: "unexpected", detail: "The shell answered for the core." });
    },
    async desktop(request) {
      const answer = await carry({ desktop: request });
      if ("desktop" in answer) return answer.desktop;
      throw new Refusal({ code: "unexpected", detail: "The core answered for the shell." });
    },
    onChanged: (handler) => until(listen<Changed>("changed", (event) => handler(event.payload))),
    onDropped: (handler) =>
      until(
        listen<{ paths: string[] }>("tauri://drag-drop", (event) =>
          handler(event.payload.paths.map((path) => ({ path }))),
        ),
      ),
    photoUrl: (blob, size) => `${photos}/${blob}?size=${size}`,
  };
}
