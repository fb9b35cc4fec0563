const storageKey = 'trolley.single-keys';

/** Whether keys that stand alone, such as n or ?, do something. It belongs to the phone, not to whoever is signed in on it. */
export function hasSingleKeys(): boolean {
  try {
    return localStorage.getItem(storageKey) !== 'off';
  } catch {
    return true;
  }
}

export function rememberSingleKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, 'off');
  } catch {
    return;
  }
}
