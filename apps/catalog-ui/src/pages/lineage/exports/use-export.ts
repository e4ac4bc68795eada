import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { saveFile } from '../../../lib/save-file.js';
import type { Palette } from '../canvas/draw-graph.js';
import { usePalette } from '../canvas/use-palette.js';
import type { ShownNode } from '../graph/grouping.js';
import { wordsOf, type Words } from '../graph/words.js';
import type { PlacedGraph } from '../layout/use-layout.js';
import type { ExportKind } from '../toolbar/toolbar.js';
import { pictureOf } from './picture.js';
import { csvOf, jsonOf } from './rows.js';
import { pngOf } from './save.js';

/** Saves what is shown, in sight or not, as a file of the kind asked for. */
export function useExport(graph: PlacedGraph | null, rootName: string): (kind: ExportKind) => void {
  const { t } = useTranslation('lineage');
  const palette = usePalette();
  // What is saved is what is shown then; while the picture changes the toolbar need not.
  const latest = useRef({ graph, palette, rootName });
  useEffect(() => {
    latest.current = { graph, palette, rootName };
  });
  return useCallback(
    (kind) => {
      const { graph: shown, palette: colors, rootName: name } = latest.current;
      if (shown === null) return;
      void fileOf(kind, shown, colors, (node) => wordsOf(t, node)).then((file) => saveFile(nameOf(name, kind), file));
    },
    [t],
  );
}

function nameOf(rootName: string, kind: ExportKind): string {
  return `lineage-${rootName.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80)}.${kind}`;
}

async function fileOf(
  kind: ExportKind,
  graph: PlacedGraph,
  palette: Palette,
  words: (node: ShownNode) => Words,
): Promise<Blob> {
  switch (kind) {
    case 'csv':
      return new Blob([csvOf(graph)], { type: 'text/csv' });
    case 'json':
      return new Blob([jsonOf(graph, window.location.href)], { type: 'application/json' });
    case 'svg':
      return new Blob([pictureOf(graph, palette, words).svg], { type: 'image/svg+xml' });
    case 'png':
      return pngOf(pictureOf(graph, palette, words));
  }
}
