import { coded, type InputFault } from '@headwater/domain/errors';
import { fieldPath, kindOf, parseNodeId, type NodeId } from '@headwater/domain/identifiers';

/** The parts of an id that a row repeats for whoever reads it. */
export interface ShownName {
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** The path of a field with dots between; '' of an asset. */
  readonly field: string;
}

export const NAME_COLUMNS = ['kind', 'namespace', 'name', 'field'] as const;

export function shownName(id: NodeId): ShownName {
  const [namespace = '', name = ''] = parseNodeId(id)?.segments ?? [];
  const kind = kindOf(id) ?? '';
  return { kind, namespace, name, field: kind === 'FIELD' ? pathText(id) : '' };
}

/** What of a row's names is not what its id says: an import renames nothing. */
export function nameProblems(id: NodeId, given: Partial<ShownName>): readonly InputFault[] {
  const shown = shownName(id);
  return NAME_COLUMNS.flatMap((column) => {
    const text = given[column]?.trim() ?? '';
    if (text === '' || text.normalize('NFC') === shown[column].trim()) return [];
    const detail = `has another ${column} than its id, which names ${JSON.stringify(shown[column])}: an import renames nothing`;
    return [{ pointer: `/${column}`, ...coded('ROW_RENAMES', detail, { named: shown[column] }) }];
  });
}

function pathText(id: NodeId): string {
  try {
    return fieldPath(id).join('.');
  } catch {
    // A malformed escape: no field has such an id.
    return '';
  }
}
