/** An api did not answer, or not as one does. */
export class NodeFailure extends Error {
  override readonly name = 'NodeFailure';
  /** The connection had been kept from before and ended when it was used: that says nothing about the api. */
  readonly isStale: boolean;

  constructor(message: string, options: { isStale?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.isStale = options.isStale ?? false;
  }
}
