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
import { operationIn, parsedOrUndefined, refuseSubscription, requireParsed, requireTokens } from './request-checks.js';
import { eachSocket, type EachSocket } from './subscriptions/each-socket.js';
import { OpenSockets } from './subscriptions/open-sockets.js';
import { SocketOperations } from './subscriptions/socket-operations.js';
import { wordErrors } from './subscriptions/worded-errors.js';

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
  const sockets = new OpenSockets({
    perCaller: settings.connectionsPerCaller,
    initTimeoutMs: settings.connectionInitTimeoutMs,
  });
  const operations = new WeakMap<EachSocket, SocketOperations>();
  const parseOptions = { maxLexicalTokens: limits.tokens };
  const contextOf = (request: FastifyRequest, kind: 'REQUEST' | 'SUBSCRIPTION'): { catalog: CatalogContext } => ({
    catalog: new CatalogContext(ports, {
      traceId: request.id,
      kind,
      position: positionOf(request),
      principal: request.principal,
      address: request.ip,
    }),
  });
  const onSocket = (socket: EachSocket, request: FastifyRequest): void => {
    if (!sockets.open(socket, request.principal?.id ?? request.ip)) return;
    const most = settings.subscriptionsPerConnection;
    const refusal = () => presentError(tooMany(most), request.id, logger);
    operations.set(socket, new SocketOperations(socket, { most, refusal }));
    wordErrors(socket, request.id);
    watchCredentials(socket, request, gate);
  };
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
    graphql: { parseOptions },
    inheritResolversFromInterfaces: true,
    context: (request: FastifyRequest) => contextOf(request, 'REQUEST'),
    additionalRouteOptions: {
      config: { access: 'SIGNED_IN' },
      preParsing: requireJson,
      preHandler: [eachSocket(onSocket), ideHandler(settings.ideFolder)],
    },
    errorFormatter: (execution: Parameters<typeof formatErrors>[0], context: GraphqlRequestContext) =>
      formatErrors(execution, context.catalog?.traceId ?? context.reply?.request.id ?? '', logger),
    subscription: {
      context: (socket: EachSocket, request: FastifyRequest) => {
        if (sockets.begin(socket) === 'AGAIN') socket.close(4429, 'Too many initialisation requests');
        return { ...contextOf(request, 'SUBSCRIPTION'), operations: operations.get(socket) };
      },
      keepAlive: KEEP_ALIVE_MS,
    },
    hooks: {
      // Before it looks at a cached document, and fails on one that has no operation of the name.
      preParsing: (_schema: GraphQLSchema, source: string, { reply }: GraphqlRequestContext) => {
        if (reply?.request.method !== 'GET') return;
        const document = parsedOrUndefined(source, parseOptions);
        if (document !== undefined) operationIn(document, operationOf(reply.request).operationName);
      },
      preValidation: (_schema: GraphQLSchema, document: DocumentNode) => {
        requireParsed(document);
      },
      preExecution: (schema: GraphQLSchema, document: DocumentNode, context: GraphqlRequestContext) => {
        const operation = operationOf(context.reply?.request);
        refuseSubscription(operationIn(document, operation.operationName));
        checkCost({ schema, document, ...operation }, limits.cost);
      },
      // Mercurius validates queries only, and sends what is thrown here past the error formatter.
      preSubscriptionExecution: (schema: GraphQLSchema, document: DocumentNode, context: GraphqlRequestContext) => {
        try {
          requireParsed(document);
          requireTokens(document, limits.tokens);
          const [error] = validate(schema, document, [...specifiedRules, ...rules]);
          if (error !== undefined) throw error;
        } catch (error) {
          throw presentError(error, context.catalog?.traceId ?? '', logger);
        }
      },
    },
  };
}

function tooMany(most: number): HeadwaterError {
  const message = `This connection runs ${String(most)} subscriptions, the most that it may: end one, or open another connection`;
  return new HeadwaterError('LIMIT_EXCEEDED', message, { reason: 'SUBSCRIPTIONS', facts: { limit: most } });
}

/** What graphql-ws names Unauthorized, at which clients give up, and Forbidden, at which they connect anew. */
const CLOSED_AT: Readonly<Record<Exclude<Standing, 'SAME'>, readonly [code: number, reason: string]>> = {
  ENDED: [4401, 'Unauthorized'],
  CHANGED: [4403, 'Forbidden'],
};

/** A connection lives on, its credentials and their rights may not: within seconds it is closed with them. */
function watchCredentials(socket: EachSocket, request: FastifyRequest, gate: Gate): void {
  // A copy: Mercurius adds what `connection_init` brings, and a connection must not go on by other credentials.
  const shown = { headers: { ...request.headers }, principal: request.principal };
  const timer = setInterval(() => {
    gate.standing(shown).then(
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
