// What somebody is writing on a card, before it is there.

import type { LineOnCard } from "../../bindings/LineOnCard";
import type { PreparedPhoto } from "../../bindings/PreparedPhoto";
import type { Request } from "../../bindings/Request";
import type { Stroke } from "../../bindings/Stroke";

export interface LineDraft {
  text: string;
  strokes: Stroke[];
  /** A photo that was made ready for it. */
  photo: PreparedPhoto | null;
  alt: string;
  /** Whether the photo that is on the line already stays. */
  keepPhoto: boolean;
}

/** A line as it stands, to be changed; an empty one when there is none. */
export function draftOf(line: LineOnCard | undefined): LineDraft {
  return {
    text: line?.text ?? "",
    strokes: line?.doodle?.strokes ?? [],
    photo: null,
    alt: "",
    keepPhoto: line?.photo != null,
  };
}

export function isEmpty(draft: LineDraft): boolean {
  return draft.text.trim() === "" && draft.strokes.length === 0 && draft.photo === null && !draft.keepPhoto;
}

/** The request that writes it. */
export function writing(card: string, draft: LineDraft): Extract<Request, { do: "write_card_line" }> {
  const text = draft.text.trim();
  const alt = draft.alt.trim();
  return {
    do: "write_card_line",
    card,
    ...(text ? { text } : {}),
    ...(draft.strokes.length > 0 ? { doodle: { strokes: draft.strokes } } : {}),
    ...(draft.photo ? { photo: { photo: draft.photo.photo, ...(alt ? { alt } : {}) } } : {}),
    ...(draft.keepPhoto && !draft.photo ? { keep_photo: true } : {}),
  };
}
