import type { AnyVariables, Client, CombinedError, TypedDocumentNode } from '@urql/core';
import { graphql } from '../../graphql/tada.js';
import { EDIT_DONE, type EditDone, type RefusedEdit } from '../asset/edit/edit-mutations.js';
import type { DefinitionKind } from './draft.js';
import type { Link } from './links.js';

const ADD_PORT = graphql(
  `
    mutation AddOutputPort($input: OutputPortInput!) {
      done: addOutputPort(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const REMOVE_PORT = graphql(
  `
    mutation RemoveOutputPort($input: OutputPortInput!) {
      done: removeOutputPort(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const ADD_MEMBER = graphql(
  `
    mutation AddToLogicalDataset($input: LogicalMemberInput!) {
      done: addToLogicalDataset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

const REMOVE_MEMBER = graphql(
  `
    mutation RemoveFromLogicalDataset($input: LogicalMemberInput!) {
      done: removeFromLogicalDataset(input: $input) {
        ...EditDone
      }
    }
  `,
  [EDIT_DONE],
);

/** A link and what became of it: made, refused with the reason, or without an answer. */
export type LinkOutcome = Link &
  (
    | { readonly is: 'MADE'; readonly isReadable: boolean }
    | { readonly is: 'REFUSED'; readonly refusal: RefusedEdit }
    | { readonly is: 'FAILED'; readonly error: CombinedError }
  );

interface LinksSent {
  readonly kind: DefinitionKind;
  /** The definition that they are links of. */
  readonly id: string;
  readonly reason: string;
  /** The same key makes them the same edits when they are sent again, those that are made already too. */
  readonly key: string;
}

/** Sends links one after the other; of each, what became of it. One that is refused stops none behind it. */
export async function sendLinks(
  client: Client,
  { kind, id, reason, key }: LinksSent,
  links: readonly Link[],
): Promise<readonly LinkOutcome[]> {
  const outcomes: LinkOutcome[] = [];
  for (const [at, { do: what, dataset }] of links.entries()) {
    const rest = { on: dataset.id, reason: reason === '' ? null : reason, idempotencyKey: `${key}-${String(at)}` };
    const answer = await sendLink(client, kind, id, what, rest);
    if ('error' in answer) outcomes.push({ do: what, dataset, is: 'FAILED', error: answer.error });
    else if (answer.done.__typename === 'EditedAsset')
      outcomes.push({ do: what, dataset, is: 'MADE', isReadable: answer.done.isReadable });
    else outcomes.push({ do: what, dataset, is: 'REFUSED', refusal: answer.done });
  }
  return outcomes;
}

type LinkAnswer = { readonly done: EditDone } | { readonly error: CombinedError };

async function sendLink(
  client: Client,
  kind: DefinitionKind,
  id: string,
  what: Link['do'],
  rest: { readonly on: string; readonly reason: string | null; readonly idempotencyKey: string },
): Promise<LinkAnswer> {
  const ask = async <V extends AnyVariables>(
    document: TypedDocumentNode<{ done: EditDone }, V>,
    variables: V,
  ): Promise<LinkAnswer> => {
    const { data, error } = await client.mutation(document, variables).toPromise();
    if (data) return data;
    if (error === undefined) throw new Error('the answer to an edit is empty');
    return { error };
  };
  switch (kind) {
    case 'product':
      return ask(what === 'add' ? ADD_PORT : REMOVE_PORT, { input: { ...rest, product: id } });
    case 'logical':
      return ask(what === 'add' ? ADD_MEMBER : REMOVE_MEMBER, { input: { ...rest, logicalDataset: id } });
    default:
      throw new Error(`a ${kind} has no datasets`);
  }
}
