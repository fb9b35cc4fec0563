import { describe, expect, it } from 'vitest';
import { cpuTimeMs } from '../document/fixtures/cpu-time.ts';
import { Catalogue } from './catalogue.ts';
import { shippedCatalogue, shippedData, shippedLanguages } from './fixtures/shipped-catalogue.ts';
import { Vocabulary } from './vocabulary.ts';

const english = shippedCatalogue('en');

function suggested(catalogue: Catalogue, typed: string, max = 8): string[] {
  return catalogue.suggest(typed, max).map(({ name }) => name);
}

describe('W9 the aisle of a new item is found in the catalogue', () => {
  it.each([
    ['en', 'Potatoes', 'potatoes'],
    ['en', 'waxy potatoes', 'potatoes'],
    ['en', 'a potato', 'potatoes'],
    ['en', 'berries', 'mixed-berries'],
    ['en', 'Peaches', 'peaches'],
    ['en', 'EGG', 'eggs'],
    ['en', 'batteries AA', 'batteries'],
    ['en', 'Creme Fraiche', 'creme-fraiche'],
    ['en', 'lambs lettuce', 'lambs-lettuce'],
    ['de', 'Kirschtomate', 'cherry-tomatoes'],
    ['de', 'ein Apfel', 'apples'],
    ['de', 'reife Äpfel', 'apples'],
    ['de', 'Kekse', 'biscuits'],
    ['de', 'Keks', 'biscuits'],
    ['de', 'Süsskartoffel', 'sweet-potatoes'],
    ['fr', 'une pomme', 'apples'],
    ['fr', "de l'eau", 'water'],
    ['fr', 'OEUFS', 'eggs'],
    ['fr', 'poireau', 'leeks'],
    ['fr', 'jus de pommes bio', 'apple-juice'],
    ['es', 'el limón', 'lemons'],
    ['es', 'una nuez', 'walnuts'],
    ['es', 'tomate', 'tomatoes'],
    ['es', 'jugo de naranja', 'orange-juice'],
    ['ar', 'الحليب', 'milk'],
    ['ar', 'تفاحة', 'apples'],
    ['ar', 'أرز', 'rice'],
    ['ar', 'ارز', 'rice'],
    ['ar', 'قهوه', 'coffee'],
    ['ar', 'خُبْز', 'bread'],
    ['ar', 'حليـــب', 'milk'],
  ] as const)('W9 in %s %s is %s', (language, name, id) => {
    expect(shippedCatalogue(language).find(name)?.id ?? null).toBe(id);
  });

  it.each([
    ['Coconut milk', 'pantry'],
    ['canned tomatoes', 'pantry'],
    ['milk', 'dairy'],
    ['chicken soup', 'pantry'],
    ['yoghurt with strawberries', 'dairy'],
    ['cat food with salmon', 'pets'],
    ['milk chocolate', 'snacks'],
  ])('W9 %s stands under %s: the longest match wins, then the thing itself', (name, category) => {
    expect(english.find(name)?.category).toBe(category);
  });

  it('W9 what is one thing and what is another when there are many keep apart', () => {
    expect(english.find('pepper')?.id).toBe('pepper');
    expect(english.find('peppers')?.id).toBe('bell-peppers');
    expect(english.find('mints')?.id).toBe('mints');
    expect(shippedCatalogue('ar').find('لبنة')?.id).toBe('labneh');
    expect(shippedCatalogue('ar').find('لبن')?.id).toBe('ayran');
  });

  it('W9 the end of a German compound says what it is', () => {
    const german = shippedCatalogue('de');
    expect(german.find('Himbeermarmelade')?.id).toBe('jam');
    expect(german.find('Joghurt mit Erdbeeren')?.id).toBe('yoghurt');
    expect(english.find('eggplantlike')).toBeNull();
  });

  it('W9 a part of a word is no match, and the unknown is not known', () => {
    for (const name of ['milkshake', '???', '', '  ', '12', '\n']) expect(english.find(name)).toBeNull();
  });

  it('W9 a whole name is told from one that says more', () => {
    const names = ['The Tomato', 'ripe tomatoes', '', 'pepper\nmilk', 'EGG'];
    expect(english.identify(names).map((product) => product?.id ?? null)).toEqual([
      'tomatoes',
      null,
      null,
      null,
      'eggs',
    ]);
    expect(english.identify([])).toEqual([]);
  });

  it('W9 finds what the first language does not know in the second', () => {
    const both = shippedCatalogue('de', 'en');
    expect(both.find('oat milk')?.id).toBe('oat-milk');
    expect(both.find('Gift wrap')?.id).toBe('wrapping-paper');
    expect(both.identify(['milk', 'Milch', 'nothing']).map((product) => product?.id)).toEqual([
      'milk',
      'milk',
      undefined,
    ]);
    expect(both.find('Milch')?.id).toBe('milk');
  });

  it.each(shippedLanguages)('W9 finds every product in %s by each of its names', (language) => {
    const catalogue = shippedCatalogue(language);
    const lost = [...shippedData[language].names].flatMap(([id, names]) =>
      names.filter((name) => catalogue.find(name)?.id !== id || catalogue.identify([name])[0]?.id !== id),
    );
    expect(lost).toEqual([]);
  });
});

/** Kinds of match, best first. */
const order = ['begins', 'word', 'inside'];

describe('W17 suggestions from the catalogue', () => {
  it('W17 puts names that begin with it first, then words that do, then names that contain it', () => {
    const names = suggested(english, 'milk', 100);
    const kinds = names.map((name) => (/^milk/iu.test(name) ? 'begins' : / milk/iu.test(name) ? 'word' : 'inside'));
    expect(kinds).toEqual([...kinds].sort((a, b) => order.indexOf(a) - order.indexOf(b)));
    expect(names[0]).toBe('Milk');
    expect(names).toContain('Oat milk');
    expect(names.at(-1)).toBe('Buttermilk');
  });

  it('W17 puts what every household buys before the rest', () => {
    expect(suggested(english, 'tom')[0]).toBe('Tomatoes');
    expect(suggested(english, 'br')[0]).toBe('Bread');
    expect(suggested(shippedCatalogue('de'), 'to')[0]).toBe('Tomaten');
    expect(suggested(shippedCatalogue('ar'), 'الحل')[0]).toBe('حليب');
  });

  it('W17 suggests a product once, under the name that was typed', () => {
    expect(suggested(english, 'zucc')).toEqual(['Zucchini']);
    expect(suggested(english, 'courg')).toEqual(['Courgettes']);
    const ids = english.suggest('tomato', 50).map(({ product }) => product.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('W17 minds neither case nor accents nor an article', () => {
    expect(suggested(english, 'CREME FRAI')).toEqual(['Crème fraîche']);
    expect(suggested(english, 'the brocc')).toEqual(['Broccoli', 'Frozen broccoli']);
    expect(suggested(shippedCatalogue('fr'), 'oeufs', 1)).toEqual(['Œufs']);
  });

  it('W17 gives no more than asked for, and what is welcome only', () => {
    expect(english.suggest('a', 3)).toHaveLength(3);
    expect(english.suggest('milk', 3, ({ product }) => product.category === 'care')).toEqual([]);
    expect(suggested(english, '')).toEqual([]);
    expect(suggested(english, 'xyzzy')).toEqual([]);
  });

  it('W17 speaks the first language before the others', () => {
    const both = shippedCatalogue('de', 'en');
    expect(suggested(both, 'to', 2)).toEqual(['Tomaten', 'Toastbrot']);
    expect(suggested(both, 'strawb')).toEqual(['Strawberries', 'Strawberry jam', 'Strawberry yoghurt']);
  });

  it('W17 suggests a name once, though two languages give it to two products', () => {
    const both = shippedCatalogue('fr', 'en');
    expect(both.suggest('prunes', 8).map(({ product, name }) => [product.id, name])).toEqual([['plums', 'Prunes']]);
  });

  it('W17 looks at each name once: a key press costs a slow phone a part of 30 ms', () => {
    const both = shippedCatalogue('de', 'en');
    const typed = ['t', 'to', 'tom', 'toma', 'xyz', 'kä', 'milch', 'choc', 's', 'zzz'];
    both.suggest('warm', 8);
    const rounds = 20;
    const tookMs = cpuTimeMs(() => {
      for (let round = 0; round < rounds; round++) for (const line of typed) both.suggest(line, 8);
    });
    const slowdown = 4;
    expect(tookMs / (rounds * typed.length)).toBeLessThan(30 / slowdown);
  });

  it('W17 takes names of products that it does not know for nothing', () => {
    const products = new Map([['milk', { id: 'milk', category: 'dairy' }]] as const);
    const { grammar } = shippedData.en;
    const names = new Map([
      ['milk', ['milk']],
      ['mill', ['mill']],
    ]);
    const vocabulary = new Vocabulary(products, { grammar, names });
    expect(suggested(new Catalogue([vocabulary]), 'mil')).toEqual(['Milk']);
  });
});
