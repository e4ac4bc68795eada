import type { GraphBatch, ExpandOptions, FrontierEntry } from '@headwater/domain/graph';
import type { NodeId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';
import type { Micros } from '@headwater/domain/time';

/** The graph of whichever generation is current at each call. */
export class CurrentGraph implements LineageGraph {
  constructor(private readonly graph: () => LineageGraph) {}

  get engine(): LineageGraph['engine'] {
    return this.graph().engine;
  }

  apply(batches: readonly GraphBatch[]) {
    return this.graph().apply(batches);
  }

  checkpoint() {
    return this.graph().checkpoint();
  }

  nodes(ids: readonly NodeId[], knownAt: Micros) {
    return this.graph().nodes(ids, knownAt);
  }

  canonical(ids: readonly NodeId[], knownAt: Micros) {
    return this.graph().canonical(ids, knownAt);
  }

  aliases(canonicalIds: readonly NodeId[], knownAt: Micros) {
    return this.graph().aliases(canonicalIds, knownAt);
  }

  expand(frontier: readonly FrontierEntry[], options: ExpandOptions) {
    return this.graph().expand(frontier, options);
  }

  edges(options: Omit<ExpandOptions, 'direction' | 'limit'>) {
    return this.graph().edges(options);
  }

  close() {
    return this.graph().close();
  }
}
