import { recordsAt } from '../projection/body-reader.js';
import { moduleOf, type DefinitionEdit } from './definition-edit.js';
import type { AgentEdit } from './definitions/agent.js';
import type { DataProductEdit } from './definitions/data-product.js';
import type { DomainEdit } from './definitions/domain.js';
import type { OwnershipRulesEdit } from './definitions/ownership-rules.js';
import { editBytes, readEdit, type EditHead } from './edit-head.js';
import type { OwnershipRule, RuleOwner } from './ownership-rules.js';
import type { NodeId } from '../identifiers.js';

const EDIT = 'owners';

/** Other owners of a domain or a data product, other members of a team, or another list of ownership rules. */
export type OwnersWrite = Pick<EditHead, 'expected'> & { readonly node: NodeId } & (
    | { readonly action: 'CHANGE'; readonly body: { readonly owners: readonly RuleOwner[] } }
    | { readonly action: 'CHANGE'; readonly body: { readonly members: readonly NodeId[] } }
    | { readonly action: 'REPLACE'; readonly rules: readonly OwnershipRule[] }
  );

/** One edit of who answers by rules, domains, data products and teams: all of it is applied, or none. No two writes are of one. */
export interface OwnersBatch extends EditHead {
  readonly writes: readonly OwnersWrite[];
}

/** The EDIT event of the log that says so. */
export function ownersBatchBytes(batch: OwnersBatch): Uint8Array {
  return editBytes(EDIT, batch);
}

/** The single edits that the batch in an EDIT event consists of; undefined where it is about something else. Total. */
export function readOwnersBatch(bytes: Uint8Array): readonly DefinitionEdit[] | undefined {
  const read = readEdit(bytes, EDIT);
  if (read === undefined) return undefined;
  const given = recordsAt(read.body, 'writes');
  const edits = given.flatMap((body) => {
    const expected = typeof body['expected'] === 'number' ? body['expected'] : null;
    const node = typeof body['node'] === 'string' ? body['node'] : '';
    const edit = moduleOf(node)?.read({ body, head: { ...read.head, expected } });
    return edit !== undefined && isOfOwners(edit) ? [edit] : [];
  });
  const nodes = new Set(edits.map(({ node }) => node));
  if (edits.length === 0 || edits.length < given.length || nodes.size < edits.length) return undefined;
  return edits;
}

/** Such edits say nothing of one another, members being taken out only: each can be judged by what there was before all of them. */
function isOfOwners(edit: DefinitionEdit): edit is DomainEdit | DataProductEdit | AgentEdit | OwnershipRulesEdit {
  if (edit.action === 'REPLACE') return 'rules' in edit;
  return edit.action === 'CHANGE' && ['owners', 'members'].includes(Object.keys(edit.body).join());
}
