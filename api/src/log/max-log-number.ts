/** The largest integer of Postgres: no list has so many updates or epochs, and it takes no larger number from us. */
export const maxLogNumber = 2_147_483_647;
