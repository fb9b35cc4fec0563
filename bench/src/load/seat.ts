import * as v from 'valibot';

/** A client's place: which server it connects to, and which list it has open there. */
export const seatSchema = v.object({
  port: v.number(),
  /** Name of the list, or of the document or room that stands for one. */
  list: v.string(),
  /** Place of the list among those of a step, and of the client among the list's members. */
  listNumber: v.number(),
  member: v.number(),
  /** Session of the account; null where there are none. */
  token: v.nullable(v.string()),
});
export type Seat = v.InferOutput<typeof seatSchema>;

/** The id under which a member writes, the same in every list. */
export function clientIdOf(member: number): number {
  return 1_000_000_007 * (member + 1);
}
