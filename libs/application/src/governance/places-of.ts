import type { DefinitionRow } from '@headwater/domain/governance/definition';
import type { NamedChange } from '@headwater/domain/governance/definitions/named-definition';
import type { NodeId } from '@headwater/domain/identifiers';

type Places = readonly (NodeId | null)[];

/** Of what is in a domain or in none: where it is, and where it would be. */
export function placesOfContent(
  change: NamedChange<{ readonly domain: NodeId | null }>,
  _id: NodeId,
  held: DefinitionRow | undefined,
): Places {
  const isNow = held !== undefined && 'domain' in held.body ? [held.body.domain] : [];
  return change.action === 'REMOVE' || change.body.domain === undefined ? isNow : [...isNow, change.body.domain];
}

/**
 * Of a domain: itself, and where it would come to be part of another than now, both of these. It is made in the domain
 * above it, and removed from there: nobody takes away the domain that their right is bound to.
 */
export function placesOfDomain(
  change: NamedChange<{ readonly parent: NodeId | null }>,
  id: NodeId,
  held: DefinitionRow | undefined,
): Places {
  const above = held?.kind === 'DOMAIN' ? held.body.parent : null;
  if (change.action === 'CREATE') return [change.body.parent];
  if (change.action === 'REMOVE') return [id, above];
  const { parent } = change.body;
  return parent === undefined || parent === above ? [id] : [id, above, parent];
}
