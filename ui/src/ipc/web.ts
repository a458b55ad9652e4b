// A browser's way to the core: the development host over HTTP. What only a desktop has is answered by a browser's means.

import type { Call } from "../bindings/Call";
import type { Changed } from "../bindings/Changed";
import type { DesktopResponse } from "../bindings/DesktopResponse";
import type { PhotoSource } from "../bindings/PhotoSource";
import type { Problem } from "../bindings/Problem";
import type { Response as CoreResponse } from "../bindings/Response";
import type { View } from "../bindings/View";
import { picturesOf, readAsBase64 } from "./files";
import { Refusal, type Ipc } from ".";

async function ask(call: Call): Promise<CoreResponse> {
  let answer: Response;
  try {
    answer = await fetch("/ipc", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(call),
    });
  } catch {
    throw new Refusal({ code: "unreachable", detail: "The development host does not answer." });
  }
  const body: unknown = await answer.json().catch(() => null);
  if (!answer.ok) throw Refusal.from(body ?? { code: "unexpected", detail: answer.statusText });
  if (typeof body === "object" && body !== null && "core" in body) return body.core as CoreResponse;
  throw new Refusal({ code: "unexpected", detail: "The development host answered something else." });
}

async function prepare(sources: PhotoSource[]): Promise<DesktopResponse> {
  const photos: CoreResponse[] = [];
  const problems: Problem[] = [];
  for (const source of sources) {
    try {
      photos.push(await ask({ core: { do: "prepare_photo", source } }));
    } catch (thrown) {
      problems.push(Refusal.from(thrown).problem);
    }
  }
  return { is: "photos", photos, problems };
}

function chooseFiles(): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.multiple = true;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.oncancel = () => resolve([]);
    input.click();
  });
}

async function clipboardPictures(): Promise<PhotoSource[]> {
  const sources: PhotoSource[] = [];
  try {
    for (const item of await navigator.clipboard.read()) {
      const type = item.types.find((name) => name.startsWith("image/"));
      if (type) sources.push({ base64: await readAsBase64(await item.getType(type)) });
    }
  } catch {
    // A browser that does not let pages read the clipboard holds no picture for us.
  }
  return sources;
}

async function screenPicture(): Promise<PhotoSource[]> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getDisplayMedia({ video: true });
  } catch {
    return [];
  }
  const video = document.createElement("video");
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement("canvas");
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  canvas.getContext("2d")?.drawImage(video, 0, 0);
  for (const track of stream.getTracks()) track.stop();
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  return picture ? [{ base64: await readAsBase64(picture) }] : [];
}

/** Lets the browser save a file, as it saves any. */
function save(name: string, base64: string): void {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes]));
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

function show(view: View): void {
  if (view === "today") window.location.hash = "#/";
  else if (view === "gatherings") window.location.hash = "#/gatherings";
  else if (view === "settings") window.location.hash = "#/settings";
  else window.open(`./#/popover?tab=${view}`, "samovar-popover", "popup,width=380,height=560");
}

export function web(): Ipc {
  return {
    call: (request) => ask({ core: request }),
    async desktop(request) {
      switch (request.do) {
        case "pick_photos":
          return prepare(await picturesOf(await chooseFiles()));
        case "paste_photos":
          return prepare(await clipboardPictures());
        case "capture_screen":
          return prepare(await screenPicture());
        case "open_link":
          window.open(request.link, "_blank", "noopener");
          return { is: "done" };
        case "copy_text":
          await navigator.clipboard.writeText(request.text);
          return { is: "done" };
        case "save_file":
          save(request.name, request.base64);
          return { is: "saved", path: request.name };
        case "show":
          show(request.view);
          return { is: "done" };
        case "hide":
        case "quit":
          if (window.opener) window.close();
          return { is: "done" };
      }
    },
    onChanged(handler) {
      const source = new EventSource("/ipc/changed");
      source.onmessage = (event) => handler(JSON.parse(String(event.data)) as Changed);
      return () => source.close();
    },
    onDropped(handler) {
      const over = (event: DragEvent) => event.preventDefault();
      const drop = (event: DragEvent) => {
        event.preventDefault();
        void picturesOf(event.dataTransfer?.files ?? []).then((sources) => {
          if (sources.length > 0) handler(sources);
        });
      };
      window.addEventListener("dragover", over);
      window.addEventListener("drop", drop);
      return () => {
        window.removeEventListener("dragover", over);
        window.removeEventListener("drop", drop);
      };
    },
    photoUrl: (blob, size) => `/photo/${blob}?size=${size}`,
  };
}
