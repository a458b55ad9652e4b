// Strokes of a pen on a sheet of 1,000 by 1,000. The bounds are those of the endpoint.

import type { Stroke } from "../../bindings/Stroke";

export type Point = [number, number];

export const SHEET = 1_000;
export const PEN_WIDTH = 14;
export const STROKES_MAX = 100;
export const POINTS_MAX = 2_000;

/** How many points there are in all. */
export function pointsIn(strokes: readonly Stroke[]): number {
  return strokes.reduce((sum, { points }) => sum + points.length, 0);
}

/** Where something in a frame lies on the sheet, inside of its edges. */
export function onSheet(x: number, y: number, frame: { left: number; top: number; width: number; height: number }): Point {
  const along = (at: number, from: number, length: number) =>
    Math.round(Math.min(1, Math.max(0, length > 0 ? (at - from) / length : 0)) * SHEET);
  return [along(x, frame.left, frame.width), along(y, frame.top, frame.height)];
}

/** How far a point lies from the line between two others. */
function distance([x, y]: Point, [ax, ay]: Point, [bx, by]: Point): number {
  const length = Math.hypot(bx - ax, by - ay);
  if (length === 0) return Math.hypot(x - ax, y - ay);
  return Math.abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length;
}

/** The same line with as few points as it needs (Ramer, Douglas and Peucker), at most so far from where it went. */
export function simplified(points: readonly Point[], most = 2.5): Point[] {
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last || points.length < 3) return [...points];
  let farthest = 0;
  let at = 0;
  for (let place = 1; place < points.length - 1; place += 1) {
    const away = distance(points[place] as Point, first, last);
    if (away > farthest) [farthest, at] = [away, place];
  }
  if (farthest <= most) return [first, last];
  return [...simplified(points.slice(0, at + 1), most), ...simplified(points.slice(at), most).slice(1)];
}
