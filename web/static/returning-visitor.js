// Runs before the first paint of the prerendered start page. The key is written by src/lib/home/returning-visitor.ts.
try {
  if (localStorage.getItem('trolley.returning') === 'yes') document.documentElement.dataset.visitor = 'returning';
} catch {
  // A browser that keeps nothing shows the welcome each time.
}
