import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { Checkpoints, ProjectionName } from '@headwater/domain/checkpoints';
import type { GraphCheckpoint } from '@headwater/domain/graph';
import type { LineageGraph } from '@headwater/domain/ports';

/** Checkpoints of the stores themselves. The feed's wake-ups tell of the catalog; a graph in another process is asked again. */
export class StoreCheckpoints implements Checkpoints {
  readonly #waiting = new Set<() => void>();
  #unsubscribe: (() => void) | undefined;

  constructor(
    private readonly feed: Pick<ChangeFeed, 'head' | 'subscribe'>,
    private readonly graph: Pick<LineageGraph, 'checkpoint'>,
  ) {}

  checkpoint(projection: ProjectionName): Promise<GraphCheckpoint> {
    return projection === 'CATALOG' ? this.feed.head() : this.graph.checkpoint();
  }

  async moved(timeoutMs: number): Promise<void> {
    this.#unsubscribe ??= this.feed.subscribe(() => {
      for (const wake of [...this.#waiting]) wake();
    });
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.add(done);
    });
  }

  close(): void {
    this.#unsubscribe?.();
    this.#unsubscribe = undefined;
    for (const wake of [...this.#waiting]) wake();
  }
}
