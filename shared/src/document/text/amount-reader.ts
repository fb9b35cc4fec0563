import { limits } from '../../protocol/index.ts';
import { isQuantity, type Amount } from '../model/amount.ts';
import { digits, letters, times, valueOf } from './numbers.ts';
import { unitWords } from './unit-words.ts';

/** How amounts are said. The texts are sources of patterns, for lines that `fold` has prepared; `[]` fits nothing. */
export interface AmountWords {
  /** As `unitWords`. */
  readonly units: Readonly<Record<string, string>>;
  /** Makes letters and digits plain. Each stays where it is, so that what is found can be cut out of the line; case is seen to. */
  readonly fold: (line: string) => string;
  /** A number as `valueOf` reads it. */
  readonly inDigits: (number: string) => string;
  /** A number before a unit, and one that needs no unit. */
  readonly number: string;
  readonly count: string;
  /** What follows a number that belongs to a name: `12 volt batteries`. */
  readonly counted: string;
  /** An amount that is left open: `2-3`. */
  readonly open: string;
  /** What stands between a unit and a name, for the line as it was typed: `2 cans of beans`. */
  readonly connector: string;
}

/** An amount in a line: what is left of the line without it, and how it was typed. */
export interface FoundAmount {
  readonly name: string;
  readonly amount: Amount;
  readonly said: string;
}

/** Source of a pattern: here a word ends. */
export const wordEnd = `(?![\\d${letters}])`;
const nameStart = `(?=[\\d${letters}])`;
const firstWord = new RegExp(`^[${letters}]+`);
const startsWithNumber = new RegExp(`^${digits}`, 'u');
const pack = new RegExp(`^[×*xX] ?(${digits}) ?(.*)$`, 'u');

/** Understands the amounts that people type, in the words it is given. Making one takes a while: it is made once and kept. */
export class AmountReader {
  readonly #words: AmountWords;
  readonly #units: readonly { name: string; words: RegExp }[];
  readonly #inLine: readonly RegExp[];
  readonly #alone: RegExp;
  readonly #open: RegExp;
  readonly #connector: RegExp;

  constructor(words: AmountWords) {
    const { number, count, counted, open, connector } = words;
    // Which words are units is looked up: there are too many for patterns that a phone makes at the first key.
    const measure = `(?<of>(?:${times} ?${digits} ?)?(?<unit>[${letters}]+)${wordEnd}\\.?|${times}(?!\\d))`;
    this.#words = words;
    this.#units = Object.entries(words.units).map(([name, more]) => ({
      name,
      words: toPattern(`^(?:${name}s?|${more})$`),
    }));
    this.#inLine = [
      // `2 kg potatoes`, `2 × 1 L milk`, `2x milk`.
      `^(?<count>${number})[ -]?${measure} ?${nameStart}`,
      // `6 eggs`, but not `7up` or `2 % milk`.
      `^(?<count>${count}) (?!(?:${counted})${wordEnd})${nameStart}`,
      // `potatoes 2 kg`, `milk 2x`. A bare number at the end belongs to the name: `flour 405`.
      `(?<=\\S) (?<count>${count})[ -]?${measure}$`,
      // `milk x2`.
      `(?<=\\S) ${times} ?(?<count>${digits})$`,
      // `organic milk 2 l fresh`: only what is weighed or poured, for in the middle other units are as often part of a name.
      `(?<=\\S) (?<count>${digits}) ?(?<of>(?:${times} ?${digits} ?)?(?:k?g|[mcd]?l))(?= )`,
    ].map(toPattern);
    // All of `2`, `2 kg`, `x2`, `a dozen`. A word alone is no number: `half`.
    this.#alone = toPattern(`^(?![^\\d ]+$)(?:${times} ?)?(?<count>${number})[ -]?${measure}?$`);
    this.#open = toPattern(open);
    this.#connector = toPattern(`^(?:${connector})(?=\\S)`);
  }

  /** Finds an amount beside a name. Null when there is none, or none but what is left open: `2-3 lemons`. */
  find(line: string): FoundAmount | null {
    const folded = this.#fold(line);
    const open = this.#open.exec(folded);
    for (const pattern of this.#inLine) {
      const match = pattern.exec(folded);
      const amount = this.#amountIn(match);
      if (match === null || amount === null) continue;
      const end = match.index + match[0].length;
      const hasUnit = match.groups?.['of'] !== undefined;
      // Only a unit that nothing follows is left over here: `2 kg`.
      if (!hasUnit && this.#isUnit(firstWord.exec(folded.slice(end))?.[0])) continue;
      if (open !== null && open.index < end && match.index < open.index + open[0].length) continue;
      const rest = hasUnit ? line.slice(end).replace(this.#connector, '') : line.slice(end);
      return { name: (line.slice(0, match.index) + rest).trim(), amount, said: line.slice(match.index, end).trim() };
    }
    return null;
  }

  /** Reads what says an amount and nothing else. Null when there is more to it, or less. */
  read(text: string): Amount | null {
    return this.#amountIn(this.#alone.exec(this.#fold(text)));
  }

  /** Reads a number in digits and, behind it, any unit. Null when it does not begin with a number. */
  readWithAnyUnit(text: string): Amount | null {
    const number = startsWithNumber.exec(this.#fold(text))?.[0];
    return number === undefined ? null : this.amountOf(number, text.slice(number.length).trim());
  }

  /**
   * An amount from a number and a unit as they were typed. A unit that has a name is stored by it; a pack such as `x 500g` becomes the
   * unit `× 500 g`; anything else is a unit that somebody has made up. Null when it cannot be stored.
   */
  amountOf(number: string, unit: string): Amount | null {
    const [, size, content = ''] = pack.exec(unit) ?? [];
    const quantity = valueOf(this.#words.inDigits(number));
    const stored = size === undefined ? this.#stored(unit) : `× ${valueOf(size)} ${this.#stored(content)}`.trim();
    return isQuantity(quantity) && stored.length <= limits.maxUnitLength ? { quantity, unit: stored } : null;
  }

  #amountIn(match: RegExpExecArray | null): Amount | null {
    const { count, of = '', unit } = match?.groups ?? {};
    return count === undefined || (unit !== undefined && !this.#isUnit(unit)) ? null : this.amountOf(count, of);
  }

  #fold(line: string): string {
    return this.#words.fold(line).toLowerCase();
  }

  #isUnit(word: string | undefined): boolean {
    return word !== undefined && this.#nameOf(word) !== undefined;
  }

  /** A unit as it is stored: by its name, if it has one. */
  #stored(typed: string): string {
    const name = this.#nameOf(this.#fold(typed).replace(/\.$/u, '')) ?? typed;
    return name === 'pc' ? '' : name;
  }

  #nameOf(word: string): string | undefined {
    return this.#units.find(({ words }) => words.test(word))?.name;
  }
}

function toPattern(source: string): RegExp {
  return new RegExp(source);
}

/** What is understood before `amount-words.ts` is there. */
export const firstReader = new AmountReader({
  units: unitWords,
  // The only letter that is longer in lower case.
  fold: (line) => line.replaceAll('İ', 'I'),
  inDigits: (number) => number,
  number: digits,
  count: digits,
  counted: '[]',
  open: '[]',
  connector: 'of ',
});

/** An amount under the name of its unit. Lists that are older than these names hold units as they were typed: `2 cans`, `2 KG`. */
export function canonicalAmount(amount: Amount): Amount {
  return firstReader.amountOf(String(amount.quantity), amount.unit) ?? amount;
}
