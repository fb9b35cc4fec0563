import { addItem, ListDocument, suggest } from '@trolley/shared/document';
import { createMemberId } from '@trolley/shared/protocol';
import { expect, it, vi } from 'vitest';
import { createFewGroceries } from './fixtures/few-groceries.ts';
import { warmUp } from './warm-up.ts';

it('W17 what is known is prepared in slices, so that the first letter has only itself to understand', async () => {
  const document = new ListDocument();
  const author = { memberId: createMemberId((length) => new Uint8Array(length).fill(1)), nowMs: Date.UTC(2027, 0, 1) };
  for (let i = 0; i < 250; i++) addItem(document, { name: `Produce ${i}` }, author);
  const recognised: number[] = [];
  const breathe = vi.fn(() => Promise.resolve());
  const groceries = createFewGroceries();
  await warmUp(
    document,
    {
      recognise: (products) => {
        recognised.push(products.length);
        groceries.recognise(products);
      },
    },
    breathe,
  );
  expect(recognised).toEqual([100, 100, 50]);
  expect(breathe).toHaveBeenCalledTimes(3);
  const normalize = vi.spyOn(String.prototype, 'normalize');
  suggest(document, 'pro', 8);
  expect(normalize.mock.calls.length).toBeLessThan(10);
  normalize.mockRestore();
});
