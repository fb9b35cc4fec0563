/** Bounds of what a relay and an api may say to each other in one frame. */
export const hopLimits = {
  /** JSON of one frame, and with it how many things it can speak of. */
  maxHeaderBytes: 1024 * 1024,
  /** A batch of appends, as the relay makes it. */
  maxRequestBytes: 16 * 1024 * 1024,
  /** The answer to a pull: a snapshot, and all that has come since. */
  maxAnswerBytes: 64 * 1024 * 1024,
} as const;
