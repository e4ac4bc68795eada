import { SingleBar } from 'cli-progress';
import type { Stores } from '../stores.js';

export interface Bar {
  readonly stores: Stores;
  readonly what: string;
  readonly stream: NodeJS.WriteStream;
}

/** Shows how far work along the log is, while it lasts. */
export async function withBar<T>(
  { stores, what, stream }: Bar,
  work: (onProgress: (done: number, total?: number) => void) => Promise<T>,
): Promise<T> {
  const bar = new SingleBar({
    format: `${what} [{bar}] {percentage}% | {value}/{total} events | {eta_formatted} left`,
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    stream,
  });
  bar.start((await stores.log.head()).position, 0);
  try {
    return await work((done, total) => {
      if (total !== undefined) bar.setTotal(total);
      bar.update(done);
    });
  } finally {
    bar.stop();
  }
}
