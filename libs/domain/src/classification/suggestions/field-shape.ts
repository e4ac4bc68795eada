import type { FieldRow } from '../../catalog.js';
import { hash128, parseNodeId } from '../../identifiers.js';
import { fullWordsOf, singular } from './name-words.js';

/** What the records are about that a field is of, as far as names tell. */
export type FieldContext = 'PERSON' | 'ORGANIZATION' | 'DEVICE' | 'CARD' | 'PLACE';

/** All that suggestions go by. Fields of one shape get the same ones, so that each is judged once. */
export interface FieldShape {
  readonly key: string;
  /** The last segment of the path, at most {@link MOST_NAME} characters. */
  readonly name: string;
  /** In lower case and without lengths: `varchar(20)` is `varchar`; null where none is stated. */
  readonly type: string | null;
  readonly context: FieldContext | null;
}

const MOST_NAME = 200;
const MOST_TYPE = 60;

const SUBJECTS: Readonly<Record<FieldContext, readonly string[]>> = {
  PERSON: [
    ...['person', 'customer', 'user', 'employee', 'patient', 'contact', 'member', 'passenger', 'lead', 'student'],
    ...[
      'teacher',
      'driver',
      'actor',
      'author',
      'staff',
      'subscriber',
      'guest',
      'applicant',
      'candidate',
      'beneficiary',
    ],
    ...[
      'policyholder',
      'insured',
      'claimant',
      'buyer',
      'visitor',
      'doctor',
      'provider',
      'owner',
      'cardholder',
      'payee',
    ],
    ...[
      'client',
      'recipient',
      'participant',
      'agent',
      'billing',
      'shipping',
      'individual',
      'player',
      'voter',
      'tenant',
    ],
    ...['kunde', 'personal', 'patienten', 'mitglied', 'versicherter', 'ansprechpartner', 'caller', 'shopper', 'donor'],
  ],
  ORGANIZATION: [
    ...['company', 'organization', 'supplier', 'vendor', 'manufacturer', 'brand', 'merchant', 'firma', 'lieferant'],
    ...['department', 'account', 'carrier', 'shipper', 'warehouse', 'airline', 'bank', 'institution'],
  ],
  DEVICE: ['device', 'handset', 'sensor', 'mobile', 'browser'],
  CARD: ['card', 'creditcard', 'payment'],
  PLACE: ['store', 'location', 'airport', 'city', 'region', 'country', 'station', 'place', 'branch', 'site', 'nation'],
};

const CONTEXT_OF: ReadonlyMap<string, FieldContext> = new Map(
  (Object.keys(SUBJECTS) as FieldContext[]).flatMap((context) =>
    SUBJECTS[context].map((word): [string, FieldContext] => [word, context]),
  ),
);

/** Words that say how a table is kept, not what it is about. */
const KEPT: ReadonlySet<string> = new Set([
  ...['dim', 'dimension', 'fact', 'fct', 'stg', 'staging', 'raw', 'tmp', 'temp', 'hist', 'history', 'tbl', 'table'],
  ...['master', 'data', 'base', 'src', 'source', 'current', 'latest', 'snapshot', 'view', 'info', 'detail', 'profile'],
  ...['record', 'list', 'dump', 'backup', 'archive', 'clean', 'v', 'demographic', 'stamm', 'stammdaten', 'csv', 'json'],
  ...['parquet', 'avro', 'directory', 'registry'],
]);

/** The shape of a field as it is in a dataset. Total and deterministic. */
export function fieldShape({ datasetId, path, type }: Pick<FieldRow, 'datasetId' | 'path' | 'type'>): FieldShape {
  const around = path.length > 1 ? (path.at(-2) ?? '') : lastOf(parseNodeId(datasetId)?.segments[1] ?? '');
  const name = cut(path.at(-1) ?? '', MOST_NAME);
  const plainType = type === null ? '' : cut((type.toLowerCase().split(/[(<[{]/)[0] ?? '').trim(), MOST_TYPE);
  const shape = { name, type: plainType === '' ? null : plainType, context: contextOf(around) };
  return { key: hash128(JSON.stringify([shape.name, shape.type, shape.context])), ...shape };
}

/** What a table or a nesting field is about: the last word that tells, of the last {@link MOST_NAME} characters. */
export function contextOf(name: string): FieldContext | null {
  const words = fullWordsOf(name.slice(-MOST_NAME))
    .map(singular)
    .filter((word) => !KEPT.has(word) && !/^\d+$/.test(word));
  return CONTEXT_OF.get(words.at(-1) ?? '') ?? null;
}

/** The table of `db.schema.table`, the file of a path. */
function lastOf(dataset: string): string {
  return dataset.split(/[./\\]/).findLast((part) => part !== '' && !KEPT.has(part.toLowerCase())) ?? '';
}

/** PostgreSQL's text holds no U+0000 and no lone surrogate. */
function cut(text: string, most: number): string {
  return text.slice(0, most).replaceAll('\0', '\ufffd').toWellFormed();
}
