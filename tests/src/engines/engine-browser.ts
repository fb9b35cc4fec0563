/** A browser of another engine than Chromium's, as far as a journey needs it. */
export interface EngineBrowser extends AsyncDisposable {
  /**
   * Opens a page in a window of its own in the place of the one before, as a phone does that starts an app anew. Resolves when it has been loaded.
   * Not the same window: WebKit can lock up a database that a page writes into while it goes to another one
   * (https://github.com/jakearchibald/idb-keyval/issues/180), seen here with 2.50.6.
   */
  open(url: string): Promise<void>;
  /** Runs the body of an async function in the page, and answers with what it returns, which must be text. */
  run(body: string): Promise<string>;
  /** Performs what hands do, in the terms of WebDriver, which both protocols share. */
  act(actions: readonly HandAction[]): Promise<void>;
}

/** What one device of a person does: a pointer or a keyboard. */
export interface HandAction {
  readonly type: 'pointer' | 'key';
  readonly id: string;
  readonly parameters?: { readonly pointerType: 'mouse' };
  readonly actions: readonly Readonly<Record<string, string | number>>[];
}

/** A tap at a point of the window. */
export function tapAt(x: number, y: number): HandAction {
  return {
    type: 'pointer',
    id: 'hand',
    parameters: { pointerType: 'mouse' },
    actions: [
      { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 },
      { type: 'pointerDown', button: 0 },
      { type: 'pointerUp', button: 0 },
    ],
  };
}

/** The key Enter, as WebDriver writes it. */
export const enterKey = '\uE007';

/** Keys, one after the other. */
export function typeKeys(text: string): HandAction {
  const actions = Array.from(text).flatMap((value) => [
    { type: 'keyDown', value },
    { type: 'keyUp', value },
  ]);
  return { type: 'key', id: 'keys', actions };
}
