import { randomBytes } from 'node:crypto';
import { createMemberId, type ListEvent, type MemberId, type UserId } from '@trolley/shared/protocol';
import { z } from 'zod';
import { memberIdSchema, userIdSchema } from '../http/fields.ts';
import { createApi, type Api, type ApiOptions } from '../create-api.ts';
import { recordLog } from './log-lines.ts';
import { ShiftedClock } from './test-clock.ts';
import { temporaryDataDirectory } from './temporary-directory.ts';

/** Where the api under test believes that it is reached. */
export const testOrigin = 'http://trolley.test:3000';

export interface CallOptions {
  body?: unknown;
  /** As another page would send it; null for a caller that is no browser. */
  origin?: string | null;
  headers?: Record<string, string>;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The envelope's data; throws when the call was refused. */
  data(): unknown;
  /** The envelope's error code, or null when the call succeeded. */
  code(): string | null;
}

/** Somebody with a session. */
export interface Person {
  userId: UserId;
  memberId: MemberId;
  cookie: string;
  call(method: string, path: string, body?: unknown): Promise<Answer>;
}

const envelopeSchema = z.union([
  z.object({ success: z.literal(true), data: z.unknown() }),
  z.object({ success: z.literal(false), error: z.object({ code: z.string() }) }),
]);
const idsSchema = z.object({
  userId: userIdSchema,
  memberId: memberIdSchema,
});

/** The whole api on an embedded database of its own, called without a port. */
export class TestApi {
  readonly api: Api;
  readonly clock: ShiftedClock;
  readonly logLines: string[];
  readonly events: ListEvent[] = [];
  readonly #removeDirectory: () => void;

  private constructor(api: Api, clock: ShiftedClock, logLines: string[], removeDirectory: () => void) {
    this.api = api;
    this.clock = clock;
    this.logLines = logLines;
    this.#removeDirectory = removeDirectory;
    api.events.subscribe((event) => this.events.push(event));
  }

  static async start(options: Partial<ApiOptions> = {}): Promise<TestApi> {
    const directory = await temporaryDataDirectory();
    const clock = new ShiftedClock();
    const { logger, lines } = recordLog();
    const api = await createApi({
      databaseUrl: null,
      dataDir: directory.path,
      publicUrl: null,
      authSecret: randomBytes(32).toString('base64url'),
      clock,
      randomBytes,
      logger,
      ...options,
    });
    return new TestApi(api, clock, lines, () => {
      directory.remove();
    });
  }

  async call(
    method: string,
    path: string,
    { body, origin = testOrigin, headers = {} }: CallOptions = {},
  ): Promise<Answer> {
    const response = await this.api.app.request(testOrigin + path, {
      method,
      headers: {
        ...(origin === null ? {} : { origin }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return readAnswer(response);
  }

  /** A new guest, as a phone makes one. */
  async guest(name?: string): Promise<Person> {
    const answer = await this.call('POST', '/api/auth/sign-in/anonymous', { body: {} });
    const person = await this.person(cookieOf(answer));
    await person.call('PATCH', '/api/v1/me', {
      memberId: createMemberId(randomBytes),
      ...(name === undefined ? {} : { name }),
    });
    return this.person(person.cookie);
  }

  /** Whoever a cookie stands for. */
  async person(cookie: string): Promise<Person> {
    const call: Person['call'] = (method, path, body) => this.call(method, path, { body, headers: { cookie } });
    const { userId, memberId } = idsSchema.parse((await call('GET', '/api/v1/me')).data());
    return { userId, memberId, cookie, call };
  }

  async dispose(): Promise<void> {
    await this.api.dispose();
    this.#removeDirectory();
  }
}

/** What a browser would send back of the cookies that an answer set. */
export function cookieOf(answer: Answer): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function readAnswer(response: Response): Promise<Answer> {
  const text = await response.text();
  const envelope = () => envelopeSchema.parse(JSON.parse(text));
  return {
    status: response.status,
    headers: response.headers,
    text,
    data: () => {
      const answer = envelope();
      if (!answer.success) throw new Error(`refused: ${text}`);
      return answer.data;
    },
    code: () => {
      const answer = envelope();
      return answer.success ? null : answer.error.code;
    },
  };
}
