import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import type { NodeId } from '@headwater/domain/identifiers';
import { LATEST, type ReadTime } from '@headwater/domain/reading/read-time';

type View = Pick<CatalogReader, 'agentStatements' | 'definitions' | 'definitionsOf' | 'owned'>;

/**
 * Of these ids those that somebody entered, that an event or an edit names, or that signed in. For who reads a part of the catalog
 * (`isWhole` false) only what they see names anybody.
 */
export async function knownAgents(
  view: View,
  ids: readonly NodeId[],
  time: ReadTime,
  isWhole = true,
): Promise<ReadonlySet<NodeId>> {
  const [entered, statements, domains, products, [list], ...owned] = await Promise.all([
    view.definitions(ids, time),
    isWhole ? view.agentStatements(ids, LATEST) : [],
    view.definitionsOf('DOMAIN', time),
    view.definitionsOf('DATA_PRODUCT', time),
    isWhole ? view.definitionsOf('OWNERSHIP_RULES', time) : [],
    ...ids.map((id) => view.owned(id, time)),
  ]);
  const owners = [...domains, ...products].flatMap(({ body }) => body.owners);
  return new Set([
    ...entered.keys(),
    ...statements.flatMap(({ agentId, basis, value }) =>
      basis === 'EDIT' || basis === 'APART' ? [agentId, value as NodeId] : [agentId],
    ),
    ...[...owners, ...(list?.body.rules ?? []).flatMap((rule) => rule.owners)].map(({ agent }) => agent),
    ...ids.filter((_, index) => (owned[index] ?? []).length > 0),
  ]);
}

/** NOT_FOUND (NO_SUCH_AGENT). `which` in words. */
export function noSuchAgent(which: string): HeadwaterError {
  return new HeadwaterError('NOT_FOUND', `Nothing names ${which}`, { reason: 'NO_SUCH_AGENT' });
}
