import { describe, expect, it, vi } from 'vitest';
import { Listeners } from './listeners.ts';

describe('Listeners', () => {
  it('D4 a listener that throws is reported, and keeps nobody else from hearing', async () => {
    const listeners = new Listeners<number>();
    const heard = vi.fn();
    const defect = new Error('a defect of the listener');
    const reported = new Promise((resolve) => {
      vi.spyOn(globalThis, 'queueMicrotask').mockImplementation((task) => {
        expect(task).toThrow(defect);
        resolve(true);
      });
    });
    listeners.add(() => {
      throw defect;
    });
    listeners.add(heard);
    listeners.notify(7);
    expect(heard).toHaveBeenCalledExactlyOnceWith(7);
    await reported;
  });

  it('D4 one that stops while others are told is told once more at most, and the same function can listen twice', () => {
    const listeners = new Listeners<number>();
    const heard = vi.fn();
    const stop = listeners.add(heard);
    listeners.add(heard);
    listeners.notify(1);
    stop();
    stop();
    listeners.notify(2);
    expect(heard).toHaveBeenCalledTimes(3);
  });
});
