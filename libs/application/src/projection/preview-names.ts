import { isLineage } from '@headwater/domain/events';
import type { NodeId } from '@headwater/domain/identifiers';
import type { EventLog } from '@headwater/domain/ports';
import { FacetMemory } from '@headwater/domain/openlineage/facet-memory';
import { readEvent } from '@headwater/domain/openlineage/read-event';
import type { NameRules } from '@headwater/domain/projection/name-rules';
import { projectEvent } from '@headwater/domain/projection/project-event';
import type { EventStatements } from '@headwater/domain/projection/statements';

const EVENTS_A_READ = 500;

/** One name as events send it: the dataset or job it belongs to under either set of rules. */
export interface RenamedNode {
  readonly sent: NodeId;
  readonly now: NodeId;
  readonly then: NodeId;
}

export interface NamesPreview {
  /** Names that would belong to another dataset or job than now, by `then` and `sent`. */
  readonly renamed: readonly RenamedNode[];
  /** Datasets and jobs that events name, under the rules of now and of then. */
  readonly nodes: { readonly now: number; readonly then: number };
}

/**
 * What other name rules would make of every event in the log (rule 26), with nothing changed. Reads the whole log, as a
 * rebuild does. `onProgress` is told how many events have been read.
 */
export async function previewNames(
  log: Pick<EventLog, 'readAfter'>,
  now: NameRules,
  then: NameRules,
  onProgress: (events: number) => void = () => undefined,
): Promise<NamesPreview> {
  const names = [new Map<NodeId, NodeId>(), new Map<NodeId, NodeId>()] as const;
  const facets = new FacetMemory();
  for (let position = 0; ;) {
    const events = await log.readAfter(position, EVENTS_A_READ);
    const last = events.at(-1);
    if (last === undefined) break;
    for (const stored of events) {
      const read = isLineage(stored.kind) ? readEvent(stored.bytes, facets) : undefined;
      if (read?.ok !== true) continue;
      learn(names[0], projectEvent(stored, read.event, read.findings, now));
      learn(names[1], projectEvent(stored, read.event, read.findings, then));
    }
    position = last.position;
    onProgress(position);
  }
  const [held, wanted] = names;
  const renamed = [...new Set([...held.keys(), ...wanted.keys()])]
    .map((sent) => ({ sent, now: held.get(sent) ?? sent, then: wanted.get(sent) ?? sent }))
    .filter((name) => name.now !== name.then)
    .sort((a, b) => (`${a.then} ${a.sent}` < `${b.then} ${b.sent}` ? -1 : 1));
  return { renamed, nodes: { now: new Set(held.values()).size, then: new Set(wanted.values()).size } };
}

function learn(names: Map<NodeId, NodeId>, { aliases, assets }: EventStatements): void {
  const targets = new Set<NodeId>();
  for (const { member, canonical } of aliases) {
    names.set(member, canonical);
    targets.add(canonical);
  }
  // What no rule has made was sent as it is; an alias that some event gives it holds for all of them.
  for (const { id } of assets) if (!targets.has(id) && !names.has(id)) names.set(id, id);
}
