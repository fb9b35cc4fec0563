import { settle } from '@trolley/shared/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AfterPaint } from './after-paint.ts';

describe('after the frame', () => {
  const page = { visibilityState: 'visible' };
  let window: EventTarget;
  let document: EventTarget;
  let frames: (() => void)[];
  let afterPaint: AfterPaint;
  let written: string[];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    page.visibilityState = 'visible';
    window = new EventTarget();
    document = Object.defineProperty(new EventTarget(), 'visibilityState', { get: () => page.visibilityState });
    frames = [];
    written = [];
    vi.stubGlobal('window', window);
    vi.stubGlobal('document', document);
    vi.stubGlobal('requestAnimationFrame', (callback: () => void) => frames.push(callback));
    afterPaint = new AfterPaint();
  });
  afterEach(() => {
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  const write = (edit: string) => {
    afterPaint.run(() => written.push(edit));
  };
  const paint = () => {
    for (const frame of frames.splice(0)) frame();
    vi.advanceTimersByTime(0);
  };

  it('P1 everybody who waits goes on, in order, when it is painted', async () => {
    write('milk');
    write('bread');
    await settle();
    expect([written, frames.length]).toEqual([[], 1]);
    paint();
    await settle();
    expect(written).toEqual(['milk', 'bread']);
  });

  it.each([
    ['hidden', 'visibilitychange'],
    ['left', 'pagehide'],
  ])('P1 nobody waits for a frame of a page that is %s', async (_what, type) => {
    write('milk');
    if (type === 'visibilitychange') page.visibilityState = 'hidden';
    (type === 'pagehide' ? window : document).dispatchEvent(new Event(type));
    await settle();
    expect(written).toEqual(['milk']);
    write('bread');
    await settle();
    expect([written, frames.length]).toEqual([['milk', 'bread'], 1]);
  });

  it('P1 a page that comes back has frames again', async () => {
    window.dispatchEvent(new Event('pagehide'));
    window.dispatchEvent(new Event('pageshow'));
    write('milk');
    await settle();
    expect(written).toEqual([]);
    paint();
    await settle();
    expect(written).toEqual(['milk']);
  });

  it('P1 a browser that paints nothing is not waited for', async () => {
    write('milk');
    vi.advanceTimersByTime(200);
    await settle();
    expect(written).toEqual(['milk']);
  });
});
