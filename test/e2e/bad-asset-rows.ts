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

/** What is wrong with each: by its code, of which column, and of which value in it. */
export const FAULTS_OF_ROWS: readonly [line: number, detail: string, code: string, member?: string, value?: string][] =
  [
    [3, 'is of an asset that there is not', 'NO_SUCH_ASSET', 'id'],
    [4, 'must have the id of a dataset, a job or a field', 'NOT_AN_ID', 'id'],
    [5, 'is of a field that there is not', 'NO_SUCH_FIELD', 'id'],
    [6, 'is of a field that its dataset does not have any more', 'FIELD_GONE', 'id'],
    [7, 'line 2 is of the same dataset', 'ROW_TWICE', 'id'],
    [8, 'has another name than its id, which names "claims": an import renames nothing', 'ROW_RENAMES', 'name'],
    [
      9,
      'owner "OWNER=ana" must be the id of an agent: agent:<kind>:<name>, such as agent:team:claims',
      ...(['NOT_AN_ID', 'owners', 'OWNER=ana'] as const),
    ],
    [
      9,
      'term "claim" must be the id of a term: term:<key>, such as term:claim',
      ...(['NOT_AN_ID', 'terms', 'claim'] as const),
    ],
    [9, 'has domain:nowhere, and there is no such domain: make it first', 'NO_SUCH', 'domain'],
    [9, 'has term:nowhere, and there is no such term: make it first', 'NO_SUCH', 'terms'],
    [10, 'has owners, and a field has none of its own', 'NOT_OF_FIELDS', 'owners'],
    [11, 'has 4 cells where the header names 7', 'ROW_CELLS'],
  ];
/** All that is wrong with each bad row, by line. */
export const REASONS = [...new Set(FAULTS_OF_ROWS.map(([line]) => line))].map((line) => [
  line,
  FAULTS_OF_ROWS.filter(([of]) => of === line)
    .map(([, detail]) => detail)
    .join('; '),
]);
