import { useComputedColorScheme } from '@mantine/core';
import { useMemo } from 'react';
import type { Palette } from './draw-graph.js';

/** The colors of the pages for drawing, resolved anew when the scheme changes. */
export function usePalette(): Palette {
  const scheme = useComputedColorScheme();
  return useMemo(() => {
    const probe = document.createElement('span');
    // Rules with light-dark() resolve against the scheme that the page is in.
    probe.style.colorScheme = scheme;
    document.body.append(probe);
    const resolved = (name: string): string => {
      probe.style.color = `var(${name})`;
      return getComputedStyle(probe).color;
    };
    const palette: Palette = {
      line: resolved('--hw-edge'),
      grid: resolved('--hw-line'),
      lit: resolved('--hw-dataset'),
      card: resolved('--hw-card'),
      ground: resolved('--hw-ground'),
      text: resolved('--mantine-color-text'),
      quiet: resolved('--hw-quiet'),
      kinds: {
        DATASET: resolved('--hw-dataset'),
        JOB: resolved('--hw-job'),
        FIELD: resolved('--hw-field'),
        RUN: resolved('--hw-run'),
        VERSION: resolved('--hw-dataset'),
      },
    };
    probe.remove();
    return palette;
  }, [scheme]);
}
