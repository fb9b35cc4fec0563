import * as v from 'valibot';
import { categoryIds } from '../document/model/category.ts';

const productSchema = v.object({
  category: v.picklist(categoryIds),
  unit: v.optional(v.picklist(['kg', 'g', 'l', 'ml', 'bunch', 'bag', 'can', 'jar', 'loaf'])),
  isStaple: v.optional(v.boolean()),
});
const productsSchema = v.record(v.string(), productSchema);

const rulesSchema = v.array(v.tuple([v.string(), v.string()]));
const languageSchema = v.object({
  grammar: v.object({
    spellings: rulesSchema,
    endings: rulesSchema,
    isHeadLast: v.boolean(),
    aside: v.nullable(v.string()),
    minCompoundEnd: v.nullable(v.number()),
  }),
  names: v.record(v.string(), v.array(v.string())),
});

type ProductData = v.InferOutput<typeof productSchema>;

/** The unit in which most people buy something. */
export type UsualUnit = NonNullable<ProductData['unit']>;

/** Something that shops sell, whatever it is called. */
export interface CatalogueProduct extends ProductData {
  readonly id: string;
}

/** What takes the place of what, in this order. */
export type Rules = readonly (readonly [RegExp, string])[];

/** What must be known of a language to compare names in it. Patterns see lower-case text without marks and punctuation, one name a line. */
export interface Grammar {
  /** Leading articles, and letters that people write for one another. */
  readonly spellings: Rules;
  /**
   * Endings that tell one piece from many, and what stands for both. They need not be right, only the same on both sides: `tomatoes`, `tomato`
   * and the misspelt `tomatos` all become `tomato`.
   */
  readonly endings: Rules;
  /** Whether `tomato soup` names the soup with its last word. */
  readonly isHeadLast: boolean;
  /** Where a name goes on to something else: `yoghurt with strawberries` is yoghurt. */
  readonly aside: RegExp | null;
  /** How much of the end of a compound, such as `Kirschtomaten`, says what it is; null where words are not joined. */
  readonly minCompoundEnd: number | null;
}

/** A language and, by product id, its names: first what most people say, then what else it is called. */
export interface LanguageData {
  readonly grammar: Grammar;
  readonly names: ReadonlyMap<string, readonly string[]>;
}

/** Reads `products.json`, by id. Throws when it is something else. */
export function parseProducts(data: unknown): ReadonlyMap<string, CatalogueProduct> {
  const products = Object.entries(v.parse(productsSchema, data));
  return new Map(products.map(([id, product]) => [id, { id, ...product }]));
}

/** Reads a `names.<language>.json`. Throws when it is something else, or a pattern in it is none. */
export function parseLanguage(data: unknown): LanguageData {
  const { grammar, names } = v.parse(languageSchema, data);
  return {
    grammar: {
      ...grammar,
      spellings: grammar.spellings.map(toRule),
      endings: grammar.endings.map(toRule),
      aside: grammar.aside === null ? null : new RegExp(grammar.aside, 'u'),
    },
    names: new Map(Object.entries(names)),
  };
}

function toRule([pattern, replacement]: readonly [string, string]): Rules[number] {
  return [new RegExp(pattern, 'gmu'), replacement];
}
