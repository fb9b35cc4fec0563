import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForWakes } from './wake-sources.ts';

describe('the signs that a page has slept', () => {
  const browser = { isOnline: true, visibilityState: 'visible' };
  let page: EventTarget;
  let view: EventTarget;
  let events: string[];
  let stop: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(browser, { isOnline: true, visibilityState: 'visible' });
    page = new EventTarget();
    view = new EventTarget();
    vi.stubGlobal('window', page);
    vi.stubGlobal(
      'document',
      Object.defineProperty(view, 'visibilityState', { configurable: true, get: () => browser.visibilityState }),
    );
    vi.stubGlobal('navigator', {
      get onLine() {
        return browser.isOnline;
      },
    });
    events = [];
    stop = listenForWakes({
      onWake: () => events.push('wake'),
      onNetworkLost: () => events.push('network lost'),
    });
  });
  afterEach(() => {
    stop();
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const happens = (target: EventTarget, type: string) => target.dispatchEvent(new Event(type));

  it('P1 are the network’s coming and going', () => {
    happens(page, 'online');
    happens(page, 'offline');
    expect(events).toEqual(['wake', 'network lost']);
  });

  it('P1 are a page that is shown again, not one that is hidden', () => {
    browser.visibilityState = 'hidden';
    happens(view, 'visibilitychange');
    expect(events).toEqual([]);
    browser.visibilityState = 'visible';
    happens(view, 'visibilitychange');
    happens(page, 'pageshow');
    expect(events).toEqual(['wake', 'wake']);
  });

  it('P1 are none while the browser knows that there is no network', () => {
    browser.isOnline = false;
    happens(view, 'visibilitychange');
    happens(page, 'pageshow');
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(5_000);
    expect(events).toEqual([]);
  });

  it('P1 are a clock that has jumped, not one that is a little late', () => {
    vi.advanceTimersByTime(60_000);
    vi.setSystemTime(Date.now() + 15_000);
    vi.advanceTimersByTime(5_000);
    expect(events).toEqual([]);
    vi.setSystemTime(Date.now() + 15_001);
    vi.advanceTimersByTime(5_000);
    expect(events).toEqual(['wake']);
    vi.advanceTimersByTime(60_000);
    expect(events).toEqual(['wake']);
  });

  it('P1 are not looked for any more when nobody wants to know', () => {
    stop();
    for (const type of ['online', 'offline', 'pageshow']) happens(page, type);
    happens(view, 'visibilitychange');
    vi.setSystemTime(Date.now() + 3_600_000);
    vi.advanceTimersByTime(60_000);
    expect(events).toEqual([]);
  });
});
