/** Sentences that come within so short a time are read out as one: a screen reader would drop the first for the second. */
const gatherMs = 150;

/** What is said to those who listen, in the order in which it happened. A component shows `text` in the page's one polite live region. */
export class Announcer {
  text = $state.raw('');
  #waiting: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  say(sentence: string): void {
    this.#waiting.push(sentence);
    this.#timer ??= setTimeout(() => {
      const text = this.#waiting.join(' ');
      // The same words again are only heard when they are not the same text.
      this.text = text === this.text ? `${text}\u00a0` : text;
      this.stop();
    }, gatherMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}
