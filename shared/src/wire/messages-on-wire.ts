import type { Answer, WireError } from '../protocol/index.ts';

/** The fields of each message in the order in which they travel. A new field goes to the end; protocolVersion follows every change. */
export const fieldOrder = {
  hello: ['protocol', 'log', 'nowMs'],
  pull: ['list', 'epoch', 'cursor', 'clientId'],
  pulled: ['role', 'epoch', 'head', 'updates'],
  push: ['list', 'epoch', 'update', 'isBulk', 'lostLog'],
  pushed: ['epoch', 'seq'],
  update: ['list', 'epoch', 'seq', 'update'],
  head: ['list', 'epoch', 'seq'],
  presence: ['list', 'awareness'],
  roster: ['list', 'present'],
  access: ['list', 'role'],
  leave: ['list'],
} as const satisfies Record<string, readonly string[]>;

export type WireName = keyof typeof fieldOrder;

type Fields = Readonly<Record<string, unknown>>;

/** A message as it travels: its fields without their names. Absent ones at the end are left out. */
export function toWire(name: WireName, message: Fields): unknown[] {
  const values = fieldOrder[name].map((field) => message[field]);
  while (values.length > 0 && values.at(-1) === undefined) values.pop();
  return values;
}

/** What came as this message, with the names of its fields, for its schema to judge. Whatever cannot be one is null. */
export function fromWire(name: WireName, raw: unknown): Fields | null {
  if (!Array.isArray(raw)) return null;
  const message: Record<string, unknown> = {};
  for (const [index, field] of fieldOrder[name].entries()) {
    const value: unknown = raw[index];
    if (value !== undefined) message[field] = value;
  }
  return message;
}

/** An acknowledgement as it travels: an array says yes, a map with a code says no. */
export function answerToWire<T extends Fields>(name: WireName, answer: Answer<T>): unknown[] | WireError {
  return answer.ok ? toWire(name, answer.value) : answer.error;
}

/** What came as an acknowledgement, for `answerSchema` to judge. */
export function answerFromWire(name: WireName, raw: unknown): unknown {
  return Array.isArray(raw) ? { ok: true, value: fromWire(name, raw) } : { ok: false, error: raw };
}
