import { describe, expect, it } from 'vitest';
import { NO_GROUPING, shownGraph } from '../graph/grouping.js';
import type { GraphEdge, GraphNode } from '../graph/model.js';
import { pictureOf } from './picture.js';
import { csvOf, jsonOf } from './rows.js';

const HOSTILE = '<script>alert("1")</script>&\u0000\ud800 =1+1,"\n';
const node = (id: string): GraphNode => ({
  id,
  kind: 'DATASET',
  displayName: id,
  placeholder: false,
  hidden: false,
  hasMoreUpstream: false,
  hasMoreDownstream: false,
  neighborsUpstream: null,
  neighborsDownstream: null,
});
const edge: GraphEdge = {
  id: 'e',
  from: '=a',
  to: HOSTILE,
  kind: 'DERIVED',
  evidence: 'DECLARED',
  via: ['job:x'],
  firstSeenAt: 'f',
  lastSeenAt: 'l',
  validFrom: 'v',
  validTo: null,
  transformations: [{ type: 'DIRECT', subtype: 'HASH', masking: true, description: null }],
};
const shown = shownGraph({ nodes: [node('=a'), node(HOSTILE)], edges: [edge] }, NO_GROUPING);

describe('what is saved', () => {
  it('is one line for each edge, quoted, with nothing that a spreadsheet would calculate', () => {
    const text = csvOf(shown);
    expect(text.split('\r\n')[0]).toMatch(/^from,to,kind,evidence/);
    expect(text).toContain("'=a,");
    expect(text).toContain('""1""');
    expect(text).toContain('DIRECT/HASH/MASKING');
    const named = { ...edge, from: 'dataset:s3%3A%2F%2Flake:a%2Cb', to: 'field:pg:public.t:x%3Ay' };
    const names = csvOf(shownGraph({ nodes: [node(named.from), node(named.to)], edges: [named] }, NO_GROUPING));
    expect(names.trimEnd()).toMatch(
      /,fromNamespace,fromName,toNamespace,toName\r\n.*,s3:\/\/lake,"a,b",pg,public\.t\.x:y$/,
    );
  });

  it('is the graph as JSON with the address that shows it', () => {
    const { address, nodes, edges } = JSON.parse(jsonOf(shown, 'http://catalog/lineage?root=a')) as Record<
      string,
      unknown
    >;
    expect(address).toBe('http://catalog/lineage?root=a');
    expect(nodes).toHaveLength(2);
    expect(edges).toEqual([edge]);
  });

  it('is a picture in which names are text and nothing else', () => {
    const at = new Map([
      ['=a', { x: 0, y: 0 }],
      [HOSTILE, { x: 324, y: 0 }],
    ]);
    const palette = {
      line: '#111',
      grid: '#ddd',
      lit: '#222',
      card: '#fff',
      ground: '#eee',
      text: '#000',
      quiet: '#555',
      kinds: {},
    };
    // A line that leads around a card above all others: the picture holds it too.
    const ways = new Map([[shown.edges[0]?.id ?? '', [{ x: 0, y: -40 }]]]);
    const { svg, width, height } = pictureOf({ ...shown, at, ways }, palette, ({ id }) => ({ title: id, place: 'p' }));
    expect(svg).not.toContain('<script>');
    expect(svg).not.toContain('\u0000');
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).toContain('stroke-dasharray="8 5"');
    expect(width).toBe(324 + 232 + 48);
    expect(height).toBe(60 + 40 + 48);
    expect(svg).toContain('C292 30 292 -40 232 -40 L0 -40 C-60 -40 264 30 324 30"');
  });
});
