/** Read by `src/before-paint.js` before the first paint: whoever has lists is not shown the welcome, not even for a moment. */
const storageKey = 'trolley.returning';

export function rememberVisitor(hasLists: boolean): void {
  try {
    if (hasLists) localStorage.setItem(storageKey, 'yes');
    else localStorage.removeItem(storageKey);
  } catch {
    return;
  }
}
