import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Adapter } from '@sveltejs/kit';
import * as v from 'valibot';
import { found } from './replacement.ts';

const manifestSchema = v.record(
  v.string(),
  v.object({ file: v.string(), name: v.optional(v.string()), css: v.optional(v.array(v.string()), []) }),
);

/**
 * The adapter, with a fallback page that asks at once for the files of an open list. SvelteKit asks for them only when it has found out which
 * page the address means, some 300 ms later on a slow phone, and nearly every page that the fallback stands for needs them.
 */
export function withListShell(adapter: Adapter): Adapter {
  return {
    ...adapter,
    adapt: (builder) => {
      const generateFallback = async (path: string): Promise<void> => {
        await builder.generateFallback(path);
        const files = listFiles(readFileSync(join(builder.getClientDirectory(), '.vite/manifest.json'), 'utf8'));
        writeFileSync(path, withLinks(readFileSync(path, 'utf8'), files));
      };
      const get = (target: typeof builder, key: string | symbol): unknown =>
        key === 'generateFallback' ? generateFallback : Reflect.get(target, key);
      return adapter.adapt(new Proxy(builder, { get }));
    },
  };
}

interface ListFiles {
  readonly script: string;
  readonly styles: readonly string[];
}

function listFiles(manifest: string): ListFiles {
  const chunk = Object.values(v.parse(manifestSchema, JSON.parse(manifest))).find(({ name }) => name === 'list');
  if (chunk === undefined) throw new Error('list-shell: the build has no file `list` any more');
  return { script: chunk.file, styles: chunk.css };
}

function withLinks(page: string, { script, styles }: ListFiles): string {
  const end = found(page, /<\/head>/);
  const links = [
    `<link href="/${script}" rel="modulepreload">`,
    // Not only asked for: a style sheet that is in the page already is nothing that the list's script would wait for.
    ...styles.map((style) => `<link href="/${style}" rel="stylesheet">`),
  ];
  return page.replace(end, `${links.join('\n')}\n${end}`);
}
