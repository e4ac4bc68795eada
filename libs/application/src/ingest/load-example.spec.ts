import { Principal } from '@headwater/domain/access/principal';
import type { Scope } from '@headwater/domain/access/scopes';
import { MemoryEventLog } from '@headwater/store-contract/memory-event-log';
import { describe, expect, test } from 'vitest';
import { LoadExample } from './load-example.js';

const producer = (namespaces: readonly string[] | null, scopes: readonly Scope[] = ['lineage:write']): Principal =>
  new Principal({
    id: 'token:1',
    kind: 'TOKEN',
    name: 'sender',
    grants: [{ scopes: [...scopes], namespaces: namespaces === null ? null : [...namespaces] }],
  });

/** Takes each text once, as the log does. */
class Taken {
  readonly texts: string[] = [];

  one(bytes: Uint8Array): Promise<{ readonly position: string; readonly duplicate: boolean }> {
    const text = new TextDecoder().decode(bytes);
    const duplicate = this.texts.includes(text);
    if (!duplicate) this.texts.push(text);
    return Promise.resolve({ position: `log.${this.texts.indexOf(text) + 1}`, duplicate });
  }
}

const clock = { now: () => 5 };
const example = {
  events: (now: number): readonly object[] => Array.from({ length: 250 }, (_, index) => ({ index, now })),
  edits: (): readonly Uint8Array[] => ['{"edit": 1}', '{"edit": 2}'].map((text) => new TextEncoder().encode(text)),
};
const portsOf = (accept: Taken, log = new MemoryEventLog({ clock, logId: 'abcdefabcdef' })) => ({
  accept,
  log,
  clock,
  example,
});

describe('the example', () => {
  test('is taken in whole, in its order, and once', async () => {
    const taken = new Taken();
    const load = new LoadExample(portsOf(taken));
    const first = await load.execute(producer(null));
    expect(first).toEqual({ events: 250, edits: 0, position: 'log.250' });
    expect(taken.texts).toEqual(example.events(5).map((event) => JSON.stringify(event)));
    expect(await load.execute(producer(null))).toEqual(first);
    expect(taken.texts).toHaveLength(250);
  });

  test('has edits for whoever may edit the whole catalog, once', async () => {
    const log = new MemoryEventLog({ clock, logId: 'abcdefabcdef' });
    const load = new LoadExample(portsOf(new Taken(), log));
    const scopes = ['lineage:write', 'catalog:read', 'catalog:edit'] as const;
    const first = await load.execute(producer(null, scopes));
    expect(first).toEqual({ events: 250, edits: 2, position: 'log.250' });
    expect(await load.execute(producer(null, scopes))).toEqual(first);
    const stored = await log.readAfter(0, 10);
    expect(stored.map(({ kind, bytes }) => [kind, new TextDecoder().decode(bytes)])).toEqual([
      ['EDIT', '{"edit": 1}'],
      ['EDIT', '{"edit": 2}'],
    ]);
  });

  test('gives the position of the latest, where the edits were here before the events', async () => {
    const log = new MemoryEventLog({ clock, logId: 'abcdefabcdef' });
    const editor = producer(null, ['lineage:write', 'catalog:read', 'catalog:edit']);
    let day = 1;
    const accept = {
      one: async (bytes: Uint8Array) => {
        const [appended] = await log.append([{ kind: 'RUN', bytes, receivedAt: day }]);
        return { position: `abcdefabcdef.${String(appended?.position)}`, duplicate: appended?.duplicate ?? false };
      },
    };
    const load = new LoadExample({ accept, log, clock: { now: () => day }, example });
    expect((await load.execute(editor)).position).toBe('abcdefabcdef.252');
    day = 2;
    expect((await load.execute(editor)).position).toBe('abcdefabcdef.502');
  });

  test('is not for who may write some namespaces only', async () => {
    const taken = new Taken();
    await expect(new LoadExample(portsOf(taken)).execute(producer(['mine*']))).rejects.toMatchObject({
      category: 'FORBIDDEN',
      reason: 'MISSING_SCOPE',
    });
    expect(taken.texts).toEqual([]);
  });

  test('may be missing', async () => {
    const load = new LoadExample({ ...portsOf(new Taken()), example: null });
    await expect(load.execute(producer(null))).rejects.toMatchObject({ reason: 'NO_EXAMPLE' });
  });
});
