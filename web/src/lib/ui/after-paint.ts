/** Much longer than a frame takes. */
const unpaintedMs = 100;
const waiting: (() => void)[] = [];

/**
 * Does something once the browser has painted what it shows by itself, such as a box that is checked: a finger sees its tap before the page has
 * worked out what follows from it (web.dev, "Optimize Interaction to Next Paint"). Where nothing is painted, as on a hidden page, it is done a
 * moment later all the same, and before the page goes.
 */
export function afterPaint(act: () => void): void {
  if (waiting.push(act) > 1) return;
  requestAnimationFrame(() => setTimeout(doWaiting));
  setTimeout(doWaiting, unpaintedMs);
  addEventListener('pagehide', doWaiting);
}

/** Does at once, in their order, what waits for a frame. */
export function doWaiting(): void {
  for (const act of waiting.splice(0)) {
    try {
      act();
    } catch (error) {
      reportError(error);
    }
  }
}
