// The one language between this UI and the core. Nothing else in the UI knows whether a desktop or a browser carries it.

import type { Changed } from "../bindings/Changed";
import type { DesktopRequest } from "../bindings/DesktopRequest";
import type { DesktopResponse } from "../bindings/DesktopResponse";
import type { PhotoSource } from "../bindings/PhotoSource";
import type { Problem } from "../bindings/Problem";
import type { Request } from "../bindings/Request";
import type { Response } from "../bindings/Response";

export type PhotoSize = "full" | "thumb";

/** What carries requests to the core and the shell, and brings back what changed. */
export interface Ipc {
  /** Asks the core. Throws a `Refusal`. */
  call(request: Request): Promise<Response>;
  /** Asks the shell for something that only a desktop has. Throws a `Refusal`. */
  desktop(request: DesktopRequest): Promise<DesktopResponse>;
  /** Hears of changes until the returned function is called. */
  onChanged(handler: (changed: Changed) => void): () => void;
  /** Hears of picture files dropped on the window until the returned function is called. */
  onDropped(handler: (sources: PhotoSource[]) => void): () => void;
  /** Where a photo can be loaded from. */
  photoUrl(blob: string, size: PhotoSize): string;
}

/** A problem, thrown. */
export class Refusal extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = "Refusal";
  }

  /** Anything that was thrown, as a refusal. */
  static from(thrown: unknown): Refusal {
    if (thrown instanceof Refusal) return thrown;
    if (typeof thrown === "object" && thrown !== null && "code" in thrown && "detail" in thrown) {
      return new Refusal({ code: String(thrown.code), detail: String(thrown.detail) });
    }
    return new Refusal({ code: "unexpected", detail: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

/** The way that this window can use. */
export async function connect(): Promise<Ipc> {
  if ("__TAURI_INTERNALS__" in window) return (await import("./tauri")).tauri();
  return (await import("./web")).web();
}
