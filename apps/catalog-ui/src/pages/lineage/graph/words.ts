import type { TFunction } from 'i18next';
import type { EndState } from '../canvas/card-model.js';
import type { ShownNode } from './grouping.js';
import type { Side } from './model.js';
import { namingOf, type Named } from './naming.js';

/** The two lines on a card. */
export interface Words {
  readonly title: string;
  readonly place: string;
}

/** What a shown node is called, and where it belongs; of several in one, how many there are. */
export function wordsOf(t: TFunction<'lineage'>, { group, members }: ShownNode): Words {
  const [first] = members;
  if (group !== null) {
    const isOfKind = members.every(({ kind }) => kind === first.kind);
    const kind = isOfKind && (first.kind === 'FIELD' || first.kind === 'VERSION') ? first.kind : 'NODE';
    return { title: group.title, place: t(`groupSize.${kind}`, { count: members.length }) };
  }
  return first.hidden ? { title: t('hidden'), place: t('hiddenHint') } : namingOf(first);
}

/** A node by name; of what the viewer may not know, that it is hidden. */
export function titleOf(t: TFunction<'lineage'>, node: Named): string {
  return node.hidden ? t('hidden') : namingOf(node).title;
}

/** What a side of a node does when it is pressed. */
export function endLabel(t: TFunction<'lineage'>, { kind, count }: EndState, side: Side, name: string): string {
  return kind === 'more' && count !== null
    ? t(`end.moreOf.${side}`, { name, count })
    : t(`end.${kind}.${side}`, { name, count: count ?? 0 });
}
