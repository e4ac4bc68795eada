import { HeadwaterError } from '@headwater/domain/errors';
import { datasetId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import { followHead } from '../changes/follow-feed.js';
import { NEWS_NOT_KEPT, type SearchNews } from './search-news.js';
import { watchSearch } from './watch-search.js';

const NOTHING: SearchNews = {
  ...{ number: 1, since: 0, position: 1, isComplete: true, isRestarted: false },
  ...{ entered: [], left: [], changed: [] },
};
const newsOf = (name: string, number: number, position: number): SearchNews => ({
  ...NOTHING,
  ...{ number, position, entered: [datasetId('open', name)] },
});
const noPause = (): Promise<void> => Promise.resolve();

async function* positionsOf(...all: readonly number[]): AsyncGenerator<number, void, undefined> {
  for (const position of all) yield await Promise.resolve(position);
}

test('who goes by news that are not kept any more goes on from what was seen', async () => {
  const asked: (number | null)[] = [];
  const answers: (SearchNews | HeadwaterError)[] = [
    newsOf('one', 2, 1),
    new HeadwaterError('INVALID_INPUT', 'not kept', { reason: NEWS_NOT_KEPT }),
    newsOf('two', 9, 2),
  ];
  const news = (since: number | null): Promise<SearchNews | null> => {
    asked.push(since);
    const answer = answers.shift() ?? null;
    return answer instanceof HeadwaterError ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const told: SearchNews[] = [];
  const watched = watchSearch({ watchPosition: () => positionsOf(2, 3), news, pause: noPause }, () => null);
  for await (const item of watched) told.push(item);
  expect(told.map(({ number }) => number)).toEqual([2, 9]);
  expect(asked).toEqual([null, 2, null, 9]);
});

test('a cursor that is not kept at the beginning is refused', async () => {
  const news = (): Promise<null> =>
    Promise.reject(new HeadwaterError('INVALID_INPUT', 'not kept', { reason: NEWS_NOT_KEPT }));
  const watched = watchSearch({ watchPosition: () => positionsOf(), news, pause: noPause }, () => 5);
  await expect(watched.next()).rejects.toMatchObject({ reason: NEWS_NOT_KEPT });
});

test('there is a pause before each look, and one look for all that came meanwhile', async () => {
  const steps: string[] = [];
  let head = 1;
  const news = (): Promise<SearchNews | null> => {
    steps.push(`look at ${String(head)}`);
    return Promise.resolve(head > 20 ? null : { ...NOTHING, position: head });
  };
  const pause = (): Promise<void> => {
    steps.push('pause');
    head += 10;
    return Promise.resolve();
  };
  const watched = watchSearch({ watchPosition: () => positionsOf(2, 3, 4, 12), news, pause }, () => null);
  for await (const _ of watched) expect.unreachable('nothing is new');
  expect(steps).toEqual(['look at 1', 'pause', 'look at 11', 'pause', 'look at 21']);
});

test('the head is told for events that touched no asset, too, and each place once', async () => {
  const abort = new AbortController();
  let position = 4;
  let wake = (): void => undefined;
  const feed = {
    head: () => Promise.resolve({ position, recordedAt: 0 }),
    subscribe: (ring: () => void) => {
      wake = ring;
      return () => undefined;
    },
  };
  const heads = followHead(feed, { after: 3, signal: abort.signal });
  expect(await heads.next()).toEqual({ done: false, value: 4 });
  const next = heads.next();
  wake();
  position = 7;
  wake();
  expect(await next).toEqual({ done: false, value: 7 });
  abort.abort();
  expect((await heads.next()).done).toBe(true);
});
