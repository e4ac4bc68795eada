import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import type { NodeId } from '@headwater/domain/identifiers';
import fc from 'fast-check';
import { dataset, job, minute, run, type Sent } from './lineage-events.js';
import type { TestProjection } from './projection.js';

/** A deletion or a restoring of an asset, received at a minute. */
export interface SentEdit {
  readonly node: NodeId;
  readonly action: FactEdit['action'];
  readonly at: number;
}

export type Entry = Sent | SentEdit;

/** Names whatever edits of {@link deletionSets} are about, so that none is of something unknown. */
export const NAMING: readonly Sent[] = [
  run({ job: 'j', run: 90, at: 0, inputs: ['a', 'b'], outputs: ['c', 'd'], parent: ['p', 91] }),
  run({ job: 'k', run: 92, at: 0, inputs: ['c'], outputs: ['a'] }),
];

const edit: fc.Arbitrary<SentEdit> = fc.record({
  node: fc.constantFrom(...['a', 'b', 'c', 'd'].map((name) => dataset(name)), job('j'), job('k'), job('p')),
  action: fc.constantFrom('STATE', 'STATE', 'WITHDRAW'),
  at: fc.constantFrom(0, 1, 3, 6, 9, 20, 50, 500, 1450, 2000),
});

/** Events with deletions and restorings among them, behind {@link NAMING}. */
export function deletionSets(events: fc.Arbitrary<readonly Sent[]>): fc.Arbitrary<readonly Entry[]> {
  const placed = fc.array(fc.record({ edit, place: fc.nat(40) }), { minLength: 1, maxLength: 6 });
  return fc.tuple(events, placed).map(([sent, edits]) => {
    const entries: Entry[] = [...sent];
    for (const { edit: made, place } of edits) entries.splice(place % (entries.length + 1), 0, made);
    return [...NAMING, ...entries];
  });
}

export function isEdit(entry: Entry): entry is SentEdit {
  return 'action' in entry;
}

/** Appends each entry by itself and projects them in batches of these sizes, which repeat. */
export async function sendEntries(
  projection: TestProjection,
  entries: readonly Entry[],
  sizes: readonly number[],
): Promise<void> {
  let next = 0;
  for (let turn = 0; next < entries.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    for (const entry of entries.slice(next, next + size)) await append(projection, entry, entries.indexOf(entry));
    await projection.project();
    next += size;
  }
}

async function append({ log }: TestProjection, entry: Entry, id: number): Promise<void> {
  if (!isEdit(entry)) {
    const bytes = new TextEncoder().encode(JSON.stringify(entry.event));
    await log.append([{ kind: 'RUN', bytes, receivedAt: entry.receivedAt }]);
    return;
  }
  const { node, action, at } = entry;
  const by = { id: 'user:tests#ana', name: 'Ana' };
  const changes: readonly FactEdit[] = [{ action, node, kind: 'DELETION', value: '', detail: null }];
  const bytes = assetEditBytes({ id: String(id), by, reason: null, asset: node, expected: null, changes });
  await log.append([{ kind: 'EDIT', bytes, receivedAt: minute(at) }]);
}
