import { boundsOfGraph } from '../canvas/in-sight.js';
import { DASHES, type Palette } from '../canvas/draw-graph.js';
import { endsOf, linePath } from '../canvas/line.js';
import type { ShownNode } from '../graph/grouping.js';
import type { Words } from '../graph/words.js';
import { CARD, type PlacedGraph } from '../layout/use-layout.js';

const MARGIN = 24;
/** Roughly what fits on a card, at the width of an average letter. */
const LETTERS = 26;

export interface Picture {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

/**
 * The whole graph as an SVG document of its own: also what is out of sight, and without anything of the page, so that
 * it opens anywhere. Texts are cut to their cards; the full ones are titles.
 */
export function pictureOf(graph: PlacedGraph, palette: Palette, wordsOf: (node: ShownNode) => Words): Picture {
  const { left, top, right, bottom } = boundsOfGraph(graph);
  const width = right - left + 2 * MARGIN;
  const height = bottom - top + 2 * MARGIN;
  const lines = graph.edges.flatMap(({ id, from, to, look }) => {
    const source = graph.at.get(from);
    const target = graph.at.get(to);
    if (source === undefined || target === undefined) return [];
    const { start, end } = endsOf(source, target);
    const dashes = DASHES[look].length === 0 ? '' : ` stroke-dasharray="${DASHES[look].join(' ')}"`;
    const head = look === 'CONTROL' ? 'control' : 'plain';
    const weight = look === 'CONTROL' ? 1 : 1.5;
    return [
      `<path d="${linePath(start, end, graph.ways.get(id))}" stroke-width="${weight}"${dashes} marker-end="url(#${head})"/>`,
    ];
  });
  const cards = graph.nodes.flatMap((node) => {
    const point = graph.at.get(node.id);
    if (point === undefined) return [];
    const { title, place } = wordsOf(node);
    const color = escaped(palette.kinds[node.members[0].kind] ?? palette.line);
    const isFaint = node.members[0].hidden || node.members[0].placeholder;
    return [
      `<g transform="translate(${point.x} ${point.y})"><title>${escaped(`${title} · ${place}`)}</title>`,
      `<rect width="${CARD.width}" height="${CARD.height}" rx="8" fill="${escaped(palette.card)}" stroke="${color}"${isFaint ? ' stroke-dasharray="5 4"' : ''}/>`,
      `<rect width="4" height="${CARD.height}" rx="2" fill="${color}"/>`,
      `<text x="16" y="26" font-size="14" font-weight="600" fill="${escaped(palette.text)}">${escaped(cut(title))}</text>`,
      `<text x="16" y="45" font-size="12" fill="${escaped(palette.quiet)}">${escaped(cut(place))}</text></g>`,
    ];
  });
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${left - MARGIN} ${top - MARGIN} ${width} ${height}" font-family="Inter, system-ui, sans-serif">`,
    `<defs><marker id="plain" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 1 L10 5 L0 9 z" fill="${escaped(palette.line)}"/></marker>`,
    `<marker id="control" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" orient="auto"><path d="M1 1 L9 5 L1 9" fill="none" stroke="${escaped(palette.line)}"/></marker></defs>`,
    `<rect x="${left - MARGIN}" y="${top - MARGIN}" width="${width}" height="${height}" fill="${escaped(palette.ground)}"/>`,
    `<g fill="none" stroke="${escaped(palette.line)}">`,
    ...lines,
    '</g>',
    ...cards,
    '</svg>',
  ].join('\n');
  return { svg, width, height };
}

// XML has no way to write most control characters, and without this a name that holds one breaks the whole document.
const UNWRITABLE =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escaped(text: string): string {
  return text
    .replace(UNWRITABLE, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function cut(text: string): string {
  const letters = Array.from(text);
  return letters.length <= LETTERS ? text : `${letters.slice(0, LETTERS - 1).join('')}…`;
}
