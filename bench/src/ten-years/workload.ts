import type { CategoryId } from '@trolley/shared/document';
import { SeededRandom } from '@trolley/shared/testing';
import { anyCategory, anySyllable, makeProducts, type Staple } from './products.ts';
import { hourMs, makeSessions, makeTrips, minuteMs, momentIn, weekMs, type Session, type Trip } from './sessions.ts';

/** Something that happens on one phone. Names stand for items, as people mean them. */
export type FamilyEvent = FamilyVisit | FamilyEdit;

/** Somebody opens the app, or puts it away. */
export type FamilyVisit = Place & ({ readonly kind: 'open'; readonly isOffline: boolean } | { readonly kind: 'close' });

/** Something that somebody does to the list. */
export type FamilyEdit =
  | FamilyChange
  | (Place & { readonly kind: 'clear' | 'tidy' })
  | (Place & {
      readonly kind: 'add';
      readonly name: string;
      readonly quantity: number;
      readonly unit: string;
      readonly category: CategoryId;
      readonly note: string;
    });

/** Something that somebody does to what is on the list. */
export type FamilyChange = Place & Change;

interface Place {
  readonly atMs: number;
  readonly device: number;
}

type Change =
  | { readonly kind: 'amount'; readonly name: string; readonly quantity: number }
  | { readonly kind: 'note'; readonly name: string; readonly note: string }
  | { readonly kind: 'category'; readonly name: string; readonly category: CategoryId }
  | { readonly kind: 'rename'; readonly name: string; readonly to: string }
  | { readonly kind: 'tick' | 'untick' | 'remove'; readonly name: string }
  | { readonly kind: 'move'; readonly name: string; readonly after: string };

export const workloadStartMs = Date.UTC(2027, 0, 4);

const notes = [
  'organic if possible',
  'the big one',
  'not the blue brand',
  'for Saturday',
  'check the date',
  'two if on offer',
  'ripe',
  'unsalted',
];

/**
 * What a family of four does with its list, week after week, in order of time: 60 staples and a fifth of one-offs, two trips a week,
 * some 22,000 additions, 22,000 ticks, 6,800 edits and 3,000 moves in ten years.
 */
export function makeWorkload(weeks: number, seed: number): FamilyEvent[] {
  const random = new SeededRandom(seed);
  const products = makeProducts(random);
  const events: FamilyEvent[] = [];
  let leftOver: readonly string[] = [];
  for (let week = 0; week < weeks; week++) {
    const startMs = workloadStartMs + week * weekMs;
    const trips = makeTrips(random, startMs);
    const sessions = makeSessions(random, startMs, trips);
    for (const { device, fromMs, toMs, isOffline } of sessions) {
      events.push({ kind: 'open', device, atMs: fromMs - 1, isOffline }, { kind: 'close', device, atMs: toMs + 1 });
    }
    for (const trip of trips) {
      const planning = sessions.filter(
        ({ isTrip, fromMs, toMs }) => !isTrip && fromMs >= trip.plannedFromMs && toMs < trip.atMs,
      );
      if (planning.length === 0) continue;
      const wanted = planTrip(random, events, { trip, planning, products, leftOver });
      leftOver = goShopping(random, events, trip, wanted);
      clearUp(random, events, trip, sessions);
    }
  }
  return events.sort((a, b) => a.atMs - b.atMs);
}

interface Plan {
  readonly trip: Trip;
  readonly planning: readonly Session[];
  readonly products: { readonly staples: readonly Staple[]; readonly oneOffs: readonly Staple[] };
  readonly leftOver: readonly string[];
}

/** People write down what to buy, change their minds and drag things about. Returns what is on the list in the end. */
function planTrip(random: SeededRandom, events: FamilyEvent[], { trip, planning, products, leftOver }: Plan): string[] {
  const staples = products.staples.filter(({ chance }) => random.chance(chance));
  const oneOffCount = Math.round(staples.length * 0.25 * (0.5 + random.fraction()));
  const oneOffs = Array.from({ length: oneOffCount }, () => random.pick(products.oneOffs));
  const names = [...leftOver];
  for (const product of [...staples, ...oneOffs]) {
    if (names.includes(product.name)) continue;
    const session = random.pick(planning);
    const name = addAndEdit(random, events, product, session, planning);
    if (random.chance(0.02)) {
      events.push({
        kind: 'remove',
        name,
        device: session.device,
        atMs: trip.atMs - 2 * minuteMs - random.integer(1_000),
      });
    } else names.push(name);
  }
  for (let i = 0; i < 3 && names.length > 2; i++) {
    const session = random.pick(planning);
    const [name, after] = [random.pick(names), random.pick(names)];
    const atMs = Math.max(momentIn(random, session), session.toMs - 1_000);
    if (name !== after) events.push({ kind: 'move', name, after, device: session.device, atMs });
  }
  return names;
}

/** Adds a product and, three times in ten, has somebody edit it later. Returns the name that it has then. */
function addAndEdit(
  random: SeededRandom,
  events: FamilyEvent[],
  { name, unit, category }: Staple,
  session: Session,
  planning: readonly Session[],
): string {
  const addedMs = momentIn(random, session);
  const quantity = random.chance(0.7) ? 1 : 1 + random.integer(5);
  const note = random.chance(0.12) ? random.pick(notes) : '';
  events.push({ kind: 'add', name, quantity, unit, category, note, device: session.device, atMs: addedMs });
  if (!random.chance(0.3)) return name;

  const later = planning.filter(({ fromMs }) => fromMs > addedMs);
  const editing = later.length > 0 ? random.pick(later) : session;
  const editedMs =
    later.length > 0 ? momentIn(random, editing) : Math.min(addedMs + 1_000 + random.integer(20_000), session.toMs);
  const edit = anyEdit(random, name);
  events.push({ ...edit, device: editing.device, atMs: editedMs });
  return edit.kind === 'rename' ? edit.to : name;
}

function anyEdit(random: SeededRandom, name: string): Change {
  const kind = random.fraction();
  if (kind < 0.62) return { kind: 'amount', name, quantity: 1 + random.integer(6) };
  if (kind < 0.94) return { kind: 'note', name, note: random.pick(notes) };
  if (kind < 0.97) return { kind: 'category', name, category: anyCategory(random) };
  return { kind: 'rename', name, to: `${name} ${anySyllable(random)}` };
}

/** One person ticks things off in the shop, in any order. Returns what was not to be had. */
function goShopping(random: SeededRandom, events: FamilyEvent[], trip: Trip, wanted: readonly string[]): string[] {
  const { shopper: device } = trip;
  const leftOver: string[] = [];
  let atMs = trip.atMs + 2 * minuteMs;
  for (const name of shuffled(random, wanted)) {
    if (random.chance(0.07)) {
      leftOver.push(name);
      continue;
    }
    atMs = Math.min(atMs + 30_000 + random.integer(60_000), trip.atMs + 42 * minuteMs);
    events.push({ kind: 'tick', name, device, atMs });
    if (random.chance(0.03)) {
      events.push(
        { kind: 'untick', name, device, atMs: atMs + 5_000 },
        { kind: 'tick', name, device, atMs: atMs + 20_000 },
      );
    }
  }
  return leftOver;
}

/** What has been on the list for weeks is taken off; what was bought is cleared, in the shop or by somebody later. */
function clearUp(
  random: SeededRandom,
  events: FamilyEvent[],
  { atMs, shopper }: Trip,
  sessions: readonly Session[],
): void {
  events.push({ kind: 'tidy', device: shopper, atMs: atMs + 43 * minuteMs });
  if (random.chance(0.8)) {
    events.push({ kind: 'clear', device: shopper, atMs: atMs + 44 * minuteMs });
    return;
  }
  const later = sessions.filter(({ isTrip, fromMs }) => !isTrip && fromMs > atMs + hourMs);
  if (later.length === 0) return;
  const session = random.pick(later);
  events.push({ kind: 'clear', device: session.device, atMs: momentIn(random, session) });
}

function shuffled<T>(random: SeededRandom, values: readonly T[]): T[] {
  return values
    .map((value) => ({ value, at: random.fraction() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}
