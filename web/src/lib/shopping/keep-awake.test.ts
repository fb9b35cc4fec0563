import { describe, expect, it, vi } from 'vitest';
import { keepAwake, type AwakeParts } from './keep-awake.ts';

/** A page that can be hidden, and a browser that counts the locks it has given and taken back. */
function browser() {
  const target = new EventTarget();
  const page: { visibilityState: DocumentVisibilityState } & AwakeParts['page'] = {
    visibilityState: 'visible',
    addEventListener: target.addEventListener.bind(target),
    removeEventListener: target.removeEventListener.bind(target),
  };
  const release = vi.fn(() => Promise.resolve());
  const request = vi.fn(() => Promise.resolve({ release }));
  const turn = (state: DocumentVisibilityState) => {
    page.visibilityState = state;
    target.dispatchEvent(new Event('visibilitychange'));
  };
  const parts: AwakeParts = { page, wakeLock: { request } };
  return { parts, request, release, turn };
}

describe('keeping the screen awake', () => {
  it('W60 takes a lock, takes it again when the page comes back, and gives it back in the end', async () => {
    const { parts, request, release, turn } = browser();
    const stop = keepAwake(parts);
    expect(request).toHaveBeenCalledTimes(1);
    turn('hidden');
    expect(request).toHaveBeenCalledTimes(1);
    turn('visible');
    expect(request).toHaveBeenCalledTimes(2);
    stop();
    await vi.waitFor(() => {
      expect(release).toHaveBeenCalledTimes(2);
    });
    turn('visible');
    expect(request).toHaveBeenCalledTimes(2);
  });

  it('W60 does without where there are no locks, or none is given', async () => {
    const { parts, turn } = browser();
    keepAwake({ ...parts, wakeLock: undefined })();
    const request = vi.fn(() => Promise.reject(new Error('the battery is low')));
    const stop = keepAwake({ ...parts, wakeLock: { request } });
    turn('visible');
    stop();
    await Promise.resolve();
    expect(request).toHaveBeenCalledTimes(2);
  });
});
