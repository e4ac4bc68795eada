import { describe, expect, it } from 'vitest';
import { NO_GROUPING, shownGraph } from './grouping.js';
import type { GraphEdge, GraphNode } from './model.js';
import { inTheirOrder, seriesOf, timesOf } from './series.js';

const node = (id: string): GraphNode => ({
  id,
  kind: id.startsWith('run:') ? 'RUN' : id.startsWith('version:') ? 'VERSION' : 'JOB',
  displayName: id,
  placeholder: false,
  hidden: false,
  hasMoreUpstream: false,
  hasMoreDownstream: false,
  neighborsUpstream: null,
  neighborsDownstream: null,
});
const edge = (from: string, to: string, validFrom: string): GraphEdge => ({
  id: `${from}-${to}`,
  from,
  to,
  kind: from.startsWith('run:') ? 'WRITE' : 'READ',
  evidence: 'OBSERVED',
  via: [],
  firstSeenAt: validFrom,
  lastSeenAt: validFrom,
  validFrom,
  validTo: null,
  transformations: [],
});
const version = (at: number): string => `version:wh:orders:run:etl:load:${String(at)}`;
const run = (at: number): string => `run:etl:load:${String(at)}`;
const day = (at: number): string => `2026-01-0${String(at)}T00:00:00.000Z`;
const graph = shownGraph(
  {
    nodes: [version(2), run(3), version(3), 'job:etl:other', run(1), version(1), run(2), version(9)].map(node),
    edges: [
      edge(run(3), version(2), day(2)),
      edge(run(1), version(1), day(1)),
      edge(run(2), version(3), day(3)),
      // Read long after it was made.
      edge(version(1), run(3), day(9)),
      edge(version(9), run(3), day(5)),
    ],
  },
  NO_GROUPING,
);

describe('runs and versions in time', () => {
  it('are made when first written; what nobody wrote is as old as its first reader', () => {
    const times = timesOf(graph);
    expect(times.get(version(1))).toBe(day(1));
    expect(times.get(version(9))).toBe(day(5));
    expect(times.get(run(1))).toBe(day(1));
    expect(times.has('job:etl:other')).toBe(false);
  });

  it('follow each other by dataset and by job, oldest first', () => {
    expect(seriesOf(graph)).toEqual([
      [version(1), version(2), version(3), version(9)],
      [run(1), run(3), run(2)],
    ]);
  });

  it('are listed in that order, in the places that they had', () => {
    expect(inTheirOrder(graph).nodes.map(({ id }) => id)).toEqual([
      version(1),
      run(1),
      version(2),
      'job:etl:other',
      run(3),
      version(3),
      run(2),
      version(9),
    ]);
  });

  it('leave every other graph as it is', () => {
    const jobs = shownGraph({ nodes: [node('job:a:b')], edges: [] }, NO_GROUPING);
    expect(inTheirOrder(jobs)).toBe(jobs);
  });
});
