import { HeadwaterError } from '@headwater/domain/errors';
import {
  GraphQLError,
  Kind,
  getNamedType,
  isLeafType,
  type ASTVisitor,
  type DocumentNode,
  type GraphQLField,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';
import { getComplexity, type ComplexityEstimator } from 'graphql-query-complexity';

export interface QueryLimits {
  /** Levels of selections. */
  readonly depth: number;
  /** Tokens of a document. */
  readonly tokens: number;
  /** Objects that an answer may hold, estimated before it is executed. */
  readonly cost: number;
  /** Aliased fields of a document: each may run the same expensive field once more. */
  readonly aliases: number;
}

export const DEFAULT_LIMITS: QueryLimits = { depth: 16, tokens: 4_000, cost: 200_000, aliases: 30 };

/** A validation rule that refuses documents with more aliased fields than `limit`. */
export function aliasLimit(limit: number): ValidationRule {
  return (context: ValidationContext): ASTVisitor => {
    let count = 0;
    return {
      Field(node) {
        if (node.alias === undefined) return;
        count += 1;
        if (count !== limit + 1) return;
        const extensions = { code: 'BAD_USER_INPUT', reason: 'QUERY_ALIASES' };
        context.reportError(
          new GraphQLError(`This document has more than ${limit} aliases: split it`, { nodes: [node], extensions }),
        );
      },
    };
  };
}

/** Sizes that a field's arguments ask for, in the order in which they are looked for. */
const SIZE_ARGUMENTS = ['first', 'limit', 'maxNodes'] as const;

// Scalars cost nothing and every object one, times the size of the list that it stands in.
const objects: ComplexityEstimator = ({ args, childComplexity, field }) => {
  if (isLeafType(getNamedType(field.type))) return 0;
  return 1 + sizeOf(field, args) * childComplexity;
};

function sizeOf(field: GraphQLField<unknown, unknown>, args: Readonly<Record<string, unknown>>): number {
  for (const name of SIZE_ARGUMENTS) {
    // An explicit null stands for the default too.
    const size = args[name] ?? field.args.find((arg) => arg.name === name)?.defaultValue;
    if (typeof size === 'number' && size > 0) return size;
  }
  const ids = args['ids'];
  return Array.isArray(ids) ? Math.max(1, ids.length) : 1;
}

export interface CostedOperation {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

/** Throws LIMIT_EXCEEDED (QUERY_COST, with cost and limit as facts) for an operation that would cost more than `limit`. */
export function checkCost(operation: CostedOperation, limit: number): number {
  const cost = getComplexity({
    schema: operation.schema,
    query: operation.document,
    variables: { ...operation.variables },
    estimators: [objects],
    ...(operation.operationName === undefined ? {} : { operationName: operation.operationName }),
  });
  if (cost <= limit) return cost;
  throw new HeadwaterError(
    'LIMIT_EXCEEDED',
    `This operation may give ${cost} objects and the limit is ${limit}: ask for smaller pages or fewer levels`,
    { reason: 'QUERY_COST', facts: { cost, limit } },
  );
}

/** {@link checkCost} for the operation that a resolver runs in: subscriptions are checked there. */
export function checkCostOf(info: GraphQLResolveInfo, limit: number): number {
  const document: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [info.operation, ...Object.values(info.fragments)],
  };
  return checkCost({ schema: info.schema, document, variables: info.variableValues }, limit);
}
