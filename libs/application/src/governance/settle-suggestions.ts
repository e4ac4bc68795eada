import { createHash } from 'node:crypto';
import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { InputFault } from '@headwater/domain/errors';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { datasetOf, kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { parsePosition } from '@headwater/domain/position';
import { LATEST } from '@headwater/domain/reading/read-time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults, textFault } from '../access/access-parts.js';
import { lackOf, type LackReason } from '../access/lacking.js';
import { headOf, recordEdits, requestFaults, rightsOf, type EditPorts, type EditRequest } from './record-edit.js';

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

/** Suggestions of one dataset: one edit. */
interface DatasetEdit {
  readonly row: AssetRow;
  readonly places: number[];
  readonly changes: FactEdit[];
  readonly expected: string | null;
}

/** Confirms and dismisses suggested tags, several at once: an edit in the log for each dataset. */
export class SettleSuggestions {
  constructor(private readonly ports: EditPorts) {}

  /**
   * What became of each, in the order given: each is done, or refused by itself; those of one dataset stand in one edit.
   * Throws INVALID_INPUT with faults where the request is wrong as a whole: nothing is changed then.
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
    const [rows, suggested, dismissed] = await Promise.all([
      view.assets(datasets, LATEST),
      view.suggestedTags(known),
      action === 'RESTORE' ? view.facts(known, ['NOT_SUGGESTED'], nowBy(ports.clock)) : new Map<NodeId, never[]>(),
    ]);

    const rights = await rightsOf(ports, principal).over([...rows.values()]);

    const edits = new Map<NodeId, DatasetEdit>();
    const messages = new Map<number, string>();
    const refusals = wanted.map(({ tag, expectedVersion }, at): SuggestionRefusal | null => {
      const id = ids[at];
      const field = id === undefined ? undefined : fields.get(id);
      if (id === undefined || field === undefined || field.deletedAt !== null) return 'NO_SUCH_FIELD';
      const row = rows.get(datasetOf(field.id));
      if (row === undefined) return 'NO_SUCH_ASSET';
      if (!rights.allows(row, [])) {
        messages.set(at, `You may not ${rights.refused(row, [])}`);
        return lackOf(principal);
      }
      const held = (dismissed.get(id) ?? []).filter(({ value }) => value === tag);
      const isSuggested = (suggested.get(id) ?? []).some((one) => one.tag === tag);
      if (!isSuggested && held.length === 0) return 'NO_SUCH_SUGGESTION';
      const edit = edits.get(row.id) ?? { row, places: [], changes: [], expected: expectedVersion };
      const expected = expectedVersion === null ? null : parsePosition(logId, expectedVersion);
      // A request sent again may be the one that moved it: the log tells.
      const isLate = expected !== null && expected !== row.editPosition && request.idempotencyKey === null;
      if (isLate || edit.expected !== expectedVersion) return 'EDITED_MEANWHILE';
      edit.places.push(at);
      const said = { tag, reason: request.reason, held: held.map(({ nodeId }) => nodeId) };
      for (const change of changesOf(action, field.id, said))
        if (!edit.changes.some(({ node, value }) => node === change.node && value === change.value))
          edit.changes.push(change);
      edits.set(row.id, edit);
      return null;
    });

    const list = [...edits.values()];
    const recorded = await recordEdits(
      ports,
      list.map(({ row, changes, expected }) => {
        const head = headOf(ports, principal, { ...request, expectedVersion: expected });
        return assetEditBytes({ ...head, id: idOf(head.id, row.id), asset: row.id, changes });
      }),
    );
    const settled = wanted.map(({ field, tag }, at): SettledSuggestion => ({
      ...{ field, tag, refusal: refusals[at] ?? null, message: messages.get(at) ?? null },
      ...{ position: null, isReadable: true },
    }));
    for (const [index, { places }] of list.entries()) {
      const made = recorded[index];
      for (const at of places) {
        const one = settled[at];
        if (made === undefined || one === undefined) continue;
        const { position, isReadable, verdict } = made;
        const refusal = verdict === null ? null : verdict === 'EDIT_CONFLICT' ? 'EDITED_MEANWHILE' : 'NO_SUCH_ASSET';
        settled[at] = { ...one, refusal, position: verdict === null ? position : null, isReadable };
      }
    }
    return settled;
  }
}

function faultsOf(wanted: readonly WantedSuggestion[]): readonly InputFault[] {
  const faults = wanted.flatMap(({ tag }, at) => textFault(`/suggestions/${String(at)}/tag`, tag));
  if (wanted.length >= 1 && wanted.length <= MOST_SUGGESTIONS) return faults;
  const detail = `must name 1 to ${String(MOST_SUGGESTIONS)} suggestions`;
  return [{ pointer: '/suggestions', detail }, ...faults];
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
