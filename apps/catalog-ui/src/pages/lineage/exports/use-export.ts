import { useTranslation } from 'react-i18next';
import { usePalette } from '../canvas/use-palette.js';
import type { ShownNode } from '../graph/grouping.js';
import { namingOf } from '../graph/naming.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import type { ExportKind } from '../toolbar/toolbar.js';
import { pictureOf, type Words } from './picture.js';
import { csvOf, jsonOf } from './rows.js';
import { pngOf, saveFile } from './save.js';

/** Saves what is shown, in sight or not, as a file of the kind asked for. */
export function useExport(graph: PlacedGraph | null, rootName: string): (kind: ExportKind) => Promise<void> {
  const { t } = useTranslation('lineage');
  const palette = usePalette();
  const wordsOf = ({ group, members }: ShownNode): Words => {
    if (group !== null) return { title: group, place: t('groupSize', { count: members.length }) };
    if (members[0].hidden) return { title: t('hidden'), place: '' };
    return namingOf(members[0]);
  };
  return async (kind) => {
    if (graph === null) return;
    const name = `lineage-${rootName.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.${kind}`;
    switch (kind) {
      case 'csv':
        saveFile(name, new Blob([csvOf(graph)], { type: 'text/csv' }));
        return;
      case 'json':
        saveFile(name, new Blob([jsonOf(graph, window.location.href)], { type: 'application/json' }));
        return;
      case 'svg':
        saveFile(name, new Blob([pictureOf(graph, palette, wordsOf).svg], { type: 'image/svg+xml' }));
        return;
      case 'png':
        saveFile(name, await pngOf(pictureOf(graph, palette, wordsOf)));
    }
  };
}
