import { bare } from './bare.ts';
import type { Dialect } from './dialect.ts';
import { hocuspocus } from './hocuspocus.ts';
import { trolley } from './trolley.ts';
import { yWebsocket } from './y-websocket.ts';

export const dialects = { bare, hocuspocus, trolley, yWebsocket } as const satisfies Record<string, Dialect>;

export type DialectName = keyof typeof dialects;
