import type { LineageGraph } from '@headwater/domain/ports';
import { describe, test } from 'vitest';
import { aheadTests } from './lineage-graph/ahead-tests.js';
import { aliasTests } from './lineage-graph/alias-tests.js';
import { applyTests } from './lineage-graph/apply-tests.js';
import { expandTests } from './lineage-graph/expand-tests.js';
import { inferredTests } from './lineage-graph/inferred-tests.js';
import { pairTests } from './lineage-graph/pair-tests.js';
import { scaleTests } from './lineage-graph/scale-tests.js';
import { timeTests } from './lineage-graph/time-tests.js';

export interface LineageGraphContract {
  /** The adapter's name, as the report shows it. */
  readonly name: string;
  /** An empty graph that shares nothing with the ones made before; the suite closes it. */
  readonly create: () => Promise<LineageGraph>;
  /** Tests this adapter cannot pass, by exact title, each with the reason to print. An unknown title is an error. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

/** Declares the whole contract of the {@link LineageGraph} port for one adapter. Call it at the top of a spec file. */
export function lineageGraphContract({ name, create, skip = [] }: LineageGraphContract): void {
  const reasons = new Map(skip.map((entry) => [entry.test, entry.reason]));
  const cases: { readonly title: string; readonly body: (graph: LineageGraph) => Promise<void> }[] = [];
  for (const declare of [
    applyTests,
    timeTests,
    expandTests,
    pairTests,
    inferredTests,
    aliasTests,
    scaleTests,
    aheadTests,
  ]) {
    declare((title, body) => cases.push({ title, body }));
  }
  const unknown = [...reasons.keys()].filter((title) => !cases.some((each) => each.title === title));
  if (unknown.length > 0) throw new Error(`skip names tests that the contract does not have: ${unknown.join('; ')}`);

  describe(`LineageGraph: ${name}`, () => {
    for (const { title, body } of cases) {
      const reason = reasons.get(title);
      test(reason === undefined ? title : `${title} (skipped: ${reason})`, { skip: reason !== undefined }, async () => {
        const graph = await create();
        try {
          await body(graph);
        } finally {
          await graph.close();
        }
      });
    }
  });
}
