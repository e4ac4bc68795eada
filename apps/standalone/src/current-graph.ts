import { HeadwaterError } from '@headwater/domain/errors';
import type { ExpandOptions, FrontierEntry, GraphBatch, GraphCheckpoint } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { EventLog, LineageGraph } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';

/** The graph of whichever generation is current at each call. While it is away, its errors tell how far it was behind. */
export class CurrentGraph implements LineageGraph {
  #seen: number | undefined;

  constructor(
    private readonly graph: () => LineageGraph,
    private readonly log: Pick<EventLog, 'head'>,
    /** How far this process's own worker has brought it. */
    private readonly applied: () => number | undefined,
  ) {}

  get engine(): LineageGraph['engine'] {
    return this.graph().engine;
  }

  apply(batches: readonly GraphBatch[]) {
    return this.graph().apply(batches);
  }

  async checkpoint(): Promise<GraphCheckpoint> {
    const graph = this.graph();
    const checkpoint = await this.#answered(graph.checkpoint());
    if (graph === this.graph()) this.#seen = checkpoint.position;
    return checkpoint;
  }

  nodes(ids: readonly NodeId[], knownAt: Micros) {
    return this.#answered(this.graph().nodes(ids, knownAt));
  }

  canonical(ids: readonly NodeId[], knownAt: Micros) {
    return this.#answered(this.graph().canonical(ids, knownAt));
  }

  aliases(canonicalIds: readonly NodeId[], knownAt: Micros) {
    return this.#answered(this.graph().aliases(canonicalIds, knownAt));
  }

  expand(frontier: readonly FrontierEntry[], options: ExpandOptions) {
    return this.#answered(this.graph().expand(frontier, options));
  }

  edges(options: Omit<ExpandOptions, 'direction' | 'limit'>) {
    return this.#answered(this.graph().edges(options));
  }

  close() {
    return this.graph().close();
  }

  async #answered<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      if (!(error instanceof HeadwaterError) || error.category !== 'UNAVAILABLE') throw error;
      throw await this.#withLag(error);
    }
  }

  async #withLag(error: HeadwaterError): Promise<HeadwaterError> {
    const head = await this.log.head().catch(() => undefined);
    const reached = Math.max(this.#seen ?? -1, this.applied() ?? -1);
    const lagEvents = head === undefined || reached < 0 ? null : Math.max(0, head.position - reached);
    const lag = lagEvents === null ? '' : ` It was ${String(lagEvents)} events behind the log when last seen.`;
    return new HeadwaterError('UNAVAILABLE', error.message, {
      publicMessage: `The lineage graph is not available at the moment; events are accepted meanwhile.${lag}`,
      facts: { lagEvents },
      ...(error.reason === undefined ? {} : { reason: error.reason }),
      ...(error.retryAfterS === undefined ? {} : { retryAfterS: error.retryAfterS }),
      cause: error,
    });
  }
}
