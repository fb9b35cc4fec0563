/** Runs in a page: milliseconds from the start of its navigation until a row of a list has been painted. */
export function rowPaintedMs(): Promise<number> {
  return new Promise((resolve) => {
    const look = () => {
      if (document.querySelector('input[type=checkbox]') === null) {
        requestAnimationFrame(look);
        return;
      }
      requestAnimationFrame(() => {
        resolve(performance.now());
      });
    };
    look();
  });
}
