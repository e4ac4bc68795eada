import { HeadwaterError } from '@headwater/domain/errors';
import {
  getOperationAST,
  Location,
  OperationTypeNode,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
  type ParseOptions,
} from 'graphql';

/**
 * Throws INVALID_INPUT unless the document was parsed from GraphQL. Mercurius also takes JSON that it believes to be a
 * parsed document: it would come past the limit of tokens, and what has another shape would break the validation.
 */
export function requireParsed(document: DocumentNode): void {
  if (document.loc instanceof Location) return;
  throw new HeadwaterError('INVALID_INPUT', 'The query is not a GraphQL document.', { reason: 'SYNTAX' });
}

/** Throws LIMIT_EXCEEDED for a document of more than `limit` tokens, where its parser was given no limit. */
export function requireTokens(document: DocumentNode, limit: number): void {
  let count = 0;
  for (let token = document.loc?.startToken ?? null; token !== null; token = token.next) {
    count += 1;
    if (count <= limit) continue;
    throw new HeadwaterError('LIMIT_EXCEEDED', `This document has more than ${String(limit)} tokens: split it`, {
      reason: 'QUERY_TOKENS',
      facts: { limit },
    });
  }
}

/** The operation asked for. Throws INVALID_INPUT where the document has none of the name, or several and no name is given. */
export function operationIn(document: DocumentNode, operationName: string | undefined): OperationDefinitionNode {
  const operation = getOperationAST(document, operationName);
  if (operation != null) return operation;
  const message =
    operationName === undefined
      ? 'The document has several operations, or none: name one of its own in "operationName".'
      : 'The document has no operation of this name.';
  throw new HeadwaterError('INVALID_INPUT', message, { reason: 'OPERATION_NAME' });
}

/** Throws INVALID_INPUT for an operation that no single answer can give. */
export function refuseSubscription({ operation }: OperationDefinitionNode): void {
  if (operation !== OperationTypeNode.SUBSCRIPTION) return;
  throw new HeadwaterError('INVALID_INPUT', 'Subscriptions are served over WebSocket (graphql-ws).', {
    reason: 'SUBSCRIPTION',
  });
}

/** Undefined where the text is no document: whoever parses it next says what is wrong. */
export function parsedOrUndefined(source: string, options: ParseOptions): DocumentNode | undefined {
  try {
    return parse(source, options);
  } catch {
    return undefined;
  }
}
