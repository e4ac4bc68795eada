import type { AcceptedEvent, EventKind, StoredEvent } from '@headwater/domain/events';
import type { EventLog } from '@headwater/domain/ports';
import { describe, expect, test } from 'vitest';

export interface EventLogHarness {
  readonly log: EventLog;
  /** A second log over the same store, as another process would open it. */
  readonly other: EventLog;
  /** Calls the listener soon after a group was committed, by whichever log. */
  readonly subscribe: (listener: () => void) => () => void;
  close(): Promise<void>;
}

export interface EventLogContract {
  /** The adapter's name, as the report shows it. */
  readonly name: string;
  /** An empty log that shares nothing with the ones made before; the suite closes it. */
  readonly create: () => Promise<EventLogHarness>;
  /** Tests this adapter cannot pass, by exact title, each with the reason to print. An unknown title is an error. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

const BASE = Date.UTC(2026, 10, 23, 9) * 1000;

function event(text: string, receivedAt = BASE, kind: EventKind = 'RUN'): AcceptedEvent {
  return { kind, bytes: Buffer.from(JSON.stringify({ text })), receivedAt };
}

async function readAll(log: EventLog): Promise<StoredEvent[]> {
  const all: StoredEvent[] = [];
  for (;;) {
    const page = await log.readAfter(all.length, 100);
    if (page.length === 0) return all;
    all.push(...page);
  }
}

function isDense(positions: readonly number[]): boolean {
  return positions.every((position, index) => position === index + 1);
}

const cases: Readonly<Record<string, (harness: EventLogHarness) => Promise<void>>> = {
  'an empty log has its head at 0 and nothing to read': async ({ log }) => {
    expect((await log.head()).position).toBe(0);
    expect(await log.readAfter(0, 10)).toEqual([]);
    expect(await log.read([1, 2])).toEqual([]);
    expect(await log.append([])).toEqual([]);
    expect(log.logId).toMatch(/^[0-9A-Za-z_-]+$/);
  },

  '7. an event can be read, by any process, as soon as its append has resolved': async ({ log, other }) => {
    const [appended] = await log.append([event('a')]);
    expect(appended).toEqual({ position: 1, duplicate: false });
    expect((await other.readAfter(0, 10)).map((stored) => stored.position)).toEqual([1]);
    expect(await other.head()).toMatchObject({ position: 1 });
  },

  '6. bytes come back exactly as they were given, whatever they are': async ({ log }) => {
    const everyByte = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
    const bodies = [
      everyByte,
      Buffer.concat(Array.from({ length: 5_000 }, () => everyByte)),
      Buffer.from('{ "b" : 12345678901234567890 ,\t"a":1.0, "\\u0000": "\\ud800" , "a": 2 }\n'),
      Buffer.from([0xff, 0xfe, 0x00, 0x5c, 0x78, 0x27, 0x22, 0x7b, 0x2c, 0x7d]),
      Buffer.from('\\x00'),
      Buffer.alloc(0),
    ];
    await log.append(bodies.map((bytes) => ({ kind: 'RUN', bytes, receivedAt: BASE })));
    const stored = await readAll(log);
    expect(stored).toHaveLength(bodies.length);
    stored.forEach((one, index) => expect(Buffer.compare(one.bytes, bodies[index] as Buffer)).toBe(0));
  },

  'kind, times to the microsecond and a digest of 64 hex digits are stored': async ({ log }) => {
    const kinds: readonly EventKind[] = ['RUN', 'JOB', 'DATASET', 'EDIT', 'DECISION', 'ACCESS'];
    await log.append(kinds.map((kind, index) => event(kind, BASE + 123_456 + index, kind)));
    const stored = await readAll(log);
    expect(stored.map(({ kind, receivedAt }) => [kind, receivedAt])).toEqual(
      kinds.map((kind, index) => [kind, BASE + 123_456 + index]),
    );
    expect(new Set(stored.map((one) => one.digest)).size).toBe(kinds.length);
    for (const { digest } of stored) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  },

  'parts come back by position with what stands for them, and those of a duplicate are not kept again': async ({
    log,
    other,
  }) => {
    const keyId = '0b5c6b1e-6d0c-4f0e-9a53-0c7a1f4f2a11';
    const part = (offset: number, length: number, text: string) => ({
      ...{ offset, length, keyId },
      ciphertext: Buffer.from(text),
    });
    const holding = (text: string) => ({ ...event(''), bytes: Buffer.from(text) });
    const two = { ...holding('ä: <one> <two>'), parts: [part(4, 5, 'first'), part(10, 5, 'second')] };
    const one = { ...holding('<one>'), parts: [part(0, 5, 'third')] };
    await log.append([event('none'), two, one, two]);
    await other.append([two, { ...holding('<new>'), parts: [part(0, 5, 'fourth')] }]);
    const found = await log.parts([4, 2, 1, 3, 99, 2]);
    expect(found.map(({ ciphertext, ...rest }) => ({ ...rest, text: Buffer.from(ciphertext).toString() }))).toEqual([
      { position: 2, keyId, placeholder: '<one>', text: 'first' },
      { position: 2, keyId, placeholder: '<two>', text: 'second' },
      { position: 3, keyId, placeholder: '<one>', text: 'third' },
      { position: 4, keyId, placeholder: '<new>', text: 'fourth' },
    ]);
    expect(await log.parts([])).toEqual([]);
  },

  '6. the same bytes again are a duplicate with the first position, in one call and in later ones': async ({
    log,
    other,
  }) => {
    const first = await log.append([event('a'), event('b'), event('a'), event('b'), event('c')]);
    expect(first.map(({ position, duplicate }) => [position, duplicate])).toEqual([
      [1, false],
      [2, false],
      [1, true],
      [2, true],
      [3, false],
    ]);
    const second = await other.append([event('c'), event('d'), event('a')]);
    expect(second.map(({ position, duplicate }) => [position, duplicate])).toEqual([
      [3, true],
      [4, false],
      [1, true],
    ]);
    expect(isDense((await readAll(log)).map((stored) => stored.position))).toBe(true);
  },

  '6. a resend in a later month is a duplicate, and its first receipt stands': async ({ log }) => {
    const november = Date.UTC(2026, 10, 30, 23, 59, 59) * 1000 + 999_999;
    const midnight = Date.UTC(2026, 11, 1) * 1000;
    const nextYear = Date.UTC(2027, 0, 1) * 1000;
    expect(await log.append([event('last of the month', november)])).toEqual([{ position: 1, duplicate: false }]);
    const answer = await log.append([
      event('last of the month', midnight),
      event('first of the month', midnight),
      event('last of the month', nextYear),
      event('first of the year', nextYear),
      event('late', november),
    ]);
    expect(answer.map(({ position, duplicate }) => [position, duplicate])).toEqual([
      [1, true],
      [2, false],
      [1, true],
      [3, false],
      [4, false],
    ]);
    const stored = await log.readAfter(0, 10);
    expect(stored.map(({ position, receivedAt }) => [position, receivedAt])).toEqual([
      [1, november],
      [2, midnight],
      [3, nextYear],
      [4, november],
    ]);
  },

  '6. the same bytes in concurrent calls are stored once and answered with one position': async ({ log, other }) => {
    const calls = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? log : other).append([event('same')]));
    const answers = (await Promise.all(calls)).flat();
    expect(answers.filter((answer) => !answer.duplicate)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.position))).toEqual(new Set([1]));
    expect(await readAll(log)).toHaveLength(1);
  },

  'positions are dense under concurrent calls, and each call gets those of its own events in order': async ({
    log,
    other,
  }) => {
    const calls = Array.from({ length: 60 }, async (_, call) => {
      const events = Array.from({ length: (call % 5) + 1 }, (_, index) => event(`${call}/${index}`));
      const answers = await (call % 2 === 0 ? log : other).append(events);
      return events.map((one, index) => ({ text: Buffer.from(one.bytes).toString(), answer: answers[index] }));
    });
    const answered = (await Promise.all(calls)).flat();
    const stored = await readAll(other);
    expect(stored).toHaveLength(answered.length);
    expect(isDense(stored.map((one) => one.position))).toBe(true);
    for (const { text, answer } of answered) {
      expect(answer?.duplicate).toBe(false);
      expect(Buffer.from(stored[(answer?.position ?? 0) - 1]?.bytes ?? []).toString()).toBe(text);
    }
  },

  'a reader that follows the log while others append misses nothing and sees nothing twice': async ({ log, other }) => {
    const progress = { isWriting: true };
    const writers = Promise.all(
      [log, other].map(async (target, writer) => {
        for (let index = 0; index < 60; index++) {
          await target.append(Array.from({ length: (index % 4) + 1 }, (_, n) => event(`${writer}/${index}/${n}`)));
        }
      }),
    ).finally(() => (progress.isWriting = false));
    const seen: number[] = [];
    for (;;) {
      const isLast = !progress.isWriting;
      const page = await other.readAfter(seen.length, 7);
      seen.push(...page.map((stored) => stored.position));
      if (isLast && page.length === 0) break;
    }
    await writers;
    expect(isDense(seen)).toBe(true);
    expect(seen).toHaveLength((await log.head()).position);
  },

  '10. recordedAt never decreases with position, whatever receivedAt says': async ({ log, other }) => {
    for (let index = 0; index < 20; index++) {
      await Promise.all([
        log.append([event(`a${index}`, BASE - index)]),
        other.append([event(`b${index}`, BASE + index)]),
      ]);
    }
    const times = (await readAll(log)).map((stored) => stored.recordedAt);
    expect(times).toHaveLength(40);
    expect(times.every((time) => Number.isSafeInteger(time) && time > 0)).toBe(true);
    expect([...times].sort((left, right) => left - right)).toEqual(times);
    expect((await log.head()).recordedAt).toBe(times.at(-1));
  },

  'a row that the store refuses fails its own call and no other': async ({ log }) => {
    const calls = Array.from({ length: 30 }, (_, index) => {
      if (index === 7) return log.append([event('no time', Number.NaN)]);
      if (index === 19) return log.append([event('good'), event('no kind', BASE, 'not a kind' as EventKind)]);
      return log.append([event(`good ${index}`)]);
    });
    const outcomes = await Promise.allSettled(calls);
    const failed = outcomes.flatMap((outcome, index) => (outcome.status === 'rejected' ? [index] : []));
    expect(failed).toEqual([7, 19]);
    expect((outcomes[7] as PromiseRejectedResult).reason).toMatchObject({ category: 'INTERNAL' });
    const stored = await readAll(log);
    expect(stored).toHaveLength(28);
    expect(isDense(stored.map((one) => one.position))).toBe(true);
  },

  'read answers the positions asked for in their order, and leaves out unknown ones': async ({ log }) => {
    await log.append(['a', 'b', 'c'].map((text) => event(text)));
    expect((await log.read([3, 1, 99, 1])).map((stored) => stored.position)).toEqual([3, 1, 1]);
  },

  'a page of large events may be short but is never empty': async ({ log }) => {
    const large = Array.from({ length: 5 }, (_, index) => ({
      ...event(''),
      bytes: Buffer.alloc(12_000_000, index + 1),
    }));
    for (const one of large) await log.append([one]);
    const sizes = (await readAll(log)).map((stored) => [stored.bytes.byteLength, stored.bytes[0]]);
    expect(sizes).toEqual(large.map((one, index) => [one.bytes.byteLength, index + 1]));
  },

  'subscribers are woken by every log of the store': async ({ log, other, subscribe }) => {
    let wakeUps = 0;
    let wake: () => void = () => undefined;
    const nextWake = (): Promise<void> => new Promise((resolve) => (wake = resolve));
    const unsubscribe = subscribe(() => {
      wakeUps++;
      wake();
    });
    for (const target of [log, other]) {
      // A first wake-up may belong to the connection itself, so the log is read after each, as subscribers do.
      await target.append([event(`by ${target === log ? 'one' : 'other'}`)]);
      const { position } = await target.head();
      const woken = nextWake();
      await target.append([event(`and ${position}`)]);
      await woken;
    }
    unsubscribe();
    expect(wakeUps).toBeGreaterThanOrEqual(2);
  },
};

/** Declares the whole contract of the {@link EventLog} port for one adapter. Call it at the top of a spec file. */
export function eventLogContract({ name, create, skip = [] }: EventLogContract): void {
  const reasons = new Map(skip.map((entry) => [entry.test, entry.reason]));
  const unknown = [...reasons.keys()].filter((title) => !(title in cases));
  if (unknown.length > 0) throw new Error(`skip names tests that the contract does not have: ${unknown.join('; ')}`);

  describe(`EventLog: ${name}`, () => {
    for (const [title, body] of Object.entries(cases)) {
      const reason = reasons.get(title);
      test(reason === undefined ? title : `${title} (skipped: ${reason})`, { skip: reason !== undefined }, async () => {
        const harness = await create();
        try {
          await body(harness);
        } finally {
          await harness.close();
        }
      });
    }
  });
}
