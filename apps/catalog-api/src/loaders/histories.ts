import { editOutline } from '@headwater/domain/governance/edit-outline';
import type { NodeId } from '@headwater/domain/identifiers';
import type { Micros } from '@headwater/domain/time';
import { HeadwaterError } from '@headwater/domain/errors';
import type { CatalogContext } from '../catalog-context.js';
import { originOf } from '../types/facts.js';
import { toDefinitionVersion, type DefinitionVersion, type DescriptionVersion } from '../types/versions.js';

const MOST = 100;

/** What a definition was, the latest first; `most` is 1 to 100. */
export async function definitionVersions(
  context: CatalogContext,
  id: NodeId,
  knownAt: Micros,
  most: number,
): Promise<DefinitionVersion[]> {
  const rows = (await context.loaders.definitionHistory.load(id, knownAt)) ?? [];
  const versions = rows
    .slice(0, checkMost(most))
    .map(async (row) => toDefinitionVersion(row, await reasonOf(context, row.position), context));
  return (await Promise.all(versions)).filter((version) => version !== undefined);
}

/** What an asset or a field was described as, the latest first; `most` is 1 to 100. */
export async function descriptionVersions(
  context: CatalogContext,
  id: NodeId,
  knownAt: Micros,
  most: number,
): Promise<DescriptionVersion[]> {
  const rows = (await context.loaders.descriptions.load(id, knownAt)) ?? [];
  const versions = rows.slice(0, checkMost(most)).map(async (row): Promise<DescriptionVersion> => {
    const reason = row.source === 'EDIT' ? await reasonOf(context, row.position) : null;
    return { text: row.value, reason, ...originOf(row, context) };
  });
  return Promise.all(versions);
}

/** Null also where the caller may not see the event. */
async function reasonOf({ loaders }: CatalogContext, position: number): Promise<string | null> {
  const stored = await loaders.storedEvents.load(position);
  return stored === undefined ? null : (editOutline(stored.bytes)?.reason ?? null);
}

function checkMost(most: number): number {
  if (Number.isInteger(most) && most >= 1 && most <= MOST) return most;
  throw new HeadwaterError('INVALID_INPUT', `\`most\` must be a whole number from 1 to ${String(MOST)}`, {
    reason: 'PAGE_SIZE',
  });
}
