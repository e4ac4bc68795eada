const decision = { description: 'A decision, as GET /schemas/decision/1-0-0.json has it.', type: 'object' } as const;
const cloudEvent = {
  description: 'A CloudEvent 1.0 whose `data` is a decision.',
  type: 'object',
  required: ['specversion', 'id', 'source', 'type', 'data'],
  properties: {
    specversion: { const: '1.0' },
    ...Object.fromEntries(['id', 'source', 'type'].map((name) => [name, { type: 'string', minLength: 1 }])),
    data: decision,
  },
} as const;

/** Routes of decisions (OpenAPI 3.1). `accepted`, `answered` and `refusals` are those of the routes of lineage. */
export const decisionPaths = (
  accepted: object,
  answered: object,
  refusals: object,
  problem: (description: string) => object,
) => ({
  '/api/v1/decisions': {
    post: {
      operationId: 'acceptDecisions',
      summary: 'Accepts a decision, an array of them, or CloudEvents in binary, structured or batched content mode.',
      requestBody: {
        required: true,
        content: {
          'application/json': { schema: { anyOf: [decision, { type: 'array', items: decision }] } },
          'application/cloudevents+json': { schema: cloudEvent },
          'application/cloudevents-batch+json': { schema: { type: 'array', items: cloudEvent } },
        },
      },
      responses: {
        '200': answered,
        '201': accepted,
        '422': problem('The decision does not fit its schema; `errors` point to each fault.'),
        ...refusals,
      },
    },
  },
  '/schemas/decision/1-0-0.json': {
    get: {
      operationId: 'readDecisionSchema',
      summary: 'The JSON Schema (2020-12) of a decision. A version never changes.',
      responses: { '200': { description: 'The schema.', content: { 'application/schema+json': {} } } },
    },
  },
});
