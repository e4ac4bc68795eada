import { createHash } from 'node:crypto';
import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, type InputFault } from '@headwater/domain/errors';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { datasetOf, kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { parsePosition } from '@headwater/domain/position';
import { LATEST } from '@headwater/domain/reading/read-time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { lackOf, type LackReason } from '../access/lacking.js';
import { headOf, recordAllOnce, requestFaults, rightsOf, type EditPorts, type EditRequest } from './record-edit.js';

/** CONFIRM puts the tag on; DISMISS: it is not suggested there again; RESTORE takes a dismissal back. */
export type SuggestionAction = 'CONFIRM' | 'DISMISS' | 'RESTORE';

export interface WantedSuggestion {
  /** As the caller wrote it. */
  readonly field: string;
  readonly tag: string;
  /** The `editVersion` of the dataset that the caller looked at; null: whatever was edited meanwhile. */
  readonly expectedVersion: string | null;
}

export type SuggestionRefusal =
  'NO_SUCH_FIELD' | 'NO_SUCH_ASSET' | 'NO_SUCH_SUGGESTION' | 'EDITED_MEANWHILE' | LackReason;

export interface SettledSuggestion {
  readonly field: string;
  readonly tag: string;
  /** Why nothing was changed; null where it was. */
  readonly refusal: SuggestionRefusal | null;
  /** What the caller may not do, and where it may, in words; null where that is not why. */
  readonly message: string | null;
  /** Where in the log the edit is; null where there is none. */
  readonly position: number | null;
  readonly isReadable: boolean;
}

type View = Pick<CatalogReader, 'assets' | 'fields' | 'facts' | 'suggestedTags'>;

export const MOST_SUGGESTIONS = 100;

/** Where a suggestion is, for who may see and edit it. */
interface Place {
  /** As asked for. */
  readonly id: NodeId;
  /** By the name that holds. */
  readonly field: NodeId;
  readonly row: AssetRow;
}

/** Which of the request's edits does it, or why none. */
type Outcome = number | SuggestionRefusal;

/** Suggestions of one dataset: one edit. */
interface DatasetEdit {
  readonly at: number;
  readonly row: AssetRow;
  readonly changes: FactEdit[];
  readonly expected: string | null;
}

/** Confirms and dismisses suggested tags, several at once: an edit in the log for each dataset. */
export class SettleSuggestions {
  constructor(private readonly ports: EditPorts) {}

  /**
   * What became of each, in the order given: each is done, or refused by itself; those of one dataset stand in one edit.
   * Throws INVALID_INPUT with faults where the request is wrong as a whole, CONFLICT (KEY_USED): nothing is changed then.
   */
  async execute(
    principal: Principal,
    view: View,
    action: SuggestionAction,
    wanted: readonly WantedSuggestion[],
    request: Omit<EditRequest, 'expectedVersion'>,
  ): Promise<readonly SettledSuggestion[]> {
    const { ports } = this;
    const { logId } = ports.log;
    const given: EditRequest = { ...request, expectedVersion: null };
    refuseFaults('The suggestions cannot be settled like this', [...faultsOf(wanted), ...requestFaults(given)]);
    for (const { expectedVersion } of wanted) if (expectedVersion !== null) parsePosition(logId, expectedVersion);

    const ids = wanted.map(({ field }) => fieldOf(field));
    const known = [...new Set(ids.filter((id) => id !== undefined))];
    const fields = await view.fields(known);
    const datasets = [...new Set([...fields.values()].map(({ id }) => datasetOf(id)))];
    const rows = await view.assets(datasets, LATEST);
    const rights = await rightsOf(ports, principal).over([...rows.values()]);
    const messages = new Map<number, string>();
    // What the caller may see and edit is asked each time, also of a request that comes again.
    const places = ids.map((id, at): Place | SuggestionRefusal => {
      const field = id === undefined ? undefined : fields.get(id);
      if (id === undefined || field === undefined || field.deletedAt !== null) return 'NO_SUCH_FIELD';
      const row = rows.get(datasetOf(field.id));
      if (row === undefined) return 'NO_SUCH_ASSET';
      if (rights.allows(row, [])) return { id, field: field.id, row };
      messages.set(at, `You may not ${rights.refused(row, [])}`);
      return lackOf(principal);
    });
    const { idempotencyKey, reason } = request;
    const asked = { key: idempotencyKey, asked: ['suggestions', action, wanted, reason] };
    const { recorded, told } = await recordAllOnce(ports, principal, asked, async () => {
      const [suggested, dismissed] = await Promise.all([
        view.suggestedTags(known),
        action === 'RESTORE' ? view.facts(known, ['NOT_SUGGESTED'], nowBy(ports.clock)) : new Map<NodeId, never[]>(),
      ]);
      const edits = new Map<NodeId, DatasetEdit>();
      const outcomes = places.map((place, at): Outcome => {
        if (typeof place === 'string') return place;
        const { id, field, row } = place;
        const { tag, expectedVersion } = wanted[at] as WantedSuggestion;
        const held = (dismissed.get(id) ?? []).filter(({ value }) => value === tag);
        const isSuggested = (suggested.get(id) ?? []).some((one) => one.tag === tag);
        if (!isSuggested && held.length === 0) return 'NO_SUCH_SUGGESTION';
        const expected = expectedVersion === null ? null : parsePosition(logId, expectedVersion);
        const edit = edits.get(row.id) ?? { at: edits.size, row, changes: [], expected: expectedVersion };
        const isLate = expected !== null && expected !== row.editPosition;
        if (isLate || edit.expected !== expectedVersion) return 'EDITED_MEANWHILE';
        const said = { tag, reason, held: held.map(({ nodeId }) => nodeId) };
        for (const change of changesOf(action, field, said))
          if (!edit.changes.some(({ node, value }) => node === change.node && value === change.value))
            edit.changes.push(change);
        edits.set(row.id, edit);
        return edit.at;
      });
      const bytes = [...edits.values()].map(({ row, changes, expected }) => {
        const head = headOf(ports, principal, { ...request, expectedVersion: expected });
        return assetEditBytes({ ...head, id: idOf(head.id, row.id), asset: row.id, changes });
      });
      return { edits: bytes, told: outcomes };
    });
    return wanted.map(({ field, tag }, at): SettledSuggestion => {
      const place = places[at];
      const refused = typeof place === 'string' ? place : told[at];
      const none = { field, tag, message: messages.get(at) ?? null, position: null, isReadable: true };
      if (typeof refused === 'string') return { ...none, refusal: refused };
      const made = refused === undefined ? undefined : recorded[refused];
      if (made === undefined) return { ...none, refusal: 'NO_SUCH_SUGGESTION' };
      const { position, isReadable, verdict } = made;
      const refusal = verdict === null ? null : verdict === 'EDIT_CONFLICT' ? 'EDITED_MEANWHILE' : 'NO_SUCH_ASSET';
      return { field, tag, refusal, message: null, position: verdict === null ? position : null, isReadable };
    });
  }
}

function faultsOf(wanted: readonly WantedSuggestion[]): readonly InputFault[] {
  const faults = wanted.flatMap(({ tag }, at) => textFault(`/suggestions/${String(at)}/tag`, tag));
  if (wanted.length >= 1 && wanted.length <= MOST_SUGGESTIONS) return faults;
  const detail = `must name 1 to ${String(MOST_SUGGESTIONS)} suggestions`;
  const told = coded('COUNT_BETWEEN', detail, { least: 1, most: MOST_SUGGESTIONS });
  return [{ pointer: '/suggestions', ...told }, ...faults];
}

function fieldOf(text: string): NodeId | undefined {
  const id = respellNodeId(text);
  return id !== undefined && kindOf(id) === 'FIELD' ? id : undefined;
}

/** A dismissal that is taken back may stand on several names of one field. */
function changesOf(
  action: SuggestionAction,
  field: NodeId,
  { tag, reason, held }: { readonly tag: string; readonly reason: string | null; readonly held: readonly NodeId[] },
): readonly FactEdit[] {
  if (action === 'CONFIRM') return [{ action: 'STATE', node: field, kind: 'TAG', value: tag, detail: null }];
  if (action === 'DISMISS')
    return [{ action: 'STATE', node: field, kind: 'NOT_SUGGESTED', value: tag, detail: reason }];
  return [...new Set([field, ...held])]
    .sort()
    .map((node) => ({ action: 'WITHDRAW', node, kind: 'NOT_SUGGESTED', value: tag, detail: null }));
}

/** Each edit of a request has an id of its own, the same each time that the request is sent again. */
function idOf(request: string, asset: NodeId): string {
  return createHash('sha256')
    .update(JSON.stringify([request, asset]))
    .digest('hex')
    .slice(0, 32);
}
