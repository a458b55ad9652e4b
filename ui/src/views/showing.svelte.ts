// What one snapshot in the viewer is in the midst of. The next one begins anew, so nothing begun on one falls on another.

export class Showing {
  photoAt = $state(0);
  /** How much of a slide's time has passed, up to 1. */
  progress = $state(0);
  isConfirming = $state(false);
  isChoosing = $state(false);
  isReplying = $state(false);

  constructor(
    readonly item: string | null,
    photoAt = 0,
  ) {
    this.photoAt = photoAt;
  }

  /** Whether the person is in the midst of something that must not slide away. */
  get isBusy(): boolean {
    return this.isConfirming || this.isChoosing || this.isReplying;
  }
}
