import { HeadwaterError } from '@headwater/domain/errors';
import type { Gate, Standing } from '@headwater/platform/access/gate';
import { formatErrors } from '@headwater/platform/graphql/format-errors';
import { presentError } from '@headwater/platform/graphql/present-error';
import { aliasLimit, checkCost } from '@headwater/platform/graphql/query-limits';
import type { Logger } from '@headwater/platform/logging/logger';
import { MercuriusDriver, type MercuriusDriverConfig } from '@nestjs/mercurius';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { specifiedRules, validate, type DocumentNode, type GraphQLSchema } from 'graphql';
import { CatalogContext, type ContextPorts } from './catalog-context.js';
import type { CatalogApiSettings } from './catalog-api.options.js';
import { ideHandler } from './ide/ide-page.js';

const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;
const KEEP_ALIVE_MS = 20_000;
const RECHECK_MS = 2_000;

/** What Mercurius hands to hooks and to the error formatter. */
interface GraphqlRequestContext {
  readonly catalog?: CatalogContext;
  readonly reply?: FastifyReply;
}

/** Everything that the GraphQL endpoint is made of beside the schema: context, limits, errors, subscriptions, editor. */
export function graphqlSettings(
  ports: ContextPorts,
  settings: CatalogApiSettings,
  logger: Logger,
  gate: Gate,
): MercuriusDriverConfig {
  const { limits } = settings;
  const rules = [aliasLimit(limits.aliases)];
  const contextOf = (request: FastifyRequest, kind: 'REQUEST' | 'SUBSCRIPTION'): { catalog: CatalogContext } => ({
    catalog: new CatalogContext(ports, {
      traceId: request.id,
      kind,
      position: positionOf(request),
      principal: request.principal,
      address: request.ip,
    }),
  });
  return {
    driver: MercuriusDriver,
    autoSchemaFile: true,
    sortSchema: true,
    jit: 0,
    path: '/graphql',
    // The editor is our own; these would come from other hosts.
    ide: false,
    graphiql: false,
    allowBatchedQueries: false,
    queryDepth: limits.depth,
    validationRules: rules,
    graphql: { parseOptions: { maxLexicalTokens: limits.tokens } },
    inheritResolversFromInterfaces: true,
    context: (request: FastifyRequest) => contextOf(request, 'REQUEST'),
    additionalRouteOptions: {
      config: { access: 'SIGNED_IN' },
      preParsing: requireJson,
      preHandler: ideHandler(settings.ideFolder),
    },
    errorFormatter: (execution: Parameters<typeof formatErrors>[0], context: GraphqlRequestContext) =>
      formatErrors(execution, context.catalog?.traceId ?? context.reply?.request.id ?? '', logger),
    subscription: {
      context: (socket: ClosableSocket, request: FastifyRequest) => {
        watchCredentials(socket, request, gate);
        return contextOf(request, 'SUBSCRIPTION');
      },
      keepAlive: KEEP_ALIVE_MS,
    },
    hooks: {
      preExecution: (schema: GraphQLSchema, document: DocumentNode, context: GraphqlRequestContext) => {
        checkCost({ schema, document, ...operationOf(context.reply?.request) }, limits.cost);
      },
      // Mercurius validates queries only, and sends what is thrown here past the error formatter.
      preSubscriptionExecution: (schema: GraphQLSchema, document: DocumentNode, context: GraphqlRequestContext) => {
        const [error] = validate(schema, document, [...specifiedRules, ...rules]);
        if (error !== undefined) throw presentError(error, context.catalog?.traceId ?? '', logger);
      },
    },
  };
}

interface ClosableSocket {
  close(code: number, reason: string): void;
  once(event: 'close', listener: () => void): void;
}

/** What graphql-ws names Unauthorized, at which clients give up, and Forbidden, at which they connect anew. */
const CLOSED_AT: Readonly<Record<Exclude<Standing, 'SAME'>, readonly [code: number, reason: string]>> = {
  ENDED: [4401, 'Unauthorized'],
  CHANGED: [4403, 'Forbidden'],
};

/** A connection lives on, its credentials and their rights may not: within seconds it is closed with them. */
function watchCredentials(socket: ClosableSocket, request: FastifyRequest, gate: Gate): void {
  const timer = setInterval(() => {
    gate.standing(request).then(
      (standing) => {
        if (standing !== 'SAME') socket.close(...CLOSED_AT[standing]);
      },
      // While nobody can tell, the connection stays.
      () => undefined,
    );
  }, RECHECK_MS);
  timer.unref();
  socket.once('close', () => {
    clearInterval(timer);
  });
}

function positionOf(request: FastifyRequest): string | undefined {
  const header = request.headers['headwater-position'];
  return typeof header === 'string' && header !== '' ? header : undefined;
}

/** A form on another site can send any body but JSON without asking first. */
async function requireJson(request: FastifyRequest): Promise<void> {
  await Promise.resolve();
  if (request.method !== 'POST' || JSON_TYPE.test(request.headers['content-type'] ?? '')) return;
  throw new HeadwaterError('INVALID_INPUT', 'Send the query as JSON, with the header Content-Type: application/json', {
    reason: 'UNSUPPORTED_MEDIA_TYPE',
  });
}

interface OperationInput {
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName?: string | undefined;
}

/** Variables and operation of a request, from its body or, by GET, its query string; Mercurius has checked their shape. */
function operationOf(request: FastifyRequest | undefined): OperationInput {
  const source = (request?.method === 'GET' ? request.query : request?.body) as Record<string, unknown> | undefined;
  const { variables, operationName } = source ?? {};
  const parsed: unknown = typeof variables === 'string' ? JSON.parse(variables) : variables;
  return {
    variables: (parsed ?? {}) as Record<string, unknown>,
    operationName: typeof operationName === 'string' ? operationName : undefined,
  };
}
