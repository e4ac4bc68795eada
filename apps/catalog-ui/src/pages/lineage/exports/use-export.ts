import type { TFunction } from 'i18next';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Palette } from '../canvas/draw-graph.js';
import { usePalette } from '../canvas/use-palette.js';
import type { ShownNode } from '../graph/grouping.js';
import { namingOf } from '../graph/naming.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import type { ExportKind } from '../toolbar/toolbar.js';
import { pictureOf, type Words } from './picture.js';
import { csvOf, jsonOf } from './rows.js';
import { pngOf, saveFile } from './save.js';

/** Saves what is shown, in sight or not, as a file of the kind asked for. */
export function useExport(graph: PlacedGraph | null, rootName: string): (kind: ExportKind) => void {
  const { t } = useTranslation('lineage');
  const palette = usePalette();
  return useCallback(
    (kind) => {
      if (graph !== null)
        void fileOf(kind, graph, palette, wordsIn(t)).then((file) => saveFile(nameOf(rootName, kind), file));
    },
    [graph, palette, rootName, t],
  );
}

function nameOf(rootName: string, kind: ExportKind): string {
  return `lineage-${rootName.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.${kind}`;
}

function wordsIn(t: TFunction<'lineage'>): (node: ShownNode) => Words {
  return ({ group, members }) => {
    if (group !== null) return { title: group, place: t('groupSize', { count: members.length }) };
    if (members[0].hidden) return { title: t('hidden'), place: '' };
    return namingOf(members[0]);
  };
}

async function fileOf(
  kind: ExportKind,
  graph: PlacedGraph,
  palette: Palette,
  wordsOf: (node: ShownNode) => Words,
): Promise<Blob> {
  switch (kind) {
    case 'csv':
      return new Blob([csvOf(graph)], { type: 'text/csv' });
    case 'json':
      return new Blob([jsonOf(graph, window.location.href)], { type: 'application/json' });
    case 'svg':
      return new Blob([pictureOf(graph, palette, wordsOf).svg], { type: 'image/svg+xml' });
    case 'png':
      return pngOf(pictureOf(graph, palette, wordsOf));
  }
}
