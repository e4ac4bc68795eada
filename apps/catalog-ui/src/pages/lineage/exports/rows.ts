import { partsOf } from '../../../lib/node-id.js';
import type { ShownGraph } from '../graph/grouping.js';
import { lookOf, type GraphEdge } from '../graph/model.js';

const COLUMNS = [
  'from',
  'to',
  'kind',
  'evidence',
  'validFrom',
  'validTo',
  'firstSeenAt',
  'lastSeenAt',
  'via',
  'transformations',
  'fromNamespace',
  'fromName',
  'toNamespace',
  'toName',
];

function shownEdges(graph: ShownGraph): readonly GraphEdge[] {
  return graph.edges.flatMap(({ edges }) => edges);
}

/** The shown edges as comma separated values (RFC 4180), one a line below the names of the columns. */
export function csvOf(graph: ShownGraph): string {
  const rows = shownEdges(graph).map((edge) => [
    edge.from,
    edge.to,
    edge.kind,
    lookOf(edge),
    edge.validFrom,
    edge.validTo ?? '',
    edge.firstSeenAt,
    edge.lastSeenAt,
    edge.via.join(' '),
    edge.transformations
      .map(({ type, subtype, masking }) => [type, subtype, masking ? 'MASKING' : null].filter(Boolean).join('/'))
      .join(' '),
    ...namesOf(edge.from),
    ...namesOf(edge.to),
  ]);
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Namespace and full name as people write them; of a field with its path, of a hidden node nothing. */
function namesOf(id: string): readonly [namespace: string, name: string] {
  if (id.startsWith('hidden:')) return ['', ''];
  const { namespace, name, rest } = partsOf(id);
  return [namespace, [name, ...rest].join('.')];
}

/** The shown nodes and edges as the API names them, with the address that shows them. */
export function jsonOf(graph: ShownGraph, address: string): string {
  const nodes = graph.nodes.flatMap(({ members }) =>
    members.map(({ id, kind, displayName, placeholder, hidden }) => ({ id, kind, displayName, placeholder, hidden })),
  );
  return `${JSON.stringify({ address, nodes, edges: shownEdges(graph) }, null, 2)}\n`;
}

// A spreadsheet would take a text that begins like a formula for one, and names come from anywhere.
function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
