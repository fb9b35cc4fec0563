import { version } from '$app/env';
import { assets, immutable, prerendered } from '$app/manifest';
import { self } from '$app/service-worker';

/** One cache a version: a new one is filled beside the old and takes its place as a whole. */
const cacheName = `trolley-${version}`;
const shellPath = '/200.html';
const pages = new Set(prerendered.map(({ path }) => toPath(path)));
const files = new Set([...immutable, ...assets].map(({ path }) => toPath(path)));
const precached = [...pages, ...files, shellPath];

/** Everything live: none of it is a file of the app, and none of it may ever be answered from a cache. */
const livePrefixes = ['/api/', '/socket.io/', '/yjs/'];

self.addEventListener('install', (event) => {
  event.waitUntil(precache());
});

self.addEventListener('activate', (event) => {
  event.waitUntil(removeOldCaches());
});

/** A page offers the new version to the person, and says when it is welcome. */
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') event.waitUntil(self.skipWaiting());
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== self.location.origin) return;
  if (livePrefixes.some((prefix) => url.pathname.startsWith(prefix))) return;
  if (request.mode === 'navigate')
    event.respondWith(answer(pages.has(url.pathname) ? url.pathname : shellPath, request));
  else if (files.has(url.pathname)) event.respondWith(answer(url.pathname, request));
});

/** Opened once in the life of this worker: a start asks for some twenty files. */
let opened: Promise<Cache> | null = null;

function openCache(): Promise<Cache> {
  opened ??= caches.open(cacheName);
  return opened;
}

/** From the cache, at once, whether there is a network or not; a cache that the browser has thrown away is no reason to fail. */
async function answer(path: string, request: Request): Promise<Response> {
  const cache = await openCache();
  return (await cache.match(path)) ?? fetch(request);
}

async function precache(): Promise<void> {
  const cache = await openCache();
  // The server may let browsers keep the shell for a while; what is cached here must be what was built together.
  await cache.addAll(precached.map((path) => new Request(path, { cache: 'reload' })));
}

async function removeOldCaches(): Promise<void> {
  for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name);
  await self.clients.claim();
}

function toPath(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}
