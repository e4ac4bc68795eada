import type { ChangeFeed } from '@headwater/domain/change-feed';
import type { LineageGraph } from '@headwater/domain/ports';

/** Moves one graph store along the change feed with a checkpoint of its own: never ahead of the catalog. */
export class FeedGraph {
  readonly #feed: ChangeFeed;
  readonly #graph: LineageGraph;
  #position: number | undefined;

  constructor(feed: ChangeFeed, graph: LineageGraph) {
    this.#feed = feed;
    this.#graph = graph;
  }

  /** How far the graph is, as far as this instance knows; undefined before its first look and after an error. */
  get position(): number | undefined {
    return this.#position;
  }

  /** Applies at most `limit` entries and returns how many; 0 when the graph stands where the catalog does. */
  async execute(limit: number): Promise<number> {
    try {
      this.#position ??= (await this.#graph.checkpoint()).position;
      // Read before the entries: what is behind the head is in them, so the graph may be moved up to it.
      const head = await this.#feed.head();
      if (head.position <= this.#position) return 0;
      const entries = await this.#feed.read(this.#position, limit);
      const batches = entries.map(({ position, recordedAt, changes }) => ({ position, recordedAt, changes }));
      // Events that changed nothing have no entry; an empty batch still moves the checkpoint past them.
      const reached = entries.at(-1)?.position ?? 0;
      if (entries.length < limit && head.position > reached) batches.push({ ...head, changes: [] });
      await this.#graph.apply(batches);
      this.#position = batches.at(-1)?.position ?? this.#position;
      return entries.length;
    } catch (error) {
      this.#position = undefined;
      throw error;
    }
  }
}
