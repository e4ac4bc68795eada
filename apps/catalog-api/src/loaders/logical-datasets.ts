import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import { isLogicalDatasetRow, type LogicalDatasetRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import type { CatalogContext } from '../catalog-context.js';
import { toDataset } from '../types/asset.js';
import { toImportance, type Importance } from '../types/importance.js';
import {
  toLogicalDataset,
  toLogicalMembership,
  type ExcludedDataset,
  type LogicalDataset,
  type LogicalMember,
} from '../types/logical-dataset.js';

interface Part {
  readonly skip: number;
  readonly most: number;
}

const MOST_DAYS = 3_650;

/** Every logical dataset as of then that the caller may know of, by id. */
export async function logicalAt({ loaders }: CatalogContext, time: ReadTime): Promise<readonly LogicalDatasetRow[]> {
  return (await loaders.logicalDatasets.load('LOGICAL_DATASET', time)) ?? [];
}

/** The logical dataset as of then; null where there was none, or the caller sees no member of it. */
export async function loadLogical(
  { loaders }: CatalogContext,
  id: NodeId,
  time: ReadTime,
): Promise<LogicalDataset | null> {
  const row = await loaders.definitions.load(id, time);
  return isLogicalDatasetRow(row) ? toLogicalDataset(row, time) : null;
}

/** Members that the caller may see, by id, each with why it is one. */
export async function membersOf(
  context: CatalogContext,
  { row, time }: LogicalDataset,
  { skip, most }: Part,
): Promise<LogicalMember[]> {
  const members = ((await context.loaders.logicalMembers.load(row.id, time)) ?? []).slice(skip, skip + most);
  const assets = await assetsOf(
    context,
    members.map(([id]) => id),
  );
  return members.flatMap(([id, membership]) => {
    const asset = assets.get(id);
    if (asset === undefined) return [];
    return [{ dataset: toDataset(asset), because: toLogicalMembership(membership, time, context) }];
  });
}

/** Datasets that edits keep out, by id, each once whatever its names. */
export async function excludedOf(
  context: CatalogContext,
  { row, time }: LogicalDataset,
  { skip, most }: Part,
): Promise<ExcludedDataset[]> {
  const facts = (await context.loaders.logicalExclusions.load(row.id, time)) ?? [];
  const assets = await assetsOf(
    context,
    facts.map(({ nodeId }) => nodeId),
  );
  const found = new Map<NodeId, { readonly fact: FactRow; readonly asset: AssetRow }>();
  for (const fact of facts) {
    const asset = assets.get(fact.nodeId);
    if (asset !== undefined && !found.has(asset.id)) found.set(asset.id, { fact, asset });
  }
  return [...found.values()].slice(skip, skip + most).map(({ fact, asset }) => ({
    ...{ dataset: toDataset(asset), reason: fact.detail, since: fact.validFrom },
    ...{ enteredBy: fact.producer ?? '', position: context.position(fact.position) },
  }));
}

/** Who depends on these datasets taken together, in so many days up to `time`. INVALID_INPUT for another number of days. */
export async function importanceOf(
  context: CatalogContext,
  datasets: readonly NodeId[],
  days: number,
  to: number,
): Promise<Importance> {
  if (!Number.isInteger(days) || days < 1 || days > MOST_DAYS)
    throw new HeadwaterError('INVALID_INPUT', `\`days\` must be a whole number from 1 to ${String(MOST_DAYS)}`, {
      faults: [
        {
          pointer: '/days',
          ...coded('COUNT_BETWEEN', `must be from 1 to ${String(MOST_DAYS)}`, { least: 1, most: MOST_DAYS }),
        },
      ],
    });
  const period = { from: to - days * 24 * MICROS_PER_HOUR, to };
  const none = { jobs: 0, namespaces: 0, datasets: 0, runs: 0 };
  const found = datasets.length === 0 ? none : await context.loaders.importance.load(datasets.join(' '), period);
  return toImportance(found ?? none, { days, ...period, isOfSeen: !context.seesAll });
}

async function assetsOf({ loaders }: CatalogContext, ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, AssetRow>> {
  const rows = await loaders.assets.loadMany([...ids]);
  return new Map(
    ids.flatMap((id, index) => {
      const row = rows[index];
      if (row instanceof Error) throw row;
      return row?.kind === 'DATASET' ? [[id, row] as const] : [];
    }),
  );
}
