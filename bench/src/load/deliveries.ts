import { percentile } from '../percentile.ts';

/** What became of the edits of one step. Times in milliseconds, from the sending of an edit to its arrival at another member. */
export interface DeliveryReport {
  readonly sent: number;
  /** Arrivals, one a member that did not write the edit; and those that never came. */
  readonly delivered: number;
  readonly missing: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** The shape of a step: so many lists, with so many members each, who write in turn. */
export interface LoadShape {
  readonly lists: number;
  readonly members: number;
}

/** Notes when edits leave and when they arrive. Edits of all lists are numbered together: list by list, then edit by edit. */
export class Deliveries {
  readonly #shape: LoadShape;
  readonly #sentAtMs: Float64Array;
  /** A bit for each member that an edit has reached. */
  readonly #reached: Uint32Array;
  readonly #delaysMs: Float64Array;
  #sent = 0;
  #delivered = 0;
  #lastArrivalMs = 0;

  /** `count` is the number of edits that the step will send. */
  constructor(shape: LoadShape, count: number) {
    this.#shape = shape;
    this.#sentAtMs = new Float64Array(count);
    this.#reached = new Uint32Array(count);
    this.#delaysMs = new Float64Array(count * (shape.members - 1));
  }

  get isComplete(): boolean {
    return this.#delivered === this.#sent * (this.#shape.members - 1);
  }

  /** When the last edit arrived anywhere. */
  get lastArrivalMs(): number {
    return this.#lastArrivalMs;
  }

  /** The edit of this number leaves now. */
  noteSent(number: number, nowMs: number): void {
    this.#sentAtMs[number] = nowMs;
    this.#sent += 1;
  }

  /** A member of a list has got its edit with this marker. Its own come back from some servers, and some send an edit twice. */
  noteArrival({ list, member }: { list: number; member: number }, markerNumber: number, nowMs: number): void {
    const { lists, members } = this.#shape;
    const number = markerNumber * lists + list;
    const reached = this.#reached[number];
    const bit = 1 << member;
    if (reached === undefined || member === markerNumber % members || (reached & bit) !== 0) return;
    this.#reached[number] = reached | bit;
    this.#delaysMs[this.#delivered] = nowMs - (this.#sentAtMs[number] ?? nowMs);
    this.#delivered += 1;
    this.#lastArrivalMs = nowMs;
  }

  report(): DeliveryReport {
    const delays = this.#delaysMs.subarray(0, this.#delivered);
    const at = (share: number) => (delays.length === 0 ? 0 : percentile(delays, share));
    return {
      sent: this.#sent,
      delivered: this.#delivered,
      missing: this.#sent * (this.#shape.members - 1) - this.#delivered,
      p50Ms: at(0.5),
      p95Ms: at(0.95),
      p99Ms: at(0.99),
      maxMs: at(1),
    };
  }
}
