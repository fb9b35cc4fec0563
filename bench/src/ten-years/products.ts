import type { CategoryId } from '@trolley/shared/document';
import type { SeededRandom } from '@trolley/shared/testing';

/** Something the family buys. */
export interface Staple {
  readonly name: string;
  readonly unit: string;
  readonly category: CategoryId;
  /** How likely it is wanted for one trip to the shop. */
  readonly chance: number;
}

const syllables = 'ba co ri ta mel lo pe sun ver de chi ken mil ko ra sa to na pin gle'.split(' ');
const units = ['', '', '', 'kg', 'g', 'l', 'pack', 'bottle', 'can'];
const categories = [
  'produce',
  'bakery',
  'dairy',
  'meat',
  'pantry',
  'frozen',
  'drinks',
  'household',
  'baby',
  'other',
] as const satisfies readonly CategoryId[];

/** Sixty things that come back week after week, and three thousand of which a few are wanted once in a while. */
export function makeProducts(random: SeededRandom): { staples: Staple[]; oneOffs: Staple[] } {
  const make = (count: number) => Array.from({ length: count }, (_, i) => makeProduct(random, i));
  return { staples: make(60), oneOffs: make(3_000) };
}

export function anyCategory(random: SeededRandom): CategoryId {
  return random.pick(categories);
}

export function anySyllable(random: SeededRandom): string {
  return random.pick(syllables);
}

function makeProduct(random: SeededRandom, index: number): Staple {
  const number = index % 7 === 0 ? ` ${index}` : '';
  return {
    name: makeName(random) + number,
    unit: random.pick(units),
    category: anyCategory(random),
    chance: 0.12 + 0.36 * random.fraction(),
  };
}

function makeName(random: SeededRandom): string {
  const word = Array.from({ length: 2 + random.integer(3) }, () => anySyllable(random)).join('');
  const second = random.chance(0.3) ? ` ${anySyllable(random)}${anySyllable(random)}` : '';
  return word.charAt(0).toUpperCase() + word.slice(1) + second;
}
