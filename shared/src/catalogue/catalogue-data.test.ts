import { describe, expect, it } from 'vitest';
import { categoryIds } from '../document/model/category.ts';
import { limits } from '../protocol/index.ts';
import { parseLanguage, parseProducts } from './catalogue-data.ts';
import { shippedData, shippedLanguages, shippedProducts } from './fixtures/shipped-catalogue.ts';
import { searchForms } from './name-forms.ts';

describe('W17 the catalogue', () => {
  it('W17 has some 800 products or more, in every aisle', () => {
    expect(shippedProducts.size).toBeGreaterThan(800);
    const aisles = new Set([...shippedProducts.values()].map(({ category }) => category));
    expect([...aisles].sort()).toEqual(categoryIds.filter((category) => category !== 'other').sort());
  });

  it('W17 names its products in kebab-case', () => {
    expect([...shippedProducts.keys()].filter((id) => !/^[a-z\d]+(?:-[a-z\d]+)*$/u.test(id))).toEqual([]);
  });

  it.each(shippedLanguages)('W17 has a name in %s for every product, and for no other', (language) => {
    expect([...shippedData[language].names.keys()].sort()).toEqual([...shippedProducts.keys()].sort());
    const nameless = [...shippedData[language].names].filter(([, names]) => names.length === 0 || names.includes(''));
    expect(nameless).toEqual([]);
  });

  it.each(shippedLanguages)('W17 gives no name twice in %s, whatever its case and accents', (language) => {
    const owners = new Map<string, string>();
    const disputed: string[] = [];
    for (const [id, names] of shippedData[language].names) {
      for (const name of names) {
        const form = searchForms(name, shippedData[language].grammar);
        const owner = owners.get(form);
        if (owner !== undefined) disputed.push(`${name}: ${owner}, ${id}`);
        owners.set(form, id);
      }
    }
    expect(disputed).toEqual([]);
  });

  it.each(shippedLanguages)('W17 writes every name in %s as a list stores it', (language) => {
    const names = [...shippedData[language].names.values()].flat();
    expect(names.filter((name) => name !== name.normalize('NFC').trim() || / {2}/u.test(name))).toEqual([]);
    expect(names.filter((name) => name.length > limits.maxNameLength)).toEqual([]);
  });

  it('W17 writes Arabic in Arabic letters, and the others in Latin ones', () => {
    for (const language of shippedLanguages) {
      const script = language === 'ar' ? /^[\p{Script=Arabic}\p{N} ]+$/u : /^[\p{Script=Latin}\p{N}'’%. -]+$/u;
      expect([...shippedData[language].names.values()].flat().filter((name) => !script.test(name))).toEqual([]);
    }
  });

  it('W17 refuses what is no catalogue', () => {
    expect(() => parseProducts({ milk: { category: 'fridge' } })).toThrow();
    expect(() => parseProducts('milk')).toThrow();
    expect(() => parseLanguage(null)).toThrow();
    const grammar = { spellings: [], endings: [], isHeadLast: true, aside: null, minCompoundEnd: null };
    expect(() => parseLanguage({ grammar, names: { milk: 'milk' } })).toThrow();
    expect(() => parseLanguage({ grammar: { ...grammar, endings: [['(', '']] }, names: {} })).toThrow();
  });
});
