import { decisionPaths } from './openapi-decisions.js';
import { SIGN_IN_PATHS } from './openapi-sign-in.js';
import { UI_PATHS } from './openapi-ui.js';

const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const position = {
  'headwater-position': {
    description: 'Send it back with a query or a mutation that is to see what was just written.',
    schema: { type: 'string', examples: ['4f1d2a3c.42'] },
  },
};

const json = (schema: unknown) => ({ content: { 'application/json': { schema } } });

const retryAfter = { 'Retry-After': { description: 'Seconds.', schema: { type: 'integer' } } } as const;

const readYourWrites = {
  name: 'headwater-position',
  in: 'header',
  description:
    'Of an ingest answer: a query waits until what it reads has that event, and so does a mutation, which is judged by it.',
  schema: { type: 'string' },
} as const;

const credentialAnswers = {
  '401': { description: 'Nobody known: no credentials, or none that are good.' },
  '403': { description: 'These credentials may not do this, or the request comes from a page of another site.' },
} as const;

/** Of every route that is not public, but for those that take events: clients lose events at 429. */
const accessAnswers = {
  ...credentialAnswers,
  '429': { description: 'Too many requests, or too many wrong credentials.', headers: retryAfter },
} as const;

const graphqlAnswers = {
  '200': { description: 'GraphQL over HTTP; `errors` carry `extensions { code, reason, traceId }`.' },
  '400': { description: 'The document or its variables are wrong, or it would cost too much; `errors` say where.' },
  ...accessAnswers,
};

const graphqlBodyAnswers = {
  ...graphqlAnswers,
  '413': { description: 'The body is larger than the limit.' },
  '415': { description: 'The body is not JSON.' },
};

const refusals = {
  '400': problem('The body is not valid JSON.'),
  '413': problem('The body is larger than the limit; the answer names it.'),
  '415': problem('The body is not JSON.'),
  '503': {
    ...problem(
      'The event cannot be stored just now, or its caller sends too often; nothing of it was accepted. Send it again.',
    ),
    headers: retryAfter,
  },
  ...credentialAnswers,
};

const accepted = {
  description: 'The event is durable.',
  headers: position,
  ...json({
    type: 'object',
    required: ['position', 'duplicate'],
    properties: { position: { type: 'string' }, duplicate: { type: 'boolean' } },
  }),
};

const answered = {
  description: 'Every event was stored, or is listed as failed.',
  headers: position,
  ...json({ $ref: '#/components/schemas/BatchResult' }),
};

/** Every route (OpenAPI 3.1). What can be asked at /graphql is in its own schema. */
export const OPENAPI = {
  openapi: '3.1.0',
  info: {
    title: 'Headwater',
    version: '0.1.0',
    summary: 'Lineage events in; what follows from them is asked at /graphql.',
    license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
  },
  paths: {
    '/api/v1/lineage': {
      post: {
        operationId: 'acceptEvent',
        summary: 'Accepts one OpenLineage event (RunEvent, JobEvent or DatasetEvent).',
        requestBody: { required: true, ...json({ $ref: '#/components/schemas/Event' }) },
        responses: {
          '201': accepted,
          '422': problem('A name, id or time is missing or wrong; `errors` point to each.'),
          ...refusals,
        },
      },
    },
    '/api/v1/lineage/batch': {
      post: {
        operationId: 'acceptEvents',
        summary: 'Accepts an array of events; each stands on its own.',
        requestBody: { required: true, ...json({ type: 'array', items: { $ref: '#/components/schemas/Event' } }) },
        responses: {
          '200': answered,
          '422': problem('The body is no array.'),
          ...refusals,
        },
      },
    },
    ...decisionPaths(accepted, answered, refusals, problem),
    '/graphql': {
      post: {
        operationId: 'ask',
        summary:
          'Runs a GraphQL operation; introspection gives the schema. Subscriptions come over WebSocket (graphql-ws).',
        parameters: [readYourWrites],
        requestBody: {
          required: true,
          ...json({
            type: 'object',
            required: ['query'],
            properties: { query: { type: 'string' }, variables: { type: 'object' }, operationName: { type: 'string' } },
          }),
        },
        responses: graphqlBodyAnswers,
      },
      get: {
        operationId: 'askByUrl',
        summary: 'The same for queries by URL; for a browser (Accept: text/html) the editor.',
        parameters: [
          ...['query', 'variables', 'operationName'].map((name) => ({ name, in: 'query', schema: { type: 'string' } })),
          readYourWrites,
        ],
        responses: {
          ...graphqlAnswers,
          '303': { description: 'A browser that is not signed in is sent to where it can.' },
          '405': { description: 'Queries only: what changes something is sent by POST.' },
        },
      },
    },
    '/graphql/ide/{file}': {
      get: {
        operationId: 'readEditorFile',
        summary: 'A file of the editor.',
        parameters: [{ name: 'file', in: 'path', required: true, schema: { type: 'string' } }],
        responses: { '200': { description: 'The file.' }, '404': problem('The editor has no such file.') },
      },
    },
    '/api/v1/reports/{id}/files/{name}': {
      get: {
        operationId: 'downloadReport',
        summary: 'A file of a report that is made, as the GraphQL query `report` lists them. Recorded in the audit.',
        parameters: ['id', 'name'].map((name) => ({
          name,
          in: 'path',
          required: true,
          schema: { type: 'string' },
        })),
        responses: {
          '200': {
            description: 'The file.',
            headers: {
              'Repr-Digest': { description: 'SHA-256 of the file (RFC 9530).', schema: { type: 'string' } },
            },
            content: { 'application/json': {}, 'text/csv': {} },
          },
          '404': problem('There is no such file of a report of yours.'),
          ...accessAnswers,
        },
      },
    },
    ...UI_PATHS,
    ...SIGN_IN_PATHS,
    '/health/live': {
      get: { operationId: 'isLive', summary: 'The process answers.', responses: { '200': { description: 'Live.' } } },
    },
    '/health/ready': {
      get: {
        operationId: 'isReady',
        summary: 'Each dependency and how far the projections lag.',
        responses: { '200': { description: 'Events are accepted.' }, '503': { description: 'The event log is away.' } },
      },
    },
    '/metrics': {
      get: {
        operationId: 'readMetrics',
        summary: 'Prometheus metrics.',
        responses: { '200': { description: 'Metrics.' }, ...accessAnswers },
      },
    },
    '/openapi.json': {
      get: {
        operationId: 'describe',
        summary: 'This document.',
        responses: { '200': { description: 'OpenAPI 3.1.' } },
      },
    },
  },
  components: {
    schemas: {
      Event: {
        type: 'object',
        description: 'OpenLineage specification 0.x to 2-0-2; told apart by shape: `run`, `dataset`, else a JobEvent.',
        required: ['eventTime'],
        properties: {
          eventTime: { type: 'string', format: 'date-time' },
          producer: { type: 'string' },
          schemaURL: { type: 'string' },
        },
      },
      BatchResult: {
        type: 'object',
        required: ['status', 'summary', 'failed_events'],
        properties: {
          status: { enum: ['success', 'partial_success'] },
          summary: {
            type: 'object',
            properties: Object.fromEntries(
              ['received', 'successful', 'failed', 'retriable', 'non_retriable'].map((name) => [
                name,
                { type: 'integer' },
              ]),
            ),
          },
          failed_events: {
            type: 'array',
            items: {
              type: 'object',
              properties: { index: { type: 'integer' }, reason: { type: 'string' }, retriable: { type: 'boolean' } },
            },
          },
        },
      },
      Problem: {
        type: 'object',
        description: 'RFC 9457.',
        properties: {
          type: { type: 'string' },
          title: { type: 'string' },
          status: { type: 'integer' },
          detail: { type: 'string' },
          instance: { type: 'string' },
          code: { type: 'string' },
          traceId: { type: 'string' },
          errors: {
            type: 'array',
            items: {
              type: 'object',
              properties: {
                pointer: { type: 'string' },
                detail: { type: 'string' },
                code: { type: 'string' },
                parameters: {
                  type: 'array',
                  items: { type: 'object', properties: { name: { type: 'string' }, value: { type: 'string' } } },
                },
              },
            },
          },
        },
      },
    },
  },
} as const;
