import { createHash, timingSafeEqual } from 'node:crypto';
import { encodeRefusal, hopCalls, hopLimits, type HopCall } from '@trolley/shared/hop';
import { errorTable, toWireError, TrolleyError, type LogService, type WireError } from '@trolley/shared/protocol';
import { Hono, type Context, type MiddlewareHandler } from 'hono';
import type { Logger } from 'pino';

interface HopParts {
  log: LogService;
  /** What relays know and nobody else does. */
  serviceToken: string;
  logger: Logger;
}

/** The log as relays of other processes use it: each call of `LogService` is a POST of one frame, answered by one frame. */
export function hopRoutes({ log, serviceToken, logger }: HopParts): Hono {
  const routes = new Hono();
  routes.use(requireToken(serviceToken));
  const serve = <Request, Answer>(
    name: string,
    call: HopCall<Request, Answer>,
    work: (request: Request) => Promise<Answer>,
  ) => {
    routes.post(`/${name}`, async (c) => {
      try {
        return answerFrame(call.answer.encode(await work(call.request.decode(await readFrame(c)))), 200);
      } catch (error) {
        if (!(error instanceof TrolleyError)) logger.error({ err: error, call: name }, 'a call of a relay failed');
        return refuse(toWireError(error));
      }
    });
  };
  serve('append', hopCalls.append, (appends) => log.append(appends));
  serve('pull', hopCalls.pull, ({ userId, request }) => log.pull(userId, request));
  serve('heads', hopCalls.heads, (lists) => log.heads(lists));
  serve('roles', hopCalls.roles, (seats) => log.roles(seats));
  serve('authenticate', hopCalls.authenticate, (credentials) => log.authenticate(credentials));
  return routes;
}

/** Answers a stranger with no code: a relay whose token is wrong must never tell a phone that its session has ended. */
function requireToken(serviceToken: string): MiddlewareHandler {
  const wanted = digest(`Bearer ${serviceToken}`);
  return async (c, next) => {
    if (!timingSafeEqual(digest(c.req.header('authorization') ?? ''), wanted)) return c.body(null, 401);
    await next();
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Only a frame that says beforehand how long it is, is read at all. */
async function readFrame(c: Context): Promise<Uint8Array> {
  const byteLength = Number(c.req.header('content-length') ?? Number.NaN);
  if (!(byteLength <= hopLimits.maxRequestBytes)) {
    throw new TrolleyError(
      'too-large',
      `A frame may have ${hopLimits.maxRequestBytes} bytes and says how many it has.`,
    );
  }
  return new Uint8Array(await c.req.arrayBuffer());
}

function refuse(error: WireError): Response {
  return answerFrame(encodeRefusal(error), errorTable[error.code].status);
}

function answerFrame(frame: Uint8Array<ArrayBuffer>, status: number): Response {
  return new Response(frame, { status, headers: { 'content-type': 'application/octet-stream' } });
}
