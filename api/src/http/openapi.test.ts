import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TestApi } from '../testing/test-api.ts';

const documentSchema = z.object({
  openapi: z.string(),
  paths: z.record(
    z.string(),
    z.record(z.string(), z.object({ summary: z.string(), responses: z.record(z.string(), z.unknown()) })),
  ),
});

describe('the OpenAPI document', { timeout: 30_000 }, () => {
  let api: TestApi;

  beforeAll(async () => {
    api = await TestApi.start();
  }, 60_000);

  afterAll(async () => {
    await api.dispose();
  });

  it('S25 describes every call of version one', async () => {
    const { text } = await api.call('GET', '/api/v1/openapi.json');
    const { openapi, paths } = documentSchema.parse(JSON.parse(text));
    expect(openapi).toBe('3.1.0');
    const described = Object.entries(paths).flatMap(([path, calls]) =>
      Object.keys(calls).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.toSorted()).toEqual(served().toSorted());
    for (const calls of Object.values(paths)) {
      for (const { responses } of Object.values(calls)) expect(Object.keys(responses)).toContain('200');
    }
  });

  /** Every call that a handler answers, in the document's way of writing it. */
  function served(): string[] {
    const ours = api.api.app.routes.filter(({ method, path }) => path.startsWith('/api/v1/') && method !== 'ALL');
    const calls = ours.map(
      ({ method, path }) => `${method} ${path.slice('/api/v1'.length).replaceAll(/:(\w+)/g, '{$1}')}`,
    );
    return [...new Set(calls)].filter((call) => call !== 'GET /openapi.json');
  }
});
