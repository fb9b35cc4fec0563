import { expect, it, vi } from 'vitest';
import { languageKey } from '#lib/i18n/remember-language.ts';
import { forgetAllButProfile } from './phone-memory.ts';
import { profileKey } from './profile.ts';

it('W16 the language stays on the phone when somebody signs out, and what is theirs does not', () => {
  const kept: Record<string, string> = { [profileKey]: '{}', [languageKey]: 'ar', other: 'of another app' };
  const storage = new (class {
    removeItem(key: string): void {
      Reflect.deleteProperty(this, key);
    }
  })();
  vi.stubGlobal('localStorage', Object.assign(storage, kept, { 'trolley.people': '[]' }));
  forgetAllButProfile();
  expect(Object.fromEntries(Object.entries(localStorage))).toEqual(kept);
  vi.unstubAllGlobals();
});
