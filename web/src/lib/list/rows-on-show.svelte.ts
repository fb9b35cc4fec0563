/** A screen of a phone: what is below it comes with the next frame. */
const firstCount = 16;
/** As many as a slow phone adds within two frames. */
const stepCount = 60;

/**
 * How many rows are shown: enough for the first paint, then more with every frame, then all. A list of hundreds is there at once, and no step
 * is long enough to hold up a tap.
 */
export class RowsOnShow {
  count = $state.raw(firstCount);

  /** Grows until `total` rows are shown. Returns how to stop. */
  growTo(total: () => number): () => void {
    let frame = 0;
    const grow = () => {
      if (this.count >= total()) {
        this.count = Number.POSITIVE_INFINITY;
        return;
      }
      this.count += stepCount;
      frame = requestAnimationFrame(grow);
    };
    // The first frame's callbacks run before it is painted; what they add would hold it up.
    frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(grow);
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }
}
