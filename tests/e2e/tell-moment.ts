import type { Page } from '@playwright/test';
import * as v from 'valibot';

const momentSchema = v.looseObject({ at: v.string() });
const historySchema = v.looseObject({ data: v.looseObject({ moments: v.array(momentSchema) }) });

/** The api tells whole minutes and gives the list at any time: with this moment told before the latest, no test waits for a minute to pass. */
export async function tellMoment(page: Page, atMs: number): Promise<void> {
  await page.route('**/api/v1/lists/*/history?*', async (route) => {
    const response = await route.fetch();
    const body = v.parse(historySchema, await response.json());
    const [latest] = body.data.moments;
    body.data.moments = latest === undefined ? [] : [latest, { ...latest, at: new Date(atMs).toISOString() }];
    await route.fulfill({ response, json: body });
  });
}
