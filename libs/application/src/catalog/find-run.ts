import type { RunRow } from '@headwater/domain/catalog';
import type { RunReader } from '@headwater/domain/reading/run-reader';
import { HeadwaterError } from '@headwater/domain/errors';
import { kindOf, respellNodeId } from '@headwater/domain/identifiers';

/**
 * A run by NodeId, or by a bare run id where one job only has it (rule 15): else CONFLICT (AMBIGUOUS_RUN) with the
 * candidates as facts. Null when there is none.
 */
export class FindRun {
  constructor(private readonly runs: Pick<RunReader, 'runs' | 'runsByUuid'>) {}

  async execute(id: string): Promise<RunRow | null> {
    if (kindOf(id) === 'RUN') {
      const node = respellNodeId(id);
      return node === undefined ? null : ((await this.runs.runs([node])).get(node) ?? null);
    }
    const found = (await this.runs.runsByUuid([id])).get(id) ?? [];
    if (found.length <= 1) return found[0] ?? null;
    throw new HeadwaterError('CONFLICT', `${found.length} jobs have a run with this id: pass the NodeId of one`, {
      reason: 'AMBIGUOUS_RUN',
      facts: { candidates: found.map((run) => run.id) },
    });
  }
}
