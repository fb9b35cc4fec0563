/** How much of shopping a document holds, so that a list of ten years stays within the size of an epoch. */
export const shoppingBounds = {
  maxStores: 20,
  maxStoreNameLength: 40,
  /** Places that people gave to the aisles of one store. */
  maxAisles: 60,
  maxTrips: 30,
  /** What was bought on one trip, as text; the rest is counted. */
  maxTripTextLength: 4_000,
  /** Of all trips together. The oldest go first, and the latest always stays. */
  maxTripsTextLength: 8_000,
} as const;
