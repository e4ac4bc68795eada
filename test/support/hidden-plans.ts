import { HUSH, MARK, ROOTS } from './hidden-namespace.js';

const quoted = JSON.stringify;

/** What plans, changes of components and the reach of values are asked with by a caller who may not know of a namespace. */
export const PLAN_ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  howFarDoes: [...ROOTS.filter((id) => id.startsWith('field:')), 'field:wh:stage:source_column'].map(
    (id) => `field: ${quoted(id)}`,
  ),
  affectedComponents: [
    ...[
      '',
      ', first: 1',
      `, filter: {namespaces: [${quoted(HUSH)}]}`,
      `, filter: {owners: [${quoted(`agent:team:${MARK}`)}]}`,
    ],
    ', filter: {kinds: [JOB]}',
  ].map((more) => `from: "2026-02-01T00:00:00Z", to: "2026-12-01T00:00:00Z"${more}`),
  collectionPlan: [
    ...ROOTS.filter((id) => id.startsWith('field:')).map((id) => [id]),
    ['field:wh:stage:id', 'field:wh:mart:id'],
    ['field:wh:mart:id', 'field:wh:report:id'],
    ROOTS,
  ].map((targets) => `targets: ${quoted(targets)}`),
};
