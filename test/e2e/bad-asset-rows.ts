import { datasetNode, fieldNode, jobNode } from './catalog-events.js';

const [RAW, CLAIMS, SCORES] = [datasetNode('raw.claims'), datasetNode('claims'), datasetNode('scores')];

const ROWS = [
  'id,name,owners,domain,tags,terms,description',
  `${RAW},,,,good,,`,
  `${datasetNode('gone')},,,,x,,`,
  `agent:user:x,,,,x,,`,
  `${fieldNode('claims', 'gone')},,,,x,,`,
  `${fieldNode('raw.claims', 'old')},,,,x,,`,
  `${RAW},,,,x,,`,
  `${CLAIMS},other,,,x,,`,
  `${SCORES},,ana,domain:nowhere,,term:nowhere|claim,`,
  `${fieldNode('claims', 'holder_hash')},,agent:user:ana,,,,`,
  `${jobNode('clean')},,,`,
];
/** A CSV file whose second row is good, and each behind it bad in another way. */
export const BAD_ROWS = ROWS.join('\n');

type Values = Readonly<Record<string, string>>;

/** What is wrong with each: by its code, of which column, and of which value in it. */
const FAULTS_OF_ROWS: readonly [line: number, detail: string, code: string, place: Values, more?: Values][] = [
  [3, 'is of an asset that there is not', 'NO_SUCH_ASSET', { member: 'id' }],
  [4, 'must have the id of a dataset, a job or a field', 'NOT_AN_ID', { member: 'id' }, { kind: 'NODE' }],
  [5, 'is of a field that there is not', 'NO_SUCH_FIELD', { member: 'id' }],
  [6, 'is of a field that its dataset does not have any more', 'FIELD_GONE', { member: 'id' }],
  [7, 'line 2 is of the same dataset', 'ROW_TWICE', { member: 'id' }, { before: '2' }],
  [
    8,
    'has another name than its id, which names "claims": an import renames nothing',
    'ROW_RENAMES',
    { member: 'name' },
    { named: 'claims' },
  ],
  [
    9,
    'owner "OWNER=ana" must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims',
    'NOT_AN_ID',
    { member: 'owners', value: 'OWNER=ana' },
    { kind: 'AGENT' },
  ],
  [
    9,
    'term "claim" must be the id of a term: term:<key>, such as term:claim',
    'NOT_AN_ID',
    { member: 'terms', value: 'claim' },
    { kind: 'TERM' },
  ],
  [
    9,
    'has domain:nowhere, and there is no such domain: make it first',
    'NO_SUCH',
    { member: 'domain' },
    { kind: 'DOMAIN', id: 'domain:nowhere' },
  ],
  [
    9,
    'has term:nowhere, and there is no such term: make it first',
    'NO_SUCH',
    { member: 'terms' },
    { kind: 'TERM', id: 'term:nowhere' },
  ],
  [10, 'has owners, and a field has none of its own', 'NOT_OF_FIELDS', { member: 'owners' }],
  [11, 'has 4 cells where the header names 7', 'ROW_CELLS', {}, { cells: '4', columns: '7' }],
];
/** The same as faults of the request that has the file in it. */
export const FAULTS_OF_FILE = FAULTS_OF_ROWS.map(([line, detail, code, place, more = {}]) => ({
  ...{ pointer: '/file', detail: `line ${String(line)}: ${detail}`, code },
  parameters: Object.entries({ line: String(line), ...place, ...more }).map(([name, value]) => ({ name, value })),
}));

/** All that is wrong with each bad row, by line. */
export const REASONS = [...new Set(FAULTS_OF_ROWS.map(([line]) => line))].map((line) => [
  line,
  FAULTS_OF_ROWS.filter(([of]) => of === line)
    .map(([, detail]) => detail)
    .join('; '),
]);
