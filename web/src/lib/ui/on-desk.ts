/** Room for more than one column; the styles name the same width. */
const deskQuery = '(min-width: 60rem)';

export function isDesk(): boolean {
  return matchMedia(deskQuery).matches;
}

/** Calls `start` once there is room for more than one column: after the next paint, or when the window has grown. Returns how to stop. */
export function onDesk(start: () => void): () => void {
  const query = matchMedia(deskQuery);
  const look = () => {
    if (!query.matches) return;
    query.removeEventListener('change', look);
    start();
  };
  query.addEventListener('change', look);
  const frame = requestAnimationFrame(() => {
    setTimeout(look);
  });
  return () => {
    cancelAnimationFrame(frame);
    query.removeEventListener('change', look);
  };
}
