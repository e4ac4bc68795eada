import { isTermRow, withParts, type TermRow } from '@headwater/domain/governance/definition';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { PartsOf } from '../arguments/filters.js';
import { carriedIn } from './carried-to.js';
import type { CatalogContext } from '../catalog-context.js';
import { propertiesAt } from './custom-properties.js';
import { domainsWithParts } from './domains.js';
import { toTerm, type GlossaryTerm } from '../types/term.js';

/** Every term as of then, by id. */
export async function termsAt({ loaders }: CatalogContext, time: ReadTime): Promise<readonly TermRow[]> {
  return (await loaders.terms.load('TERM', time)) ?? [];
}

/** The term as of then; null where there was none. */
export async function loadTerm({ loaders }: CatalogContext, id: NodeId, time: ReadTime): Promise<GlossaryTerm | null> {
  const row = await loaders.definitions.load(id, time);
  return isTermRow(row) ? toTerm(row, time) : null;
}

/** What domains and terms stand for, as of now. */
export function partsIn(context: CatalogContext): PartsOf {
  return {
    domains: (ids) => domainsWithParts(context, ids),
    properties: () => propertiesAt(context, context.readTime({})),
    carried: (tags) => carriedIn(context, tags),
    terms: async (ids) => withParts(ids, await termsAt(context, context.readTime({}))),
  };
}
