import type { StatedKind } from '../facts.js';
import { kindOf, type NodeId } from '../identifiers.js';
import { arrayAt, asRecord, stringAt } from '../projection/body-reader.js';
import { editBytes, readEdit, type EditHead } from './edit-head.js';
import { roleNamed } from './owner-roles.js';

const EDIT = 'asset.facts';
const KINDS: readonly StatedKind[] = [
  'OWNER',
  'TAG',
  'DESCRIPTION',
  'DOMAIN',
  'TERM',
  'PRODUCT',
  'PROPERTY',
  'LOGICAL',
  'CONFIRMED',
  'DECLINED',
  'NOT_SUGGESTED',
  'DELETION',
  'ACCEPTED_FINDING',
];

/**
 * What a person says of one fact about an asset or one of its fields (rule 30). STATE: it holds from now on. WITHDRAW: it
 * does not, whatever facets say, until an edit states it again.
 */
export interface FactEdit {
  readonly action: 'STATE' | 'WITHDRAW';
  /** The dataset or job, or a field of the dataset. */
  readonly node: NodeId;
  readonly kind: StatedKind;
  /** As in a FactRow; '' where a description or a domain is withdrawn, whichever was entered, and of a DELETION. */
  readonly value: string;
  /** As in a FactRow; of a WITHDRAW null is any. */
  readonly detail: string | null;
}

/** One edit of one asset: all of it is applied, or none. */
export interface AssetEdit extends EditHead {
  readonly asset: NodeId;
  readonly changes: readonly FactEdit[];
}

/** The EDIT event of the log that says so. */
export function assetEditBytes(edit: AssetEdit): Uint8Array {
  return editBytes(EDIT, edit);
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readAssetEdit(bytes: Uint8Array): AssetEdit | undefined {
  const read = readEdit(bytes, EDIT);
  if (read === undefined) return undefined;
  const asset = stringAt(read.body, 'asset');
  const changes = arrayAt(read.body, 'changes').map(readChange);
  const readable = changes.filter((change) => change !== undefined);
  if (!isAsset(asset) || changes.length === 0 || readable.length < changes.length) return undefined;
  return { ...read.head, asset, changes: readable };
}

function readChange(value: unknown): FactEdit | undefined {
  const change = asRecord(value) ?? {};
  const action = stringAt(change, 'action');
  const node = stringAt(change, 'node');
  const kind = KINDS.find((known) => known === stringAt(change, 'kind'));
  const text = stringAt(change, 'value');
  if ((action !== 'STATE' && action !== 'WITHDRAW') || kind === undefined || text === null) return undefined;
  if (!isAsset(node) && !isField(node)) return undefined;
  const detail = stringAt(change, 'detail');
  return { action, node, kind, value: text, detail: detail === null ? null : detailNamed(kind, detail) };
}

/** The first line of what is said of an owner is the role. */
function detailNamed(kind: StatedKind, detail: string): string {
  if (kind !== 'OWNER' && kind !== 'CONFIRMED' && kind !== 'DECLINED') return detail;
  const [role = '', ...why] = detail.split('\n');
  return [roleNamed(role), ...why].join('\n');
}

function isAsset(id: string | null): id is NodeId {
  const kind = id === null ? undefined : kindOf(id);
  return kind === 'DATASET' || kind === 'JOB';
}

function isField(id: string | null): id is NodeId {
  return id !== null && kindOf(id) === 'FIELD';
}
