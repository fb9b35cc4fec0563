import { describe, expect, it } from 'vitest';
import { readConfig } from './config.ts';

const serviceToken = 's'.repeat(32);
const usable = { API_URLS: 'http://10.0.0.1:3001,http://10.0.0.2:3001/', SERVICE_TOKEN: serviceToken };

describe('the settings of a realtime node', () => {
  it('R22 have defaults where they can', () => {
    expect(readConfig(usable)).toEqual({
      port: 3002,
      host: '0.0.0.0',
      apiUrls: ['http://10.0.0.1:3001', 'http://10.0.0.2:3001'],
      serviceToken,
      redis: null,
      publicUrl: null,
      drainMs: 5_000,
      maxConnections: 10_000,
      rateFactor: 1,
      logLevel: 'info',
    });
  });

  it('R22 say where Redis is: a server or a cluster', () => {
    expect(readConfig({ ...usable, REDIS_URL: 'redis://cache:6379' }).redis).toEqual({ url: 'redis://cache:6379' });
    expect(readConfig({ ...usable, REDIS_CLUSTER_NODES: 'one:7000,two:7001' }).redis).toEqual({
      nodes: [
        { host: 'one', port: 7000 },
        { host: 'two', port: 7001 },
      ],
    });
  });

  it.each([
    ['API_URLS', 'http://one,two', 'API_URLS=http://one,two must be addresses'],
    ['API_URLS', 'ftp://one', 'API_URLS=ftp://one must be addresses'],
    ['API_URLS', '', 'API_URLS is not set'],
    ['SERVICE_TOKEN', 'short', 'SERVICE_TOKEN must have at least 32 characters'],
    ['MAX_CONNECTIONS', '0', 'MAX_CONNECTIONS=0 must be a number'],
    ['DRAIN_MS', 'long', 'DRAIN_MS=long must be milliseconds'],
    ['RATE_FACTOR', '-1', 'RATE_FACTOR=-1 must be a number'],
  ])('R22 name %s=%s in one line', (name, value, problem) => {
    expect(() => readConfig({ ...usable, [name]: value })).toThrow(problem);
  });
});
