import { Principal } from '@headwater/domain/access/principal';
import { describe, expect, test } from 'vitest';
import { LoadExample } from './load-example.js';

const producer = (namespaces: readonly string[] | null): Principal =>
  new Principal({
    id: 'token:1',
    kind: 'TOKEN',
    name: 'sender',
    grants: [{ scopes: ['lineage:write'], namespaces: namespaces === null ? null : [...namespaces] }],
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
const events = (now: number): readonly object[] => Array.from({ length: 250 }, (_, index) => ({ index, now }));

describe('the example', () => {
  test('is taken in whole, in its order, and once', async () => {
    const taken = new Taken();
    const load = new LoadExample(taken, clock, events);
    const first = await load.execute(producer(null));
    expect(first).toEqual({ events: 250, position: 'log.250' });
    expect(taken.texts).toEqual(events(5).map((event) => JSON.stringify(event)));
    expect(await load.execute(producer(null))).toEqual(first);
    expect(taken.texts).toHaveLength(250);
  });

  test('is not for who may write some namespaces only', async () => {
    const taken = new Taken();
    await expect(new LoadExample(taken, clock, events).execute(producer(['mine*']))).rejects.toMatchObject({
      category: 'FORBIDDEN',
      reason: 'MISSING_SCOPE',
    });
    expect(taken.texts).toEqual([]);
  });

  test('may be missing', async () => {
    await expect(new LoadExample(new Taken(), clock, null).execute(producer(null))).rejects.toMatchObject({
      reason: 'NO_EXAMPLE',
    });
  });
});
