/** Environment of nodes under test: they empty themselves faster than they would for a city. */
export const nodeEnv = { DRAIN_MS: '1000' } as const;
