/** Why an update was turned away: a closed list, so that every rejection can be named and counted. */
export const guardReasons = [
  /** Builds on an update that has not arrived yet. Normal when updates overtake each other: keep it and try again, or pull. */
  'gap',
  'too-large',
  /** Cannot be decoded to its end, or says something that no Yjs writer says. */
  'malformed',
  /** Merged over a hole in the log. */
  'skip',
  'too-many-clients',
  'clock-range',
  /** Its own parts wait for each other in a circle. */
  'dependency-cycle',
  'unknown-root',
  'bad-key',
  'nested-type',
  'list-insert',
  'unsupported-content',
  'bad-value',
  /** Ties the history of one key to that of another. */
  'crossed-keys',
] as const;
export type GuardReason = (typeof guardReasons)[number];

/** Thrown inside the guard only; `inspectUpdate` and `ListDocument.apply` turn it into a result. */
export class GuardRejection extends Error {
  override readonly name = 'GuardRejection';
  readonly reason: GuardReason;

  constructor(reason: GuardReason, options?: ErrorOptions) {
    super(reason, options);
    this.reason = reason;
  }
}
