import { describe, expect, it } from 'vitest';
import { isFromOurselves } from './request-origin.ts';

const own = 'http://192.168.1.20:3000';

interface Case {
  what: string;
  method?: string;
  publicUrl?: string;
  headers: Record<string, string>;
  passes: boolean;
}

const cases: readonly Case[] = [
  {
    what: 'reading, from anywhere',
    method: 'GET',
    headers: { cookie: 'c', origin: 'http://evil.example' },
    passes: true,
  },
  { what: 'our page', headers: { cookie: 'c', origin: own }, passes: true },
  {
    what: 'our page, by fetch metadata alone',
    headers: { cookie: 'c', 'sec-fetch-site': 'same-origin' },
    passes: true,
  },
  { what: 'another site', headers: { cookie: 'c', origin: 'http://evil.example' }, passes: false },
  { what: 'another port', headers: { cookie: 'c', origin: 'http://192.168.1.20:4000' }, passes: false },
  { what: 'another scheme', headers: { cookie: 'c', origin: 'https://192.168.1.20:3000' }, passes: false },
  { what: 'a sandboxed frame', headers: { cookie: 'c', origin: 'null' }, passes: false },
  { what: 'a cookie without an origin', headers: { cookie: 'c' }, passes: false },
  { what: 'a sibling site', headers: { cookie: 'c', origin: own, 'sec-fetch-site': 'same-site' }, passes: false },
  { what: 'another site, before there is a cookie', headers: { origin: 'http://evil.example' }, passes: false },
  { what: 'a script without a cookie', headers: {}, passes: true },
  { what: 'a bearer, from anywhere', headers: { authorization: 'Bearer t', origin: 'http://x.example' }, passes: true },
  { what: 'another scheme of authorization', headers: { authorization: 'Basic t', cookie: 'c' }, passes: false },
  {
    what: 'the public address',
    publicUrl: 'https://trolley.example',
    headers: { cookie: 'c', origin: 'https://trolley.example' },
    passes: true,
  },
  {
    what: 'the private address behind a public one',
    publicUrl: 'https://trolley.example',
    headers: { cookie: 'c', origin: own },
    passes: false,
  },
];

describe('the origin of a request', () => {
  it.each(cases)('S23 $what', ({ method = 'POST', publicUrl = null, headers, passes }) => {
    const header = (name: string): string | null => headers[name] ?? null;
    expect(isFromOurselves({ method, url: `${own}/api/v1/me`, publicUrl, header })).toBe(passes);
  });
});
