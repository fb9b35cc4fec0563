import { expect, it } from 'vitest';
import { z } from 'zod';
import { turboArgs } from './build.mjs';
import { environment, nodePath, run } from './toolchain.mjs';

const plan = z.object({ tasks: z.array(z.object({ taskId: z.string(), hash: z.string() })) });

/** What turbo would build, each with the name of what it was built from. */
async function planned(settings: NodeJS.ProcessEnv) {
  const env = { ...environment, ...settings };
  const { output } = await run(nodePath, [...turboArgs('build'), '--dry=json'], { output: 'keep', env });
  return plan.parse(JSON.parse(output.slice(output.indexOf('{')))).tasks;
}

it('a setting of the server builds nothing anew', async () => {
  const tasks = await planned({});
  expect(tasks.map(({ taskId }) => taskId)).toContain('@trolley/web#build');
  expect(await planned({ PUBLIC_URL: 'https://trolley.example' })).toEqual(tasks);
});
