/** Longer than a slow phone takes for a frame: a browser that paints nothing for so long (a covered window) is not waited for. */
const patienceMs = 200;

/**
 * Does things once the frame under way is on the screen: a finger sees its tap before the page has worked out what follows from it, and before
 * the phone has stored it (web.dev, "Optimize Interaction to Next Paint"). A page that is hidden or about to go has no next frame: all that waits
 * is done in that moment, and nothing waits from then on.
 */
export class AfterPaint {
  #waiting: (() => void)[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isLeaving = false;

  constructor() {
    window.addEventListener('pagehide', () => {
      this.#isLeaving = true;
      this.doWaiting();
    });
    window.addEventListener('pageshow', () => {
      this.#isLeaving = false;
    });
    document.addEventListener('visibilitychange', this.doWaiting);
  }

  /** Does something after the frame, in the order of the calls; before this returns where there will be none. */
  run(act: () => void): void {
    const isFirst = this.#waiting.push(act) === 1;
    if (this.#isLeaving || document.visibilityState === 'hidden') this.doWaiting();
    else if (isFirst) this.#awaitFrame();
  }

  /** Does all that waits, without its frame. */
  readonly doWaiting = (): void => {
    clearTimeout(this.#timer);
    for (const act of this.#waiting.splice(0)) {
      try {
        act();
      } catch (error) {
        reportError(error);
      }
    }
  };

  #awaitFrame(): void {
    this.#timer = setTimeout(this.doWaiting, patienceMs);
    // The first task after a frame begins when that frame is on its way to the screen.
    requestAnimationFrame(() => setTimeout(this.doWaiting));
  }
}
