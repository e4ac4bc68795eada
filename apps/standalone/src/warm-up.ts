import { datasetId, jobId } from '@headwater/domain/identifiers';
import type { LineageGraph } from '@headwater/domain/ports';

/**
 * Asks the graph each kind of question once, of nodes that do not exist: a store plans a statement when it first sees it
 * (Neo4j takes a second or two), and the first user's answer has a time budget. Failures are left to that user's query.
 */
export async function warmUp(graph: LineageGraph): Promise<void> {
  const dataset = datasetId('', '');
  const job = jobId('', '');
  try {
    const { recordedAt: knownAt } = await graph.checkpoint();
    await graph.nodes([dataset], knownAt);
    await graph.canonical([dataset], knownAt);
    for (const direction of ['UPSTREAM', 'DOWNSTREAM'] as const) {
      for (const withoutRows of [false, true]) {
        await graph.expand([{ node: dataset }, { node: job, arrivedBy: dataset }], {
          direction,
          valid: { at: knownAt },
          knownAt,
          kinds: ['READ', 'WRITE', 'DERIVED'],
          limit: 10,
          withoutRows,
        });
      }
    }
  } catch {
    // The store is away: whoever asks next is told so.
  }
}
