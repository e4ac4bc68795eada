import { FAULT_PARTS } from '../../../graphql/fault-parts.js';
import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from '@urql/core';
import { graphql, type ResultOf } from '../../../graphql/tada.js';
import { agentId } from '../../../lib/agents.js';
import type { Edit } from './edits.js';

export const EDIT_DONE = graphql(
  `
    fragment EditDone on EditAssetResult @_unmask {
      __typename
      ... on EditedAsset {
        position
        isReadable
        asset {
          __typename
          id
          editVersion
        }
      }
      ... on EditRefusal {
        reason
        message
        parameters {
          name
          value
        }
        faults {
          ...FaultParts
        }
        current {
          __typename
          id
          editVersion
        }
      }
    }
  `,
  [FAULT_PARTS],
);

const ASSIGN_OWNER = graphql(
  `
    mutation AssignOwner($input: AssignOwnerInput!) {
      done: assignOwner(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const REMOVE_OWNER = graphql(
  `
    mutation RemoveOwner($input: RemoveOwnerInput!) {
      done: removeOwner(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const TAG_ASSET = graphql(
  `
    mutation TagAsset($input: TagAssetInput!) {
      done: tagAsset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const UNTAG_ASSET = graphql(
  `
    mutation UntagAsset($input: UntagAssetInput!) {
      done: untagAsset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const DESCRIBE_ASSET = graphql(
  `
    mutation DescribeAsset($input: DescribeAssetInput!) {
      done: describeAsset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const ASSIGN_DOMAIN = graphql(
  `
    mutation AssignDomain($input: AssignDomainInput!) {
      done: assignDomain(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const ASSIGN_TERM = graphql(
  `
    mutation AssignTerm($input: AssignTermInput!) {
      done: assignTerm(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const UNASSIGN_TERM = graphql(
  `
    mutation UnassignTerm($input: AssignTermInput!) {
      done: unassignTerm(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const SET_PROPERTY = graphql(
  `
    mutation SetProperty($input: SetPropertyInput!) {
      done: setProperty(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const UNSET_PROPERTY = graphql(
  `
    mutation UnsetProperty($input: UnsetPropertyInput!) {
      done: unsetProperty(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const ADD_TO_LOGICAL = graphql(
  `
    mutation AddToLogicalDataset($input: LogicalMemberInput!) {
      done: addToLogicalDataset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const REMOVE_FROM_LOGICAL = graphql(
  `
    mutation RemoveFromLogicalDataset($input: LogicalMemberInput!) {
      done: removeFromLogicalDataset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const DELETE_ASSET = graphql(
  `
    mutation DeleteAsset($input: DeleteAssetInput!) {
      done: deleteAsset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const RESTORE_ASSET = graphql(
  `
    mutation RestoreAsset($input: RestoreAssetInput!) {
      done: restoreAsset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

export type EditDone = ResultOf<typeof EDIT_DONE>;
export type MadeEdit = Extract<EditDone, { __typename: 'EditedAsset' }>;
export type RefusedEdit = Extract<EditDone, { __typename: 'EditRefusal' }>;

/** What became of an edit that was sent: an answer, or why there is none. */
export type EditAnswer = { readonly done: EditDone } | { readonly error: CombinedError };

/** An edit as it is sent: the same key and version make it the same edit when it is sent again. */
export interface Sent {
  readonly edit: Edit;
  readonly key: string;
  /** The `editVersion` that was looked at. */
  readonly version: string;
}

/** Sends an edit of an asset, or of a field. */
export function sendEdit(client: Client, on: string, { edit, key, version }: Sent): Promise<EditAnswer> {
  const reason = edit.reason.trim() === '' ? null : edit.reason.trim();
  const rest = { on, reason, idempotencyKey: key, expectedVersion: version };
  const ask = async <V extends AnyVariables>(
    document: TypedDocumentNode<{ done: EditDone }, V>,
    variables: V,
  ): Promise<EditAnswer> => {
    const { data, error } = await client.mutation(document, variables).toPromise();
    if (data) return data;
    if (error === undefined) throw new Error('the answer to an edit is empty');
    return { error };
  };
  switch (edit.kind) {
    case 'assignOwner':
      return ask(ASSIGN_OWNER, {
        input: { ...rest, agent: agentId({ kind: edit.agentKind, name: edit.name }), role: edit.role.trim() },
      });
    case 'removeOwner':
      return ask(REMOVE_OWNER, { input: { ...rest, agent: edit.agent, role: edit.role } });
    case 'tagAsset':
      return ask(TAG_ASSET, { input: { ...rest, tag: edit.tag } });
    case 'untagAsset':
      return ask(UNTAG_ASSET, { input: { ...rest, tag: edit.tag } });
    case 'describeAsset':
      return ask(DESCRIBE_ASSET, { input: { ...rest, text: edit.text } });
    case 'assignDomain':
      return ask(ASSIGN_DOMAIN, { input: { ...rest, domain: edit.domain?.id ?? null } });
    case 'assignTerm':
      return ask(ASSIGN_TERM, { input: { ...rest, term: edit.term.id } });
    case 'unassignTerm':
      return ask(UNASSIGN_TERM, { input: { ...rest, term: edit.term.id } });
    case 'setProperty':
      return ask(SET_PROPERTY, { input: { ...rest, property: edit.property.id, values: [...edit.values] } });
    case 'unsetProperty':
      return ask(UNSET_PROPERTY, { input: { ...rest, property: edit.property.id } });
    case 'addToLogicalDataset':
      return ask(ADD_TO_LOGICAL, { input: { ...rest, logicalDataset: edit.logical.id } });
    case 'removeFromLogicalDataset':
      return ask(REMOVE_FROM_LOGICAL, { input: { ...rest, logicalDataset: edit.logical.id } });
    case 'deleteAsset':
      return ask(DELETE_ASSET, { input: rest });
    case 'restoreAsset':
      return ask(RESTORE_ASSET, { input: rest });
  }
}
