import type { AgentKind } from '../../../lib/agents.js';
import type { Domain } from './domains-query.js';

/** The roles that every installation knows; others are free. */
export const ROLES = ['OWNER', 'TECHNICAL_OWNER', 'STEWARD'] as const;

type Change =
  | { readonly kind: 'assignOwner'; readonly agentKind: AgentKind; readonly name: string; readonly role: string }
  | { readonly kind: 'removeOwner'; readonly agent: string; readonly name: string; readonly role: string }
  | { readonly kind: 'tagAsset'; readonly tag: string }
  | { readonly kind: 'untagAsset'; readonly tag: string }
  | { readonly kind: 'describeAsset'; readonly text: string | null }
  | { readonly kind: 'assignDomain'; readonly domain: Domain | null }
  | { readonly kind: 'deleteAsset' | 'restoreAsset' }
  | { readonly kind: 'assignTerm' | 'unassignTerm'; readonly term: ChosenTerm }
  | { readonly kind: 'addToLogicalDataset' | 'removeFromLogicalDataset'; readonly logical: ChosenTerm }
  | { readonly kind: 'setProperty'; readonly property: ChosenTerm; readonly values: readonly string[] }
  | { readonly kind: 'unsetProperty'; readonly property: ChosenTerm };

/** A term of the glossary, a property or a logical dataset by its id, and what it is called. */
export interface ChosenTerm {
  readonly id: string;
  readonly name: string;
}

/** What somebody wants to be other about an asset, as it is typed. */
export type Edit = Change & { readonly reason: string };
export type EditKind = Edit['kind'];
export type EditOf<K extends EditKind> = Edit & { readonly kind: K };

/** The edit where it is of a kind; null where it is another, or none. */
export function editOf<K extends EditKind>(edit: Edit | null, kind: K): EditOf<K> | null {
  return edit?.kind === kind ? (edit as EditOf<K>) : null;
}

/** A domain behind all that it is part of: `Claims / Intake`. */
export function pathOf({ above, name }: Pick<Domain, 'above' | 'name'>): string {
  return [...above.map((one) => one.name), name].join(' / ');
}
