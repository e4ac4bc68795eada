import { join } from 'node:path';
import type { EdgeKind } from '@headwater/domain/graph';
import { facetVersionId, parseNodeId } from '@headwater/domain/identifiers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startServer } from '../support/server.js';
import { positionOf, postAll, projected, query } from './catalog-client.js';
import type { Document } from './event-streams.js';
import { dbtEvents, documentsIn, exampleDocuments, foodDelivery, sharedFolder, shuffled } from './event-streams.js';
import type { Expected } from './expected-graph.js';
import {
  actualEdges,
  expectedFieldEdges,
  expectedJobEdges,
  expectedRunEdges,
  line,
  Names,
  readExpected,
} from './expected-graph.js';

/** Tests of what a scenario has no expectation for are not defined. */
function where(isExpected: boolean): (title: string, run: () => Promise<void>) => void {
  return (title, run) => {
    if (isExpected) test(title, run);
  };
}

const KINDS: readonly EdgeKind[] = ['READ', 'WRITE', 'DERIVED', 'CONTROL', 'PARENT'];
const shared = sharedFolder();

function scenario(name: string, load: () => readonly Document[]): void {
  describe(`the ${name} events, shuffled and sent twice`, () => {
    const expected = readExpected(name);
    let server: Awaited<ReturnType<typeof startServer>>;
    let names: Names;
    let answers: { readonly first: number; readonly duplicates: number };

    const moment = (iso = expected.at): number => (iso === undefined ? Date.now() : Date.parse(iso)) * 1000;
    const edgesAt = async (at: number) => {
      const { recordedAt } = await server.graph.checkpoint();
      return server.graph.edges({ valid: { at }, knownAt: recordedAt, kinds: KINDS });
    };

    beforeAll(async () => {
      server = await startServer();
      const documents = load();
      const first = await postAll(server.url, shuffled(documents, 1));
      const second = await postAll(server.url, shuffled(documents, 2));
      await projected(server.graph, Math.max(...first.map(positionOf)));
      const { recordedAt } = await server.graph.checkpoint();
      names = new Names(expected, await server.graph.canonical(Names.sent(expected), recordedAt));
      answers = {
        first: first.filter((answer) => !answer.duplicate).length - documents.length,
        duplicates: second.filter((answer) => answer.duplicate).length - documents.length,
      };
    }, 120_000);

    afterAll(async () => {
      await server.close();
    });

    test('6. each event is new once and a duplicate the second time', () => {
      expect(answers).toEqual({ first: 0, duplicates: 0 });
    });

    test('16. the edges between datasets and jobs are those derived by hand', async () => {
      expect(actualEdges(await edgesAt(moment()), 'JOB', names)).toEqual(expectedJobEdges(expected, names));
    });

    test('20. the edges between fields, with their masking, are those derived by hand', async () => {
      expect(actualEdges(await edgesAt(moment()), 'FIELD', names)).toEqual(expectedFieldEdges(expected, names));
    });

    test('25. names of one node share one id and no others do', async () => {
      const { recordedAt } = await server.graph.checkpoint();
      for (const group of expected.sameNode) {
        const members = group.map((short) => {
          const [namespace = '', dataset = ''] = expected.datasets[short] ?? [];
          return Names.sent({ ...expected, datasets: { [short]: [namespace, dataset] }, jobs: {} })[0];
        });
        const canonical = new Set(group.map((short) => names.dataset(short)));
        expect([...canonical]).toEqual([members.sort()[0]]);
      }
      for (const group of expected.sameJob ?? []) {
        expect(new Set(group.map((short) => names.job(short))).size).toBe(1);
      }
      const merged = [...expected.sameNode, ...(expected.sameJob ?? [])].reduce(
        (sum, group) => sum + group.length - 1,
        0,
      );
      const all = await server.graph.canonical(Names.sent(expected), recordedAt);
      expect(new Set(Names.sent(expected).map((id) => all.get(id) ?? id)).size).toBe(
        Names.sent(expected).length - merged,
      );
    });

    where(expected.runs !== undefined)('11. every run has the state derived by hand', async () => {
      const states = await Promise.all(
        (expected.runs ?? []).map(async ({ id }) => {
          const text = 'query ($id: ID!) { run(id: $id) { runId state job { id } } }';
          const { run } = await query<{ run: { runId: string; state: string; job: { id: string } } }>(
            server.url,
            text,
            { id },
          );
          return `${run.runId} ${run.state} ${run.job.id}`;
        }),
      );
      expect(states).toEqual((expected.runs ?? []).map(({ id, state, job }) => `${id} ${state} ${names.job(job)}`));
    });

    where(expected.runs !== undefined)(
      '27. runs hang under their parents and use the versions derived by hand',
      async () => {
        expect(actualEdges(await edgesAt(moment()), 'RUN', names)).toEqual(expectedRunEdges(expected, names));
      },
    );

    where(expected.runStates !== undefined)(
      '11. each job has as many runs in each state as derived by hand',
      async () => {
        const text = `query ($namespace: String!, $name: String!) { job(namespace: $namespace, name: $name) {
        runs(first: 100) { edges { node { state } } } } }`;
        for (const [short, states] of Object.entries(expected.runStates ?? {})) {
          const [namespace, name] = expected.jobs[short] ?? ['', ''];
          const { job } = await query<{ job: { runs: { edges: { node: { state: string } }[] } } }>(server.url, text, {
            namespace,
            name,
          });
          const counted: Record<string, number> = {};
          for (const { node } of job.runs.edges) counted[node.state] = (counted[node.state] ?? 0) + 1;
          expect({ [short]: counted }).toEqual({ [short]: states });
        }
      },
    );

    where(expected.pairs !== undefined)('17. reach through a job follows its pairs', async () => {
      for (const [short, pairs] of Object.entries(expected.pairs ?? {})) {
        expect(await reachThrough(short)).toEqual(
          pairs.map(([from, to]) => line('PAIR', names.dataset(from), names.dataset(to))).sort(),
        );
      }
    });

    async function reachThrough(short: string): Promise<readonly string[]> {
      const { recordedAt } = await server.graph.checkpoint();
      const inputs = (expected.reads[short] ?? []).map((dataset) => names.dataset(dataset));
      const { edges } = await server.graph.expand(
        inputs.map((arrivedBy) => ({ node: names.job(short), arrivedBy })),
        { direction: 'DOWNSTREAM', valid: { at: moment() }, knownAt: recordedAt, kinds: ['WRITE'], limit: 1000 },
      );
      return edges.map((edge) => line('PAIR', inputs[edge.entry] ?? '', edge.to)).sort();
    }

    where(expected.versions !== undefined)(
      '27. versions that a facet names are made and used by the right runs',
      async () => {
        const edges = await edgesAt(moment());
        for (const [short, { generated, used }] of Object.entries(expected.versions ?? {})) {
          const [namespace, name] = expected.datasets[short] ?? ['', ''];
          const valuesOf = (kind: EdgeKind, end: 'from' | 'to') =>
            edges
              .filter((edge) => edge.kind === kind && edge[end].startsWith('version:'))
              .map((edge) => parseNodeId(edge[end])?.segments ?? [])
              .filter((segments) => segments[0] === namespace && segments[1] === name)
              .map((segments) => segments[3]);
          expect([...new Set(valuesOf('WRITE', 'to'))].sort()).toEqual(generated);
          expect([...new Set(valuesOf('READ', 'from'))].sort()).toEqual(used);
          const { recordedAt } = await server.graph.checkpoint();
          const ids = used.map((value) => facetVersionId(names.dataset(short), value));
          expect([...(await server.graph.nodes(ids, recordedAt)).keys()].sort()).toEqual(ids);
        }
      },
    );

    where(expected.change !== undefined)('18. what changed in between holds on its own side only', async () => {
      const { change } = expected;
      if (change === undefined) return;
      const before = await edgesAt(moment(change.from));
      const after = await edgesAt(moment());
      const lines = (edges: typeof before) => [
        ...actualEdges(edges, 'JOB', names),
        ...actualEdges(edges, 'FIELD', names),
      ];
      const onlyBefore = linesOf(change.readsOnlyBefore, change.fieldsOnlyBefore);
      const onlyAfter = linesOf(change.readsOnlyAfter, change.fieldsOnlyAfter);
      expect(lines(before)).toEqual(expect.arrayContaining([...onlyBefore]));
      expect(lines(after)).toEqual(expect.arrayContaining([...onlyAfter]));
      expect(lines(before).filter((text) => onlyAfter.includes(text))).toEqual([]);
      expect(lines(after).filter((text) => onlyBefore.includes(text))).toEqual([]);
    });

    type Side = NonNullable<Expected['change']>['readsOnlyBefore'];
    function linesOf(reads: Side, fields: Side): readonly string[] {
      return [
        ...reads.map(([job, dataset]) => line('READ', names.dataset(dataset), names.job(job))),
        ...fields.map(([from, to]) => line('DERIVED', names.field(from), names.field(to))),
      ];
    }

    test('3. the findings are as many as derived by hand', async () => {
      const text = '{ findings(first: 100) { edges { node { code pointer } } } }';
      const { findings } = await query<{ findings: { edges: readonly unknown[] } }>(server.url, text);
      expect(findings.edges).toHaveLength(expected.findings);
    });
  });
}

scenario('insurance-claims', exampleDocuments);
scenario('dbt', dbtEvents);
if (shared === undefined) {
  const reason = 'HEADWATER_SHARED names no folder with openlineage/: the published event streams are not compared';
  test('16. the published event streams give the graphs derived by hand', (context) => {
    process.stdout.write(`${reason}\n`);
    context.skip(reason);
  });
} else {
  scenario('airflow', () => documentsIn(join(shared, 'scenarios', 'airflow', 'events')));
  scenario('cll', () => documentsIn(join(shared, 'scenarios', 'CLL', 'events')));
  scenario('spark', () => documentsIn(join(shared, 'scenarios', 'spark_dataproc_bigquery_shakespare', 'events')));
  scenario('food-delivery', () => foodDelivery(shared));
  scenario('apples', () => documentsIn(join(shared, 'marquez', 'apples')));
}
