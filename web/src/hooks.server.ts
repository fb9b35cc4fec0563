import type { Handle } from '@sveltejs/kit';
import { catalogueUrls } from '#lib/i18n/catalogue-urls.ts';
import beforePaint from './before-paint.js?raw';

/** Runs when the start page and the shell of all others are built: fills in what `app.html` leaves open. */
export const handle: Handle = ({ event, resolve }) =>
  resolve(event, {
    transformPageChunk: ({ html }) =>
      html
        .replace('%trolley.texts%', () => JSON.stringify(catalogueUrls).replaceAll('"', '&quot;'))
        .replace('%trolley.before-paint%', () => `<script>${beforePaint}</script>`),
  });
