import * as v from 'valibot';
import { enterKey, tapAt, typeKeys, type EngineBrowser } from './engine-browser.ts';

const pointSchema = v.object({ x: v.number(), y: v.number() });
/** Longest that the page is waited for, on a machine that is busy with other tests. */
const patienceMs = 20_000;

/** What somebody who shops does in a browser, found by the names that they see and hear. */
export class Shopper {
  readonly #browser: EngineBrowser;

  constructor(browser: EngineBrowser) {
    this.#browser = browser;
  }

  open(url: string): Promise<void> {
    return this.#browser.open(url);
  }

  /** Presses a button by its name, of which a figure may follow. */
  press(name: string): Promise<void> {
    return this.#tap(`[...document.querySelectorAll('button')].find((button) => {
      const name = (button.ariaLabel ?? button.textContent).trim();
      return name === ${JSON.stringify(name)} || name.startsWith(${JSON.stringify(`${name} ·`)});
    })`);
  }

  /** Opens the first list of the overview. */
  openList(): Promise<void> {
    return this.#tap(`document.querySelector('main li a')`);
  }

  async add(line: string): Promise<void> {
    const field = `document.querySelector('input[type=text]')`;
    await this.#tap(field);
    await this.#browser.act([typeKeys(line)]);
    await this.#browser.act([typeKeys(enterKey)]);
    await this.#until(`${field}.value === ''`);
  }

  async tick(name: string): Promise<void> {
    await this.#tap(checkbox(name));
    await this.#until(`${checkbox(name)}?.checked === true`);
  }

  sees(name: string): Promise<void> {
    return this.#until(`${checkbox(name)} !== null`);
  }

  seesNo(name: string): Promise<void> {
    return this.#until(`document.querySelector('main') !== null && ${checkbox(name)} === null`);
  }

  /** Waits for the screen that has this heading. */
  seesScreen(title: string): Promise<void> {
    return this.#until(`document.querySelector('h1')?.textContent.trim() === ${JSON.stringify(title)}`);
  }

  /** Waits for what the chip says of the list's state. */
  seesState(start: string): Promise<void> {
    return this.#until(
      `document.querySelector('[role=status]')?.textContent.startsWith(${JSON.stringify(start)}) === true`,
    );
  }

  /** Waits until the phone has stored an edit that no server has: from then on the page may go. */
  hasStored(): Promise<void> {
    return this.#until(`await new Promise((resolve) => {
      const opening = indexedDB.open('trolley');
      opening.onsuccess = () => {
        const counting = opening.result.transaction('outbox').objectStore('outbox').count();
        counting.onsuccess = () => {
          opening.result.close();
          resolve(counting.result > 0);
        };
      };
    })`);
  }

  /** Waits until the app is on the phone as a whole. */
  async hasInstalled(): Promise<void> {
    await this.#browser.run(`await navigator.serviceWorker.ready; return '';`);
  }

  /** Taps what an expression gives, once it is there, stands still and has nothing over it. */
  async #tap(expression: string): Promise<void> {
    await this.#until(`(${expression} ?? null) !== null`);
    const found = await this.#browser.run(`
      const end = performance.now() + ${String(patienceMs)};
      let before = '';
      while (performance.now() < end) {
        const element = ${expression};
        element?.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { left = 0, top = 0, width = 0, height = 0 } = element?.getBoundingClientRect() ?? {};
        const [x, y] = [left + width / 2, top + height / 2];
        const point = JSON.stringify({ x, y });
        const hit = document.elementFromPoint(x, y);
        if (point === before && hit !== null && element?.contains(hit)) return point;
        before = point;
        await new Promise((resolve) => { setTimeout(resolve, 50); });
      }
      return 'null';`);
    const { x, y } = v.parse(pointSchema, JSON.parse(found));
    await this.#browser.act([tapAt(x, y)]);
  }

  /** Waits until an expression is true in the page, looking again and again. Rejects when it does not come true. */
  async #until(expression: string): Promise<void> {
    const outcome = await this.#browser.run(`
      const end = performance.now() + ${String(patienceMs)};
      while (!(${expression})) {
        if (performance.now() > end) return location.pathname + ' ' + document.body.innerText.replaceAll('\\n', ' | ').slice(0, 500);
        await new Promise((resolve) => { setTimeout(resolve, 20); });
      }
      return 'true';`);
    if (outcome !== 'true') throw new Error(`It did not come to ${expression}. The page says: ${outcome}`);
  }
}

function checkbox(name: string): string {
  return `document.querySelector(${JSON.stringify(`input[type=checkbox][aria-label="${name}"]`)})`;
}
