import { HeadwaterError } from '@headwater/domain/errors';
import { ProjectLog } from '@headwater/application/projection/project-log';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import { DEFAULT_NAME_RULES } from '@headwater/domain/projection/name-rules';
import { projectEvent } from '@headwater/domain/projection/project-event';
import type { ProjectionChanges } from '@headwater/domain/projection/changes';
import { PostgresProjection } from '@headwater/store-postgres/projection/postgres-projection';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { eventSets } from '../support/event-sets.js';
import { minute, run, type Sent } from '../support/lineage-events.js';
import { stateOf } from '../support/projection-state.js';
import { TEST_SETTINGS, type TestProjection } from '../support/projection.js';
import { projectionsOfFile } from '../support/rule-home.js';

const fresh = projectionsOfFile();

/** The real store, which fails in a given way whenever a batch holds the event at `position`. */
class FailingProjection extends PostgresProjection {
  constructor(
    projection: TestProjection,
    private readonly position: number,
    private readonly error: () => Error,
  ) {
    super(projection.database.pool, projection.schema);
  }

  override async save(changes: ProjectionChanges): Promise<void> {
    if (changes.references.some((reference) => reference.position === this.position)) throw this.error();
    await super.save(changes);
  }
}

async function append(projection: TestProjection, events: readonly Sent[]): Promise<void> {
  for (const { event, receivedAt } of events) {
    await projection.log.append([{ kind: 'RUN', bytes: new TextEncoder().encode(JSON.stringify(event)), receivedAt }]);
  }
}

const EVENTS = Array.from({ length: 6 }, (_, n) => run({ run: n + 1, at: n, inputs: ['a'], outputs: [`x${n}`] }));

test('an event that cannot be projected becomes a finding, and the others are projected as if it were not there', async () => {
  const projection = await fresh();
  await append(projection, EVENTS);
  const rejected: number[] = [];
  const store = new FailingProjection(projection, 3, () => new TypeError('what no one expected'));
  const log = new ProjectLog(projection.log, store, TEST_SETTINGS, (position) => rejected.push(position));
  while ((await log.execute(4)) > 0);
  expect(rejected).toEqual([3]);
  expect((await store.checkpoint()).position).toBe(6);
  const findings = await projection.rows('SELECT position, code, message FROM @.finding');
  expect(findings).toEqual([expect.objectContaining({ position: 3, code: 'EVENT_UNPROJECTABLE' })]);
  expect(String(findings[0]?.['message'])).not.toContain('no one expected');
  const { finding: _, ...state } = await stateOf(projection);
  const without = await projection.emptied();
  await without.send(...EVENTS.filter((__, n) => n !== 2));
  const { finding: __, ...expected } = await stateOf(without);
  expect(state).toEqual(expected);
});

test('a store that is away stops the projection, and nothing becomes a finding', async () => {
  const projection = await fresh();
  await append(projection, EVENTS);
  const store = new FailingProjection(projection, 3, () => new HeadwaterError('UNAVAILABLE', 'away'));
  const log = new ProjectLog(projection.log, store, TEST_SETTINGS, () => expect.unreachable());
  await expect(log.execute(4)).rejects.toThrow('away');
  expect((await store.checkpoint()).position).toBe(0);
  await projection.project();
  expect(await projection.findings()).toEqual([]);
  expect((await store.checkpoint()).position).toBe(6);
});

test('a batch taken up again after a failure gives what it would have given', async () => {
  const projection = await fresh();
  await append(projection, EVENTS);
  let failures = 2;
  class Flaky extends PostgresProjection {
    override async save(changes: ProjectionChanges): Promise<void> {
      failures -= 1;
      if (failures % 2 === 0 && failures >= 0) throw new HeadwaterError('UNAVAILABLE', 'away');
      await super.save(changes);
    }
  }
  const log = new ProjectLog(projection.log, new Flaky(projection.database.pool, projection.schema), TEST_SETTINGS);
  for (let turn = 0; turn < 10; turn += 1) await log.execute(2).catch(() => undefined);
  const state = await stateOf(projection);
  const calm = await projection.emptied();
  await calm.send(...EVENTS);
  expect(state).toEqual(await stateOf(calm));
});

type Json = unknown;

/** A member's name made of any value; `String` throws where an object has a `toString` of its own that is no function. */
const nameOf = (value: Json): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** The event with one place in it replaced, removed or doubled. */
function mutate(value: Json, path: readonly number[], replacement: Json): Json {
  const [step, ...rest] = path;
  if (typeof value !== 'object' || value === null || step === undefined) return replacement;
  if (Array.isArray(value)) {
    if (value.length === 0) return [replacement];
    const index = step % value.length;
    return value.map((item, at) => (at === index ? mutate(item, rest, replacement) : item));
  }
  const keys = Object.keys(value);
  const key = keys[step % Math.max(1, keys.length)];
  if (key === undefined) return { [nameOf(replacement)]: replacement };
  const record = value as Record<string, Json>;
  if (step % 7 === 6)
    return Object.fromEntries([...Object.entries(record), [nameOf(replacement).slice(0, 60), record[key]]]);
  return Object.fromEntries(
    Object.entries(record).map(([name, held]) => [name, name === key ? mutate(held, rest, replacement) : held]),
  );
}

const hostile = fc.oneof(
  fc.constantFrom<Json>(
    null,
    '',
    0,
    -1,
    2 ** 53,
    1e308,
    3e9,
    true,
    [],
    {},
    '__proto__',
    'constructor',
    'toString',
    '\u0000',
    '\ud800',
    '\u{1f600}'.repeat(3000),
    'a.b',
    'db/db/x',
    '2026-13-45',
    '9999-12-31T23:59:59Z',
    '0001-01-01T00:00:00Z',
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const mutations = fc.array(fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 9 }), hostile), {
  minLength: 1,
  maxLength: 3,
});

test(
  'mutated events never throw in projectEvent, and none is kept from the projection',
  { timeout: 300_000 },
  async () => {
    const projection = await fresh();
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(
        eventSets(6),
        fc.array(mutations, { minLength: 6, maxLength: 6 }),
        async ({ events }, changes) => {
          const mutated = events.map(({ event, receivedAt }, index) => ({
            event: (changes[index] ?? []).reduce<Json>(
              (held, [path, replacement]) => mutate(held, path, replacement),
              event,
            ) as Sent['event'],
            receivedAt,
          }));
          const readable = mutated.filter(({ event }) => {
            const read = readEvent(new TextEncoder().encode(JSON.stringify(event)));
            if (!read.ok) return false;
            projectEvent(
              { receivedAt: minute(0), digest: 'ab'.repeat(32) },
              read.event,
              read.findings,
              DEFAULT_NAME_RULES,
            );
            return true;
          });
          accepted += readable.length;
          await projection.send(...readable);
          const lost = await projection.rows(
            "SELECT f.position FROM @.finding f WHERE code IN ('EVENT_UNPROJECTABLE', 'EVENT_UNREADABLE')",
          );
          expect(lost).toEqual([]);
        },
      ),
      { numRuns: Number(process.env['POISON_RUNS'] ?? 300) },
    );
    expect(accepted).toBeGreaterThan(200);
  },
);
