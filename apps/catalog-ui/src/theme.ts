import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** From mist to deep water; the shades that text stands on reach 4.5:1 (WCAG 2.2, 1.4.3). */
const water: MantineColorsTuple = [
  '#eaf5fd',
  '#d5e7f5',
  '#a8cdeb',
  '#78b2e1',
  '#519bd8',
  '#398dd3',
  '#2b86d2',
  '#1c73bb',
  '#0b62a4',
  '#00528d',
];

/** The library’s grays of the dark scheme, on the scale of the surfaces in styles.css. */
const dark: MantineColorsTuple = [
  '#c9d1d9',
  '#b3bdc7',
  '#9aa7b4',
  '#75828f',
  '#3a4652',
  '#2d3742',
  '#1f2730',
  '#171d24',
  '#12181e',
  '#0f1419',
];

export const theme = createTheme({
  primaryColor: 'water',
  primaryShade: { light: 8, dark: 7 },
  colors: { water, dark },
  defaultRadius: 'md',
  fontFamily: 'Inter, system-ui, -apple-system, "Segoe UI", Roboto, sans-serif',
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, "SF Mono", Menlo, Consolas, monospace',
  headings: {
    fontWeight: '620',
    sizes: { h1: { fontSize: '1.5rem' }, h2: { fontSize: '1.15rem' }, h3: { fontSize: '1rem' } },
  },
  respectReducedMotion: true,
  autoContrast: true,
  cursorType: 'pointer',
  components: {
    Anchor: { defaultProps: { underline: 'hover' } },
    Tooltip: {
      defaultProps: {
        withArrow: true,
        openDelay: 300,
        multiline: true,
        maw: 420,
        events: { hover: true, focus: true, touch: true },
      },
    },
    // Within the landmark that it belongs to, and with nothing in it but items (WAI-ARIA, menu).
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Table: { defaultProps: { verticalSpacing: 'xs', highlightOnHover: true } },
  },
});
