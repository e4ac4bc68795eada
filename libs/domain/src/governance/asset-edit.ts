import type { FactKind } from '../facts.js';
import { kindOf, type NodeId } from '../identifiers.js';
import { arrayAt, asRecord, numberAt, recordAt, stringAt } from '../projection/body-reader.js';

const EDIT = 'asset.facts';
const KINDS: readonly FactKind[] = ['OWNER', 'TAG', 'DESCRIPTION'];

/**
 * What a person says of one fact about an asset or one of its fields (rule 30). STATE: it holds from now on. WITHDRAW: it
 * does not, whatever facets say, until an edit states it again.
 */
export interface FactEdit {
  readonly action: 'STATE' | 'WITHDRAW';
  /** The dataset or job, or a field of the dataset. */
  readonly node: NodeId;
  readonly kind: FactKind;
  /** As in a FactRow; '' where a description is withdrawn, whichever was entered. */
  readonly value: string;
  /** As in a FactRow; of a WITHDRAW null is any. */
  readonly detail: string | null;
}

/** One edit of one asset: all of it is applied, or none. */
export interface AssetEdit {
  /** Tells it from every other edit, so that two equal ones are two events. */
  readonly id: string;
  /** Who made it: `Principal.id`, and the name as of then. */
  readonly by: { readonly id: string; readonly name: string };
  /** Why, in the words of who made it. */
  readonly reason: string | null;
  readonly asset: NodeId;
  /** It applies only where this is still the position of the asset's latest edit (0: none); null: whatever came before. */
  readonly expected: number | null;
  readonly changes: readonly FactEdit[];
}

/** The EDIT event of the log that says so. */
export function assetEditBytes(edit: AssetEdit): Uint8Array {
  return new TextEncoder().encode(JSON.stringify({ edit: EDIT, ...edit }));
}

/** The edit that an EDIT event holds; undefined where it is about something else. Total. */
export function readAssetEdit(bytes: Uint8Array): AssetEdit | undefined {
  const body = asRecord(parsed(bytes));
  if (body === undefined || stringAt(body, 'edit') !== EDIT) return undefined;
  const id = stringAt(body, 'id');
  const asset = stringAt(body, 'asset');
  const by = recordAt(body, 'by') ?? {};
  const changes = arrayAt(body, 'changes').map(readChange);
  if (id === null || !isAsset(asset) || changes.length === 0) return undefined;
  const read = changes.filter((change) => change !== undefined);
  if (read.length < changes.length) return undefined;
  return {
    id,
    by: { id: stringAt(by, 'id') ?? '', name: stringAt(by, 'name') ?? '' },
    reason: stringAt(body, 'reason'),
    asset,
    expected: numberAt(body, 'expected'),
    changes: read,
  };
}

function readChange(value: unknown): FactEdit | undefined {
  const change = asRecord(value) ?? {};
  const action = stringAt(change, 'action');
  const node = stringAt(change, 'node');
  const kind = KINDS.find((known) => known === stringAt(change, 'kind'));
  const text = stringAt(change, 'value');
  if ((action !== 'STATE' && action !== 'WITHDRAW') || kind === undefined || text === null) return undefined;
  if (!isAsset(node) && !isField(node)) return undefined;
  return { action, node, kind, value: text, detail: stringAt(change, 'detail') };
}

function isAsset(id: string | null): id is NodeId {
  const kind = id === null ? undefined : kindOf(id);
  return kind === 'DATASET' || kind === 'JOB';
}

function isField(id: string | null): id is NodeId {
  return id !== null && kindOf(id) === 'FIELD';
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    // Edits are written by this product; one that cannot be read changes nothing.
    return undefined;
  }
}
