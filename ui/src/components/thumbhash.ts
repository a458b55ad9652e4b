// The blur that stands where a photo is about to be.

import { thumbHashToDataURL } from "thumbhash";

/** A picture of a ThumbHash as a `data:` address; nothing when it is not one. */
export function blurOf(thumbhash: string): string | null {
  try {
    const bytes = Uint8Array.from(atob(thumbhash), (letter) => letter.charCodeAt(0));
    return bytes.length >= 5 ? thumbHashToDataURL(bytes) : null;
  } catch {
    return null;
  }
}
