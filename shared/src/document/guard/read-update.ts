import { isKeyOf, isRootName } from '../model/root-names.ts';
import { ByteReader } from './byte-reader.ts';
import { GuardRejection } from './guard-reason.ts';
import { hasCycle } from './has-cycle.ts';
import { skipValue } from './skip-value.ts';

/** A position in one client's history. */
export interface ClockId {
  readonly client: number;
  readonly clock: number;
}

/** One write: what it follows (the value it replaces), or else the key it is the first value of. */
export interface StructOutline {
  readonly clock: number;
  readonly length: number;
  readonly origin: ClockId | null;
  /** `root/key`, only where the bytes name it. */
  readonly slot: string | null;
}

/** Consecutive writes of one client; `end` is the clock after the last. */
export interface BlockOutline {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
  readonly structs: readonly StructOutline[];
}

/** A range of clocks that the update marks as deleted; `end` is exclusive. */
export interface DeleteOutline {
  readonly client: number;
  readonly clock: number;
  readonly end: number;
}

/** What an update says, without its values. */
export interface UpdateOutline {
  readonly blocks: readonly BlockOutline[];
  readonly deletes: readonly DeleteOutline[];
}

const maxClientId = 0xffff_ffff;
/** How many client ids an update may speak of. An epoch ends at 700, and a snapshot of an epoch is one update. */
const maxClients = 4_096;
/** More writes than any client makes, which lives as long as one visit to a page. */
const maxClock = 2 ** 31;

/** Kinds of struct and content in Yjs' V1 encoding: the low five bits of the info byte. */
const kind = { deleted: 1, any: 8, skip: 10, mask: 31 };
/** A shared type and a subdocument. */
const nestedKinds: ReadonlySet<number> = new Set([7, 9]);
/** The bits beside them. A write to a map has a key and nothing to its right. */
const flag = { hasOrigin: 128, hasRightOrigin: 64, hasKey: 32 };

/** As many as a tap writes: to look through them is quicker than to make a set of them. */
const fewStructs = 8;

/** Longest root name or key that is looked at. */
const maxSlotBytes = 32;

/**
 * Reads a V1 update against a whitelist of what `ListDocument` writes, which is root maps that hold plain JSON. Time and memory are
 * bounded by the length of the bytes, never by what they declare. Throws `GuardRejection` or whatever lib0 throws.
 */
export function readUpdate(bytes: Uint8Array): UpdateOutline {
  const reader = new ByteReader(bytes);
  const outline = { blocks: readBlocks(reader), deletes: readDeletes(reader) };
  if (reader.bytesLeft > 0) throw new GuardRejection('malformed');
  if (hasCycle(outline.blocks)) throw new GuardRejection('dependency-cycle');
  return outline;
}

function readBlocks(reader: ByteReader): BlockOutline[] {
  const blocks: BlockOutline[] = [];
  let previousClient = Infinity;
  for (let left = readClientCount(reader); left > 0; left--) {
    const structCount = reader.count(2);
    const client = readClient(reader, previousClient);
    const block = readBlock(reader, client, structCount);
    blocks.push(block);
    previousClient = client;
  }
  return blocks;
}

function readBlock(reader: ByteReader, client: number, structCount: number): BlockOutline {
  if (structCount === 0) throw new GuardRejection('malformed');
  const clock = reader.uint();
  const structs: StructOutline[] = [];
  const begun = structCount > fewStructs ? new Set<string>() : null;
  let end = clock;
  for (let left = structCount; left > 0; left--) {
    const struct = readStruct(reader, client, end);
    if (struct.slot !== null) requireFirst(struct.slot, structs, begun);
    structs.push(struct);
    end += struct.length;
    if (end > maxClock) throw new GuardRejection('clock-range');
  }
  return { client, clock, end, structs };
}

function readStruct(reader: ByteReader, client: number, clock: number): StructOutline {
  const info = reader.byte();
  const contentKind = info & kind.mask;
  if (contentKind === kind.skip) throw new GuardRejection('skip');
  if (nestedKinds.has(contentKind)) throw new GuardRejection('nested-type');
  if (contentKind !== kind.any && contentKind !== kind.deleted) throw new GuardRejection('unsupported-content');
  const hasOrigin = (info & flag.hasOrigin) !== 0;
  // A struct with an origin takes its key from there, and merging drops the flag that says so; without one it must name a key.
  const isKeyed = hasOrigin || (info & flag.hasKey) !== 0;
  if (!isKeyed || (info & flag.hasRightOrigin) !== 0) throw new GuardRejection('list-insert');
  const origin = hasOrigin ? readOrigin(reader, client, clock) : null;
  const slot = hasOrigin ? null : readSlot(reader);
  return { clock, length: readContent(reader, contentKind), origin, slot };
}

/** Whoever writes a key again follows the write before, so nobody begins a key twice. Yjs searches the whole history of such a key. */
function requireFirst(slot: string, before: readonly StructOutline[], begun: Set<string> | null): void {
  const isBegun = begun === null ? before.some((struct) => struct.slot === slot) : begun.has(slot);
  if (isBegun) throw new GuardRejection('malformed');
  begun?.add(slot);
}

function readOrigin(reader: ByteReader, client: number, clock: number): ClockId {
  const origin = { client: reader.uint(), clock: reader.uint() };
  if (origin.client === client && origin.clock >= clock) throw new GuardRejection('dependency-cycle');
  return origin;
}

function readSlot(reader: ByteReader): string {
  const namesRoot = reader.uint() === 1;
  if (!namesRoot) throw new GuardRejection('nested-type');
  const root = reader.text(maxSlotBytes, 'unknown-root');
  if (!isRootName(root)) throw new GuardRejection('unknown-root');
  const key = reader.text(maxSlotBytes, 'bad-key');
  if (!isKeyOf(root, key)) throw new GuardRejection('bad-key');
  return `${root}/${key}`;
}

/** Returns how many clocks the content takes. */
function readContent(reader: ByteReader, contentKind: number): number {
  const length = reader.uint();
  if (length < 1 || length > maxClock) throw new GuardRejection('clock-range');
  if (contentKind === kind.deleted) return length;
  if (length !== 1) throw new GuardRejection('unsupported-content');
  skipValue(reader);
  return 1;
}

function readDeletes(reader: ByteReader): DeleteOutline[] {
  const deletes: DeleteOutline[] = [];
  let previousClient = Infinity;
  for (let left = readClientCount(reader); left > 0; left--) {
    const client = readClient(reader, previousClient);
    previousClient = client;
    readRanges(reader, client, deletes);
  }
  return deletes;
}

function readRanges(reader: ByteReader, client: number, deletes: DeleteOutline[]): void {
  let left = reader.count(2);
  if (left === 0) throw new GuardRejection('malformed');
  for (let previousEnd = 0; left > 0; left--) {
    const clock = reader.uint();
    const end = clock + reader.uint();
    if (clock < previousEnd || end <= clock) throw new GuardRejection('malformed');
    if (end > maxClock) throw new GuardRejection('clock-range');
    deletes.push({ client, clock, end });
    previousEnd = end;
  }
}

function readClientCount(reader: ByteReader): number {
  const count = reader.count(3);
  if (count > maxClients) throw new GuardRejection('too-many-clients');
  return count;
}

/** Yjs writes clients in falling order, each once; `mergeUpdates` relies on it. */
function readClient(reader: ByteReader, previousClient: number): number {
  const client = reader.uint();
  if (client > maxClientId || client >= previousClient) throw new GuardRejection('malformed');
  return client;
}
