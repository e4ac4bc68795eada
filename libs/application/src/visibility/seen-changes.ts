import type { HiddenIds } from '@headwater/domain/access/sight';
import type { EventChanges } from '@headwater/domain/event-changes';
import type { NodeId } from '@headwater/domain/identifiers';
import { hideInChanges, type Veil } from '@headwater/domain/traversal/hide-lineage';
import type { KnownChanges, ReadEventChanges } from '../changes/read-event-changes.js';
import type { SeenEvents } from './seen-events.js';
import type { SeenNodes } from './seen-nodes.js';

export interface SeenChangesParts {
  readonly changes: Pick<ReadEventChanges, 'execute'>;
  readonly events: Pick<SeenEvents, 'of'>;
  readonly nodes: Pick<SeenNodes, 'of'>;
  readonly hiding: () => Promise<HiddenIds>;
}

/** What events changed that may be seen. Such an event may still end an edge with something hidden. */
export function seenChanges({ changes, events, nodes, hiding }: SeenChangesParts) {
  return async (positions: readonly number[]): Promise<ReadonlyMap<number, KnownChanges>> => {
    const found = await changes.execute([...(await events.of(positions))]);
    const known = [...found.values()].filter((one) => typeof one !== 'string');
    const seen = await nodes.of([...new Set(known.flatMap(idsIn))]);
    const hidden = await hiding();
    const veil: Veil = { sees: (id) => seen.has(id), hiddenId: (id) => hidden.of(id) };
    return new Map(
      [...found].map(([position, one]) => [position, typeof one === 'string' ? one : hideInChanges(one, veil)]),
    );
  };
}

function idsIn({ nodes, edges }: EventChanges): readonly NodeId[] {
  return [...nodes, ...edges.flatMap(({ from, to, jobs }) => [from, to, ...jobs])];
}
