// Picture files that a page was given, in the form in which the core takes them.

import type { PhotoSource } from "../bindings/PhotoSource";

/** A file's bytes in base64. */
export function readAsBase64(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error("the file could not be read"));
    reader.readAsDataURL(file);
  });
}

/** All pictures among these files. */
export function picturesOf(files: Iterable<File>): Promise<PhotoSource[]> {
  const pictures = [...files].filter((file) => file.type.startsWith("image/") || file.type === "");
  return Promise.all(pictures.map(async (file) => ({ base64: await readAsBase64(file) })));
}
