import type { Amount } from '@trolley/shared/document';

/** Amounts counted in hundreds, such as 500 g, go up and down by this much. */
const largeStep = 50;

/** One more or one less of something. Never less than one step, so that going down cannot take an item off the list. */
export function stepAmount({ quantity, unit }: Amount, direction: 1 | -1): Amount {
  const step = quantity >= 2 * largeStep ? largeStep : 1;
  const stepped = quantity + direction * step;
  return stepped > 0 ? { quantity: stepped, unit } : { quantity, unit };
}
